"""Panniers, handlebar bag and frame bag: soft bodies in gray, straps and buckles on top."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from geometry import BOTTOM, SEAT, TOP_TUBE, UP_SEAT, on_axis
from pen import (
    DARK,
    Color,
    Pen,
    Point,
    along,
    line_path,
    lit_normal,
    polygon_path,
    smooth_path,
)

WHITE: Color = (255, 255, 255)
NIGHT: Color = (12, 10, 10)
LEATHER: Color = (146, 92, 54)
Drawing = tuple[str, Callable[[], Pen]]


def _body(pen: Pen, outline: str, box: tuple[float, float, float, float]) -> None:
    """A soft bag in gray: light from the top left, rounded to the edges."""
    x, y, right, low = box
    pen.stroke(outline, 4, NIGHT, 0.24, soft=3.0, extra='transform="translate(2.5 3.5)"')
    pen.fill(
        outline,
        pen.linear(
            (x + (right - x) * 0.3, y),
            (x + (right - x) * 0.62, low),
            [
                (0, (250, 250, 250), 1),
                (0.35, (226, 226, 226), 1),
                (0.75, (186, 186, 186), 1),
                (1, (138, 138, 138), 1),
            ],
        ),
    )
    sides = pen.linear(
        (x, y),
        (right, y),
        [
            (0, NIGHT, 0.26),
            (0.09, NIGHT, 0.02),
            (0.2, WHITE, 0.14),
            (0.5, WHITE, 0),
            (0.86, NIGHT, 0.05),
            (1, NIGHT, 0.36),
        ],
    )
    pen.fill(outline, sides)


def _fold(pen: Pen, *points: Point, strength: float = 0.16) -> None:
    """A crease: a dark soft line with a light one beside it."""
    path = smooth_path(list(points))
    pen.stroke(path, 5, NIGHT, strength, soft=2.4)
    pen.stroke(path, 3, WHITE, strength, soft=1.6, extra='transform="translate(-2.5 -2.5)"')


def _stitch(pen: Pen, path: str, alpha: float = 0.4) -> None:
    pen.stroke(path, 1.1, NIGHT, alpha, extra='stroke-dasharray="4 3"')


def _bag_outline(box: tuple[float, float, float, float], belly: float = 4.0) -> str:
    x, y, right, low = box
    middle = (y + low) / 2
    return smooth_path(
        [
            (x + 12, y),
            ((x + right) / 2, y - 2),
            (right - 12, y),
            (right - 1, y + 14),
            (right + belly, middle),
            (right - 3, low - 18),
            (right - 20, low),
            ((x + right) / 2, low + 3),
            (x + 20, low),
            (x + 3, low - 18),
            (x - belly, middle),
            (x + 1, y + 14),
        ],
        closed=True,
    )


def roll_bag(box: tuple[float, float, float, float]) -> Pen:
    """A roll-top pannier in gray: body, rolled closure, side straps' creases."""
    pen = Pen()
    x, y, right, low = box
    _body(pen, _bag_outline((x, y + 16, right, low)), (x, y + 16, right, low))
    width = right - x
    _fold(pen, (x + 14, y + 50), (x + width * 0.4, y + 62), (right - 18, y + 48))
    _fold(
        pen, (x + 20, low - 46), (x + width * 0.55, low - 34), (right - 26, low - 52), strength=0.11
    )
    roll = line_path((x + 9, y + 12), (right - 9, y + 12))
    pen.rod(roll, 27, (214, 214, 214), 0.0)
    pen.stroke(line_path((x + 4, y + 16), (right - 4, y + 16)), 1.2, NIGHT, 0.35)
    pen.stroke(line_path((x + 3, y + 9), (right - 3, y + 9)), 1.0, NIGHT, 0.22)
    return pen


def roll_trim(box: tuple[float, float, float, float]) -> Pen:
    """Straps, buckles and the reflector of a roll-top pannier; not tinted."""
    pen = Pen()
    x, y, right, low = box
    width = right - x
    webbing: Color = (50, 48, 46)
    for share in (0.26, 0.74):
        sx = x + width * share
        pen.tube((sx, y - 1), (sx, y + 78), 12, 12, webbing)
        pen.stroke(line_path((sx - 3, y + 4), (sx - 3, y + 74)), 0.8, WHITE, 0.16)
        pen.tube((sx - 9, y + 50), (sx + 9, y + 50), 18, 18, (34, 33, 32))
        pen.stroke(line_path((sx - 6, y + 50), (sx + 6, y + 50)), 2, WHITE, 0.16)
    patch = polygon_path(
        [
            (x + width / 2 - 15, low - 58),
            (x + width / 2 + 15, low - 58),
            (x + width / 2 + 15, low - 40),
            (x + width / 2 - 15, low - 40),
        ]
    )
    pen.fill(patch, (216, 218, 216), 0.9)
    pen.stroke(patch, 0.8, NIGHT, 0.3)
    return pen


