"""Change sheets: gathered from the rows of a revision, drawn by a job, known by a row each."""

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from orders import jobs
from orders.factory import papers
from orders.factory.differences import between
from orders.factory.models import WorkOrder, WorkOrderRevision
from orders.factory.papers import change
from orders.factory.papers.change import ChangeSheet, Different, Piece, Step
from orders.factory.sheets import SIZES
from orders.models import Job, Paper
from orders.papers import identity, store, tongues, words
from orders.papers.content import read, spoken
from orders.papers.pen import Size

DRAWN_BY = Path(papers.__file__).parent
CHOSEN = ("choice", "text", "file")


def render_job(job_id: str | UUID) -> bool:
    """Perform a job that draws the change sheets of a work order; see jobs.perform_prepared."""
    return jobs.perform_prepared(job_id, _draw_for, _note_for)


def _draw_for(job: Job) -> Mapping[Size, str]:
    found = latest(WorkOrder.objects.get(pk=job.payload["work_order"]))
    return draw(found) if found else {}


def _note_for(job: Job, drawn: Mapping[Size, str]) -> None:
    work_order = WorkOrder.objects.select_related("line").get(pk=job.payload["work_order"])
    found = latest(work_order)
    for size, sha in drawn.items():
        Paper.objects.get_or_create(
            kind=Paper.Kind.CHANGE_SHEET,
            size=size,
            subject=work_order.number,
            revision=found.revision if found else work_order.revision,
            defaults={"sha": sha, "order_id": work_order.line.order_id},
        )


def latest(work_order: WorkOrder) -> WorkOrderRevision | None:
    """The last change that came in, if any did."""
    return work_order.revisions.select_related("before", "after", "work_order").last()


def draw(found: WorkOrderRevision) -> dict[Size, str]:
    """Draw and store the sheet in every size; their names. What is there is not drawn again."""
    language, second = tongues.of_factory()
    with tongues.speaking(language, second):
        sheet = sheet_of(found, language)
        names = {size: _name_of(sheet, size, tongues.code(language, second)) for size in SIZES}
        for size, sha in names.items():
            if not store.has(sha):
                store.keep(sha, change.render(sheet, size, language))
    return names


def printed(found: WorkOrderRevision, size: Size) -> bytes | None:
    """The sheet of a change as a PDF, or None while it is being drawn; a lost file is redrawn."""
    paper = Paper.objects.filter(
        kind=Paper.Kind.CHANGE_SHEET,
        size=size,
        subject=found.work_order.number,
        revision=found.revision,
    ).first()
    if paper is None:
        return None
    return store.read(paper.sha) or store.read(draw(found)[size])


def sheet_of(found: WorkOrderRevision, language: str) -> ChangeSheet:
    """All that the sheet says, in the languages in use."""
    work_order, after = found.work_order, found.after.content
    at = words.moment(timezone.localtime(found.at), language)
    return ChangeSheet(
        number=work_order.number,
        product=read(after, language).product,
        quantity=work_order.quantity,
        revision=found.revision,
        before=found.before_id,
        after=found.after_id,
        due_before=found.due_before,
        due_after=found.due_after,
        told=at,
        firm=settings.FIRM_NAME,
        choices=tuple(
            Different(item.what, item.before, item.now)
            for item in between(found.before.content, after, language)
            if item.kind in CHOSEN
        ),
        returns=tuple(_piece(item, language) for item in found.returns),
        pulls=tuple(_piece(item, language) for item in found.pulls),
        steps=tuple(_step(item, language) for item in found.operations),
    )


def _piece(item: Mapping[str, Any], language: str) -> Piece:
    sides = item.get("cut") or ()
    return Piece(
        name=spoken(item["name"], language),
        number=item["number"],
        material=spoken(item["material"], language),
        quantity=Decimal(item["quantity"]),
        unit=item["unit"],
        bin=item["bin"],
        cut=tuple(None if side is None else Decimal(side) for side in sides),
    )


def _step(item: Mapping[str, Any], language: str) -> Step:
    return Step(
        kind=item["kind"],
        name=spoken(item["name"], language),
        center=spoken(item["work_center_name"], language) or item["work_center"],
        setup=Decimal(item["setup_minutes"]),
        run=Decimal(item["run_minutes"]),
        instructions=spoken(item["instructions"], language, between="\n"),
    )


def _name_of(sheet: ChangeSheet, size: Size, language: str) -> str:
    facts = {key: repr(value) for key, value in asdict(sheet).items()}
    return identity.name("change_sheet", size, language, facts, drawn_by=DRAWN_BY)
