"""Units of measures: lengths count in mm, areas in mm², volumes in mm³, masses in g.

Days, hours and minutes stay what they are, and do not mix.
"""

from __future__ import annotations

from fractions import Fraction

from configurator.engine.words import Words as _

_LENGTHS = {"mm": "1", "cm": "10", "dm": "100", "m": "1000", "km": "1000000", "inch": "25.4"}
_POWERS = {2: ("area", ("²", "2")), 3: ("volume", ("³", "3"))}
_LITERS = {"ml": 1_000, "cl": 10_000, "l": 1_000_000}
_MASSES = {"mg": "1/1000", "g": "1", "kg": "1000", "t": "1000000"}
_TIMES = {
    **dict.fromkeys(("day", "days"), "days"),
    **dict.fromkeys(("hour", "hours", "h"), "hours"),
    **dict.fromkeys(("minute", "minutes", "min"), "minutes"),
}

# unit -> (what it measures, how many base units it has)
UNITS: dict[str, tuple[str, Fraction]] = {
    **{unit: ("length", Fraction(size)) for unit, size in _LENGTHS.items()},
    **{
        unit + sign: (kind, Fraction(size) ** power)
        for unit, size in _LENGTHS.items()
        for power, (kind, signs) in _POWERS.items()
        for sign in signs
    },
    **{unit: ("volume", Fraction(size)) for unit, size in _LITERS.items()},
    **{unit: ("mass", Fraction(size)) for unit, size in _MASSES.items()},
    **{unit: (kind, Fraction(1)) for unit, kind in _TIMES.items()},
}

Exponents = tuple[tuple[str, int], ...]
"""What is measured, as powers: an area is (("length", 2),)."""
_LENGTH_POWERS = {"length": 1, "area": 2, "volume": 3}


def exponents(unit: str) -> Exponents:
    """What a known unit measures."""
    kind = UNITS[unit][0]
    power = _LENGTH_POWERS.get(kind)
    return (("length", power),) if power else ((kind, 1),)


def times(one: Exponents, other: Exponents, sign: int = 1) -> Exponents:
    """The measure of a product; of a quotient with `sign` -1."""
    powers = dict(one)
    for kind, power in other:
        powers[kind] = powers.get(kind, 0) + sign * power
    return tuple(sorted((kind, power) for kind, power in powers.items() if power))


AREAS = {"length": _("a length"), "area": _("an area"), "volume": _("a volume")}


def measure_words(measured: Exponents) -> str:
    """What it is, for a message."""
    for kind, power in _LENGTH_POWERS.items():
        if measured == (("length", power),):
            return AREAS[kind]
    if len(measured) == 1 and measured[0][1] == 1:
        kind = measured[0][0]
        return _("a mass") if kind == "mass" else _("a number of %(kind)s", kind=kind)
    return _("a measure of another kind") if measured else _("a plain number")


def base_unit(unit: str) -> str:
    """The unit in which measures of this kind are counted, or an empty string."""
    kind = UNITS.get(unit, ("", Fraction(1)))[0]
    return {"length": "mm", "area": "mm²", "volume": "mm³", "mass": "g"}.get(kind, "")


def in_base(number: Fraction, unit: str) -> Fraction:
    return number * UNITS[unit][1]


def size_of(unit: str) -> Fraction:
    """How many base units it has; 1 for a unit that is not known here."""
    return UNITS[unit][1] if unit in UNITS else Fraction(1)
