"""Racks, bags, lamps, bottles, lock, pump: everything that is screwed or hung on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from geometry import BAR, BOTTOM, DOWN_TUBE, FRONT, REAR, SEAT, TOP_TUBE, UP_SEAT, on_axis
from pen import (
    BLACK,
    DARK,
    PAINT,
    SILVER,
    Color,
    Pen,
    Point,
    along,
    darker,
    lighter,
    line_path,
    lit_normal,
    polygon_path,
    ring_path,
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
        pen.rod(smooth_path([(840, 338), (858, 333), (930, 333), (1018, 333), (1030, 338)]), 9, color)
        pen.rod(smooth_path([(846, 334), (846, 318), (852, 313), (930, 313), (1018, 313),
                             (1026, 318), (1026, 334)]), 5.5, color)  # fmt: skip
        for i in range(5):
            x = 872 + i * 32
            pen.rod(line_path((x, 314), (x, 332)), 4, color)
        pen.rod(smooth_path([(846, 336), (832, 346), (822, 356)]), 5, SILVER)
        pen.ball(eyelet, 4.4, SILVER)
    else:
        pen.rod(line_path(eyelet, (908, 500)), 6, color)
        pen.rod(smooth_path([(862, 492), (880, 484), (930, 484), (972, 488), (980, 504), (962, 520),
                             (922, 524), (884, 520), (866, 506), (862, 492)]), 6.5, color)  # fmt: skip
        pen.ball((864, 496), 4.4, SILVER)
        pen.ball(eyelet, 4.4, SILVER)
    return pen


def _body(pen: Pen, outline: str, box: tuple[float, float, float, float]) -> None:
    """A soft bag in gray: light from the top left, rounded to the edges."""
    x, y, right, low = box
    pen.stroke(outline, 4, NIGHT, 0.24, soft=3.0, extra='transform="translate(2.5 3.5)"')
    pen.fill(outline, pen.linear((x + (right - x) * 0.3, y), (x + (right - x) * 0.62, low),
                                 [(0, (250, 250, 250), 1), (0.35, (226, 226, 226), 1),
                                  (0.75, (186, 186, 186), 1), (1, (138, 138, 138), 1)]))  # fmt: skip
    sides = pen.linear((x, y), (right, y), [(0, NIGHT, 0.26), (0.09, NIGHT, 0.02),
                                            (0.2, WHITE, 0.14), (0.5, WHITE, 0),
                                            (0.86, NIGHT, 0.05), (1, NIGHT, 0.36)])  # fmt: skip
    pen.fill(outline, sides)


def _fold(pen: Pen, *points: Point, strength: float = 0.16) -> None:
    """A crease: a dark soft line with a light one beside it."""
    path = smooth_path(list(points))
    pen.stroke(path, 5, NIGHT, strength, soft=2.4)
    pen.stroke(path, 3, WHITE, strength, soft=1.6,
               extra='transform="translate(-2.5 -2.5)"')  # fmt: skip


def _stitch(pen: Pen, path: str, alpha: float = 0.4) -> None:
    pen.stroke(path, 1.1, NIGHT, alpha, extra='stroke-dasharray="4 3"')


def _bag_outline(box: tuple[float, float, float, float], belly: float = 4.0) -> str:
    x, y, right, low = box
    middle = (y + low) / 2
    return smooth_path(
        [(x + 12, y), ((x + right) / 2, y - 2), (right - 12, y), (right - 1, y + 14),
         (right + belly, middle), (right - 3, low - 18), (right - 20, low),
         ((x + right) / 2, low + 3), (x + 20, low), (x + 3, low - 18), (x - belly, middle),
         (x + 1, y + 14)],
        closed=True,
    )  # fmt: skip


def roll_bag(box: tuple[float, float, float, float]) -> Pen:
    """A roll-top pannier in gray: body, rolled closure, side straps' creases."""
    pen = Pen()
    x, y, right, low = box
    _body(pen, _bag_outline((x, y + 16, right, low)), (x, y + 16, right, low))
    width = right - x
    _fold(pen, (x + 14, y + 50), (x + width * 0.4, y + 62), (right - 18, y + 48))
    _fold(pen, (x + 20, low - 46), (x + width * 0.55, low - 34), (right - 26, low - 52),
          strength=0.11)  # fmt: skip
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
    patch = polygon_path([(x + width / 2 - 15, low - 58), (x + width / 2 + 15, low - 58),
                          (x + width / 2 + 15, low - 40), (x + width / 2 - 15, low - 40)])  # fmt: skip
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
    _stitch(pen, _bag_outline((pocket[0] + 6, pocket[1] + 6, pocket[2] - 6, pocket[3] - 6), 2), 0.25)
    edge = y + (low - y) * 0.40
    flap = smooth_path(
        [(x - 1, y + 8), (x + 10, y - 7), (x + width / 2, y - 10), (right - 10, y - 7),
         (right + 1, y + 8), (right - 1, edge - 16), (right - 16, edge), (x + width / 2, edge + 5),
         (x + 16, edge), (x + 1, edge - 16)],
        closed=True,
    )  # fmt: skip
    _body(pen, flap, (x, y - 10, right, edge + 30))
    _stitch(pen, smooth_path([(x + 8, edge - 18), (x + 22, edge - 7), (x + width / 2, edge - 2),
                              (right - 22, edge - 7), (right - 8, edge - 18)]))  # fmt: skip
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
        pen.stroke(line_path((sx + 2, y + 4), (sx + 2, edge + 42)), 14, NIGHT, 0.18,
                   soft=2)  # fmt: skip
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
    body = polygon_path([(x, y + 16), (right, y + 16), (right - 4, low - 8), (right - 12, low),
                         (x + 10, low), (x + 2, low - 8)])  # fmt: skip
    _body(pen, body, BAG_BOX)
    pocket = (x + 12, y + 58, right - 14, low - 10)
    _stitch(pen, _bag_outline(pocket, 1), 0.35)
    lid = smooth_path([(x - 4, y + 26), (x - 2, y + 6), (x + 20, y - 2), (right - 16, y + 1),
                       (right + 5, y + 12), (right + 6, y + 32), (x + 40, y + 34)], closed=True)  # fmt: skip
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
        (seat_side[0], seat_side[1] + 5), (nose[0], nose[1] + 12), (nose[0] - 4, nose[1] + 40),
        (nose[0] - 96, nose[1] + 74), (low[0] + 6, low[1] - 2), (low[0], low[1] - 8),
    ]  # fmt: skip


