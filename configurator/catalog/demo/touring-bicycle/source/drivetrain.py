"""Chainrings, chains, belts, derailleurs, gearbox, cranks, pedals and kickstands."""

from __future__ import annotations

import math

from geometry import BOTTOM, REAR
from pen import (
    BLACK,
    DARK,
    SILVER,
    STEEL,
    Color,
    Pen,
    Point,
    along,
    at_angle,
    darker,
    lighter,
    line_path,
    polygon_path,
    ring_path,
    smooth_path,
)

WHITE: Color = (255, 255, 255)
NIGHT: Color = (12, 10, 10)
CRANK_ANGLE = 18.0
CRANK_LENGTH = 102.0
COG: Point = (REAR[0] + 1, REAR[1])


def gear(pen: Pen, center: Point, radius: float, teeth: int, color: Color, hole: float) -> None:
    """A toothed ring with an open middle of radius `hole`."""
    points: list[Point] = []
    for i in range(teeth):
        for part, lift in ((0.0, -1.6), (0.3, 1.6), (0.55, 1.6), (0.85, -1.6)):
            points.append(at_angle(center, radius + lift, (i + part) * 360 / teeth))
    shade = pen.linear(
        (center[0] - radius * 0.4, center[1] - radius),
        (center[0] + radius * 0.4, center[1] + radius),
        [(0, lighter(color, 0.45), 1), (0.45, color, 1), (1, darker(color, 0.5), 1)],
    )
    pen.fill(polygon_path(points) + ring_path(center, hole, 0), shade)
    pen.stroke(ring_path(center, hole, 0), 1.0, WHITE, 0.25)


def tangents(small: Point, r_small: float, large: Point, r_large: float) -> list[Point]:
    """Outer tangent points: upper small, upper large, lower large, lower small."""
    dx, dy = large[0] - small[0], large[1] - small[1]
    distance = math.hypot(dx, dy)
    base = math.degrees(math.atan2(dy, dx))
    tilt = math.degrees(math.acos((r_small - r_large) / distance))
    return [
        at_angle(small, r_small, base - tilt),
        at_angle(large, r_large, base - tilt),
        at_angle(large, r_large, base + tilt),
        at_angle(small, r_small, base + tilt),
    ]


def _chain_run(pen: Pen, path: str, width: float = 5.6) -> None:
    pen.stroke(path, width + 1.2, NIGHT, 0.25, extra='transform="translate(0.6 1.6)"')
    pen.stroke(path, width, (70, 67, 63))
    pen.stroke(path, width * 0.62, (150, 145, 137), extra='stroke-dasharray="4.2 3.4"')
    pen.stroke(
        path,
        width * 0.26,
        (226, 222, 214),
        0.9,
        extra='stroke-dasharray="2.6 5" transform="translate(-0.3 -1)"',
    )
    pen.stroke(path, 1.6, (36, 34, 32), extra='stroke-dasharray="0.1 7.5" stroke-dashoffset="-5.8"')


def _belt_run(pen: Pen, path: str) -> None:
    pen.stroke(path, 9, NIGHT, 0.25, extra='transform="translate(0.6 1.6)"')
    pen.stroke(path, 8, (34, 33, 34))
    pen.stroke(path, 7, (58, 57, 58), extra='stroke-linecap="butt" stroke-dasharray="3.4 2.6"')
    pen.stroke(path, 3.4, (38, 37, 38), extra='transform="translate(-0.4 -1.4)"')
    pen.stroke(path, 0.9, (120, 118, 116), 0.8, extra='transform="translate(-0.4 -2.4)"')


