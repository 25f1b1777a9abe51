"""Which values of a number are possible now, in words."""

from collections.abc import Mapping
from decimal import Decimal

from configurator.catalog import measures
from configurator.catalog.infos import OptionInfo
from configurator.engine import Value
from configurator.wizard.telling import number as tell

MOST = 5
"""So many ranges are told; of more the first and the last."""


def ranges_words(option: OptionInfo, possible: Mapping[Value, bool], locale: str) -> str:
    """ "400-1200 · 1300-2400 mm"; "" where every value is possible, or none."""
    numbers = [
        (Decimal(value), able) for value, able in possible.items() if not isinstance(value, str)
    ]
    runs: list[list[Decimal]] = []
    open_run = False
    for value, able in sorted(numbers):
        if able and open_run:
            runs[-1][1] = value
        elif able:
            runs.append([value, value])
        open_run = able
    if not runs or all(able for _value, able in numbers):
        return ""
    told = [_range(option, low, high, locale) for low, high in runs]
    if len(told) > MOST:
        told = [*told[: MOST - 1], "…", told[-1]]
    unit = "\u2033" if measures.in_inches(option.unit) else option.unit
    return f"{' · '.join(told)} {unit}".strip()


def _range(option: OptionInfo, low: Decimal, high: Decimal, locale: str) -> str:
    one, two = (_number(option, value, locale) for value in (low, high))
    return one if low == high else f"{one}\u2013{two}"


def _number(option: OptionInfo, value: Decimal, locale: str) -> str:
    if measures.in_inches(option.unit):
        return measures.grid_of(option).inches(value)
    return tell(value, locale)