def frame_bag() -> Pen:
    pen = Pen()
    points = _triangle_bag()
    path = polygon_path(points)
    pen.stroke(path, 6, (190, 190, 190))
    _body(pen, path, (points[0][0], points[1][1], points[1][0], points[4][1]))
    zip_line = [along(points[0], points[4], 0.34), along(points[1], points[2], 0.55)]
    pen.stroke(line_path(*zip_line), 4.6, NIGHT, 0.55)
    pen.stroke(line_path(*zip_line), 1.6, WHITE, 0.35, extra='stroke-dasharray="1.6 2"')
    _fold(pen, (points[5][0] + 40, points[5][1] - 18), (points[3][0] - 30, points[3][1] - 12),
          strength=0.12)  # fmt: skip
    return pen


def frame_bag_trim() -> Pen:
    pen = Pen()
    start, end = TOP_TUBE["diamond"]
    for share in (0.12, 0.42, 0.75):
        spot = along(start, end, share)
        nx, ny = lit_normal(start, end)
        pen.tube((spot[0] + nx * 12, spot[1] + ny * 12), (spot[0] - nx * 26, spot[1] - ny * 26), 13,
                 12, (56, 54, 52))  # fmt: skip
    return pen


def lamp_front(kind: str, place: str) -> Pen:
    pen = Pen()
    spots: dict[str, Point] = {"bar": (BAR[0] + 24, BAR[1] + 22), "crown": (846.0, 336.0),
                               "rack": (1046.0, 336.0), "mini": (990.0, 338.0)}  # fmt: skip
    x, y = spots[place]
    color: Color = (58, 57, 56) if kind == "battery" else SILVER
    pen.tube((x - 24, y + 6), (x - 6, y), 7, 8, DARK)
    shell = smooth_path([(x - 18, y - 7), (x - 4, y - 13), (x + 12, y - 13), (x + 16, y),
                         (x + 12, y + 13), (x - 4, y + 12), (x - 18, y + 6)], closed=True)  # fmt: skip
    pen.fill(shell, pen.linear((x, y - 13), (x, y + 13), [(0, lighter(color, 0.5), 1),
                                                          (0.35, color, 1),
                                                          (1, darker(color, 0.55), 1)]))  # fmt: skip
    lens = smooth_path([(x + 11, y - 12), (x + 17, y - 6), (x + 17, y + 6), (x + 11, y + 12)],
                       closed=True)  # fmt: skip
    pen.fill(lens, (255, 240, 204))
    pen.glow((x + 22, y), 20, 16, (255, 233, 184), 0.42, 7)
    return pen


