"""Handlebars with their tape or grips, stems, bells and the head badge."""

from __future__ import annotations

from geometry import BAR, HEAD_TOP, STEER_TOP, UP_HEAD, on_axis
from pen import (
    BLACK,
    BRASS,
    DARK,
    PAINT,
    SILVER,
    STEEL,
    Color,
    Pen,
    Point,
    along,
    darker,
    lighter,
    line_path,
    ring_path,
    smooth_path,
)

WHITE: Color = (255, 255, 255)
NIGHT: Color = (12, 10, 10)
BX, BY = BAR

# The near half of every bar, as a path of points from the clamp outwards.
DROP: list[Point] = [
    (BX, BY),
    (BX + 16, BY - 1),
    (BX + 40, BY + 2),
    (BX + 57, BY + 12),
    (BX + 64, BY + 32),
    (BX + 56, BY + 55),
    (BX + 34, BY + 71),
    (BX + 6, BY + 78),
    (BX - 16, BY + 80),
]
FLAT: list[Point] = [(BX, BY), (BX - 6, BY - 3), (BX - 44, BY - 8)]
TREKKING: list[Point] = [
    (BX - 2, BY),
    (BX + 26, BY - 12),
    (BX + 58, BY - 16),
    (BX + 66, BY - 8),
    (BX + 48, BY - 2),
    (BX + 4, BY + 1),
    (BX - 50, BY - 2),
    (BX - 66, BY - 9),
    (BX - 52, BY - 14),
    (BX - 30, BY - 14),
]
SWEPT: list[Point] = [
    (BX, BY),
    (BX + 18, BY - 12),
    (BX + 12, BY - 25),
    (BX - 18, BY - 27),
    (BX - 62, BY - 14),
    (BX - 112, BY - 2),
]
BARS = {"drop": DROP, "flat": FLAT, "trekking": TREKKING, "swept": SWEPT}


def _part(points: list[Point], first: int, last: int) -> str:
    """The stretch of the smooth curve between two of its points, exactly on the whole curve."""
    whole = smooth_path(points)
    pieces = whole[1:].split("C")
    x, y = points[first]
    return f"M{x:.2f} {y:.2f}" + "".join("C" + piece for piece in pieces[first + 1 : last + 1])


def stem(kind: str) -> Pen:
    """Steerer, spacers and stem; long, or with a joint."""
    pen = Pen()
    low = on_axis(HEAD_TOP, UP_HEAD, 4)
    pen.tube(low, on_axis(STEER_TOP, UP_HEAD, -7), 20, 20, DARK)
    for i in range(3):
        spot = on_axis(low, UP_HEAD, 6 + i * 6.4)
        pen.stroke(
            line_path(on_axis(spot, UP_HEAD, 0, -10), on_axis(spot, UP_HEAD, 0, 10)), 1, NIGHT, 0.6
        )
    color = (92, 91, 90) if kind == "plain" else (70, 69, 68)
    pen.tube(on_axis(STEER_TOP, UP_HEAD, -14), on_axis(STEER_TOP, UP_HEAD, 11), 26, 25, color)
    pen.tube(STEER_TOP, BAR, 21, 17, color)
    pen.ball(BAR, 15, color)
    pen.tube(on_axis(STEER_TOP, UP_HEAD, 11), on_axis(STEER_TOP, UP_HEAD, 15), 24, 20, BLACK)
    if kind == "adjustable":
        joint = along(STEER_TOP, BAR, 0.36)
        pen.ball(joint, 14, (84, 83, 82))
        pen.ball(joint, 6, SILVER)
    for step in (-8.0, 5.0):
        pen.ball(on_axis(STEER_TOP, UP_HEAD, step, -9), 2.4, SILVER)
    return pen


def far_bar(kind: str) -> Pen:
    """The far half of a drop bar, a little behind the near one."""
    pen = Pen()
    if kind == "drop":
        points = [(x + 5, y - 4) for x, y in DROP]
        pen.rod(smooth_path(points[3:]), 15, (66, 60, 55), 0.1)
    return pen


