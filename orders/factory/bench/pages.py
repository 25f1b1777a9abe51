"""What the bench's templates are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.queries import released
from configurator.catalog.texts import say
from orders.factory.bench.queries import Station, StationQueue, Task
from orders.factory.build_sheet import Part
from orders.factory.codes import short_hash
from orders.factory.models import WorkOrder, WorkOrderOperation, WorkOrderPart
from orders.factory.pages import Due, due
from orders.factory.services.operations import parts_of
from orders.factory.sheets import part_of
from orders.factory.telling import language, operation_name, steps_at
from orders.papers import words
from orders.papers.content import Choice, spoken
from orders.papers.pictures import has_picture

Json = Mapping[str, Any]
Step = WorkOrderOperation.State
KIND_NAMES = {
    "work": gettext_lazy("In work here"),
    "ready": gettext_lazy("Ready now"),
    "coming": gettext_lazy("Coming"),
    "held": gettext_lazy("On hold"),
}


@dataclass(frozen=True)
class TaskRow:
    """A task in the queue; `note` says why it waits."""

    number: str
    mark: str  # of what is built
    url: str
    operation: str
    product: str
    quantity: int
    due: Due
    state: str
    rework: bool
    rush: bool
    planned: str
    note: str


@dataclass(frozen=True)
class Section:
    kind: str
    name: str
    rows: Sequence[TaskRow]
    count: int
    more: int


@dataclass(frozen=True)
class StationPage:
    station: Station
    sections: Sequence[Section]
    poll: str


def station_page(found: StationQueue) -> StationPage:
    poll = f"{reverse('factory:bench')}?{urlencode({'seen': found.mark})}"
    return StationPage(
        station=found.station,
        sections=[_section(found, kind) for kind in KIND_NAMES],
        poll=poll,
    )


def _section(found: StationQueue, kind: str) -> Section:
    rows = [_row(task, kind, found.today) for task in found.tasks[kind]]
    count = found.counts[kind]
    return Section(kind, str(KIND_NAMES[kind]), rows, count, count - len(rows))


def _row(task: Task, kind: str, today: date) -> TaskRow:
    work_order, operation = task.work_order, task.operation
    return TaskRow(
        number=work_order.number,
        mark=short_hash(work_order.specification_id),
        url=unit_url(work_order.number),
        operation=operation_name(operation),
        product=say(task.product, language()),
        quantity=work_order.quantity,
        due=due(work_order.due_on, today),
        state=operation.state,
        rework=operation.rework,
        rush=work_order.rush,
        planned=words.short_date(task.planned, language()) if task.planned else "",
        note=_note(task, kind),
    )


def _note(task: Task, kind: str) -> str:
    if kind == "held":
        facts = {
            "reason": task.work_order.hold_reason,
            "who": task.work_order.get_hold_for_display(),
        }
        return _("%(reason)s – %(who)s must answer.") % facts
    if kind == "coming":
        return _("after %(first)s") % {"first": steps_at(task.after)}
    return ""


def unit_url(number: str) -> str:
    return reverse("factory:unit", args=[number])


@dataclass(frozen=True)
class BenchPart:
    """A part of the operation; `code` is asked for its lot."""

    code: str
    part: Part


@dataclass(frozen=True)
class Unit:
    """One operation of one work order, as it is done at a station."""

    work_order: WorkOrder
    operation: WorkOrderOperation
    product: str
    name: str
    state: str
    due: Due
    pictures: Sequence[str]
    instructions: str
    tooling: str
    matters: Sequence[Choice]
    texts: Sequence[tuple[str, str]]
    parts: Sequence[BenchPart]
    checks: Sequence[str]
    worked: int  # seconds on its clock
    planned: Decimal  # minutes
    position: int
    total: int
    actions: dict[str, str]
    mark: str
    poll: str

    @property
    def running(self) -> bool:
        return self.state == Step.STARTED


def unit_page(work_order: WorkOrder, operation: WorkOrderOperation, now: datetime) -> Unit:
    locale, content = language(), work_order.specification.content
    operations = list(work_order.operations.all())
    number = work_order.number
    return Unit(
        work_order=work_order,
        operation=operation,
        product=spoken(content.get("product", {}).get("name", ""), locale),
        name=operation_name(operation),
        state=operation.state,
        due=due(work_order.due_on, timezone.localdate()),
        pictures=_pictures(work_order, operation),
        instructions=spoken(operation.instructions, locale),
        tooling=spoken(operation.tooling, locale),
        matters=_matters(content, operation.reads, locale),
        texts=_texts(content, operation.reads, locale),
        parts=_parts(work_order, operation, operations),
        checks=[spoken(check, locale) for check in operation.checks],
        worked=_worked(operation, now),
        planned=operation.setup_minutes + operation.run_minutes,
        position=operations.index(operation) + 1,
        total=len(operations),
        actions={
            event: reverse("factory:tap", args=[number, operation.code, event])
            for event in ("start", "pause", "resume", "done")
        },
        mark=mark_of(work_order, operation),
        poll=poll_url(work_order, operation),
    )


def mark_of(work_order: WorkOrder, operation: WorkOrderOperation) -> str:
    """Equal as long as the unit would look the same."""
    return f"{operation.code}-{operation.version}-{work_order.state}-{work_order.revision}"


def poll_url(work_order: WorkOrder, operation: WorkOrderOperation) -> str:
    seen = {"seen": mark_of(work_order, operation)}
    return f"{unit_url(work_order.number)}?{urlencode(seen)}"


def _pictures(work_order: WorkOrder, operation: WorkOrderOperation) -> list[str]:
    """The operation's own pictures, else the product's."""
    own = [
        reverse("factory:operation_picture", args=[work_order.number, operation.code, number])
        + f"?v={work_order.revision}"
        for number in range(1, len(operation.pictures) + 1)
    ]
    if own or not has_picture(released(work_order.specification.release_id)):
        return own
    mark = short_hash(work_order.specification_id)
    return [reverse("factory:picture", args=[work_order.number]) + f"?w=1200&v={mark}"]


def _matters(
    content: dict[str, list[dict[str, str]]], reads: list[str], locale: str
) -> list[Choice]:
    """The choices on which the operation depends."""
    return [
        Choice(spoken(item["name"], locale), spoken(item["label"], locale), item.get("swatch", ""))
        for item in content.get("choices", ())
        if item["option"] in reads
    ]


def _texts(content: Json, reads: list[str], locale: str) -> list[tuple[str, str]]:
    return [
        (spoken(item["name"], locale), item["text"])
        for item in content.get("texts", ())
        if item["option"] in reads
    ]


def _parts(
    work_order: WorkOrder, operation: WorkOrderOperation, operations: list[WorkOrderOperation]
) -> list[BenchPart]:
    used = set(parts_of(work_order, operation, operations))
    rows: list[WorkOrderPart] = [part for part in work_order.parts.all() if part.code in used]
    rows.sort(key=lambda part: (part.bin, part.position))
    return [BenchPart(part.code, part_of(part, language())) for part in rows]


def _worked(operation: WorkOrderOperation, now: datetime) -> int:
    running = (now - operation.resumed_at).total_seconds() if operation.resumed_at else 0
    return int(operation.worked_minutes * 60) + max(int(running), 0)
