"""A change of the plan before it is saved: what moves, which promises break, what is new since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from configurator.capacity.changes import Broken, Effect, Mended, Stuck
from configurator.catalog.texts import say
from orders.factory.board import reading
from orders.factory.board.asking import Asked
from orders.factory.plan import number_of
from orders.factory.telling import language
from orders.papers import words

MOST = 200

Line = tuple[str, str, str, str, str]  # kind, key, operation, before, after


@dataclass(frozen=True)
class Moved:
    """An operation that would be done on other days."""

    number: str
    operation: str
    center: str
    before: str
    after: str
    new: bool


@dataclass(frozen=True)
class Kept:
    """A promise that would break, or that would be kept again."""

    number: str
    promised: str
    before: str
    after: str
    days: int  # late, after
    was_late: bool
    new: bool


@dataclass(frozen=True)
class EffectPage:
    """What a change would do. `seen` goes into the form, so that a difference can be told."""

    title: str
    moves: Sequence[Moved]
    more: int
    broken: Sequence[Kept]
    mended: Sequence[Kept]
    stuck: Sequence[str]
    gone: Sequence[str]  # what was told before and is not so any more
    summary: str
    nothing: bool
    version: str
    mark: str
    seen: str


def page(asked: Asked, effect: Effect, before: str | None = None) -> EffectPage:
    """`before` is what was seen, as it came with the form; None if this is the first look."""
    earlier = None if before is None else _lines_of(before)
    lines = list(_lines(effect))
    names = Names(line[1] for line in lines)
    return EffectPage(
        title=title(asked, names),
        moves=[
            Moved(
                names.number(move.key),
                names.operation(move.key, move.operation),
                names.center(move.work_center),
                _days(move.before),
                _days(move.after),
                _is_new(earlier, ("move", move.key, move.operation, *_span(move))),
            )
            for move in effect.moves[:MOST]
        ],
        more=max(0, len(effect.moves) - MOST),
        broken=[_kept("broken", each, names, earlier) for each in _by_need(effect.broken)],
        mended=[_kept("mended", each, names, earlier) for each in effect.mended],
        stuck=[_stuck(each, names) for each in effect.stuck],
        gone=[_gone(line) for line in sorted((earlier or set()) - set(lines))][:MOST],
        summary=_summary(effect),
        nothing=not (effect.moves or effect.broken or effect.stuck or effect.mended),
        version=str(effect.version),
        mark=effect.mark,
        seen=json.dumps(lines[:2000]),
    )


def _stuck(each: Stuck, names: Names) -> str:
    told = (
        _("%(number)s “%(operation)s” stays on %(day)s, though what comes before is not done.")
        if each.early
        else _("%(number)s “%(operation)s” stays on %(day)s, though %(center)s has no room then.")
    )
    return told % {
        "number": names.number(each.key),
        "operation": names.operation(each.key, each.operation),
        "center": names.center(each.work_center),
        "day": words.short_date(each.day, language()),
    }


class Names:
    """Of work orders, operations and work centers, read at once."""

    def __init__(self, keys: Iterable[str]) -> None:
        numbers = {number_of(key) for key in keys} - {""}
        self._operations = reading.operation_names(numbers)
        self._centers = reading.center_names()

    def number(self, key: str) -> str:
        return number_of(key) or _("a customer's held place")

    def operation(self, key: str, code: str) -> str:
        return say(self._operations.get((number_of(key), code), {}), language()) or code

    def center(self, code: str) -> str:
        return self._centers.get(code, code)


def title(asked: Asked, names: Names | None = None) -> str:
    """What is asked for, in a few words."""
    return title_of(asked.what, asked.fields, names or Names([asked.fields.get("key", "")]))


def title_of(what: str, fields: Mapping[str, str], names: Names) -> str:
    """A change of the plan, in a few words; `fields` are those of its form."""
    code = fields.get("center", "")
    facts = {
        "number": names.number(fields.get("key", "")),
        "operation": names.operation(fields.get("key", ""), fields.get("operation", "")),
        "center": names.center(code) if code else "",
    }
    if what == "close":
        return _("Close %(center)s") % facts if code else _("Close all work centers")
    return str(TITLES[what]) % facts


TITLES = {
    "operation": gettext_lazy("Move “%(operation)s” of %(number)s"),
    "order": gettext_lazy("Move %(number)s"),
    "automatic": gettext_lazy("Plan %(number)s as early as possible"),
    "all": gettext_lazy("Plan everything anew"),
    "open": gettext_lazy("Take a closure away"),
    "hours": gettext_lazy("Other working hours of %(center)s"),
}


def _summary(effect: Effect) -> str:
    moved, broken = len(effect.moves), sum(not each.was_late for each in effect.broken)
    told = [
        ngettext("%(n)d operation moves", "%(n)d operations move", moved) % {"n": moved},
        ngettext("%(n)d promise breaks", "%(n)d promises break", broken) % {"n": broken},
    ]
    if effect.mended:
        count = len(effect.mended)
        told.append(ngettext("%(n)d is kept again", "%(n)d are kept again", count) % {"n": count})
    return ", ".join(told) + "."


def _by_need(broken: Iterable[Broken]) -> list[Broken]:
    """Newly broken first, then by how late."""
    return sorted(broken, key=lambda b: (b.was_late, b.promised_on - b.ready_on, b.key))


def _kept(kind: str, each: Broken | Mended, names: Names, earlier: set[Line] | None) -> Kept:
    line = _promise(kind, each)
    return Kept(
        number=names.number(each.key),
        promised=words.short_date(each.promised_on, language()),
        before=words.short_date(each.before, language()),
        after=words.short_date(each.ready_on, language()),
        days=max(0, (each.ready_on - each.promised_on).days),
        was_late=each.before > each.promised_on,
        new=_is_new(earlier, line),
    )


def _is_new(earlier: set[Line] | None, line: Line) -> bool:
    return earlier is not None and line not in earlier


def _lines(effect: Effect) -> Iterable[Line]:
    """What is told, as plain lines that can be compared."""
    for move in effect.moves:
        yield "move", move.key, move.operation, *_span(move)
    for broken in effect.broken:
        yield _promise("broken", broken)
    for mended in effect.mended:
        yield _promise("mended", mended)


def _span(move: Any) -> tuple[str, str]:
    return (
        " ".join(day.isoformat() for day in move.before),
        " ".join(day.isoformat() for day in move.after),
    )


def _promise(kind: str, each: Broken | Mended) -> Line:
    return kind, each.key, "", each.before.isoformat(), each.ready_on.isoformat()


def _lines_of(text: str) -> set[Line]:
    """What came with the form, as far as it is what we wrote."""
    try:
        found = json.loads(text)
        return {
            (str(a), str(b), str(c), str(d), str(e))
            for a, b, c, d, e in found
            if isinstance(a, str)
        }
    except (ValueError, TypeError):
        return set()


def _gone(line: Line) -> str:
    kind, key, operation, before, after = line
    facts = {"number": number_of(key)[:40] or "…", "operation": operation[:80]}
    facts |= {"before": _plain(before), "after": _plain(after)}
    if kind == "move":
        return _("%(number)s %(operation)s: %(before)s → %(after)s") % facts
    return _("%(number)s: ready %(after)s instead of %(before)s") % facts


def _plain(days: str) -> str:
    return ", ".join(_iso(day) for day in days.split()[:5])


def _iso(text: str) -> str:
    try:
        return words.short_date(date.fromisoformat(text), language())
    except ValueError:
        return "…"


def _days(days: Sequence[date]) -> str:
    """A day, or the first and the last."""
    ends = sorted({days[0], days[-1]}) if days else []
    return " – ".join(words.short_date(day, language()) for day in ends) or "–"
