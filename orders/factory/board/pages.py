"""What the templates of the plan board are given: plain facts in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from configurator.capacity.models import Booking, Closure
from configurator.capacity.snapshot import current
from configurator.catalog.texts import say
from orders.factory.board import reading
from orders.factory.board.reading import Cell, Tight
from orders.factory.plan import number_of
from orders.factory.telling import language
from orders.papers import words

BAR = 40  # height of a cell's bar, in units of its viewBox


@dataclass(frozen=True)
class Day:
    """A column of the board."""

    iso: str
    weekday: str
    label: str
    today: bool


@dataclass(frozen=True)
class Square:
    """A work center's day. Heights from the ground up: booked, of it rush, kept free for rush."""

    iso: str
    url: str
    current: bool
    state: str  # "closed", "full", "over" or ""
    text: str
    told: str
    booked: float
    rushed: float
    kept: float
    free: int
    top: int = BAR

    @property
    def booked_y(self) -> float:
        return BAR - self.booked

    @property
    def rushed_y(self) -> float:
        return BAR - self.rushed

    @property
    def kept_y(self) -> float:
        return BAR - self.booked - self.kept


@dataclass(frozen=True)
class Row:
    """A work center on the board."""

    code: str
    name: str
    squares: Sequence[Square]
    share: str


@dataclass(frozen=True)
class Job:
    """An operation on the chosen day."""

    key: str
    number: str  # "" for a place that is only held
    released: bool  # whether it has a page
    operation: str
    name: str
    minutes: str
    starts: str
    promised: str
    late: bool
    rush: bool
    pinned: bool
    done: bool
    iso: str


@dataclass(frozen=True)
class Late:
    """A work order that is late or nearly."""

    number: str
    key: str
    product: str
    promised: str
    ready: str
    note: str
    tone: str
    rush: bool
    planned: bool
    iso: str


@dataclass(frozen=True)
class BoardPage:
    days: Sequence[Day]
    rows: Sequence[Row]
    center: str
    center_name: str
    day: str
    day_name: str
    day_told: str
    jobs: Sequence[Job]
    tight: Sequence[Late]
    late: int
    risky: int
    more: int
    closures: Sequence[tuple[int, str, str, str]]  # id, where, when, why
    centers: Sequence[tuple[str, str]]
    today: str


def board(center: str, day: date | None) -> BoardPage:
    """The board with one day of one work center chosen, or the first on which there is work."""
    snapshot, names, today = current(), reading.center_names(), timezone.localdate()
    days = reading.days_ahead(snapshot)
    found = reading.cells(snapshot, days)
    chosen = _chosen(found, center, day)
    tight = reading.tight(today)
    listed = tight[: reading.MOST]
    told = reading.products(each.number for each in listed)
    return BoardPage(
        days=[_day(each, today) for each in days],
        rows=[
            _row(code, names.get(code, code), squares, chosen)
            for code, squares in sorted(found.items(), key=lambda pair: -_booked(pair[1]))
        ],
        center=chosen.center if chosen else "",
        center_name=names.get(chosen.center, chosen.center) if chosen else "",
        day=chosen.day.isoformat() if chosen else "",
        day_name=words.long_date(chosen.day, language()) if chosen else "",
        day_told=_told(chosen) if chosen else "",
        jobs=_jobs(chosen) if chosen else [],
        tight=[_late(each, told.get(each.number, {})) for each in listed],
        late=sum(each.late for each in tight),
        risky=sum(not each.late for each in tight),
        more=len(tight) - len(listed),
        closures=[_closure(each, names) for each in reading.closures()],
        centers=sorted(((code, names.get(code, code)) for code in found), key=lambda c: c[1]),
        today=today.isoformat(),
    )


def _chosen(found: Mapping[str, Sequence[Cell]], center: str, day: date | None) -> Cell | None:
    every = [cell for cells in found.values() for cell in cells]
    asked = [cell for cell in every if (cell.center, cell.day) == (center, day)]
    if not asked and (first := reading.next_to_do(timezone.localdate())):
        asked = [cell for cell in every if (cell.center, cell.day) == first]
    booked = sorted((cell for cell in every if cell.booked), key=lambda cell: cell.day)
    return next(iter([*asked, *booked, *every]), None)


def _booked(cells: Iterable[Cell]) -> int:
    return sum(cell.booked for cell in cells)


def _day(day: date, today: date) -> Day:
    locale = words.locale_of(language())
    weekday = format_skeleton("EEEEEE", day, locale=locale)
    return Day(day.isoformat(), weekday, format_skeleton("dM", day, locale=locale), day == today)


