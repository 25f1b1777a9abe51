"""Units of measures: lengths count in mm, areas in mm², masses in g, times stay as they are."""

from __future__ import annotations

from fractions import Fraction

_LENGTHS = {"mm": 1, "cm": 10, "dm": 100, "m": 1000, "km": 1_000_000}
_MASSES = {"mg": "1/1000", "g": "1", "kg": "1000", "t": "1000000"}
_TIMES = ("day", "days", "hour", "hours", "h", "minute", "minutes", "min")

# unit -> (what it measures, how many base units it has)
UNITS: dict[str, tuple[str, Fraction]] = {
    **{unit: ("length", Fraction(size)) for unit, size in _LENGTHS.items()},
    **{
        unit + square: ("area", Fraction(size) ** 2)
        for unit, size in _LENGTHS.items()
        for square in ("²", "2")
    },
    **{unit: ("mass", Fraction(size)) for unit, size in _MASSES.items()},
    **{unit: ("time", Fraction(1)) for unit in _TIMES},
}


def base_unit(unit: str) -> str:
    """The unit in which measures of this kind are counted, or an empty string."""
    kind = UNITS.get(unit, ("", Fraction(1)))[0]
    return {"length": "mm", "area": "mm²", "mass": "g"}.get(kind, "")


def in_base(number: Fraction, unit: str) -> Fraction:
    return number * UNITS[unit][1]


def is_base(unit: str) -> bool:
    """Whether numbers in `unit` can be used beside literals with units."""
    return unit not in UNITS or UNITS[unit][1] == 1