def bar(kind: str) -> Pen:
    """The bare bar, with levers and the cables that hang from them."""
    pen = Pen()
    points = BARS[kind]
    metal = (84, 83, 82) if kind in ("drop", "flat") else SILVER
    pen.rod(smooth_path(points), 13, metal)
    pen.ball(BAR, 9.5, metal)
    for bolt in (-4.5, 4.5):
        pen.ball((BX + 9, BY + bolt), 2.0, STEEL)
    return pen


def cables(kind: str) -> Pen:
    pen = Pen()
    start = {
        "drop": (BX + 50, BY + 6),
        "flat": (BX + 8, BY + 6),
        "trekking": (BX + 2, BY + 8),
        "swept": (BX - 40, BY - 14),
    }[kind]
    reach = {"drop": 60.0, "flat": 58.0, "trekking": 62.0, "swept": 70.0}[kind]
    runs = [
        [start, (BX + reach, BY + 42), (BX + 36, BY + 100), (BX - 6, BY + 142)],
        [
            start,
            (BX + reach - 12, BY + 44),
            (BX + 30, BY + 82),
            (BX + 2, BY + 118),
            (BX - 24, BY + 140),
        ],
    ]
    if kind == "drop":
        runs = [
            [(BX + 14, BY + 8), (BX + 34, BY + 40), (BX + 22, BY + 96), (BX - 6, BY + 142)],
            [(BX + 10, BY + 8), (BX + 24, BY + 46), (BX + 8, BY + 96), (BX - 24, BY + 140)],
        ]
    for run in runs:
        pen.rod(smooth_path(run), 4.0, (50, 49, 49), 0.5)
    return pen


def grip(kind: str) -> Pen:
    """Tape or grips in gray, to be tinted."""
    pen = Pen()
    points = BARS[kind]
    if kind == "drop":
        _wrap(pen, _part(points, 1, 8), 17.5)
    elif kind == "trekking":
        _wrap(pen, _part(points, 1, 9), 17.0)
    elif kind == "flat":
        pen.rod(line_path((BX - 8, BY - 3.5), (BX - 46, BY - 8)), 19, PAINT, 0.25)
        for i in range(7):
            x = BX - 12 - i * 5
            rib = line_path((x, BY - 12 - i * 0.5), (x - 1, BY + 4 - i * 0.5))
            pen.stroke(rib, 1.1, NIGHT, 0.3)
        pen.ball((BX - 49, BY - 8.4), 9.5, PAINT)
    else:
        pen.rod(_part(points, 4, 5), 18, PAINT, 0.25)
        for i in range(10):
            spot = along(points[4], points[5], 0.06 + i * 0.1)
            pen.stroke(
                line_path((spot[0] + 1, spot[1] - 8), (spot[0] - 1.5, spot[1] + 8)),
                1.1,
                NIGHT,
                0.28,
            )
        pen.ball(points[5], 9, PAINT)
    return pen


def _wrap(pen: Pen, path: str, width: float) -> None:
    """Tape: a soft rod with the slanting edges of its turns."""
    pen.rod(path, width, PAINT, 0.18)
    pen.stroke(
        path,
        width * 0.98,
        (30, 26, 22),
        0.24,
        extra='stroke-linecap="butt" stroke-dasharray="1.3 9.7"',
    )
    pen.stroke(
        path,
        width * 0.90,
        WHITE,
        0.22,
        extra='stroke-linecap="butt" stroke-dasharray="1.6 9.4" stroke-dashoffset="-1.4"',
    )


def levers(kind: str) -> Pen:
    pen = Pen()
    if kind == "drop":
        _drop_lever(pen)
    elif kind == "swept":
        _flat_lever(pen, (BX - 52, BY - 16), -34, 13)
    elif kind == "trekking":
        _flat_lever(pen, (BX + 2, BY + 4), 26, 26)
    else:
        _flat_lever(pen, (BX + 4, BY - 1), 26, 26)
    if kind == "drop":
        end = DROP[-1]
        pen.ball(end, 8.6, DARK)
    return pen