def canvas_bag(box: tuple[float, float, float, float]) -> Pen:
    """A waxed canvas pannier in gray: body, pocket and flap."""
    pen = Pen()
    x, y, right, low = box
    width = right - x
    outline = _bag_outline(box, 3)
    _body(pen, outline, box)
    pocket = (x + width * 0.14, y + (low - y) * 0.48, right - width * 0.14, low - 14)
    _body(pen, _bag_outline(pocket, 2), pocket)
    seam = (pocket[0] + 6, pocket[1] + 6, pocket[2] - 6, pocket[3] - 6)
    _stitch(pen, _bag_outline(seam, 2), 0.25)
    edge = y + (low - y) * 0.40
    flap = smooth_path(
        [
            (x - 1, y + 8),
            (x + 10, y - 7),
            (x + width / 2, y - 10),
            (right - 10, y - 7),
            (right + 1, y + 8),
            (right - 1, edge - 16),
            (right - 16, edge),
            (x + width / 2, edge + 5),
            (x + 16, edge),
            (x + 1, edge - 16),
        ],
        closed=True,
    )
    pen.stroke(
        smooth_path(
            [
                (x + 4, edge - 10),
                (x + 18, edge + 2),
                (x + width / 2, edge + 6),
                (right - 18, edge + 2),
                (right - 4, edge - 10),
            ]
        ),
        8,
        NIGHT,
        0.5,
        soft=3.5,
        extra='transform="translate(0 4)"',
    )
    _body(pen, flap, (x, y - 10, right, edge + 30))
    pen.stroke(
        smooth_path(
            [
                (x + 2, edge - 14),
                (x + 16, edge),
                (x + width / 2, edge + 4.5),
                (right - 16, edge),
                (right - 2, edge - 14),
            ]
        ),
        1.4,
        NIGHT,
        0.35,
    )
    _stitch(
        pen,
        smooth_path(
            [
                (x + 8, edge - 18),
                (x + 22, edge - 7),
                (x + width / 2, edge - 2),
                (right - 22, edge - 7),
                (right - 8, edge - 18),
            ]
        ),
    )
    _fold(pen, (x + 10, y + 22), (x + width * 0.45, y + 30), (right - 24, y + 20), strength=0.10)
    return pen


def canvas_trim(box: tuple[float, float, float, float]) -> Pen:
    """Leather straps with brass buckles; not tinted."""
    pen = Pen()
    x, y, right, low = box
    width = right - x
    edge = y + (low - y) * 0.40
    for share in (0.27, 0.73):
        sx = x + width * share
        pen.stroke(line_path((sx + 2, y + 4), (sx + 2, edge + 42)), 14, NIGHT, 0.18, soft=2)
        pen.tube((sx, y - 6), (sx, edge + 40), 13, 12, LEATHER)
        _stitch(pen, line_path((sx - 4, y), (sx - 4, edge + 36)), 0.25)
        _stitch(pen, line_path((sx + 4, y), (sx + 4, edge + 36)), 0.25)
        frame = f"M{sx - 9} {edge + 8}h18v15h-18z"
        pen.stroke(frame, 3.4, (132, 98, 44))
        pen.stroke(frame, 1.8, (224, 186, 108))
        pen.rod(line_path((sx, edge + 9), (sx, edge + 22)), 2.2, (214, 176, 98))
    return pen


REAR_BOX = (172.0, 318.0, 346.0, 548.0)
LARGE_BOX = (158.0, 306.0, 350.0, 572.0)
FRONT_BOX = (842.0, 478.0, 984.0, 666.0)


def expedition_extra() -> Pen:
    """The top pocket of the expedition pannier, in gray."""
    pen = Pen()
    x, _, right, low = LARGE_BOX
    box = (x + 24, low - 122, right - 24, low - 18)
    _body(pen, _bag_outline(box, 3), box)
    _stitch(pen, line_path((box[0] + 10, box[1] + 22), (box[2] - 10, box[1] + 22)), 0.45)
    return pen


BAG_BOX = (838.0, 214.0, 930.0, 334.0)


