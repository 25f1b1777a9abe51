"""Racks, bags and lamps from the front."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ahead import AXLE, BAR, CROWN, LEATHER, MIDDLE, NIGHT, SIDES, WHITE, Box, Drawing
from bags import _bag_outline, _body, _fold, _stitch
from pen import (
    SILVER,
    Color,
    Pen,
    Point,
    line_path,
    ring_path,
    smooth_path,
)

# --- racks, bags, lamps -----------------------------------------------------------------------


def front_rack(kind: str) -> Pen:
    pen = Pen()
    metal: Color = (60, 59, 58)
    if kind == "lowrider":
        for side in SIDES:
            x = MIDDLE + side * 56
            hoop = [(x, 410), (x + side * 3, 424), (x + side * 3, 560), (x, 574)]
            pen.rod(line_path((MIDDLE + side * 38, 420), (x, 420)), 7, metal)
            pen.rod(line_path((MIDDLE + side * 40, 548), (x, 556)), 7, metal)
            pen.rod(smooth_path(hoop), 8, metal)
        return pen
    half, y = (62.0, 236.0) if kind == "mini" else (118.0, 228.0)
    for side in SIDES:
        foot = (MIDDLE + side * 42, AXLE - 10)
        pen.rod(line_path((MIDDLE + side * half * 0.62, y + 6), foot), 7, metal)
        if kind == "porter":
            pen.rod(
                smooth_path([(MIDDLE + side * half, y), (MIDDLE + side * half, y - 26)]), 8, metal
            )
    if kind == "porter":
        pen.rod(line_path((MIDDLE - half, y - 26), (MIDDLE + half, y - 26)), 7, metal)
        wood: Color = (166, 120, 72)
        pen.tube((MIDDLE - half + 6, y), (MIDDLE + half - 6, y), 13, 13, wood)
    pen.rod(line_path((MIDDLE - half, y + 8), (MIDDLE + half, y + 8)), 9, metal)
    return pen


def rear_rack(kind: str) -> Pen:
    """Its legs beside the rear wheel, far behind."""
    pen = Pen()
    metal: Color = (70, 69, 68) if kind == "steel" else (150, 151, 152)
    for side in SIDES:
        pen.rod(line_path((MIDDLE + side * 46, 262), (MIDDLE + side * 54, AXLE - 4)), 7, metal, 0.3)
    pen.rod(line_path((MIDDLE - 50, 262), (MIDDLE + 50, 262)), 9, metal, 0.3)
    return pen


def _boxes(place: str, large: bool = False) -> list[Box]:
    inner, outer, top, low = (60, 168, 404, 648) if place == "front" else (64, 204, 196, 506)
    if large:
        outer, top, low = outer + 18, top - 16, low + 28
    right = (MIDDLE + inner, float(top), MIDDLE + outer, float(low))
    return [(2 * MIDDLE - right[2], right[1], 2 * MIDDLE - right[0], right[3]), right]


def bags(place: str, kind: str) -> Pen:
    """Both panniers from their narrow side, in gray."""
    pen = Pen()
    for box in _boxes(place, kind == "expedition"):
        x, y, right, low = box
        _body(pen, _bag_outline(box, 5), box)
        width = right - x
        _fold(pen, (x + 12, y + 70), (x + width * 0.5, y + 78), (right - 14, y + 66))
        _fold(
            pen,
            (x + 14, low - 54),
            (x + width * 0.5, low - 44),
            (right - 16, low - 58),
            strength=0.1,
        )
        if kind == "canvas":
            edge = y + (low - y) * 0.36
            lid = smooth_path(
                [
                    (x - 3, y + 12),
                    (x + 12, y - 6),
                    (right - 12, y - 6),
                    (right + 3, y + 12),
                    (right + 2, edge - 10),
                    (right - 12, edge),
                    (x + 12, edge),
                    (x - 2, edge - 10),
                ],
                closed=True,
            )
            pen.stroke(lid, 7, NIGHT, 0.35, soft=4, extra='transform="translate(0 5)"')
            _body(pen, lid, (x, y - 8, right, edge + 24))
            _stitch(pen, line_path((x + 8, edge - 9), (right - 8, edge - 9)))
        else:
            pen.rod(line_path((x + 10, y + 6), (right - 10, y + 6)), 30, (216, 216, 216), 0.0)
            pen.stroke(line_path((x + 4, y + 13), (right - 4, y + 13)), 1.3, NIGHT, 0.35)
        if kind == "expedition":
            pocket = (x + 16, low - 130, right - 16, low - 22)
            _body(pen, _bag_outline(pocket, 3), pocket)
    return pen


def bags_trim(place: str, kind: str) -> Pen:
    pen = Pen()
    for x, y, right, low in _boxes(place, kind == "expedition"):
        middle, edge = (x + right) / 2, y + (low - y) * 0.36
        if kind == "canvas":
            pen.tube((middle, y - 8), (middle, edge + 40), 15, 14, LEATHER)
            _stitch(pen, line_path((middle - 5, y), (middle - 5, edge + 34)), 0.25)
            _stitch(pen, line_path((middle + 5, y), (middle + 5, edge + 34)), 0.25)
            buckle = f"M{middle - 11} {edge + 4}h22v18h-22z"
            pen.stroke(buckle, 4, (132, 98, 44))
            pen.stroke(buckle, 2.1, (224, 186, 108))
        else:
            pen.tube((middle, y - 10), (middle, y + 104), 15, 15, (50, 48, 46))
            pen.tube((middle - 11, y + 72), (middle + 11, y + 72), 22, 22, (34, 33, 32))
            patch = f"M{middle - 16} {low - 62}h32v20h-32z"
            pen.fill(patch, (216, 218, 216), 0.9)
    return pen


BAG: Box = (MIDDLE - 98, 112.0, MIDDLE + 98, 252.0)


def bar_bag() -> Pen:
    pen = Pen()
    x, y, right, low = BAG
    _body(pen, _bag_outline((x, y + 10, right, low), 3), BAG)
    pocket = (x + 26, y + 64, right - 26, low - 12)
    _body(pen, _bag_outline(pocket, 2), pocket)
    lid = smooth_path(
        [
            (x - 4, y + 14),
            (x + 12, y - 4),
            (right - 12, y - 4),
            (right + 4, y + 14),
            (right + 2, y + 40),
            (right - 16, y + 48),
            (x + 16, y + 48),
            (x - 2, y + 40),
        ],
        closed=True,
    )
    pen.stroke(lid, 7, NIGHT, 0.35, soft=4, extra='transform="translate(0 5)"')
    _body(pen, lid, (x, y - 6, right, y + 66))
    _stitch(pen, line_path((x + 14, y + 40), (right - 14, y + 40)))
    return pen


def bar_bag_trim() -> Pen:
    pen = Pen()
    x, y, right, _low = BAG
    for share in (0.24, 0.76):
        sx = x + (right - x) * share
        pen.tube((sx, y - 2), (sx, y + 78), 13, 12, LEATHER)
        _stitch(pen, line_path((sx - 4, y + 2), (sx - 4, y + 74)), 0.25)
        buckle = f"M{sx - 10} {y + 48}h20v16h-20z"
        pen.stroke(buckle, 3.6, (132, 98, 44))
        pen.stroke(buckle, 1.9, (224, 186, 108))
    return pen


LAMPS: dict[str, tuple[Point, Color]] = {
    "battery-bar": ((MIDDLE - 52, BAR + 26), (58, 57, 56)),
    "battery-crown": ((MIDDLE, CROWN + 10), (58, 57, 56)),
    "dynamo-crown": ((MIDDLE, CROWN + 10), SILVER),
    "dynamo-mini": ((MIDDLE, 262.0), SILVER),
    "dynamo-rack": ((MIDDLE, 262.0), SILVER),
}


def lamp(kind: str) -> Pen:
    pen = Pen()
    at, color = LAMPS[kind]
    pen.glow(at, 34, 32, (255, 233, 184), 0.40, 12)
    pen.ball(at, 19, color)
    glass = pen.radial(
        (at[0] - 4, at[1] - 5),
        17,
        [(0, (255, 255, 250), 1), (0.5, (255, 241, 206), 1), (1, (214, 190, 140), 1)],
    )
    pen.fill(ring_path(at, 15, 0), glass)
    for step in (-7, 0, 7):
        pen.stroke(
            line_path((at[0] + step, at[1] - 12), (at[0] + step, at[1] + 12)), 0.8, WHITE, 0.6
        )
    return pen


def layers() -> Iterator[Drawing]:
    for kind in ("mini", "lowrider", "porter"):
        yield f"ahead-front-rack-{kind}", partial(front_rack, kind)
    for kind in ("alloy", "steel"):
        yield f"ahead-rear-rack-{kind}", partial(rear_rack, kind)
    for place, kinds in (("front", ("roll", "canvas")), ("rear", ("roll", "canvas", "expedition"))):
        for kind in kinds:
            yield f"ahead-{place}-bags-{kind}", partial(bags, place, kind)
            yield f"ahead-{place}-bags-{kind}-trim", partial(bags_trim, place, kind)
    yield "ahead-bar-bag", bar_bag
    yield "ahead-bar-bag-trim", bar_bag_trim
    for kind in LAMPS:
        yield f"ahead-lamp-{kind}", partial(lamp, kind)
