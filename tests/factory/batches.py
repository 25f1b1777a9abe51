"""Print batches, as a browser asks for them and a worker draws them."""

from typing import Any
from uuid import uuid4

from django.test import Client

from orders.factory import printing, tasks
from orders.factory.models import PrintBatch, WorkOrder
from orders.factory.papers.kinds import KINDS
from orders.models import Job
from orders.papers import store

HTMX = {"HX-Request": "true"}
URL = "/factory/print/"
EVERY = list(KINDS)
OPEN = [code for code, kind in KINDS.items() if not kind.addressed]


def sent(two: list[WorkOrder], papers: list[str] = OPEN, **changes: Any) -> dict[str, Any]:
    """What the form sends."""
    numbers = [work_order.number for work_order in two]
    facts = {"key": str(uuid4()), "work_order": numbers, "paper": papers, "size": "A4"}
    return {**facts, **changes}


def draw() -> None:
    """Celery brings every batch that waits."""
    for job in Job.objects.filter(kind=printing.KIND, state=Job.State.DUE):
        tasks.print_batch(str(job.pk))


def printed(client: Client, two: list[WorkOrder], papers: list[str] = OPEN) -> PrintBatch:
    """A batch, asked for and drawn."""
    answer = client.post(URL, sent(two, papers))
    assert answer.status_code == 302, answer.text
    draw()
    return PrintBatch.objects.latest("pk")


def content(batch: PrintBatch, name: str) -> bytes:
    found = {file["name"]: file["sha"] for file in batch.files}
    data = store.read(found[name], f".{name.rpartition('.')[2]}")
    assert data is not None
    return data
