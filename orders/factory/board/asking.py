"""From a form of the plan board to a change of the plan, or to what is wrong with it, by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from configurator.capacity import changes
from configurator.capacity.changes import Change, NoRoom, TooEarly
from configurator.capacity.history import Kind, Note, of_closure
from configurator.capacity.models import Booking, Closure, Reservation
from configurator.catalog.models import WorkCenter
from orders.factory.board import reading
from orders.factory.plan import KEY
from orders.factory.telling import language
from orders.papers import words

KINDS = ("operation", "order", "automatic", "all", "close", "open")
FARTHEST = timedelta(days=731)
LONGEST = 366  # days of a closure
LONGEST_REASON = 200


class Bad(Exception):
    """The form asks for nothing that can be done; `errors` tell why by field ("" for the whole)."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(str(errors))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Asked:
    """A change, what else is saved with it, and the fields that ask for it again."""

    what: str
    change: Change
    fields: dict[str, str]
    save: Callable[[], Any] = field(default=lambda: None)
    closure: Closure | None = None

    def note(self, by: Any, reason: str) -> Note:
        """What the plan's history keeps of it."""
        if self.closure is not None:
            return Note(Kind(self.what), by, **of_closure(self.closure))
        key, operation = self.fields.get("key", ""), self.fields.get("operation", "")
        return Note(Kind(self.what), by, reason, key=key, operation=operation)


def read(fields: Mapping[str, str]) -> Asked:
    """What a form asks for. Bad."""
    what = fields.get("what", "")
    if what not in KINDS:
        raise Bad({"": _("Choose what to change on the plan board.")})
    return READERS[what](fields)


def _operation(fields: Mapping[str, str]) -> Asked:
    key, code = _key(fields), fields.get("operation", "")
    rows = Booking.objects.filter(reservation__key=key, operation=code, done=False)
    booking = rows.select_related("work_center").order_by("day").first()
    if booking is None:
        raise Bad({"": _("This operation is done already, or not in the plan.")})
    day = _target(fields, booking)
    kept = {"what": "operation", "key": key, "operation": code, "day": day.isoformat()}
    return Asked("operation", Change(pins={(key, code): day}), kept)


def _order(fields: Mapping[str, str]) -> Asked:
    key = _key(fields)
    rows = Booking.objects.filter(reservation__key=key, done=False)
    booking = rows.select_related("work_center").order_by("day", "position").first()
    if booking is None:
        raise Bad({"": _("Nothing of this work order is left in the plan.")})
    day = _target(fields, booking)
    kept = {"what": "order", "key": key, "day": day.isoformat()}
    return Asked("order", changes.moving(key, day), kept)


def _automatic(fields: Mapping[str, str]) -> Asked:
    key, code = _key(fields), fields.get("operation", "")
    left = changes.open_operations(key)
    if not left or (code and code not in left):
        raise Bad({"": _("Nothing of this work order is left in the plan.")})
    change = changes.loosened(key, [code] if code else left)
    return Asked("automatic", change, {"what": "automatic", "key": key, "operation": code})


def _all(fields: Mapping[str, str]) -> Asked:
    return Asked("all", Change(everything=True), {"what": "all"})


def _close(fields: Mapping[str, str]) -> Asked:
    errors = dict[str, str]()
    center = _center(fields.get("center", ""), errors)
    first, last = (_day(fields.get(name, ""), name, errors) for name in ("first", "last"))
    reason = _words(fields, "reason", errors)
    if first and last and last < first:
        errors["last"] = _("It ends before it begins.")
    elif first and last and (last - first).days >= LONGEST:
        errors["last"] = _("A closure lasts no more than a year.")
    if errors or first is None or last is None:
        raise Bad(errors)
    row = Closure(work_center=center, first_day=first, last_day=last, reason=reason)
    kept = {
        **{"what": "close", "center": center.code if center else "", "reason": reason},
        **{"first": first.isoformat(), "last": last.isoformat()},
    }
    change = changes.closing(center.pk if center else None, first, last)
    return Asked("close", change, kept, row.save, row)


