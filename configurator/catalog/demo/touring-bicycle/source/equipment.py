"""Racks, bags, lamps, bottles, lock, pump: everything that is screwed or hung on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from geometry import BAR, BOTTOM, DOWN_TUBE, FRONT, REAR, SEAT, on_axis
from pen import (
    BLACK,
    DARK,
    SILVER,
    Color,
    Pen,
    Point,
    darker,
    lighter,
    line_path,
    smooth_path,
    unit,
)

WHITE: Color = (255, 255, 255)
NIGHT: Color = (12, 10, 10)
LEATHER: Color = (146, 92, 54)
DECK = 332.0  # height of the rear rack's platform
Drawing = tuple[str, Callable[[], Pen]]


def rear_rack(kind: str) -> Pen:
    pen = Pen()
    color: Color = (66, 65, 64) if kind == "alloy" else (54, 53, 53)
    width = 7.0 if kind == "alloy" else 6.0
    eyelet = (REAR[0] + 1, REAR[1] - 9)
    legs = [(238.0, DECK + 4), (306.0, DECK + 4)]
    if kind == "steel":
        legs.insert(0, (196.0, DECK + 22))
    for leg in legs:
        pen.rod(line_path(leg, eyelet), width, color)
    if kind == "steel":
        rail = [(192.0, DECK + 22), (250.0, DECK + 22), (330.0, DECK + 22), (352.0, DECK + 4)]
        pen.rod(smooth_path(rail), width, color)
    arm = smooth_path([(352.0, DECK + 2), (398.0, DECK + 3), (446.0, DECK - 2)])
    pen.rod(arm, 5, SILVER)
    deck = [(178.0, DECK + 10), (188.0, DECK), (230.0, DECK), (330.0, DECK), (362.0, DECK + 1)]
    pen.rod(smooth_path(deck), width + 1.5, color)
    pen.rod(line_path((196, DECK - 3), (350, DECK - 3)), 3.2, lighter(color, 0.25))
    pen.ball(eyelet, 4.4, SILVER)
    return pen


def front_rack(kind: str) -> Pen:
    pen = Pen()
    color: Color = (58, 57, 56)
    eyelet = (FRONT[0] - 2, FRONT[1] - 8)
    middle = (862.0, 470.0)
    if kind == "mini":
        pen.rod(line_path((906, 336), middle), 6, color)
        pen.rod(smooth_path([(846, 338), (866, 334), (910, 334), (962, 334), (972, 341)]), 8, color)
        pen.rod(smooth_path([(856, 336), (834, 346), (822, 356)]), 5, SILVER)
        pen.ball(middle, 4, SILVER)
    elif kind == "porter":
        for foot in ((886.0, 336.0), (986.0, 336.0)):
            pen.rod(line_path(foot, eyelet), 6.5, color)
        pen.rod(
            smooth_path([(840, 338), (858, 333), (930, 333), (1018, 333), (1030, 338)]), 9, color
        )
        pen.rod(
            smooth_path(
                [
                    (846, 334),
                    (846, 318),
                    (852, 313),
                    (930, 313),
                    (1018, 313),
                    (1026, 318),
                    (1026, 334),
                ]
            ),
            5.5,
            color,
        )
        for i in range(5):
            x = 872 + i * 32
            pen.rod(line_path((x, 314), (x, 332)), 4, color)
        pen.rod(smooth_path([(846, 336), (832, 346), (822, 356)]), 5, SILVER)
        pen.ball(eyelet, 4.4, SILVER)
    else:
        pen.rod(line_path(eyelet, (908, 500)), 6, color)
        pen.rod(
            smooth_path(
                [
                    (862, 492),
                    (880, 484),
                    (930, 484),
                    (972, 488),
                    (980, 504),
                    (962, 520),
                    (922, 524),
                    (884, 520),
                    (866, 506),
                    (862, 492),
                ]
            ),
            6.5,
            color,
        )
        pen.ball((864, 496), 4.4, SILVER)
        pen.ball(eyelet, 4.4, SILVER)
    return pen


def lamp_front(kind: str, place: str) -> Pen:
    pen = Pen()
    spots: dict[str, Point] = {
        "bar": (BAR[0] + 24, BAR[1] + 22),
        "crown": (846.0, 336.0),
        "rack": (1046.0, 336.0),
        "mini": (990.0, 338.0),
    }
    x, y = spots[place]
    color: Color = (58, 57, 56) if kind == "battery" else SILVER
    pen.tube((x - 24, y + 6), (x - 6, y), 7, 8, DARK)
    shell = smooth_path(
        [
            (x - 18, y - 7),
            (x - 4, y - 13),
            (x + 12, y - 13),
            (x + 16, y),
            (x + 12, y + 13),
            (x - 4, y + 12),
            (x - 18, y + 6),
        ],
        closed=True,
    )
    pen.fill(
        shell,
        pen.linear(
            (x, y - 13),
            (x, y + 13),
            [(0, lighter(color, 0.5), 1), (0.35, color, 1), (1, darker(color, 0.55), 1)],
        ),
    )
    lens = smooth_path(
        [(x + 11, y - 12), (x + 17, y - 6), (x + 17, y + 6), (x + 11, y + 12)], closed=True
    )
    pen.fill(lens, (255, 240, 204))
    pen.glow((x + 22, y), 20, 16, (255, 233, 184), 0.42, 7)
    return pen


def lamp_rear(place: str) -> Pen:
    pen = Pen()
    spots: dict[str, Point] = {
        "post": (416.0, 262.0),
        "rack": (172.0, DECK + 8),
        "guard": (76.0, 478.0),
    }
    x, y = spots[place]
    if place == "post":
        pen.tube((x + 2, y), (x + 22, y - 3), 8, 9, DARK)
    else:
        pen.tube((x + 2, y), (x + 14, y + 1), 12, 10, DARK)
    glass = smooth_path(
        [(x + 4, y - 11), (x - 6, y - 9), (x - 8, y), (x - 6, y + 9), (x + 4, y + 11)], closed=True
    )
    pen.fill(
        glass,
        pen.linear(
            (x - 8, y - 10),
            (x + 4, y + 10),
            [(0, (255, 128, 106), 1), (0.5, (206, 38, 34), 1), (1, (128, 18, 22), 1)],
        ),
    )
    pen.glow((x - 6, y), 15, 14, (255, 90, 60), 0.30, 6)
    return pen


BOTTLES: dict[int, tuple[Point, Point]] = {
    1: (DOWN_TUBE[0], DOWN_TUBE[1]),
    2: (BOTTOM, SEAT),
    3: (DOWN_TUBE[0], DOWN_TUBE[1]),
}


def _bottle_axis(number: int) -> tuple[Point, Point]:
    """The bottle's foot and its upward direction."""
    start, end = BOTTLES[number]
    direction = unit(start, end)
    aside, reach = {1: (-34.5, 98.0), 2: (33.5, 100.0), 3: (34.5, 74.0)}[number]
    return on_axis(start, direction, reach, aside), direction


