"""Batches of papers: asked for by somebody, drawn by a job, kept as files. All writes are here."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from orders import jobs
from orders.factory.models import PrintBatch, PrintedPaper, WorkOrder
from orders.factory.papers.drawing import Drawing, File, batch_of, pieces
from orders.factory.plan import plan_of
from orders.models import Job
from orders.papers import tongues

MOST = 200  # work orders in a batch
VOID = (WorkOrder.State.CANCELED, WorkOrder.State.SCRAPPED)
TELL_EVERY = 0.3  # seconds between two notes of how far a job is
KIND = "factory.print_batch"

Seen = Mapping[UUID, tuple[int, str]]  # revision and specification by work order


class NotPrintable(Exception):
    """Nothing can be printed of this choice: none, too many, or `void` work orders among them."""

    def __init__(self, void: Sequence[WorkOrder] = (), count: int = 0) -> None:
        super().__init__(f"{count} work orders, void: {', '.join(map(str, void))}")
        self.void = void
        self.count = count


def ask(
    *, key: UUID, by: User, numbers: Sequence[str], papers: Sequence[str], size: str
) -> PrintBatch:
    """Write a batch and the job that draws it; the same `key` is one batch, however often it comes.

    Which copy every paper is, is settled here. NotPrintable.
    """
    language, second = tongues.of_factory()
    with transaction.atomic():
        found = PrintBatch.objects.filter(key=key).first()
        if found is not None:
            return found
        chosen = _chosen(numbers)
        batch, new = PrintBatch.objects.get_or_create(
            key=key,
            defaults={
                "by": by,
                "by_name": by.get_username(),
                "papers": list(papers),
                "size": size,
                "language": language,
                "second_language": second,
                "total": pieces(papers, len(chosen)),
            },
        )
        if new:
            _count(batch, chosen)
            jobs.enqueue(kind=KIND, queue="render", payload={"batch": str(key)})
    return batch


def _chosen(numbers: Sequence[str]) -> list[WorkOrder]:
    """The work orders, held so that of two batches one counts the other's copies."""
    rows = WorkOrder.objects.select_for_update().filter(number__in=numbers).order_by("pk")
    chosen = list(rows[: MOST + 1])
    void = [work_order for work_order in chosen if work_order.state in VOID]
    if void or not 0 < len(chosen) <= MOST:
        raise NotPrintable(void, len(chosen))
    return chosen


def _count(batch: PrintBatch, chosen: Sequence[WorkOrder]) -> None:
    """Which copy of every paper this is."""
    before = PrintedPaper.objects.filter(work_order__in=chosen, paper__in=batch.papers)
    rows = before.values_list("work_order", "paper").annotate(last=Max("copy")).order_by()
    last = {(work_order, paper): copy for work_order, paper, copy in rows}
    PrintedPaper.objects.bulk_create(
        PrintedPaper(
            batch=batch,
            work_order=work_order,
            paper=paper,
            copy=last.get((work_order.pk, paper), 0) + 1,
            revision=work_order.revision,
            sha=work_order.specification_id,
        )
        for work_order in chosen
        for paper in batch.papers
    )


# Drawing


@dataclass(frozen=True)
class Drawn:
    """The files of a batch, and of which revision each work order was drawn."""

    files: Sequence[File]
    seen: Seen


class Revised(Exception):
    """A work order was revised while its papers were drawn; the job draws them again."""


class Progress:
    """Notes how far a batch is, and holds its job for as long as that goes on."""

    def __init__(self, batch: PrintBatch, job: Job) -> None:
        self._batch = batch
        self._job = job
        self._done = 0
        self._told = self._kept = time.monotonic()

    def step(self) -> None:
        """One more piece is drawn. jobs.Lost when another process draws the batch by now."""
        self._done += 1
        now = time.monotonic()
        if now - self._told >= TELL_EVERY:
            self._told = now
            PrintBatch.objects.filter(pk=self._batch.pk).update(done=self._done)
        if now - self._kept >= jobs.lease().total_seconds() / 4:
            self._kept = now
            jobs.keep(self._job)


def draw_job(job_id: str | UUID) -> bool:
    """Perform a job that draws a batch; see orders.jobs.perform_prepared."""
    return jobs.perform_prepared(job_id, _draw, _note)


def _draw(job: Job) -> Drawn:
    row = PrintBatch.objects.get(key=job.payload["batch"])
    found = list(_work_orders(row))
    plan = plan_of(work_order.number for work_order in found)
    progress = Progress(row, job)
    drawing = Drawing(batch_of(row), found, plan, progress.step)
    seen = {w.pk: (w.revision, w.specification_id) for w in found}
    return Drawn(drawing.files(), seen)


def _work_orders(row: PrintBatch) -> QuerySet[WorkOrder]:
    """As in the queue: due soonest first."""
    return (
        WorkOrder.objects.filter(pk__in=row.printed.values("work_order"))
        .select_related("line__order", "specification", "remake_of")
        .prefetch_related("parts", "operations", "line__order__lines")
        .order_by("due_on", "number")
    )


def _note(job: Job, drawn: Drawn) -> None:
    """The files have their rows once nothing has changed since they were begun."""
    now = {
        pk: (revision, sha)
        for pk, revision, sha in WorkOrder.objects.select_for_update()
        .filter(pk__in=drawn.seen)
        .values_list("pk", "revision", "specification")
    }
    if now != drawn.seen:
        raise Revised
    rows = PrintBatch.objects.filter(key=job.payload["batch"])
    batch = rows.get()
    for printed in batch.printed.all():
        revision, sha = drawn.seen[printed.work_order_id]
        if (printed.revision, printed.sha) != (revision, sha):
            batch.printed.filter(pk=printed.pk).update(revision=revision, sha=sha)
    rows.update(
        state=PrintBatch.State.READY,
        done=batch.total,
        files=[asdict(file) for file in drawn.files],
        ready_at=timezone.now(),
    )
