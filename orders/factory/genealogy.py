"""Where a work order comes from: its attempts, and who did what to each, when, with which lots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from orders.factory.models import WorkOrder, WorkOrderMove, WorkOrderOperation
from orders.factory.telling import language, operation_name
from orders.factory.wording import CAUSE_NAMES
from orders.papers.content import spoken

STATE_NAMES: Mapping[str, object] = {
    **dict(WorkOrderOperation.State.choices),
    **dict(WorkOrder.State.choices),
}
EVENT_NAMES = {
    "release": pgettext_lazy("history", "released"),
    "start": pgettext_lazy("history", "started"),
    "pause": pgettext_lazy("history", "paused"),
    "resume": pgettext_lazy("history", "resumed"),
    "done": pgettext_lazy("history", "done"),
    "again": pgettext_lazy("history", "to be done again"),
    "finish": pgettext_lazy("history", "finished"),
    "hold": pgettext_lazy("history", "put on hold"),
    "unhold": pgettext_lazy("history", "taken off hold"),
    "rework": pgettext_lazy("history", "sent back to rework"),
    "mend": pgettext_lazy("history", "rework done"),
    "scrap": pgettext_lazy("history", "scrapped"),
    "cancel": pgettext_lazy("history", "canceled"),
    "ship": pgettext_lazy("history", "shipped"),
    "change": pgettext_lazy("history", "changed by the customer"),
}


@dataclass(frozen=True)
class Entry:
    """A move in words; `lots` are (part, lot)."""

    at: datetime
    what: str
    operation: str
    by: str
    station: str
    cause: str
    note: str
    photo: str
    lots: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Attempt:
    """One making of the line: the first, or a remake."""

    number: str
    attempt: int
    state: str
    remake_of: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Genealogy:
    """All attempts of the line to which a work order belongs, the first one first."""

    work_order: WorkOrder
    attempts: Sequence[Attempt]


def numbers_of(work_order: WorkOrder) -> list[str]:
    """The numbers of all attempts of the line."""
    family = WorkOrder.objects.filter(line_id=work_order.line_id)
    return list(family.values_list("number", flat=True))


def of(work_order: WorkOrder, planned: Mapping[str, Sequence[Entry]]) -> Genealogy:
    """All that happened to the line's attempts; `planned` is what happened to their plan."""
    family = list(
        WorkOrder.objects.filter(line_id=work_order.line_id)
        .select_related("remake_of")
        .prefetch_related("parts", "moves__by", "moves__operation")
        .order_by("attempt")
    )
    return Genealogy(work_order, [_attempt(one, planned.get(one.number, ())) for one in family])


def _attempt(one: WorkOrder, planned: Sequence[Entry]) -> Attempt:
    parts = {part.code: spoken(part.name, language()) for part in one.parts.all()}
    return Attempt(
        number=one.number,
        attempt=one.attempt,
        state=one.get_state_display(),
        remake_of=one.remake_of.number if one.remake_of else "",
        entries=sorted(
            [*(entry(move, parts) for move in one.moves.all()), *planned], key=lambda e: e.at
        ),
    )


def entry(move: WorkOrderMove, parts: Mapping[str, str]) -> Entry:
    """A move in words; `parts` are the names of parts by code."""
    said = EVENT_NAMES.get(move.event) or STATE_NAMES.get(move.after, move.after)
    causes = {**CAUSE_NAMES, **dict(WorkOrder.Answerer.choices)}
    return Entry(
        at=move.at,
        what=str(said),
        operation=operation_name(move.operation) if move.operation else "",
        by=move.by.get_username() if move.by else _("by itself"),
        station=move.station,
        cause=str(causes.get(move.cause, move.cause)) if move.cause else "",
        note=move.note,
        photo=move.photo,
        lots=[(parts.get(code, code), lot) for code, lot in move.lots.items()],
    )