def bottle(number: int) -> Pen:
    """The bottle in gray, to be tinted."""
    pen = Pen()
    foot, up = _bottle_axis(number)
    end = on_axis(foot, up, 96)
    pen.tube(foot, end, 42, 42)
    for step, wide in ((97.0, 40.0), (101.0, 36.0), (105.0, 30.0)):
        pen.tube(on_axis(foot, up, step - 5), on_axis(foot, up, step), wide, wide - 4)
    pen.stroke(line_path(on_axis(foot, up, 66, -21), on_axis(foot, up, 66, 21)), 4, NIGHT, 0.22)
    pen.stroke(line_path(on_axis(foot, up, 3, -19), on_axis(foot, up, 3, 19)), 3, NIGHT, 0.20)
    return pen


def cage(number: int) -> Pen:
    """Cap of the bottle and the wire cage around it; not tinted."""
    pen = Pen()
    foot, up = _bottle_axis(number)
    pen.tube(on_axis(foot, up, 102), on_axis(foot, up, 112), 32, 30, (66, 64, 62))
    pen.tube(on_axis(foot, up, 111), on_axis(foot, up, 121), 14, 11, (84, 82, 80))
    side = 1.0 if number == 1 else -1.0
    wire: Color = (172, 171, 168)
    pen.rod(
        smooth_path(
            [
                on_axis(foot, up, 78, 22 * side),
                on_axis(foot, up, 70, -8 * side),
                on_axis(foot, up, 58, -23 * side),
                on_axis(foot, up, 6, -23 * side),
                on_axis(foot, up, -5, -10 * side),
                on_axis(foot, up, -5, 14 * side),
                on_axis(foot, up, 6, 24 * side),
            ]
        ),
        4.6,
        wire,
        0.8,
    )
    pen.rod(
        smooth_path([on_axis(foot, up, 80, 24 * side), on_axis(foot, up, 4, 24 * side)]),
        4.6,
        wire,
        0.8,
    )
    pen.gleam(on_axis(foot, up, 4), on_axis(foot, up, 98), 40, 0.55)
    return pen