def derailleur(rings: tuple[float, ...], cogs: tuple[float, ...]) -> Pen:
    """Chainrings, cassette, chain with its S through the rear derailleur."""
    pen = Pen()
    for i, radius in enumerate(sorted(cogs, reverse=True)):
        tone = lighter(STEEL, 0.08 * i)
        gear(pen, (COG[0] + i * 0.5, COG[1]), radius, round(radius * 0.83), tone, radius * 0.55)
        pen.stroke(ring_path(COG, radius - 2.5, 0), 0.9, NIGHT, 0.3)
    pen.ball(COG, 12, darker(SILVER, 0.25))
    pen.ball(COG, 6, SILVER)
    cog = sorted(cogs)[len(cogs) // 2]
    upper, guide = (COG[0] + 13, COG[1] + 62), (COG[0] + 22, COG[1] + 108)
    front = max(rings)
    top_small, top_large, _, _ = tangents(COG, cog, BOTTOM, front)
    _, _, low_large, low_small = tangents(guide, 12, BOTTOM, front)
    loop = (
        line_path(low_large, low_small)
        + f"A12 12 0 0 1 {guide[0] - 12:.1f} {guide[1] - 1:.1f}"
        + f"L{upper[0] + 12:.1f} {upper[1] + 3:.1f}"
        + f"A12 12 0 0 0 {upper[0] - 8:.1f} {upper[1] - 9:.1f}"
        + f"L{COG[0] - cog * 0.55:.1f} {COG[1] + cog * 0.84:.1f}"
        + f"A{cog} {cog} 0 0 1 {top_small[0]:.1f} {top_small[1]:.1f}"
    )
    _cage(pen, upper, guide)
    _chain_run(pen, loop)
    for radius in sorted(rings):
        _ring(pen, radius)
    _chain_run(
        pen,
        line_path(top_small, top_large)
        + f"A{front} {front} 0 0 1 {low_large[0]:.1f} {low_large[1]:.1f}",
    )
    _front_mech(pen) if len(rings) > 1 else None
    return pen


def _ring(pen: Pen, radius: float) -> None:
    gear(pen, BOTTOM, radius, round(radius * 0.83), (104, 102, 100), radius - 8)
    pen.stroke(ring_path(BOTTOM, radius - 5, 0), 1.2, WHITE, 0.16)


def _front_mech(pen: Pen) -> None:
    x, y = BOTTOM
    pen.tube((x - 30, y - 84), (x - 14, y - 62), 12, 9, DARK)
    for lift, color in ((4.0, darker(STEEL, 0.35)), (0.0, STEEL)):
        pen.rod(
            smooth_path(
                [
                    (x - 44, y - 45 + lift),
                    (x - 24, y - 56 + lift),
                    (x, y - 60 + lift),
                    (x + 14, y - 57 + lift),
                ]
            ),
            8,
            color,
        )
    pen.ball((x - 16, y - 63), 4, SILVER)


def _cage(pen: Pen, upper: Point, guide: Point) -> None:
    hanger = (COG[0] + 6, COG[1] + 12)
    pen.tube(hanger, (hanger[0] + 8, hanger[1] + 22), 12, 11, BLACK)
    body = smooth_path(
        [
            (hanger[0] - 4, hanger[1] + 14),
            (hanger[0] + 18, hanger[1] + 12),
            (upper[0] + 16, upper[1] - 12),
            (upper[0] + 12, upper[1] + 10),
            (upper[0] - 8, upper[1] + 8),
        ],
        closed=True,
    )
    pen.fill(
        body,
        pen.linear(
            (upper[0] - 12, upper[1] - 30),
            (upper[0] + 14, upper[1] + 8),
            [(0, (120, 119, 118), 1), (0.5, (62, 61, 60), 1), (1, (34, 33, 33), 1)],
        ),
    )
    pen.stroke(body, 0.9, WHITE, 0.25)
    pen.tube(upper, guide, 15, 12, (78, 77, 76))
    for center in (upper, guide):
        gear(pen, center, 10.5, 11, (58, 56, 54), 0.1)
        pen.ball(center, 4.5, SILVER)


def single(small: float, large: float, belt: bool) -> Pen:
    """One ring in front, one cog behind; a chain or a belt around both."""
    pen = Pen()
    top_small, top_large, low_large, low_small = tangents(COG, small, BOTTOM, large)
    loop = (
        line_path(top_small, top_large)
        + f"A{large} {large} 0 0 1 {low_large[0]:.2f} {low_large[1]:.2f}"
        + f"L{low_small[0]:.2f} {low_small[1]:.2f}"
        + f"A{small} {small} 0 0 1 {top_small[0]:.2f} {top_small[1]:.2f}"
    )
    gear(pen, COG, small, round(small * 0.83), STEEL, small * 0.45)
    pen.ball(COG, 11, darker(SILVER, 0.2))
    pen.ball(COG, 5.5, SILVER)
    gear(pen, BOTTOM, large, round(large * 0.83), (96, 95, 94), large - 9)
    (_belt_run if belt else _chain_run)(pen, loop)
    return pen


def gearbox() -> Pen:
    """The sealed box around the bottom bracket."""
    pen = Pen()
    x, y = BOTTOM
    outline = smooth_path(
        [
            (x - 40, y - 30),
            (x - 4, y - 50),
            (x + 40, y - 40),
            (x + 54, y - 4),
            (x + 36, y + 32),
            (x - 6, y + 36),
            (x - 42, y + 18),
        ],
        closed=True,
    )
    pen.stroke(outline, 5, NIGHT, 0.25, soft=2.5)
    pen.fill(
        outline,
        pen.linear(
            (x - 20, y - 50),
            (x + 20, y + 36),
            [(0, (128, 127, 126), 1), (0.35, (82, 81, 81), 1), (1, (36, 35, 35), 1)],
        ),
    )
    pen.stroke(outline, 1.4, WHITE, 0.28)
    for turn in range(0, 360, 45):
        pen.ball(
            (x + 4 + 40 * math.cos(math.radians(turn)), y - 5 + 32 * math.sin(math.radians(turn))),
            2.8,
            SILVER,
        )
    return pen


def spider(inner: float) -> Pen:
    """Four arms from the axle to the chainring."""
    pen = Pen()
    for turn in (CRANK_ANGLE + 45, CRANK_ANGLE + 135, CRANK_ANGLE + 225, CRANK_ANGLE + 315):
        pen.tube(at_angle(BOTTOM, 8, turn), at_angle(BOTTOM, inner, turn), 13, 8, (112, 111, 110))
        pen.ball(at_angle(BOTTOM, inner - 3, turn), 3.2, SILVER)
    return pen


def guard_ring() -> Pen:
    """A slim ring outside of the chain."""
    pen = Pen()
    shade = pen.linear(
        (BOTTOM[0] - 40, BOTTOM[1] - 64),
        (BOTTOM[0] + 40, BOTTOM[1] + 64),
        [(0, (238, 237, 234), 1), (0.4, (190, 189, 187), 1), (1, (98, 97, 96), 1)],
    )
    pen.fill(ring_path(BOTTOM, 64, 46), shade)
    for radius, alpha in ((63.3, 0.5), (47, 0.35)):
        pen.stroke(ring_path(BOTTOM, radius, 0), 1.0, WHITE, alpha)
    for i in range(16):
        pen.disc(at_angle(BOTTOM, 55, i * 22.5), 2.6, (70, 66, 62), 0.75)
    return pen


def crank(near: bool) -> Pen:
    pen = Pen()
    turn = CRANK_ANGLE if near else CRANK_ANGLE + 180
    end = at_angle(BOTTOM, CRANK_LENGTH, turn)
    color = (196, 196, 195) if near else (128, 127, 126)
    if near:
        pen.stroke(
            line_path((BOTTOM[0] + 2, BOTTOM[1] + 4), (end[0] + 2, end[1] + 4)),
            13,
            NIGHT,
            0.28,
            soft=3,
        )
    pen.tube(BOTTOM, end, 21, 13, color)
    pen.ball(end, 8, color)
    pen.ball(BOTTOM, 13, color)
    if near:
        pen.ball(BOTTOM, 7.5, DARK)
        pen.stroke(ring_path(BOTTOM, 9.5, 0), 1.2, NIGHT, 0.35)
        groove = (along(BOTTOM, end, 0.24), along(BOTTOM, end, 0.84))
        pen.stroke(line_path(*groove), 3.2, darker(color, 0.35), 0.6)
        pen.ball(end, 3, STEEL)
    return pen


def pedal(kind: str, near: bool) -> Pen:
    pen = Pen()
    x, y = at_angle(BOTTOM, CRANK_LENGTH, CRANK_ANGLE if near else CRANK_ANGLE + 180)
    half, height = {"platform": (29, 13), "wide": (36, 10), "combi": (28, 12)}[kind]
    color: Color = {"platform": (70, 68, 67), "wide": (52, 51, 50), "combi": (150, 149, 147)}[kind]
    if not near:
        color = darker(color, 0.35)
    outline = smooth_path(
        [
            (x - half, y - height * 0.3),
            (x - half * 0.8, y - height * 0.6),
            (x, y - height * 0.5),
            (x + half * 0.8, y - height * 0.6),
            (x + half, y - height * 0.3),
            (x + half, y + height * 0.35),
            (x + half * 0.8, y + height * 0.62),
            (x, y + height * 0.5),
            (x - half * 0.8, y + height * 0.62),
            (x - half, y + height * 0.35),
        ],
        closed=True,
    )
    pen.fill(
        outline,
        pen.linear(
            (x, y - height * 0.6),
            (x, y + height * 0.65),
            [(0, lighter(color, 0.4), 1), (0.3, color, 1), (1, darker(color, 0.55), 1)],
        ),
    )
    pen.stroke(outline, 0.8, NIGHT, 0.4)
    if kind == "wide":
        for step in (-0.85, -0.5, 0.5, 0.85):
            pen.tube(
                (x + half * step, y - height * 0.5),
                (x + half * step, y - height * 0.95),
                2.6,
                2.0,
                SILVER,
            )
    elif kind == "combi":
        pen.rod(line_path((x - 12, y + height * 0.9), (x + 12, y + height * 0.9)), 5, STEEL)
    else:
        for step in (-0.7, 0.7):
            pen.fill(
                polygon_path(
                    [
                        (x + half * step - 5, y - 2),
                        (x + half * step + 5, y - 2),
                        (x + half * step + 5, y + 3),
                        (x + half * step - 5, y + 3),
                    ]
                ),
                (236, 160, 60),
            )
    pen.ball((x, y), 5.5, STEEL)
    return pen


def kickstand(kind: str) -> Pen:
    """Folded up, as on the road."""
    pen = Pen()
    if kind == "rear":
        pivot, foot = (322.0, 582.0), (206.0, 618.0)
        pen.tube((pivot[0] - 8, pivot[1] - 6), (pivot[0] + 12, pivot[1] + 4), 20, 18, BLACK)
        pen.rod(line_path(pivot, foot), 10, (74, 73, 72))
        pen.rod(line_path(along(pivot, foot, 0.9), foot), 13, BLACK, 0.2)
        pen.ball(pivot, 6, SILVER)
    else:
        pivot = (498.0, 626.0)
        for lift, color in ((-4.0, darker(DARK, 0.3)), (7.0, (92, 91, 90))):
            leg = smooth_path(
                [
                    (pivot[0], pivot[1]),
                    (pivot[0] - 26, pivot[1] + 16 + lift),
                    (pivot[0] - 150, pivot[1] + 22 + lift),
                ]
            )
            pen.rod(leg, 10, color)
            pen.rod(
                line_path(
                    (pivot[0] - 136, pivot[1] + 21 + lift), (pivot[0] - 152, pivot[1] + 22 + lift)
                ),
                13,
                BLACK,
                0.2,
            )
        pen.tube((pivot[0] - 8, pivot[1] - 18), (pivot[0] + 6, pivot[1] + 10), 24, 20, BLACK)
        pen.ball((pivot[0], pivot[1] + 2), 5, SILVER)
    return pen
