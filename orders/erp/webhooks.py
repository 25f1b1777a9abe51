"""Telling webhooks what happened: each move becomes a delivery a webhook, tried until it arrives.

A delivery is a row, and each attempt a job of its own (orders/jobs.py): a killed worker repeats
the attempt, so a receiver may get an event twice, always with the same `webhook-id` and bytes.
"""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from orders import jobs
from orders.erp import records, secrets
from orders.erp.models import Delivery, Webhook
from orders.factory.models import WorkOrderMove
from orders.factory.services.history import TOLD_BY
from orders.models import Job

PATIENCE = 5  # seconds for one attempt
PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (0.5, 2, 10, 30, 60, 180, 360, 720, 1440, 1440)
)
"""How long to wait after the first, second … failed attempt; then it is given up: 3 days in all."""

State = Delivery.State


def refresh_listening() -> None:
    """Moves are told as long as there is a webhook; call it after webhooks have changed."""
    jobs.listen(kind=TOLD_BY, wanted=Webhook.objects.filter(active=True).exists())


def add_webhook(*, url: str, events: Sequence[str] = ()) -> Webhook:
    """A webhook that is told of everything from now on, or of some kinds of events."""
    with transaction.atomic():
        hook = Webhook.objects.create(url=url, events=list(events))
        refresh_listening()
    return hook


def tell(job: Job) -> None:
    """Write a delivery of the move in the job's payload for each webhook that wants it."""
    move = (
        WorkOrderMove.objects.select_related(
            "operation", "work_order__line__order", "work_order__specification"
        )
        .filter(pk=job.payload["move"])
        .first()
    )
    if move is None:
        return
    kind = records.kind_of(move)
    wanted = [hook for hook in Webhook.objects.filter(active=True) if hook.wants(kind)]
    body = json.dumps(records.event(move), ensure_ascii=False) if wanted else ""
    for hook in wanted:
        delivery, new = Delivery.objects.get_or_create(
            webhook=hook, move=move, defaults={"kind": kind, "body": body}
        )
        if new:
            _enqueue(delivery)


def _enqueue(delivery: Delivery) -> None:
    jobs.enqueue(
        kind="erp.deliver",
        queue="hooks",
        payload={"delivery": str(delivery.pk)},
        due_at=delivery.due_at,
    )


@dataclass(frozen=True)
class Answer:
    """What came back from an attempt; "" for the words when there was nothing to say."""

    arrived: bool
    gone: bool  # 410: the receiver wants no more
    words: str


def deliver(job_id: str | UUID) -> bool:
    """Perform the job: one attempt of the delivery in its payload."""
    return jobs.perform_prepared(job_id, _attempt, _note)


def _attempt(job: Job) -> Answer | None:
    delivery = _delivery(job)
    if delivery is None or delivery.state != State.DUE or not delivery.webhook.active:
        return None
    return send(delivery)


def _delivery(job: Job) -> Delivery | None:
    rows = Delivery.objects.select_related("webhook")
    return rows.filter(pk=job.payload["delivery"]).first()


def _note(job: Job, answer: Answer | None) -> None:
    """Keep the answer; after a failure the next attempt is due later, or it is given up."""
    delivery = _delivery(job)
    if answer is None or delivery is None:
        return
    rows = Delivery.objects.filter(pk=delivery.pk, state=State.DUE)
    attempts, now = delivery.attempts + 1, timezone.now()
    if answer.arrived:
        rows.update(state=State.DELIVERED, delivered_at=now, attempts=attempts, answer=answer.words)
        return
    if answer.gone:
        Webhook.objects.filter(pk=delivery.webhook_id).update(active=False)
        refresh_listening()
    if answer.gone or attempts > len(PAUSES):
        rows.update(state=State.FAILED, attempts=attempts, answer=answer.words)
        return
    delivery.due_at = now + PAUSES[attempts - 1]
    rows.update(attempts=attempts, answer=answer.words, due_at=delivery.due_at)
    _enqueue(delivery)


def try_again(deliveries: list[Delivery]) -> int:
    """Make deliveries due now, with all attempts before them; how many."""
    with transaction.atomic():
        for delivery in deliveries:
            delivery.due_at = timezone.now()
            Delivery.objects.filter(pk=delivery.pk).update(
                state=State.DUE, attempts=0, due_at=delivery.due_at
            )
            _enqueue(delivery)
    return len(deliveries)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other: what is signed for one address goes to no other."""

    def redirect_request(self, *_request: object, **_more: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects)


def send(delivery: Delivery) -> Answer:
    """One signed POST."""
    body, now = delivery.body.encode(), int(timezone.now().timestamp())
    message = str(delivery.pk)
    request = urllib.request.Request(
        delivery.webhook.url,
        data=body,
        method="POST",
        headers={
            "content-type": "application/json",
            "user-agent": "Customerize",
            "webhook-id": message,
            "webhook-timestamp": str(now),
            "webhook-signature": secrets.signature(delivery.webhook.secret, message, now, body),
        },
    )
    try:
        with _opener.open(request, timeout=PATIENCE) as answer:
            return Answer(200 <= answer.status < 300, False, str(answer.status))
    except urllib.error.HTTPError as error:
        with error:
            return Answer(
                False, error.code == http.client.GONE, f"{error.code} {error.reason}"[:300]
            )
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(False, False, f"{type(error).__name__}: {error}"[:300])