def folding_lock(place: str) -> Pen:
    pen = Pen()
    number = 2 if place == "seat" else 3
    foot, up = _bottle_axis(number)
    side = -12.0
    low, high = on_axis(foot, up, 6, side), on_axis(foot, up, 88, side)
    pen.tube(low, high, 30, 30, (58, 56, 55))
    pen.ball(high, 15, (58, 56, 55))
    pen.ball(low, 15, (58, 56, 55))
    pen.tube(on_axis(foot, up, 22, side), on_axis(foot, up, 70, side), 34, 34, (36, 35, 35))
    pen.stroke(
        line_path(on_axis(foot, up, 26, side - 6), on_axis(foot, up, 66, side - 6)), 1.6, WHITE, 0.2
    )
    pen.ball(on_axis(high, up, 2), 5, SILVER)
    return pen


def pump() -> Pen:
    pen = Pen()
    direction = unit(*DOWN_TUBE)
    low, high = (on_axis(DOWN_TUBE[0], direction, step, 4) for step in (92.0, 248.0))
    pen.tube(low, high, 14, 14, (188, 187, 184))
    pen.tube(low, on_axis(low, direction, 46), 16, 16, (62, 60, 58))
    pen.tube(high, on_axis(high, direction, -16), 17, 17, (62, 60, 58))
    for step in (60.0, 118.0):
        pen.tube(on_axis(low, direction, step), on_axis(low, direction, step + 9), 20, 20, BLACK)
    return pen


def charger() -> Pen:
    pen = Pen()
    x, y = BAR[0] - 44, BAR[1] - 16
    pen.tube((x - 10, y), (x + 10, y - 2), 15, 15, (48, 47, 46))
    pen.stroke(line_path((x - 4, y - 3), (x + 5, y - 4)), 2.4, (104, 188, 150), 0.9)
    return pen


def layers() -> Iterator[Drawing]:
    for kind in ("alloy", "steel"):
        yield f"rear-rack-{kind}", partial(rear_rack, kind)
    for kind in ("mini", "lowrider", "porter"):
        yield f"front-rack-{kind}", partial(front_rack, kind)
    for place in ("bar", "crown"):
        yield f"lamp-front-battery-{place}", partial(lamp_front, "battery", place)
    for place in ("crown", "rack", "mini"):
        yield f"lamp-front-dynamo-{place}", partial(lamp_front, "dynamo", place)
    for place in ("post", "rack", "guard"):
        yield f"lamp-rear-{place}", partial(lamp_rear, place)
    for number in BOTTLES:
        yield f"bottle-{number}", partial(bottle, number)
        yield f"bottle-cage-{number}", partial(cage, number)
    for place in ("seat", "under"):
        yield f"folding-lock-{place}", partial(folding_lock, place)
    yield "pump", pump
    yield "charger", charger