def _row(code: str, name: str, cells: Sequence[Cell], chosen: Cell | None) -> Row:
    minutes = sum(cell.minutes for cell in cells)
    share = _percent(_booked(cells), minutes) if minutes else "–"
    return Row(code, name, [_square(cell, cell == chosen) for cell in cells], share)


def _square(cell: Cell, current: bool) -> Square:
    whole = max(cell.minutes, cell.booked, 1)
    query = urlencode({"center": cell.center, "day": cell.day.isoformat()})
    return Square(
        iso=cell.day.isoformat(),
        url=f"?{query}#day",
        current=current,
        state=_state(cell),
        text=_("closed") if not cell.minutes and not cell.booked else _share(cell),
        told=_told(cell),
        booked=round(BAR * cell.booked / whole, 1),
        rushed=round(BAR * cell.rushed / whole, 1),
        kept=round(BAR * cell.kept / whole, 1),
        free=max(0, cell.minutes - cell.booked),
    )


def _state(cell: Cell) -> str:
    if cell.booked > cell.minutes:
        return "over"
    if not cell.minutes:
        return "closed"
    return "full" if cell.booked == cell.minutes else ""


def _share(cell: Cell) -> str:
    return _percent(cell.booked, cell.minutes) if cell.minutes else f"{cell.booked}′"


def _percent(part: int, whole: int) -> str:
    """On one line, however narrow its place is."""
    return f"{round(100 * part / whole)}\N{NO-BREAK SPACE}%"


def _told(cell: Cell) -> str:
    """What a day holds, in words."""
    facts = {
        "booked": cell.booked,
        "minutes": cell.minutes,
        "rushed": cell.rushed,
        "kept": cell.kept,
        "free": max(0, cell.minutes - cell.booked),
    }
    if not cell.minutes:
        why = _("closed") if cell.shut else _("no working day")
        return f"{why}, {_('%(booked)d minutes booked') % facts}" if cell.booked else why
    told = [_("%(booked)d of %(minutes)d minutes booked, %(free)d free") % facts]
    if cell.rushed:
        told.append(_("%(rushed)d of them for rush orders") % facts)
    if cell.kept:
        told.append(_("%(kept)d kept for rush orders") % facts)
    return ", ".join(told)


def _jobs(cell: Cell) -> list[Job]:
    rows = reading.bookings(cell.center, cell.day)
    numbers = [number_of(row.reservation.key) for row in rows]
    names = reading.operation_names(number for number in numbers if number)
    released = reading.released(numbers)
    return [
        _job(row, number, names, number in released)
        for row, number in zip(rows, numbers, strict=True)
    ]


def _job(
    row: Booking, number: str, names: Mapping[tuple[str, str], dict[str, str]], released: bool
) -> Job:
    reservation = row.reservation
    return Job(
        key=reservation.key,
        number=number,
        released=released,
        operation=row.operation,
        name=say(names.get((number, row.operation), {}), language()) or row.operation,
        minutes=ngettext("%(n)d minute", "%(n)d minutes", row.minutes) % {"n": row.minutes},
        starts=f"{row.starts // 60 % 24:02}:{row.starts % 60:02}",
        promised=words.short_date(reservation.promised_on, language()),
        late=reservation.promised_on < max(row.day, timezone.localdate()),
        rush=reservation.rush,
        pinned=row.pinned,
        done=row.done,
        iso=row.day.isoformat(),
    )


def _late(each: Tight, product: Mapping[str, str]) -> Late:
    return Late(
        number=each.number,
        key=each.key,
        product=say(product, language()),
        promised=words.short_date(each.promised, language()),
        ready=words.short_date(each.ready, language()) if each.ready else _("not planned"),
        note=_note(each),
        tone="bad" if each.late else "warn",
        rush=each.rush,
        planned=each.ready is not None,
        iso=(each.ready or timezone.localdate()).isoformat(),
    )


def _note(each: Tight) -> str:
    if each.late:
        note = ngettext("%(n)d day late", "%(n)d days late", -each.slack) % {"n": -each.slack}
    elif each.ready is None:
        note = _("no time was found: it has to be squeezed in")
    elif each.slack == 0:
        note = _("no day to spare")
    else:
        note = ngettext("%(n)d day to spare", "%(n)d days to spare", each.slack) % {"n": each.slack}
    if each.overdue:
        since = words.short_date(each.overdue, language())
        return f"{note}, {_('not done since %(day)s') % {'day': since}}"
    return note


def _closure(closure: Closure, names: Mapping[str, str]) -> tuple[int, str, str, str]:
    center = closure.work_center
    where = names.get(center.code, center.code) if center else _("All work centers")
    first, last = (words.short_date(day, language()) for day in _ends(closure))
    return closure.pk, where, first if first == last else f"{first} – {last}", closure.reason


def _ends(closure: Closure) -> Iterable[date]:
    return closure.first_day, closure.last_day
