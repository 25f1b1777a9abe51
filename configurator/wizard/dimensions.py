"""Where the measures of a design are seen on its picture: lines with what they measure."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from configurator.catalog import measures
from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, ExpressionError, Value
from configurator.wizard.preview.formulas import Formulas, Number
from configurator.wizard.preview.rendering import scene_of
from configurator.wizard.preview.view import define

MARGIN = 30
"""Pixels that a line keeps from the picture's edge, so that its words stand inside."""
TICK = 14
SLANT = 5
"""A line that is less than so many times as long one way as the other is slanted."""


@dataclass(frozen=True)
class Dimension:
    """A line on the picture, in its pixels, with marks at its ends and the words beside it."""

    code: str
    words: str
    x1: int
    y1: int
    x2: int
    y2: int
    tick_x: int
    tick_y: int
    at_x: int
    at_y: int
    upright: bool  # the words run along it
    slanted: bool  # the words stand at its end


Ends = tuple[Number, Number, Number, Number]


@lru_cache(maxsize=32)
def _lines(product: ReleasedProduct) -> dict[str, Ends]:
    """The formulas of the lines, read once."""
    picture = product.picture or {}
    formulas = Formulas(product.schema, picture.get("define") or ())
    found: dict[str, Ends] = {}
    for code, ends in (picture.get("measures") or {}).items():
        one, two, three, four = (formulas.number(end) for end in ends)
        found[code] = (one, two, three, four)
    return found


def dimensions_of(
    product: ReleasedProduct, whole: Configuration, codes: Iterable[str], locale: str
) -> list[Dimension]:
    """The lines of these options, for a complete design; those that can't be told are left out."""
    try:
        lines = _lines(product)
    except ExpressionError:  # of a release from before a name was taken away
        return []
    wanted = [code for code in codes if code in lines and whole.choices.get(code, NONE) != NONE]
    if not wanted:
        return []
    scene = scene_of(product)
    values: dict[str, Any] = {**whole.texts, **whole.choices}
    define(values, scene.names(next(iter(scene.views), "")))
    found = []
    for code in wanted:
        try:
            ends = [round(end(values)) for end in lines[code]]
        except (KeyError, ArithmeticError, ValueError, OverflowError):
            continue
        words = _words(product, code, whole.choices[code], locale)
        found.append(_dimension(code, words, ends, (scene.width, scene.height)))
    return found


def _words(product: ReleasedProduct, code: str, value: Value, locale: str) -> str:
    """The measure in short: without millimeters where it is told in inches."""
    option = product.options[code]
    if measures.in_inches(option.unit) and not isinstance(value, str):
        return f"{measures.grid_of(option).inches(value)}\u2033"
    return product.label(code, value, locale)


def _dimension(code: str, words: str, ends: list[int], size: tuple[int, int]) -> Dimension:
    edges = (size[0] - MARGIN, size[1] - MARGIN, size[0] - MARGIN, size[1] - MARGIN)
    x1, y1, x2, y2 = (min(max(end, MARGIN), most) for end, most in zip(ends, edges, strict=True))
    long = max(1.0, ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5)
    across, down = abs(x2 - x1), abs(y2 - y1)
    slanted = min(across, down) * SLANT > max(across, down)
    return Dimension(
        *(code, words, x1, y1, x2, y2),
        tick_x=round(TICK * (y1 - y2) / long),
        tick_y=round(TICK * (x2 - x1) / long),
        at_x=max(x1, x2) if slanted else (x1 + x2) // 2,
        at_y=(y2 if x2 > x1 else y1) if slanted else (y1 + y2) // 2,
        upright=not slanted and down > across,
        slanted=slanted,
    )
