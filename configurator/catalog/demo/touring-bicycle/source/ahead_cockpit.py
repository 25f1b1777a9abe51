"""What the hands and feet are on, from the front: drive, bar, saddle."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ahead import BAR, MIDDLE, NIGHT, SIDES, WHITE, Drawing
from pen import (
    BRASS,
    DARK,
    PAINT,
    SILVER,
    STEEL,
    Color,
    Pen,
    Point,
    darker,
    lighter,
    line_path,
    polygon_path,
    ring_path,
    smooth_path,
)

# --- drive ------------------------------------------------------------------------------------


def drive() -> Pen:
    """Chainring from its edge, bottom bracket and cranks, behind the wheel."""
    pen = Pen()
    y = 595.0
    pen.rod(line_path((MIDDLE - 62, y), (MIDDLE + 62, y)), 30, (78, 77, 76), 0.2)
    pen.rod(line_path((MIDDLE - 47, y - 74), (MIDDLE - 47, y + 74)), 4.5, STEEL)
    for side in SIDES:
        pen.tube((MIDDLE + side * 64, y - 9), (MIDDLE + side * 64, y + 9), 17, 17, SILVER)
        pen.rod(line_path((MIDDLE + side * 72, y), (MIDDLE + side * 86, y)), 9, STEEL)
    return pen


PEDALS: dict[str, tuple[float, Color]] = {
    "platform": (64.0, (66, 65, 64)),
    "wide": (80.0, (48, 47, 46)),
    "combi": (58.0, SILVER),
}


def pedal(kind: str) -> Pen:
    pen = Pen()
    length, color = PEDALS[kind]
    for side in SIDES:
        near, far = MIDDLE + side * 86, MIDDLE + side * (86 + length)
        y = 595.0
        pen.tube((near, y), (far, y), 23, 21, color)
        for share in (0.22, 0.78):
            x = near + (far - near) * share
            lens = polygon_path([(x - 7, y - 4), (x + 7, y - 4), (x + 7, y + 4), (x - 7, y + 4)])
            pen.fill(lens, (240, 164, 52))
            pen.stroke(lens, 0.8, NIGHT, 0.4)
    return pen


# --- cockpit and saddle -----------------------------------------------------------------------


def _half(kind: str, side: int) -> list[Point]:
    """One half of the bar from the stem outwards."""
    shapes: dict[str, list[Point]] = {
        "drop": [(0, 0), (60, -1), (118, -2), (146, 0), (157, 12), (162, 40), (170, 78), (172, 98)],
        "flat": [(0, 0), (70, -2), (150, -7), (236, -14)],
        "trekking": [(0, 0), (70, 2), (150, -3), (206, -10), (214, -20), (200, -28), (130, -26)],
        "swept": [(0, 0), (40, -8), (84, -22), (132, -24), (184, -12), (222, 0)],
    }
    return [(MIDDLE + side * x, BAR + y) for x, y in shapes[kind]]


METAL: dict[str, Color] = {"drop": (84, 83, 82), "flat": (84, 83, 82)}


def bar(kind: str) -> Pen:
    pen = Pen()
    for side in SIDES:
        pen.rod(smooth_path(_half(kind, side)), 17, METAL.get(kind, SILVER))
    return pen


def grip(kind: str) -> Pen:
    """Tape or grips in gray, to be tinted."""
    pen = Pen()
    for side in SIDES:
        points = _half(kind, side)
        whole = {
            "drop": points[1:],
            "trekking": points[1:],
            "flat": points[2:],
            "swept": points[3:],
        }[kind]
        path = smooth_path(whole)
        pen.rod(path, 22, PAINT, 0.2)
        taped = kind in ("drop", "trekking")
        for width, paint, alpha, dash in (
            (21.5, NIGHT, 0.26, "1.4 10.6" if taped else "1.2 6.8"),
            (19.0, WHITE, 0.20, "1.6 10.4" if taped else "1.2 6.8"),
        ):
            pen.stroke(
                path,
                width,
                paint,
                alpha,
                extra=f'stroke-linecap="butt" stroke-dasharray="{dash}"',
            )
        if not taped:
            pen.ball(points[-1], 11.5, PAINT)
    return pen


def levers(kind: str) -> Pen:
    pen = Pen()
    for side in SIDES:
        if kind == "drop":
            _hood(pen, side)
            continue
        x = MIDDLE + side * {"flat": 136, "trekking": 96, "swept": 124}[kind]
        y = BAR - {"flat": 6, "trekking": 0, "swept": 24}[kind]
        pen.tube((x - 9, y), (x + 9, y), 23, 22, (58, 57, 56))
        blade = [(x, y + 8), (x + side * 34, y + 17), (x + side * 84, y + 14)]
        pen.stroke(smooth_path(blade), 9, NIGHT, 0.25, soft=2, extra='transform="translate(0 4)"')
        pen.rod(smooth_path(blade), 8.5, (164, 164, 162))
    return pen


def _hood(pen: Pen, side: int) -> None:
    x, y = MIDDLE + side * 152, BAR - 8
    blade = [(x + side * 3, y + 14), (x + side * 8, y + 52), (x + side * 13, y + 92)]
    pen.stroke(smooth_path(blade), 9, NIGHT, 0.25, soft=2, extra='transform="translate(2 2)"')
    pen.rod(smooth_path(blade), 9, (170, 170, 169))
    hood = smooth_path(
        [
            (x - 13, y + 14),
            (x - 13, y - 18),
            (x - 5, y - 33),
            (x + 5, y - 33),
            (x + 13, y - 18),
            (x + 13, y + 14),
            (x, y + 24),
        ],
        closed=True,
    )
    shade = pen.linear(
        (x - 13, y - 30),
        (x + 13, y + 22),
        [(0, (120, 117, 115), 1), (0.4, (62, 60, 59), 1), (1, (26, 25, 25), 1)],
    )
    pen.fill(hood, shade)
    pen.stroke(smooth_path([(x - 8, y + 6), (x - 8, y - 18), (x - 2, y - 28)]), 2, WHITE, 0.3)
    pen.ball((MIDDLE + side * 172, BAR + 99), 10.5, DARK)


def cables(kind: str) -> Pen:
    pen = Pen()
    for side in SIDES:
        out = {"drop": 58, "flat": 120, "trekking": 88, "swept": 108}[kind]
        start = (MIDDLE + side * out, BAR + (6 if kind != "swept" else -14))
        run = [
            start,
            (MIDDLE + side * 44, BAR + 70),
            (MIDDLE + side * 30, 232),
            (MIDDLE + side * 26, 268),
        ]
        pen.rod(smooth_path(run), 5, (46, 45, 45), 0.5)
    return pen


def stem(kind: str) -> Pen:
    pen = Pen()
    pen.tube((MIDDLE, BAR + 10), (MIDDLE, 142), 25, 25, DARK)
    for y in (118.0, 126.0, 134.0):
        pen.stroke(line_path((MIDDLE - 12, y), (MIDDLE + 12, y)), 1.1, NIGHT, 0.6)
    color: Color = (92, 91, 90) if kind == "plain" else (74, 73, 72)
    plate = polygon_path(
        [
            (MIDDLE - 21, BAR - 19),
            (MIDDLE + 21, BAR - 19),
            (MIDDLE + 21, BAR + 19),
            (MIDDLE - 21, BAR + 19),
        ]
    )
    pen.stroke(plate, 6, color, 1)
    shade = pen.linear(
        (MIDDLE, BAR - 20),
        (MIDDLE, BAR + 20),
        [(0, lighter(color, 0.45), 1), (0.4, color, 1), (1, darker(color, 0.55), 1)],
    )
    pen.fill(plate, shade)
    for dx in (-15, 15):
        for dy in (-13, 13):
            pen.ball((MIDDLE + dx, BAR + dy), 3, SILVER)
    if kind == "adjustable":
        pen.ball((MIDDLE, BAR + 34), 17, (84, 83, 82))
        pen.ball((MIDDLE, BAR + 34), 7, SILVER)
    return pen


def bell(kind: str) -> Pen:
    pen = Pen()
    size = {"mini": 9.5, "brass": 13.5, "dingdong": 17.0}[kind]
    color: Color = {"mini": (66, 65, 64), "brass": BRASS, "dingdong": SILVER}[kind]
    x, y = MIDDLE + 46, BAR - 10 - size
    pen.tube((x, y + size + 4), (x, y), 9, 9, DARK)
    pen.ball((x, y), size, color)
    pen.fill(ring_path((x, y), size * 0.3, 0), darker(color, 0.35), 0.8)
    return pen


SADDLES = {
    "leather": (62.0, 20.0),
    "gel": (74.0, 28.0),
    "sport": (52.0, 17.0),
    "sprung": (78.0, 26.0),
}


def saddle(kind: str) -> Pen:
    """Seen over the bar: the wide back, and the nose before it."""
    pen = Pen()
    half, deep = SADDLES.get(kind, (60.0, 20.0))
    top = 44.0
    back = smooth_path(
        [
            (MIDDLE - half, top + deep),
            (MIDDLE - half * 0.8, top + 4),
            (MIDDLE - half * 0.3, top),
            (MIDDLE, top + 3),
            (MIDDLE + half * 0.3, top),
            (MIDDLE + half * 0.8, top + 4),
            (MIDDLE + half, top + deep),
            (MIDDLE + half * 0.4, top + deep + 8),
            (MIDDLE - half * 0.4, top + deep + 8),
        ],
        closed=True,
    )
    shade = pen.linear(
        (MIDDLE - 20, top),
        (MIDDLE + 14, top + deep + 8),
        [(0, WHITE, 1), (0.4, (206, 206, 206), 1), (1, (112, 112, 112), 1)],
    )
    pen.fill(back, shade)
    nose = smooth_path(
        [
            (MIDDLE - 20, top + deep + 14),
            (MIDDLE - 17, top + 14),
            (MIDDLE, top + 8),
            (MIDDLE + 17, top + 14),
            (MIDDLE + 20, top + deep + 14),
            (MIDDLE, top + deep + 20),
        ],
        closed=True,
    )
    pen.stroke(nose, 6, NIGHT, 0.35, soft=4)
    front = pen.linear(
        (MIDDLE - 10, top + 8),
        (MIDDLE + 8, top + deep + 20),
        [(0, WHITE, 1), (0.35, (226, 226, 226), 1), (1, (130, 130, 130), 1)],
    )
    pen.fill(nose, front)
    return pen


def layers() -> Iterator[Drawing]:
    yield "ahead-drive", drive
    for kind in PEDALS:
        yield f"ahead-pedal-{kind}", partial(pedal, kind)
    for kind in ("drop", "flat", "trekking", "swept"):
        for part in (bar, grip, levers, cables):
            yield f"ahead-{part.__name__}-{kind}", partial(part, kind)
    for kind in ("plain", "adjustable"):
        yield f"ahead-stem-{kind}", partial(stem, kind)
    for kind in ("mini", "brass", "dingdong"):
        yield f"ahead-bell-{kind}", partial(bell, kind)
    for kind in SADDLES:
        yield f"ahead-saddle-{kind}", partial(saddle, kind)
