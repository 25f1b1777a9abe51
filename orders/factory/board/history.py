"""Who changed the plan, when, why, and what moved: in words, for the board and for a work order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from configurator.capacity.models import PlanChange, PlanMove
from orders.factory.board.effects import Names, title_of
from orders.factory.genealogy import Entry
from orders.factory.plan import KEY
from orders.factory.telling import language
from orders.papers import words

A_PAGE = 25
MOST = 50  # moves of one change that are listed
LATEST = 5  # changes on the board


@dataclass(frozen=True)
class MoveLine:
    """An operation that moved."""

    number: str
    operation: str
    center: str
    before: str
    after: str
    by_hand: bool


@dataclass(frozen=True)
class ChangeLine:
    """A change of the plan; `moves` are the first of those that it made."""

    at: datetime
    by: str
    title: str
    reason: str
    told: str
    moves: Sequence[MoveLine]
    more: int


def latest() -> list[ChangeLine]:
    return _lines(_changes()[:LATEST])


def page(number: str) -> tuple[Page[Any], list[ChangeLine]]:
    """A page of all changes; the first or last where there is no such page."""
    found = Paginator(_changes(), A_PAGE).get_page(number)
    return found, _lines(found.object_list)


def _changes() -> Any:
    return PlanChange.objects.select_related("by")


def _lines(changes: Iterable[PlanChange]) -> list[ChangeLine]:
    """Three queries, however many changes there are and whatever they moved."""
    changes = list(changes)
    moves: dict[int, list[PlanMove]] = {change.pk: [] for change in changes}
    for change in changes:
        moves[change.pk] = list(change.moves.all()[: MOST + 1])
    keys = {change.key for change in changes}
    keys |= {move.key for listed in moves.values() for move in listed}
    names = Names(keys)
    return [_line(change, moves[change.pk], names) for change in changes]


def _line(change: PlanChange, moves: list[PlanMove], names: Names) -> ChangeLine:
    told = [ngettext("%(n)d operation moved", "%(n)d operations moved", change.moved)]
    told[0] %= {"n": change.moved}
    if change.broken:
        broken = ngettext("%(n)d promise broken", "%(n)d promises broken", change.broken)
        told.append(broken % {"n": change.broken})
    return ChangeLine(
        at=change.at,
        by=change.by.get_username() if change.by else _("by itself"),
        title=_title(change, names),
        reason=change.note,
        told=", ".join(told),
        moves=[_move(move, names) for move in moves[:MOST]],
        more=max(0, change.moved - MOST),
    )


def _title(change: PlanChange, names: Names) -> str:
    facts = {
        "key": change.key,
        "operation": change.operation,
        "center": change.work_center,
    }
    title = title_of(change.kind, facts, names)
    if change.first and change.last:
        return f"{title}, {span(change.first, change.last)}"
    return title


def _move(move: PlanMove, names: Names) -> MoveLine:
    return MoveLine(
        number=names.number(move.key),
        operation=names.operation(move.key, move.operation),
        center=names.center(move.work_center),
        before=span(move.before_first, move.before_last),
        after=span(move.after_first, move.after_last),
        by_hand=move.by_hand,
    )


def span(first: date | None, last: date | None) -> str:
    """A day, or the first and the last."""
    days = sorted({day for day in (first, last) if day})
    return " – ".join(words.short_date(day, language()) for day in days) or "–"


def entries_of(numbers: Iterable[str]) -> dict[str, list[Entry]]:
    """The moves in the plan of work orders, as entries of their history, by number."""
    found: dict[str, list[Entry]] = {number: [] for number in numbers}
    mine = Q()
    for number in found:
        mine |= Q(key=f"{KEY}{number}") | Q(key__startswith=f"{KEY}{number}/")
    moves = list(PlanMove.objects.filter(mine).select_related("change__by")) if found else []
    names = Names({move.key for move in moves})
    for move in moves:
        found[names.number(move.key)].append(_entry(move, names))
    return found


def _entry(move: PlanMove, names: Names) -> Entry:
    change, told = move.change, _move(move, names)
    if told.before == told.after:
        days = _("%(day)s, as before") % {"day": told.after}
    else:
        days = f"{told.before} → {told.after}"
    parts = [days, *([_("set by hand")] if move.by_hand else [])]
    if change.kind not in (PlanChange.Kind.OPERATION, PlanChange.Kind.ORDER):
        parts.append(_title(change, names))
    return Entry(
        at=change.at,
        what=_("planned for another day") if told.before != told.after else _("planned"),
        operation=told.operation,
        by=change.by.get_username() if change.by else _("by itself"),
        station="",
        cause="; ".join(parts),
        note=change.note,
        photo="",
        lots=(),
    )
