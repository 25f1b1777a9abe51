"""Plots as SVG: where every mark stands. The templates draw them; styles are in figures.css.

Lengths are units of the viewBox, whose width is the same for all plots, so that text has one size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH = 480
TOP, BOTTOM, LEFT, RIGHT = 22, 30, 48, 10
HEIGHT = 230
MOST_LABELS = 6
MOST_VALUES = 9  # bars that have their value written above them
ROW = 44  # of horizontal bars

Number = Callable[[float], str]


@dataclass(frozen=True)
class Line:
    """A horizontal line of the grid with what it stands for."""

    y: float
    label: str


@dataclass(frozen=True)
class Column:
    """A bar from the ground up; `mark` is the height of a second value, or None."""

    x: float
    width: float
    y: float
    height: float
    middle: float
    value: str  # "" where it is not written
    label: str  # "" where it is left out
    mark: float | None
    told: str


@dataclass(frozen=True)
class Columns:
    """A plot over time. `title` and `told` are its text for who does not see it."""

    name: str
    title: str
    told: str
    lines: Sequence[Line]
    columns: Sequence[Column]
    first: str
    second: str  # what the marks are; "" without
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    ground: int = HEIGHT - BOTTOM


@dataclass(frozen=True)
class Bar:
    """Two parts of a whole, side by side, under their label."""

    y: float
    label: str
    value: str
    first: float
    second: float
    told: str


@dataclass(frozen=True)
class Bars:
    """A plot of kinds. `limit` is where a line stands (100 %), or None."""

    name: str
    title: str
    told: str
    bars: Sequence[Bar]
    first: str
    second: str
    height: int
    limit: float | None = None
    width: int = WIDTH


@dataclass(frozen=True)
class Point:
    """What a column says: nothing (None), or a value and perhaps a second one."""

    label: str
    value: float | None
    mark: float | None = None


def columns(
    name: str,
    title: str,
    told: str,
    points: Sequence[Point],
    number: Number,
    *,
    most: float | None = None,
    first: str = "",
    second: str = "",
) -> Columns:
    """Bars over time, `most` being the top of the scale if it is known."""
    values = [v for p in points for v in (p.value, p.mark) if v is not None]
    top = most or nice(max(values, default=1.0))
    ground, high = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    step = (WIDTH - LEFT - RIGHT) / max(1, len(points))
    every = math.ceil(len(points) / MOST_LABELS)

    def at(value: float) -> float:
        return round(ground - high * min(value, top) / top, 1)

    found = []
    for place, point in enumerate(points):
        middle = round(LEFT + step * (place + 0.5), 1)
        width = round(min(step * 0.62, 56), 1)
        y = at(point.value or 0)
        facts = [point.label, *[number(v) for v in (point.value, point.mark) if v is not None]]
        found.append(
            Column(
                x=round(middle - width / 2, 1),
                width=width,
                y=y,
                height=round(ground - y, 1),
                middle=middle,
                value=""
                if point.value is None or len(points) > MOST_VALUES
                else number(point.value),
                label=point.label if place % every == 0 else "",
                mark=None if point.mark is None else at(point.mark),
                told=": ".join([facts[0], " / ".join(facts[1:]) or "–"]),
            )
        )
    lines = [Line(at(top * part), number(top * part)) for part in (0, 0.5, 1)]
    return Columns(name, title, told, lines, found, first, second)


@dataclass(frozen=True)
class Kind:
    """What a horizontal bar says: two parts, and how they are written."""

    label: str
    first: float
    second: float
    value: str


def bars(
    name: str,
    title: str,
    told: str,
    kinds: Sequence[Kind],
    *,
    first: str,
    second: str = "",
    limit: float | None = None,
) -> Bars:
    """Horizontal bars; with a `limit` the scale reaches to it at least."""
    top = max([k.first + k.second for k in kinds] + [limit or 0]) or 1.0
    found = [
        Bar(
            y=place * ROW,
            label=kind.label,
            value=kind.value,
            first=round(WIDTH * kind.first / top, 1),
            second=round(WIDTH * kind.second / top, 1),
            told=f"{kind.label}: {kind.value}",
        )
        for place, kind in enumerate(kinds)
    ]
    line = None if limit is None else round(WIDTH * limit / top, 1)
    return Bars(name, title, told, found, first, second, max(1, len(kinds)) * ROW, line)


def nice(value: float) -> float:
    """A round number not below it: 1, 2, 4, 5, 6, 8 or 10 times a power of ten, at least 1.

    On a smaller scale, every line of the grid would be told as 0.
    """
    if value <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 4, 5, 6, 8, 10) if value <= step * power * 1.0001)
