"""Lengths as customers read and write them: in millimeters, or in inches with fractions.

Kept is always the catalog's own unit. What is shown in inches is rounded to the coarsest fraction
that still tells every step of the option from its neighbors, with the exact measure beside it; what
is written in inches is taken to the nearest step.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from configurator.catalog.infos import OptionInfo

System = Literal["mm", "in"]
LENGTHS = {"mm": Fraction(1), "cm": Fraction(10), "m": Fraction(1000)}
"""Units of the catalog that are lengths, in millimeters."""
INCH = Fraction(254, 10)
FINEST = 64
INCHES = ("in", "inch", "inches", '"', "″", "”", "''", "′′")
WRITTEN = re.compile(
    r"(?:(?P<feet>\d{1,4})\s*(?:'|′|ft)(?!['′]))?\s*"
    r"(?P<whole>\d{1,9}(?:[.,]\d{1,6})?)?"
    r"(?:(?:\s+|\s*-\s*|(?<![\d.,])|(?=\b))(?P<top>\d{1,4})\s*/\s*(?P<bottom>\d{1,4}))?"
    r"\s*(?P<unit>mm|cm|m|inches|inch|in|\"|″|”|''|′′)?\s*\Z",
    re.ASCII | re.IGNORECASE,
)

_system: ContextVar[System] = ContextVar("measures", default="mm")


def current() -> System:
    """How the customer of this request measures; `mm` for everybody else."""
    return _system.get()


@contextmanager
def using(system: System) -> Iterator[None]:
    """Measure like this."""
    token = _system.set(system)
    try:
        yield
    finally:
        _system.reset(token)


def in_inches(unit: str) -> bool:
    """Whether measures of this unit are shown in inches now."""
    return current() == "in" and unit in LENGTHS


@dataclass(frozen=True)
class Grid:
    """The values of an option: from `low` in steps, in its own unit."""

    unit: str
    low: Decimal
    high: Decimal
    step: Decimal

    def inches(self, value: Decimal | int) -> str:
        """A value in inches, as exactly as its neighbors demand: 33 7/16."""
        return inches(
            Fraction(value) * LENGTHS[self.unit], Fraction(self.step) * LENGTHS[self.unit]
        )

    def nearest(self, millimeters: Fraction) -> Decimal | None:
        """The value nearest to a length; None if it is out of reach by more than half a step."""
        low, step = Fraction(self.low), Fraction(self.step)
        wanted = millimeters / LENGTHS[self.unit]
        count = (Fraction(self.high) - low) // step
        place = round((wanted - low) / step)
        if place < 0 or place > count:
            over = low - wanted if place < 0 else wanted - (low + count * step)
            if over > step / 2:
                return None
            place = max(0, min(place, count))
        return self.low + self.step * place


def inches(millimeters: Fraction, step: Fraction) -> str:
    """A length in inches, told apart from what is a step away: in fractions, else decimals."""
    exact = abs(millimeters) / INCH
    sign = "-" if millimeters < 0 else ""
    needed = INCH / step  # a fraction of 1/d is at most 1/2d off
    bottom = 8
    while bottom <= needed and bottom <= FINEST:
        bottom *= 2
    if bottom > FINEST:
        digits = 2
        while Fraction(1, 10**digits) * INCH >= step:
            digits += 1
        return sign + f"{round(exact, digits).__float__():.{digits}f}".rstrip("0").rstrip(".")
    whole, rest = divmod(round(exact * bottom), bottom)
    part = Fraction(rest, bottom)
    if not part:
        return f"{sign}{whole}"
    return f"{sign}{whole} {part}" if whole else f"{sign}{part}"


def grid_of(option: "OptionInfo") -> Grid:
    """The values of a number option."""
    low, high = Decimal(option.minimum or 0), Decimal(option.maximum or 0)
    return Grid(option.unit, low, high, Decimal(option.step_size or 1))


def read(text: str, unit: str) -> tuple[Fraction, bool] | None:
    """A length that names its unit, in millimeters, and whether it is in inches; else None."""
    if unit not in LENGTHS:
        return None
    match = WRITTEN.match(_plain(text))
    if not match or not (match["unit"] or match["feet"]):
        return None
    if not (match["whole"] or match["top"] or match["feet"]) or match["bottom"] in ("0", "00"):
        return None
    bottom = int(match["bottom"] or 1)
    if not bottom:
        return None
    number = Fraction((match["whole"] or "0").replace(",", "."))
    number += Fraction(int(match["top"] or 0), bottom)
    named = (match["unit"] or '"').lower()
    if match["feet"] and named not in INCHES:
        return None
    if named in INCHES:
        return (number + 12 * int(match["feet"] or 0)) * INCH, True
    return number * LENGTHS[named], False


def with_inches(text: str) -> str:
    """What was written into a field for inches: with its unit, if it has none."""
    match = WRITTEN.match(_plain(text))
    named = match and (match["unit"] or match["feet"])
    return text if named or not text.strip() else f"{text.strip()} in"


def _plain(text: str) -> str:
    """Fractions of one character (½) as two numbers; slashes and blanks as on a keyboard."""
    found = []
    for character in text[:80]:
        if unicodedata.category(character) == "No" and unicodedata.decomposition(character):
            try:
                found.append(f" {Fraction(unicodedata.numeric(character)).limit_denominator(64)} ")
            except ValueError:
                found.append(character)
        else:
            found.append(character)
    return " ".join("".join(found).replace("⁄", "/").replace("\N{NO-BREAK SPACE}", " ").split())
