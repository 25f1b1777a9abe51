"""The bicycle from the front: everything lies around the middle line x = 600, 0.75 px a millimeter.

What stands on the rider's right (chainring, drive) is on the left of the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from frames import DIAMETERS
from guards import GUARDS
from pen import (
    DARK,
    PAINT,
    RUBBER,
    SILVER,
    STEEL,
    Color,
    Pen,
    Point,
    darker,
    lighter,
    line_path,
    mix,
    ring_path,
    smooth_path,
)

Drawing = tuple[str, Callable[[], Pen]]
Box = tuple[float, float, float, float]
WHITE: Color = (255, 255, 255)
NIGHT: Color = (12, 10, 10)
LEATHER: Color = (146, 92, 54)
SCALE, MIDDLE, AXLE, BAR = 0.75, 600.0, 540.0, 92.0
BEAD = {"w28": 311 * SCALE, "w26": 279.5 * SCALE}
TIRES = {"t35": 35 * SCALE, "t42": 42 * SCALE, "t50": 50 * SCALE}
SIDES = (-1, 1)


def radius(wheel: str, tire: str) -> float:
    return BEAD[wheel] + TIRES[tire]


def shadow(wheel: str, tire: str) -> Pen:
    pen = Pen()
    low = AXLE + radius(wheel, tire)
    for rx, ry, alpha, blur in ((230, 17.0, 0.20, 18.0), (120, 10.0, 0.30, 9.0)):
        pen.glow((MIDDLE + 14, low + 3), rx, ry, WHITE, alpha, blur)
    for rx, ry, alpha, blur in ((46, 6.0, 0.5, 3.6), (22, 3.0, 0.7, 1.4)):
        pen.glow((MIDDLE + 3, low), rx, ry, WHITE, alpha, blur)
    return pen


# --- the wheel --------------------------------------------------------------------------------


def _tire_outline(wheel: str, tire: str, inset: float = 0.0) -> str:
    half, r = TIRES[tire] * 0.52 - inset, radius(wheel, tire) - inset * 0.4
    bend = half * 1.5
    return (
        f"M{MIDDLE - half:.2f} {AXLE - r + bend:.2f}"
        f"C{MIDDLE - half:.2f} {AXLE - r:.2f} {MIDDLE + half:.2f} {AXLE - r:.2f} "
        f"{MIDDLE + half:.2f} {AXLE - r + bend:.2f}L{MIDDLE + half:.2f} {AXLE + r - bend:.2f}"
        f"C{MIDDLE + half:.2f} {AXLE + r:.2f} {MIDDLE - half:.2f} {AXLE + r:.2f} "
        f"{MIDDLE - half:.2f} {AXLE + r - bend:.2f}Z"
    )


def wall(wheel: str, tire: str) -> Pen:
    """The flanks of the tire, to be tinted: what is seen of them beside the tread."""
    pen = Pen()
    half = TIRES[tire] * 0.52
    shade = pen.linear(
        (MIDDLE - half, AXLE),
        (MIDDLE + half, AXLE),
        [(0, (150, 150, 150), 1), (0.2, PAINT, 1), (0.8, (200, 200, 200), 1), (1, (96, 96, 96), 1)],
    )
    pen.fill(_tire_outline(wheel, tire), shade)
    return pen


def tread(wheel: str, tire: str, kind: str) -> Pen:
    pen = Pen()
    half, r = TIRES[tire] * 0.52, radius(wheel, tire)
    inset = half * 0.24
    outline = _tire_outline(wheel, tire, inset)
    color: Color = mix(RUBBER, (70, 68, 66), 0.4)
    shade = pen.linear(
        (MIDDLE - half, AXLE),
        (MIDDLE + half, AXLE),
        [
            (0, darker(color, 0.45), 1),
            (0.3, lighter(color, 0.24), 1),
            (0.46, lighter(color, 0.10), 1),
            (0.8, darker(color, 0.25), 1),
            (1, darker(color, 0.6), 1),
        ],
    )
    pen.fill(outline, shade)
    _pattern(pen, half - inset, r, kind)
    light = pen.linear(
        (MIDDLE, AXLE - r),
        (MIDDLE, AXLE + r),
        [(0, WHITE, 0.22), (0.14, WHITE, 0.0), (0.62, NIGHT, 0.0), (1, NIGHT, 0.55)],
    )
    pen.fill(outline, light)
    return pen


def _pattern(pen: Pen, half: float, r: float, kind: str) -> None:
    """Grooves, closer to each other where the tire turns away."""
    if kind == "road":
        for shift in (-0.36, 0.36):
            x = MIDDLE + half * shift
            pen.stroke(line_path((x, AXLE - r + half), (x, AXLE + r - half)), 1.1, NIGHT, 0.5)
    step = {"road": 13.0, "allroad": 9.0, "trail": 12.0}[kind]
    at, spots = -r + 6.0, []
    while at < r - 4:
        spots.append(at)
        at += max(2.2, step * (1 - (at / r) ** 2) ** 0.5)
    for place in spots:
        y = AXLE + place
        wide = half * min(1.0, ((r - abs(place)) / half) ** 0.5)
        if kind == "trail":
            for side in SIDES:
                knob = line_path(
                    (MIDDLE + side * wide * 0.98, y), (MIDDLE + side * wide * 0.5, y + 2)
                )
                pen.stroke(knob, step * 0.42, (32, 31, 30), 0.9, extra='stroke-linecap="butt"')
            middle = line_path((MIDDLE - wide * 0.3, y + 5), (MIDDLE + wide * 0.3, y + 5))
            pen.stroke(middle, step * 0.36, (34, 33, 32), 0.9, extra='stroke-linecap="butt"')
        else:
            dip = 4.0 if kind == "allroad" else 3.0
            path = line_path((MIDDLE - wide, y), (MIDDLE, y + dip), (MIDDLE + wide, y))
            pen.stroke(path, 1.2 if kind == "allroad" else 0.7, NIGHT, 0.55)


def hub(kind: str) -> Pen:
    """The ends of the hub and the spokes that lean in to the rim."""
    pen = Pen()
    wide, tall = (27.0, 50.0) if kind == "dynamo" else (25.0, 26.0)
    for side in SIDES:
        for end in (-1, 1):
            for shift in (0.0, 3.0):
                path = line_path(
                    (MIDDLE + side * (wide - 3 - shift), AXLE + end * tall * 0.4),
                    (MIDDLE + side * 9, AXLE + end * 150),
                )
                pen.stroke(path, 1.1, (120, 120, 120), 0.8)
        flange = line_path(
            (MIDDLE + side * wide, AXLE - tall * 0.5), (MIDDLE + side * wide, AXLE + tall * 0.5)
        )
        pen.rod(flange, 6, STEEL)
    shell: Color = (150, 151, 153)
    pen.tube((MIDDLE, AXLE - tall * 0.42), (MIDDLE, AXLE + tall * 0.42), 52, 52, shell, (0, -1))
    pen.rod(line_path((MIDDLE - 40, AXLE), (MIDDLE + 40, AXLE)), 9, (112, 112, 113))
    return pen


def disc() -> Pen:
    pen = Pen()
    x = MIDDLE + 31
    pen.rod(line_path((x, AXLE - 60), (x, AXLE + 60)), 3.4, SILVER)
    pen.tube((x + 3, AXLE - 58), (x + 3, AXLE - 20), 19, 19, (58, 57, 57))
    pen.stroke(line_path((x - 2, AXLE - 55), (x - 2, AXLE - 24)), 1.4, WHITE, 0.25)
    return pen


def rim_brake(wheel: str) -> Pen:
    pen = Pen()
    top = AXLE - BEAD[wheel]
    for side in SIDES:
        foot, head = (MIDDLE + side * 33, top + 44), (MIDDLE + side * 35, top - 32)
        pen.tube(foot, head, 12, 9, (70, 69, 68))
        pen.ball(foot, 6.5, SILVER)
        pad = line_path((MIDDLE + side * 27, top - 4), (MIDDLE + side * 27, top + 14))
        pen.rod(pad, 8, (40, 39, 38), 0.2)
    pen.rod(line_path((MIDDLE - 36, top - 30), (MIDDLE + 36, top - 30)), 2.2, (70, 70, 70), 0.4)
    return pen


def mudguard(wheel: str, kind: str) -> Pen:
    """The front of the guard over the tire, with the stays that come from the axle."""
    pen = Pen()
    color, half = GUARDS[kind], 27.0
    top = AXLE - BEAD[wheel] - 50 * SCALE - 9
    low = top + 92
    for side in SIDES:
        stay = line_path((MIDDLE + side * half, low - 10), (MIDDLE + side * 39, AXLE - 6))
        pen.stroke(stay, 2.4, (96, 96, 96))
        pen.stroke(stay, 0.9, WHITE, 0.5)
    outline = (
        f"M{MIDDLE - half} {top + 26}C{MIDDLE - half} {top - 4} {MIDDLE + half} {top - 4} "
        f"{MIDDLE + half} {top + 26}L{MIDDLE + half - 1} {low - 8}"
        f"C{MIDDLE + half - 4} {low + 6} {MIDDLE - half + 4} {low + 6} "
        f"{MIDDLE - half + 1} {low - 8}Z"
    )
    pen.stroke(outline, 5, NIGHT, 0.3, soft=3, extra='transform="translate(0 5)"')
    pen.fill(
        outline,
        pen.linear(
            (MIDDLE - half, top),
            (MIDDLE + half, top),
            [
                (0, darker(color, 0.45), 1),
                (0.26, lighter(color, 0.55), 1),
                (0.5, color, 1),
                (0.85, darker(color, 0.3), 1),
                (1, darker(color, 0.55), 1),
            ],
        ),
    )
    down = pen.linear(
        (MIDDLE, top), (MIDDLE, low), [(0, WHITE, 0.35), (0.3, WHITE, 0), (1, NIGHT, 0.3)]
    )
    pen.fill(outline, down)
    if kind == "hammered":
        for row in range(10):
            for column in range(5):
                spot = (MIDDLE - 19 + column * 9.5 + row % 2 * 3, top + 16 + row * 7.4)
                pen.fill(ring_path(spot, 2.3, 0), WHITE, 0.22)
                pen.fill(ring_path((spot[0] + 1, spot[1] + 1), 2.0, 0), NIGHT, 0.10)
    elif kind == "bamboo":
        for column in range(-5, 6):
            x = MIDDLE + column * 4.6
            pen.stroke(line_path((x, top + 10), (x, low)), 0.8, (104, 66, 30), 0.3)
    return pen


# --- fork, frame ------------------------------------------------------------------------------

FORKS = {"classic": (15.0, 10.5), "straight": (16.0, 13.0), "carbon": (21.0, 15.0)}
CROWN = 262.0


def _legs(kind: str) -> list[tuple[Point, Point, float, float]]:
    top, end = FORKS[kind]
    spread = 37.0 if kind != "carbon" else 39.0
    return [
        ((MIDDLE + side * spread, CROWN + 4), (MIDDLE + side * 40, AXLE + 4), top, end)
        for side in SIDES
    ]


def fork(kind: str) -> Pen:
    pen = Pen()
    for start, end, wide, thin in _legs(kind):
        pen.tube(start, end, wide, thin)
        pen.ball((end[0], end[1]), 9.5, PAINT)
    wide = FORKS[kind][0]
    if kind == "classic":  # a flat crown with two shoulders
        crown = smooth_path(
            [
                (MIDDLE - 46, CROWN + 16),
                (MIDDLE - 44, CROWN - 6),
                (MIDDLE, CROWN - 13),
                (MIDDLE + 44, CROWN - 6),
                (MIDDLE + 46, CROWN + 16),
                (MIDDLE, CROWN + 9),
            ],
            closed=True,
        )
        shade = pen.linear(
            (MIDDLE - 30, CROWN - 14),
            (MIDDLE + 20, CROWN + 18),
            [(0, lighter(PAINT, 0.6), 1), (0.4, PAINT, 1), (1, darker(PAINT, 0.5), 1)],
        )
        pen.fill(crown, shade)
    else:
        bow = smooth_path(
            [
                (MIDDLE - 37, CROWN + 26),
                (MIDDLE - 33, CROWN + 2),
                (MIDDLE, CROWN - 8),
                (MIDDLE + 33, CROWN + 2),
                (MIDDLE + 37, CROWN + 26),
            ]
        )
        pen.rod(bow, wide + 2, PAINT, 0.2)
    return pen


def fork_light(kind: str) -> Pen:
    pen = Pen()
    for start, end, wide, _thin in _legs(kind):
        pen.gleam(start, end, wide * 0.9, 0.95)
    return pen


def head_wide(material: str) -> float:
    return DIAMETERS[material][3] * 1.25 + 4


def frame(material: str) -> Pen:
    """The head tube, and a glimpse of what lies behind it."""
    pen = Pen()
    wide = head_wide(material)
    for side in SIDES:  # the stays of the rear wheel, far behind
        pen.tube((MIDDLE + side * 16, 330), (MIDDLE + side * 44, AXLE), 9, 8, darker(PAINT, 0.45))
    pen.tube(
        (MIDDLE, 148), (MIDDLE, CROWN - 8), wide, wide * (1.16 if material == "aluminum" else 1)
    )
    if material in ("steel", "stainless"):
        for y in (158.0, CROWN - 22):  # lugs
            pen.tube((MIDDLE, y - 10), (MIDDLE, y + 10), wide + 5, wide + 5)
    return pen


def frame_light(material: str) -> Pen:
    pen = Pen()
    pen.gleam((MIDDLE, 148), (MIDDLE, CROWN - 8), head_wide(material), 0.95)
    return pen


def headset(material: str) -> Pen:
    pen = Pen()
    wide = head_wide(material)
    for y in (143.0, CROWN - 9):
        pen.tube((MIDDLE, y - 4), (MIDDLE, y + 4), wide + 4, wide + 4, DARK)
    return pen


def badge() -> Pen:
    pen = Pen()
    shield = smooth_path(
        [
            (MIDDLE - 9, 180),
            (MIDDLE, 177),
            (MIDDLE + 9, 180),
            (MIDDLE + 8, 198),
            (MIDDLE, 208),
            (MIDDLE - 8, 198),
        ],
        closed=True,
    )
    pen.stroke(shield, 3, NIGHT, 0.3, soft=1.5)
    shade = pen.linear(
        (MIDDLE - 9, 178),
        (MIDDLE + 9, 208),
        [(0, lighter(PAINT, 0.8), 1), (0.5, PAINT, 1), (1, darker(PAINT, 0.4), 1)],
    )
    pen.fill(shield, shade)
    pen.stroke(shield, 1, NIGHT, 0.35)
    pen.fill(ring_path((MIDDLE, 190), 4.6, 3.2), NIGHT, 0.4)
    return pen


def layers() -> Iterator[Drawing]:
    """Every layer of this view by its file name."""
    for wheel in BEAD:
        for tire in TIRES:
            yield f"ahead-shadow-{wheel}-{tire}", partial(shadow, wheel, tire)
            yield f"ahead-wall-{wheel}-{tire}", partial(wall, wheel, tire)
            for kind in ("road", "allroad", "trail"):
                yield f"ahead-tread-{wheel}-{tire}-{kind}", partial(tread, wheel, tire, kind)
        yield f"ahead-rim-brake-{wheel}", partial(rim_brake, wheel)
        for kind in GUARDS:
            yield f"ahead-mudguard-{wheel}-{kind}", partial(mudguard, wheel, kind)
    for kind in ("plain", "dynamo"):
        yield f"ahead-hub-{kind}", partial(hub, kind)
    yield "ahead-disc", disc
    for kind in FORKS:
        yield f"ahead-fork-{kind}", partial(fork, kind)
        yield f"ahead-fork-light-{kind}", partial(fork_light, kind)
    for material in DIAMETERS:
        yield f"ahead-frame-{material}", partial(frame, material)
        yield f"ahead-frame-light-{material}", partial(frame_light, material)
        yield f"ahead-headset-{material}", partial(headset, material)
    yield "ahead-badge", badge
