"""What sits at the wheels: mudguards, rim brakes and the ring lock."""

from __future__ import annotations

import math

from geometry import BEAD, FRONT, REAR, SCALE
from pen import (
    DARK,
    SILVER,
    Color,
    Pen,
    Point,
    at_angle,
    darker,
    line_path,
    polygon_path,
    ring_path,
    smooth_path,
)

WHITE: Color = (255, 255, 255)
NIGHT: Color = (12, 10, 10)


GUARD = {"w28": BEAD["w28"] + 50 * SCALE + 3.5, "w26": BEAD["w26"] + 55 * SCALE + 2.0}
GUARDS: dict[str, Color] = {
    "black": (58, 56, 55),
    "hammered": (196, 196, 194),
    "bamboo": (196, 152, 96),
}


def mudguards(wheel: str, kind: str) -> Pen:
    """Mudguards as seen from the side: a narrow band over the tire, with rods to the axle."""
    pen = Pen()
    color = GUARDS[kind]
    radius = GUARD[wheel]
    spans = ((REAR, 172.0, 349.0), (FRONT, 198.0, 318.0))
    for center, first, last in spans:
        points = [at_angle(center, radius, first + (last - first) * i / 40) for i in range(41)]
        path = smooth_path(points)
        pen.stroke(path, 12.5, darker(color, 0.66), extra='stroke-linecap="butt"')
        inner = [at_angle(center, radius - 1, first + (last - first) * i / 40) for i in range(41)]
        pen.rod(smooth_path(inner), 10.5, color, 0.55 if kind != "bamboo" else 0.3)
        _guard_detail(pen, center, radius, (first, last), kind)
        for turn in (first + 10, first + 42) if center == REAR else (first + 8,):
            _stay(pen, center, at_angle(center, radius - 2, turn))
    flap = [
        at_angle(FRONT, radius - 5, 198),
        at_angle(FRONT, radius + 6, 198),
        at_angle(FRONT, radius + 7, 189),
        at_angle(FRONT, radius - 4, 189),
    ]
    pen.fill(polygon_path(flap), (66, 52, 42))
    return pen


def _guard_detail(
    pen: Pen, center: Point, radius: float, span: tuple[float, float], kind: str
) -> None:
    first, last = span
    if kind == "hammered":
        for i in range(round(last - first)):
            for lift in (-3.0, 0.5, 3.6):
                turn = first + i + (0.5 if lift == 0.5 else 0)
                pen.disc(at_angle(center, radius + lift, turn), 1.5, WHITE, 0.22)
                pen.disc(at_angle(center, radius + lift - 0.8, turn + 0.15), 1.1, NIGHT, 0.12)
    if kind == "bamboo":
        for lift, alpha in ((-3.4, 0.3), (-1.2, 0.2), (1.2, 0.24), (3.6, 0.3)):
            grain = [
                at_angle(
                    center, radius + lift + 0.4 * math.sin(i * 1.7), first + (last - first) * i / 40
                )
                for i in range(41)
            ]
            pen.stroke(smooth_path(grain), 0.7, (92, 58, 26), alpha)
        for i in range(1, 7):
            turn = first + (last - first) * i / 7
            pen.stroke(
                line_path(at_angle(center, radius - 5, turn), at_angle(center, radius + 5, turn)),
                1.6,
                (120, 80, 40),
                0.5,
            )


def _stay(pen: Pen, axle: Point, end: Point) -> None:
    foot = (axle[0] - 4, axle[1] - 9)
    pen.stroke(line_path((foot[0] + 1, foot[1] + 1.5), (end[0] + 1, end[1] + 1.5)), 3, NIGHT, 0.22)
    pen.rod(line_path(foot, end), 3.0, (178, 178, 176), 0.6)
    pen.ball(end, 3.4, DARK)


def ring_lock() -> Pen:
    """A lock around the rear tire, on the seat stays."""
    pen = Pen()
    x, y = 381.0, 414.0
    body = smooth_path(
        [
            (x - 22, y - 30),
            (x + 4, y - 40),
            (x + 26, y - 20),
            (x + 30, y + 14),
            (x + 16, y + 26),
            (x + 6, y + 14),
            (x + 8, y - 6),
            (x - 6, y - 18),
            (x - 20, y - 14),
        ],
        closed=True,
    )
    pen.stroke(body, 4, NIGHT, 0.25, soft=2)
    pen.fill(
        body,
        pen.linear(
            (x - 20, y - 36),
            (x + 30, y + 26),
            [(0, (96, 94, 92), 1), (0.4, (56, 54, 53), 1), (1, (28, 27, 27), 1)],
        ),
    )
    pen.stroke(body, 1, WHITE, 0.18)
    pen.ball((x + 19, y + 4), 5, SILVER)
    pen.fill(ring_path((x + 19, y + 4), 1.6, 0), NIGHT)
    return pen


def v_brakes(wheel: str) -> Pen:
    """Brake arms beside the rim, behind fork and seat stays."""
    pen = Pen()
    radius = BEAD[wheel] - 6
    for center, turn in ((REAR, -57.0), (FRONT, -119.0)):
        low, high = at_angle(center, radius - 22, turn), at_angle(center, radius + 40, turn + 1)
        pad = [at_angle(center, radius, turn + step) for step in (-5.5, 0.0, 5.5)]
        pen.rod(smooth_path(pad), 9, (58, 56, 55), 0.2)
        pen.tube(low, high, 13, 8, (150, 150, 149))
        pen.ball(low, 6, SILVER)
        pen.ball(at_angle(center, radius, turn), 4.4, DARK)
        pen.ball(high, 4.4, SILVER)
    return pen
