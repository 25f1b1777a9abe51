"""The working hours of a work center: “mon-fri 06:00-14:00 14:00-22:00; sat 08:00-12:00”."""

import re
from functools import lru_cache
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})\Z")
END = 24 * 60

LONGEST_NIGHT = 12 * 60

Spans = tuple[tuple[int, int], ...]
"""From and to in minutes since midnight, in order, without overlaps. A night ends past 24:00."""
Week = tuple[Spans, ...]
"""What is worked on each day, from Monday."""


class BadHours(ValueError):
    """Why a text is no working hours, in words."""


@lru_cache(maxsize=512)
def read_hours(text: str) -> Week:
    """The week that a text says; raises BadHours."""
    week: list[Spans] = [()] * 7
    for part in filter(None, map(str.strip, text.lower().replace("–", "-").split(";"))):
        words = part.split()
        days = [day for word in words[0].split(",") for day in _days(word)]
        if len(words) == 1:
            raise BadHours(gettext("“%(part)s” says no hours.") % {"part": part})
        spans = _in_order([_span(word) for word in words[1:]])
        for day in days:
            if week[day]:
                raise BadHours(gettext("“%(day)s” is there twice.") % {"day": DAYS[day]})
            week[day] = spans
    if not any(week):
        raise BadHours(gettext("There is no working day."))
    for day, spans in enumerate(week):
        if spans and week[(day + 1) % 7]:
            _in_order([spans[-1], *((a + END, b + END) for a, b in week[(day + 1) % 7])])
    return tuple(week)


def _days(word: str) -> list[int]:
    first, dash, last = word.partition("-")
    for day in (first, last) if dash else (first,):
        if day not in DAYS:
            raise BadHours(
                gettext("“%(word)s” is no day. There are: %(days)s.")
                % {"word": day[:20], "days": ", ".join(DAYS)}
            )
    start, stop = DAYS.index(first), DAYS.index(last or first)
    if stop < start:
        raise BadHours(gettext("“%(word)s” goes backward.") % {"word": word})
    return list(range(start, stop + 1))


def _span(word: str) -> tuple[int, int]:
    found = SPAN.match(word)
    if found is None:
        raise BadHours(
            gettext("“%(word)s” is no time. Write it like 08:00-16:00.") % {"word": word[:20]}
        )
    hour, minute, last_hour, last_minute = map(int, found.groups())
    start, stop = hour * 60 + minute, last_hour * 60 + last_minute
    if minute > 59 or last_minute > 59 or stop > END:
        raise BadHours(gettext("“%(word)s” is no time of a day.") % {"word": word})
    if start >= stop and not 0 < stop + END - start <= LONGEST_NIGHT:
        raise BadHours(
            gettext("“%(word)s” ends before it begins. A night lasts no more than 12 hours.")
            % {"word": word}
        )
    if start >= stop:
        stop += END
    return start, stop


def _in_order(spans: list[tuple[int, int]]) -> Spans:
    spans = sorted(spans)
    for (_start, stop), (start, _stop) in pairwise(spans):
        if start < stop:
            at = f"{start // 60 % 24:02}:{start % 60:02}"
            raise BadHours(gettext("Two spans overlap at %(time)s.") % {"time": at})
    return tuple(spans)


def validate_hours(text: str) -> None:
    """For fields: raises ValidationError where the text is no working hours."""
    try:
        read_hours(text)
    except BadHours as error:
        raise ValidationError(str(error)) from None
