"""The way of an effect as a plot: the interval after so many people, and the estimate in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 84, 16, 16, 34
GRID = 5
NARROW = 0.15
"""The first part of the way, where the interval is as wide as can be, does not set the scale."""

Number = Callable[[float], str]


@dataclass(frozen=True)
class Tick:
    """A line of the grid, with what it stands for."""

    at: float
    label: str


@dataclass(frozen=True)
class Plot:
    """Points are "x,y x,y …" in units of the viewBox. `told` is for who does not see it."""

    name: str
    title: str
    told: str
    band: str
    line: str
    zero: float
    rows: Sequence[Tick]
    columns: Sequence[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    ground: int = HEIGHT - BOTTOM


def plot(
    name: str,
    title: str,
    told: str,
    way: Sequence[tuple[float, float, float, float]],
    number: Number,
    count: Number,
) -> Plot | None:
    """`way` as in results.Comparison; None if nobody has come that far."""
    if not way:
        return None
    last = way[-1][0]
    late = [each for each in way if each[0] >= last * NARROW] or list(way)
    low, high = min(0.0, *(each[2] for each in late)), max(0.0, *(each[3] for each in late))
    spread = (high - low) or 1.0

    def x(people: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * people / last, 1)

    def y(value: float) -> float:
        part = (min(max(value, low), high) - low) / spread
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * part, 1)

    upper = [f"{x(n)},{y(up)}" for n, _middle, _down, up in way]
    lower = [f"{x(n)},{y(down)}" for n, _middle, down, _up in reversed(way)]
    values = [low + spread * place / (GRID - 1) for place in range(GRID)]
    return Plot(
        name=name,
        title=title,
        told=told,
        band=" ".join(upper + lower),
        line=" ".join(f"{x(n)},{y(middle)}" for n, middle, _down, _up in way),
        zero=y(0.0),
        rows=[Tick(y(value), number(value)) for value in values],
        columns=[Tick(x(last * part), count(last * part)) for part in (0, 0.5, 1)],
    )