def _drop_lever(pen: Pen) -> None:
    hood = smooth_path(
        [
            (BX + 38, BY - 8),
            (BX + 62, BY - 10),
            (BX + 82, BY - 22),
            (BX + 95, BY - 24),
            (BX + 99, BY - 10),
            (BX + 90, BY + 4),
            (BX + 70, BY + 14),
            (BX + 52, BY + 16),
        ],
        closed=True,
    )
    blade = smooth_path(
        [
            (BX + 84, BY + 2),
            (BX + 92, BY + 24),
            (BX + 88, BY + 52),
            (BX + 78, BY + 72),
            (BX + 74, BY + 78),
        ]
    )
    pen.rod(blade, 8, (168, 168, 167))
    pen.rod(
        smooth_path([(BX + 80, BY + 6), (BX + 84, BY + 28), (BX + 78, BY + 50)]),
        6,
        (90, 89, 88),
        0.3,
    )
    pen.stroke(hood, 4, NIGHT, 0.2, soft=2)
    pen.fill(
        hood,
        pen.linear(
            (BX + 60, BY - 24),
            (BX + 74, BY + 16),
            [(0, (108, 105, 103), 1), (0.35, (64, 62, 61), 1), (1, (30, 29, 29), 1)],
        ),
    )
    pen.stroke(
        smooth_path([(BX + 44, BY - 7), (BX + 64, BY - 8), (BX + 84, BY - 20), (BX + 93, BY - 21)]),
        1.8,
        WHITE,
        0.3,
    )


def _flat_lever(pen: Pen, at: Point, dx: float, dy: float) -> None:
    x, y = at
    pen.tube((x - 7, y), (x + 8, y), 16, 15, (62, 61, 60))
    pen.rod(
        smooth_path([(x + 4, y + 4), (x + dx * 0.5, y + dy * 0.55), (x + dx, y + dy)]),
        6.5,
        (160, 160, 158),
    )


def bell(kind: str, place: str) -> Pen:
    pen = Pen()
    x, y = {"drop": (BX - 18, BY - 16), "other": (BX - 14, BY - 20)}[place]
    radius = {"mini": 7.5, "brass": 10.5, "dingdong": 13.0}[kind]
    color: Color = {"mini": (66, 65, 64), "brass": BRASS, "dingdong": SILVER}[kind]
    pen.tube((x, y + radius + 9), (x, y + 2), 6, 8, DARK)
    dome = (
        f"M{x - radius:.1f} {y + 3:.1f}C{x - radius:.1f} {y - radius * 1.1:.1f} "
        f"{x + radius:.1f} {y - radius * 1.1:.1f} {x + radius:.1f} {y + 3:.1f}Z"
    )
    pen.fill(
        dome,
        pen.linear(
            (x - radius, y - radius * 0.5),
            (x + radius, y + 4),
            [
                (0, color, 1),
                (0.25, lighter(color, 0.6), 1),
                (0.5, color, 1),
                (1, darker(color, 0.5), 1),
            ],
        ),
    )
    pen.rod(line_path((x - radius, y + 3), (x + radius, y + 3)), 3.4, darker(color, 0.15))
    pen.ball((x, y - radius * 0.66), 1.8, color)
    return pen


def badge() -> Pen:
    """The head badge, seen at an angle, in gray to be tinted."""
    pen = Pen()
    low = on_axis(HEAD_TOP, UP_HEAD, -56, 7.5)
    high = on_axis(HEAD_TOP, UP_HEAD, -34, 7.5)
    pen.rod(line_path(low, high), 7, lighter(PAINT, 0.3), 0.8)
    pen.fill(ring_path(on_axis(HEAD_TOP, UP_HEAD, -45, 7.5), 1.6, 0), NIGHT, 0.35)
    return pen