def bar_bag() -> Pen:
    """The handlebar bag in gray, with a lid."""
    pen = Pen()
    x, y, right, low = BAG_BOX
    body = polygon_path(
        [
            (x, y + 16),
            (right, y + 16),
            (right - 4, low - 8),
            (right - 12, low),
            (x + 10, low),
            (x + 2, low - 8),
        ]
    )
    _body(pen, body, BAG_BOX)
    pocket = (x + 12, y + 58, right - 14, low - 10)
    _stitch(pen, _bag_outline(pocket, 1), 0.35)
    lid = smooth_path(
        [
            (x - 4, y + 26),
            (x - 2, y + 6),
            (x + 20, y - 2),
            (right - 16, y + 1),
            (right + 5, y + 12),
            (right + 6, y + 32),
            (x + 40, y + 34),
        ],
        closed=True,
    )
    _body(pen, lid, (x, y - 4, right, y + 60))
    return pen


def bar_bag_trim() -> Pen:
    pen = Pen()
    x, y, right, low = BAG_BOX
    pen.tube((x - 22, y + 34), (x + 4, y + 34), 13, 18, DARK)
    pen.tube((x + 56, y + 24), (x + 56, y + 62), 11, 10, LEATHER)
    pen.ball((x + 56, y + 52), 3.6, (208, 168, 92))
    pen.stroke(line_path((x + 4, low - 4), (right - 8, low - 4)), 3, LEATHER, 0.9)
    return pen


def _triangle_bag() -> list[Point]:
    start, end = TOP_TUBE["diamond"]
    seat_side = on_axis(along(SEAT, BOTTOM, 0.09), UP_SEAT, 0, 12)
    low = on_axis(along(SEAT, BOTTOM, 0.27), UP_SEAT, 0, 13)
    nose = along(start, end, 0.83)
    return [
        (seat_side[0], seat_side[1] - 7),
        (nose[0], nose[1] + 8),
        (nose[0] - 4, nose[1] + 40),
        (nose[0] - 96, nose[1] + 74),
        (low[0] + 6, low[1] - 2),
        (low[0], low[1] - 8),
    ]


def frame_bag() -> Pen:
    pen = Pen()
    points = _triangle_bag()
    path = polygon_path(points)
    pen.stroke(path, 6, (190, 190, 190))
    _body(pen, path, (points[0][0], points[1][1], points[1][0], points[4][1]))
    zip_line = [along(points[0], points[4], 0.34), along(points[1], points[2], 0.55)]
    pen.stroke(line_path(*zip_line), 4.6, NIGHT, 0.55)
    pen.stroke(line_path(*zip_line), 1.6, WHITE, 0.35, extra='stroke-dasharray="1.6 2"')
    _fold(
        pen,
        (points[5][0] + 40, points[5][1] - 18),
        (points[3][0] - 30, points[3][1] - 12),
        strength=0.12,
    )
    return pen


def frame_bag_trim() -> Pen:
    pen = Pen()
    start, end = TOP_TUBE["diamond"]
    for share in (0.1, 0.22, 0.82):
        spot = along(start, end, share)
        nx, ny = lit_normal(start, end)
        pen.tube(
            (spot[0] + nx * 12, spot[1] + ny * 12),
            (spot[0] - nx * 26, spot[1] - ny * 26),
            13,
            12,
            (56, 54, 52),
        )
    return pen


def layers() -> Iterator[Drawing]:
    yield "rear-bag-roll", partial(roll_bag, REAR_BOX)
    yield "rear-bag-roll-trim", partial(roll_trim, REAR_BOX)
    yield "rear-bag-canvas", partial(canvas_bag, REAR_BOX)
    yield "rear-bag-canvas-trim", partial(canvas_trim, REAR_BOX)
    yield "rear-bag-expedition", partial(roll_bag, LARGE_BOX)
    yield "rear-bag-expedition-pocket", expedition_extra
    yield "rear-bag-expedition-trim", partial(roll_trim, LARGE_BOX)
    yield "front-bag-roll", partial(roll_bag, FRONT_BOX)
    yield "front-bag-roll-trim", partial(roll_trim, FRONT_BOX)
    yield "front-bag-canvas", partial(canvas_bag, FRONT_BOX)
    yield "front-bag-canvas-trim", partial(canvas_trim, FRONT_BOX)
    yield "bar-bag", bar_bag
    yield "bar-bag-trim", bar_bag_trim
    yield "frame-bag", frame_bag
    yield "frame-bag-trim", frame_bag_trim
