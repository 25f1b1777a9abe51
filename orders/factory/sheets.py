"""Build sheets of work orders: gathered from the rows, drawn, stored, and known by a row each."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from orders import jobs
from orders.factory import build_sheet, queries
from orders.factory.build_sheet import Operation, Part, Sheet
from orders.factory.models import PrintedPaper, WorkOrder, WorkOrderOperation, WorkOrderPart
from orders.factory.plan import Plan, plan_of
from orders.models import Job, Paper
from orders.papers import identity, pictures, store, tongues
from orders.papers.content import spoken
from orders.papers.pen import Size
from orders.papers.tongues import gettext as _
from orders.papers.truth import with_sizes

SIZES: tuple[Size, ...] = ("A4", "letter")
DRAWN_BY = Path(build_sheet.__file__).parent


def render_job(job_id: str | UUID) -> bool:
    """Perform a job that draws a work order's sheets; see orders.jobs.perform_prepared."""
    return jobs.perform_prepared(job_id, _draw_for, _note_for)


def _draw_for(job: Job) -> Mapping[Size, str]:
    return draw(_work_order(job))


def _note_for(job: Job, drawn: Mapping[Size, str]) -> None:
    note(_work_order(job), drawn)


def _work_order(job: Job) -> WorkOrder:
    rows = WorkOrder.objects.select_related("line__order", "specification")
    return rows.get(pk=job.payload["work_order"])


def draw(work_order: WorkOrder) -> dict[Size, str]:
    """Draw and store the sheet in every size; their names. What is there is not drawn again."""
    language, second = tongues.of_factory()
    with tongues.speaking(language, second):
        sheet = sheet_of(work_order, language, plan_of([work_order.number]))
    spoken_in = tongues.code(language, second)
    names = {size: name_of(sheet, size, spoken_in) for size in SIZES}
    for size, sha in names.items():
        if not store.has(sha):
            store.keep(sha, build_sheet.render(sheet, size, language, second))
    return names


def note(work_order: WorkOrder, drawn: Mapping[Size, str]) -> None:
    """Write the rows that name the papers; a paper that has its row keeps it."""
    for size, sha in drawn.items():
        Paper.objects.get_or_create(
            kind=Paper.Kind.BUILD_SHEET,
            size=size,
            subject=work_order.number,
            revision=work_order.revision,
            defaults={"sha": sha, "order_id": work_order.line.order_id},
        )


def printed(work_order: WorkOrder, size: Size) -> bytes | None:
    """The sheet of its revision as a PDF, or None while that is being drawn.

    A lost file is drawn again. Once a copy was counted, it says so: what is shown may be printed.
    """
    if last := queries.last_print(work_order):
        return _marked(work_order, size, last)
    paper = Paper.objects.filter(
        kind=Paper.Kind.BUILD_SHEET,
        size=size,
        subject=work_order.number,
        revision=work_order.revision,
    ).first()
    if paper is None:
        return None
    return store.read(paper.sha) or store.read(draw(work_order)[size])


def _marked(work_order: WorkOrder, size: Size, last: PrintedPaper) -> bytes:
    """The sheet with the batch in which it was printed last."""
    language, second = tongues.of_factory()
    with tongues.speaking(language, second):
        told = _("Printed before: %(batch)s") % {"batch": last.batch}
        sheet = sheet_of(work_order, language, plan_of([work_order.number]))
    sheet = replace(sheet, printed=told, reprint=True)
    return build_sheet.render(sheet, size, language, second)


def failed_job(work_order: WorkOrder, kind: str = "factory.render_build_sheet") -> Job | None:
    """The job that gave up drawing this sheet, if one did."""
    return Job.objects.filter(
        kind=kind,
        state=Job.State.PARKED,
        payload={"work_order": str(work_order.pk)},
    ).first()


def sheet_of(work_order: WorkOrder, language: str, plan: Plan, *, dated: bool = False) -> Sheet:
    """All that the sheet says, from the frozen specification and the work order's rows.

    Texts are in the language, and in a second one if two are in use (tongues). `dated`: with the
    planned days; not for a sheet that must stay true while plans change.
    """
    specification = work_order.specification
    content = specification.content
    configuration = Configuration.from_json(content["configuration"])
    product = released(specification.release_id)
    sized = with_sizes(content, product, configuration)
    return Sheet(
        number=work_order.number,
        order_number=work_order.line.order.number,
        revision=specification.sha,
        quantity=work_order.quantity,
        due_on=work_order.due_on,
        firm=settings.FIRM_NAME,
        specification=sized,
        parts=tuple(part_of(part, language) for part in work_order.parts.all()),
        operations=tuple(
            replace(
                operation_of(item, language),
                pictures=pictures.of_operation(item.pictures),
                planned_on=plan.days.get((work_order.number, item.code)) if dated else None,
            )
            for item in work_order.operations.all()
        ),
        picture=pictures.product_picture(product, configuration),
        artwork=pictures.artwork(sized),
        revised=work_order.revision,
        remake_of=work_order.remake_of.number if work_order.remake_of else "",
        rush=work_order.number in plan.rush,
    )


def name_of(sheet: Sheet, size: Size, language: str) -> str:
    """The paper's name in the store. The specification stands by its hash."""
    facts: dict[str, Any] = {
        "number": sheet.number,
        "order": sheet.order_number,
        "revision": sheet.revision,
        "quantity": sheet.quantity,
        "due": str(sheet.due_on),
        "firm": sheet.firm,
        "marks": [sheet.revised, sheet.remake_of, sheet.rush, sheet.reprint, sheet.printed],
        "picture": sheet.specification.get("picture"),
        "artwork": sorted(sheet.artwork),
        "parts": [_plain(asdict(part)) for part in sheet.parts],
        "operations": [
            {**_plain(asdict(replace(one, pictures=()))), "pictures": _hashes(one.pictures)}
            for one in sheet.operations
        ],
    }
    return identity.name("build_sheet", size, language, facts, drawn_by=DRAWN_BY)


def _plain(facts: dict[str, Any]) -> dict[str, str]:
    return {key: str(value) for key, value in facts.items()}


def _hashes(pictures: tuple[bytes, ...]) -> list[str]:
    return [hashlib.sha256(picture).hexdigest() for picture in pictures]


def part_of(part: WorkOrderPart, language: str) -> Part:
    """A row of the parts list in one language."""
    cut = (part.cut_length, part.cut_width, part.cut_thickness)
    return Part(
        name=spoken(part.name, language),
        quantity=part.quantity,
        unit=part.unit,
        number=part.number,
        material=spoken(part.material, language),
        bin=part.bin,
        cut=cut if any(side is not None for side in cut) else None,
        scrap=part.scrap,
        operation=part.operation,
    )


def operation_of(operation: WorkOrderOperation, language: str) -> Operation:
    """A row of the routing in one language."""
    return Operation(
        name=spoken(operation.name, language),
        work_center=spoken(operation.work_center_name, language) or operation.work_center,
        setup_minutes=operation.setup_minutes,
        run_minutes=operation.run_minutes,
        instructions=spoken(operation.instructions, language, between="\n"),
        checks=tuple(spoken(check, language) for check in operation.checks),
        code=operation.code,
        after=_predecessors(operation),
        tooling=spoken(operation.tooling, language),
    )


def _predecessors(operation: WorkOrderOperation) -> tuple[str, ...] | None:
    """Codes of what must be done before; only the first operations of a routing have none.

    A later one without any is of a specification which did not know them: None.
    """
    known = bool(operation.predecessors) or operation.position == 1 or bool(operation.reads)
    return tuple(operation.predecessors) if known else None