def _open(fields: Mapping[str, str]) -> Asked:
    number = fields.get("closure", "")
    known = number.isascii() and number.isdigit() and len(number) < 10
    closure = Closure.objects.filter(pk=int(number)).first() if known else None
    if closure is None:
        raise Bad({"": _("This closure is gone already.")})
    kept = {"what": "open", "closure": number}
    return Asked("open", changes.opening(closure), kept, closure.delete, closure)


READERS: dict[str, Callable[[Mapping[str, str]], Asked]] = {
    "operation": _operation,
    "order": _order,
    "automatic": _automatic,
    "all": _all,
    "close": _close,
    "open": _open,
}


# Fields


def why(fields: Mapping[str, str]) -> str:
    """The reason that was written for a change. Bad."""
    errors = dict[str, str]()
    reason = _words(fields, "note", errors)
    if errors:
        raise Bad(errors)
    return reason


def _words(fields: Mapping[str, str], name: str, errors: dict[str, str]) -> str:
    told = " ".join(fields.get(name, "").replace("\x00", "").split())
    if len(told) > LONGEST_REASON:
        errors[name] = _("At most %(most)d characters; these are %(count)d.") % {
            "most": LONGEST_REASON,
            "count": len(told),
        }
    return told


def _key(fields: Mapping[str, str]) -> str:
    """A reservation that a lead may move: one that is ordered."""
    key = fields.get("key", "").replace("\x00", "")[:80]
    found = Reservation.objects.filter(key=key).first()
    if found is not None and found.state == Reservation.State.HELD:
        raise Bad({"": _("A customer is about to order this; it can be moved once it is ordered.")})
    if found is None or found.state != Reservation.State.FIRM or not key.startswith(KEY):
        raise Bad({"": _("This work order is not in the plan any more.")})
    return key


def _target(fields: Mapping[str, str], booking: Booking) -> date:
    """The day asked for, or the working day before or after the present one."""
    if (step := fields.get("step", "")) in ("-1", "1"):
        return reading.working_day(booking.work_center.code, booking.day, int(step))
    errors = dict[str, str]()
    day = _day(fields.get("day", ""), "day", errors)
    if day is None:
        raise Bad(errors)
    return day


def _day(text: str, name: str, errors: dict[str, str]) -> date | None:
    today = timezone.localdate()
    try:
        day = parse_date(text.strip())
    except ValueError:
        day = None
    if day is None:
        errors[name] = (
            _("This is no day. Write it like 2026-11-30.") if text.strip() else _("Choose a day.")
        )
    elif day < today and name != "first":
        errors[name] = _("This day is over. Choose today or a later one.")
    elif abs(day - today) > FARTHEST:
        errors[name] = _("Choose a day within the next two years.")
        return None
    return None if name in errors else day


def _center(code: str, errors: dict[str, str]) -> WorkCenter | None:
    """A work center; None for all of them ("")."""
    if not code:
        return None
    found = WorkCenter.objects.filter(code=code.replace("\x00", "")[:80]).first()
    if found is None:
        errors["center"] = _("There is no such work center.")
    return found


# What the plan answers


def no_room(refusal: NoRoom, asked: Asked) -> str:
    """Why an operation does not fit on a day, and where it would."""
    rows = Booking.objects.filter(
        reservation__key=asked.fields.get("key"), operation=refusal.operation
    )
    center = rows.values_list("work_center__code", flat=True).first() or ""
    facts = {
        "day": words.short_date(refusal.day, language()),
        "free": refusal.free,
        "wanted": refusal.wanted,
        "center": reading.center_names().get(center, center),
    }
    told = _(
        "On %(day)s %(center)s has %(free)d minutes free, and %(wanted)d are needed on one day."
    )
    other = reading.with_room(center, refusal.wanted, max(refusal.day, timezone.localdate()))
    if other is None:
        return told % facts
    more = _("The next day with room is %(day)s.") % {"day": words.short_date(other, language())}
    return f"{told % facts} {more}"


def too_early(refusal: TooEarly) -> str:
    """What comes before is not done by then."""
    told = _("What comes before is done on %(day)s only. Choose that day or a later one.")
    return told % {"day": words.short_date(refusal.possible, language())}
