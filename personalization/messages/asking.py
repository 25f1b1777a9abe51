"""Asking for many messages at once: as `services.ask`, with a few statements for all of them."""

from collections.abc import Sequence

from django.db import connection, transaction

from orders import jobs
from orders.models import Job
from personalization.messages.models import Message
from personalization.messages.services import SEND


def ask_many(messages: Sequence[Message]) -> None:
    """Have these said, in the caller's transaction. Each key is new; IntegrityError if one is not:
    then nothing of the transaction may stand."""
    if not messages:
        return
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("messages are asked for with their cause")
    rows = Message.objects.bulk_create(messages)
    work = [
        Job(kind=SEND, queue="mail", payload={"message": row.pk}, due_at=row.due_at) for row in rows
    ]
    Job.objects.bulk_create(work)
    transaction.on_commit(jobs.doorbell.set, robust=True)