def lamp_rear(place: str) -> Pen:
    pen = Pen()
    spots: dict[str, Point] = {"post": (416.0, 262.0), "rack": (172.0, DECK + 8),
                               "guard": (76.0, 478.0)}  # fmt: skip
    x, y = spots[place]
    if place == "post":
        pen.tube((x + 2, y), (x + 22, y - 3), 8, 9, DARK)
    else:
        pen.tube((x + 2, y), (x + 14, y + 1), 12, 10, DARK)
    glass = smooth_path([(x + 4, y - 11), (x - 6, y - 9), (x - 8, y), (x - 6, y + 9), (x + 4, y + 11)],
                        closed=True)  # fmt: skip
    pen.fill(glass, pen.linear((x - 8, y - 10), (x + 4, y + 10), [(0, (255, 128, 106), 1),
                                                                (0.5, (206, 38, 34), 1),
                                                                (1, (128, 18, 22), 1)]))  # fmt: skip
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
    pen.rod(smooth_path([on_axis(foot, up, 78, 22 * side), on_axis(foot, up, 70, -8 * side),
                         on_axis(foot, up, 58, -23 * side), on_axis(foot, up, 6, -23 * side),
                         on_axis(foot, up, -5, -10 * side), on_axis(foot, up, -5, 14 * side),
                         on_axis(foot, up, 6, 24 * side)]), 4.6, wire, 0.8)  # fmt: skip
    pen.rod(smooth_path([on_axis(foot, up, 80, 24 * side), on_axis(foot, up, 4, 24 * side)]), 4.6,
            wire, 0.8)  # fmt: skip
    pen.gleam(on_axis(foot, up, 4), on_axis(foot, up, 98), 40, 0.55)
    return pen


def folding_lock(place: str) -> Pen:
    pen = Pen()
    number = 2 if place == "seat" else 3
    foot, up = _bottle_axis(number)
    side = -12.0 if number == 2 else -12.0
    low, high = on_axis(foot, up, 6, side), on_axis(foot, up, 88, side)
    pen.tube(low, high, 30, 30, (58, 56, 55))
    pen.ball(high, 15, (58, 56, 55))
    pen.ball(low, 15, (58, 56, 55))
    pen.tube(on_axis(foot, up, 22, side), on_axis(foot, up, 70, side), 34, 34, (36, 35, 35))
    pen.stroke(line_path(on_axis(foot, up, 26, side - 6), on_axis(foot, up, 66, side - 6)), 1.6,
               WHITE, 0.2)  # fmt: skip
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
        yield f"rear-rack-{kind}", lambda k=kind: rear_rack(k)
    for kind in ("mini", "lowrider", "porter"):
        yield f"front-rack-{kind}", lambda k=kind: front_rack(k)
    yield "rear-bag-roll", lambda: roll_bag(REAR_BOX)
    yield "rear-bag-roll-trim", lambda: roll_trim(REAR_BOX)
    yield "rear-bag-canvas", lambda: canvas_bag(REAR_BOX)
    yield "rear-bag-canvas-trim", lambda: canvas_trim(REAR_BOX)
    yield "rear-bag-expedition", lambda: roll_bag(LARGE_BOX)
    yield "rear-bag-expedition-pocket", expedition_extra
    yield "rear-bag-expedition-trim", lambda: roll_trim(LARGE_BOX)
    yield "front-bag-roll", lambda: roll_bag(FRONT_BOX)
    yield "front-bag-roll-trim", lambda: roll_trim(FRONT_BOX)
    yield "front-bag-canvas", lambda: canvas_bag(FRONT_BOX)
    yield "front-bag-canvas-trim", lambda: canvas_trim(FRONT_BOX)
    yield "bar-bag", bar_bag
    yield "bar-bag-trim", bar_bag_trim
    yield "frame-bag", frame_bag
    yield "frame-bag-trim", frame_bag_trim
    for place in ("bar", "crown"):
        yield f"lamp-front-battery-{place}", lambda p=place: lamp_front("battery", p)
    for place in ("crown", "rack", "mini"):
        yield f"lamp-front-dynamo-{place}", lambda p=place: lamp_front("dynamo", p)
    for place in ("post", "rack", "guard"):
        yield f"lamp-rear-{place}", lambda p=place: lamp_rear(p)
    for number in BOTTLES:
        yield f"bottle-{number}", lambda n=number: bottle(n)
        yield f"bottle-cage-{number}", lambda n=number: cage(n)
    for place in ("seat", "under"):
        yield f"folding-lock-{place}", lambda p=place: folding_lock(p)
    yield "pump", pump
    yield "charger", charger
