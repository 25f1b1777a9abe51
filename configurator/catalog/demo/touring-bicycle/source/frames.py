"""Frames by shape and material, their reflections, and forks."""

from __future__ import annotations

from geometry import (
    BOTTOM,
    CROWN,
    DOWN_TUBE,
    FRONT,
    HEAD_LOW,
    HEAD_TOP,
    REAR,
    SEAT,
    TOP_TUBE,
    UP_HEAD,
    UP_SEAT,
    on_axis,
)
from pen import (
    BLACK,
    DARK,
    PAINT,
    SILVER,
    Pen,
    Point,
    along,
    darker,
    line_path,
    lit_normal,
    polygon_path,
    ring_path,
    smooth_path,
    unit,
)

# Tube diameters in pixels: top, down, seat, head, seat stay, chain stay
DIAMETERS = {
    "steel": (18.0, 20.5, 18.5, 23.5, 9.5, 13.5),
    "stainless": (18.5, 21.5, 19.0, 24.0, 9.5, 13.5),
    "aluminum": (24.0, 31.0, 21.5, 29.5, 11.5, 17.0),
    "titanium": (21.0, 25.0, 20.0, 26.5, 10.0, 14.5),
}
LUGGED = ("steel", "stainless")
Tube = tuple[Point, Point, float, float]


def tubes(shape: str, material: str) -> list[Tube]:
    """Main tubes from back to front: (start, end, width at start, width at end)."""
    top, down, seat, head, stay, chain = DIAMETERS[material]
    top_start, top_end = TOP_TUBE[shape]
    stay_top = along(SEAT, BOTTOM, 0.05)
    drop = (REAR[0] + 3, REAR[1] - 4)
    found: list[Tube] = [(drop, stay_top, stay * 0.78, stay)]
    if shape == "mixte":
        found.append((drop, top_start, stay * 0.78, stay))
    found.append(((REAR[0] + 6, REAR[1] + 2), BOTTOM, chain * 0.66, chain))
    taper = 1.16 if material == "aluminum" else 1.0
    found += [
        (BOTTOM, SEAT, seat, seat),
        (top_start, top_end, top * (0.92 if taper > 1 else 1), top * taper),
        (DOWN_TUBE[0], DOWN_TUBE[1], down, down * taper),
        (HEAD_LOW, HEAD_TOP, head, head),
    ]
    return found


def _shadow_under(pen: Pen, point: Point, away: Point, width: float) -> None:
    """The soft dark line where one tube meets another."""
    nx, ny = lit_normal(point, away)
    ends = [
        (point[0] + nx * width / 2, point[1] + ny * width / 2),
        (point[0] - nx * width / 2, point[1] - ny * width / 2),
    ]
    pen.stroke(line_path(*ends), 5, (20, 18, 18), 0.20, soft=1.6)


def _lug(pen: Pen, start: Point, end: Point, width: float, reach: float) -> None:
    """A sleeve around the tube's start with a pointed tip along the tube."""
    direction = unit(start, end)
    half = width / 2 + 1.6
    nx, ny = lit_normal(start, end)

    def place(step: float, side: float) -> Point:
        return (
            start[0] + direction[0] * step + nx * side,
            start[1] + direction[1] * step + ny * side,
        )

    outline = [
        place(0, half),
        place(reach * 0.62, half),
        place(reach * 0.70, half * 0.62),
        place(reach, half * 0.16),
        place(reach, -half * 0.16),
        place(reach * 0.70, -half * 0.62),
        place(reach * 0.62, -half),
        place(0, -half),
    ]
    shade = pen.linear(
        place(0, half),
        place(0, -half),
        [
            (0, (176, 176, 176), 1),
            (0.24, (255, 255, 255), 1),
            (0.5, (222, 222, 222), 1),
            (0.85, (128, 128, 128), 1),
            (1, (112, 112, 112), 1),
        ],
    )
    pen.stroke(polygon_path(outline), 2.4, (30, 28, 28), 0.22, soft=1.0)
    pen.fill(polygon_path(outline), shade)
    pen.stroke(polygon_path(outline[1:7])[:-1], 0.9, (40, 38, 38), 0.40)


def _weld(pen: Pen, point: Point, away: Point, width: float) -> None:
    """A bead of small arcs across the tube, as a welder leaves it."""
    nx, ny = lit_normal(point, away)
    dx, dy = unit(point, away)
    count = max(5, int(width / 3))
    for i in range(count):
        side = (i / (count - 1) - 0.5) * (width - 1)
        x, y = point[0] + nx * side, point[1] + ny * side
        pen.stroke(
            f"M{x - nx * 1.6:.2f} {y - ny * 1.6:.2f}"
            f"q{dx * 3.4 + nx * 1.6:.2f} {dy * 3.4 + ny * 1.6:.2f} {nx * 3.2:.2f} {ny * 3.2:.2f}",
            1.3,
            (60, 58, 58),
            0.34,
        )


def joints(shape: str, material: str) -> list[tuple[Point, Point, float, float]]:
    """Where a tube leaves its joint: (point on the joint, along the tube, width, lug length)."""
    top, down, seat, head, _, _ = DIAMETERS[material]
    top_start, top_end = TOP_TUBE[shape]

    def sleeve(width: float) -> float:
        """Lugs begin inside the head tube, which is painted over them; welds beside it."""
        return 4.0 if material in LUGGED else width * 0.5

    return [
        (on_axis(top_end, unit(top_end, top_start), sleeve(head)), top_start, top, 42),
        (on_axis(DOWN_TUBE[1], unit(DOWN_TUBE[1], BOTTOM), sleeve(head)), BOTTOM, down, 52),
        (on_axis(top_start, unit(top_start, top_end), seat * 0.36), top_end, top, 34),
        (on_axis(BOTTOM, unit(BOTTOM, DOWN_TUBE[1]), 13), DOWN_TUBE[1], down, 44),
        (on_axis(BOTTOM, UP_SEAT, 13), SEAT, seat, 40),
    ]


def frame(shape: str, material: str) -> Pen:
    """The frame in gray, to be tinted."""
    pen = Pen()
    *others, head_tube = tubes(shape, material)
    for start, end, wide, wide_end in others:
        pen.tube(start, end, wide, wide_end)
    for point, away, width, reach in joints(shape, material):
        if material in LUGGED:
            _lug(pen, point, away, width, reach)
        else:
            _shadow_under(pen, point, away, width)
            _weld(pen, on_axis(point, unit(point, away), 3), away, width)
    pen.tube(*head_tube)
    head = DIAMETERS[material][3]
    for share in (0.0, 1.0):  # reinforcing rings of the head tube
        end = along(HEAD_TOP, HEAD_LOW, share)
        inner = on_axis(end, UP_HEAD, -7 if share == 0 else 7)
        pen.tube(end, inner, head + 3.5, head + 3.5)
    collar = on_axis(SEAT, UP_SEAT, -14)
    pen.tube(SEAT, collar, DIAMETERS[material][2] + 3.5, DIAMETERS[material][2] + 3)
    pen.ball(BOTTOM, 15.5, PAINT)
    _dropout(pen)
    return pen


def _dropout(pen: Pen) -> None:
    x, y = REAR
    plate = smooth_path(
        [
            (x - 8, y - 9),
            (x + 4, y - 13),
            (x + 15, y - 6),
            (x + 18, y + 5),
            (x + 6, y + 9),
            (x - 6, y + 8),
        ],
        closed=True,
    )
    pen.fill(plate, pen.linear((x, y - 12), (x, y + 10), [(0, PAINT, 1), (1, (120, 120, 120), 1)]))


def frame_light(shape: str, material: str) -> Pen:
    """Reflections of the frame; never tinted."""
    pen = Pen()
    for start, end, wide, wide_end in tubes(shape, material):
        width = (wide + wide_end) / 2
        pen.gleam(start, end, width, 0.95 if width > 12 else 0.7)
    return pen


def frame_parts(material: str) -> Pen:
    """Everything on the bare frame that is not painted: headset, bolts, clamp, cables."""
    pen = Pen()
    head = DIAMETERS[material][3]
    for share, step in ((0.0, 5.0), (1.0, -6.0)):
        end = along(HEAD_TOP, HEAD_LOW, share)
        pen.tube(end, on_axis(end, UP_HEAD, step), head + 2, head - 2, BLACK)
    clamp = on_axis(SEAT, UP_SEAT, -1)
    pen.tube(on_axis(clamp, UP_SEAT, 6), on_axis(clamp, UP_SEAT, -5), 24, 24, DARK)
    pen.ball(on_axis(clamp, UP_SEAT, 0.5, -13), 3.2, SILVER)
    pen.disc(BOTTOM, 11, darker(SILVER, 0.4))
    pen.stroke(ring_path(BOTTOM, 12.5, 0), 2.2, darker(SILVER, 0.55))
    return pen


def bosses(pen: Pen, points: list[Point]) -> None:
    for point in points:
        pen.ball(point, 2.4, SILVER)


# Width of the fork's blades at the crown and at the axle, in pixels
BLADES = {"classic": (17.0, 8.5), "straight": (17.0, 11.0), "carbon": (24.0, 13.0)}


def blade(kind: str) -> list[Point]:
    """The middle line of a fork blade from the crown to the axle."""
    crown, axle = on_axis(CROWN, UP_HEAD, -8), (FRONT[0], FRONT[1] - 2)
    if kind == "straight":
        return [on_axis(crown, UP_HEAD, 0, 2), axle]
    if kind == "carbon":
        return [crown, on_axis(crown, UP_HEAD, -60, 1), on_axis(crown, UP_HEAD, -140, 7), axle]
    bend = []
    for i in range(19):
        share = i / 18
        rake = 28.5 * max(0.0, (share - 0.42) / 0.58) ** 2.1
        bend.append(on_axis(crown, UP_HEAD, -218.0 * share, rake))
    return bend


def fork(kind: str) -> Pen:
    """The fork in gray, to be tinted."""
    pen = Pen()
    points = blade(kind)
    _tapered(pen, points, *BLADES[kind])
    width = 25.0 if kind == "carbon" else 22.0
    pen.tube(on_axis(CROWN, UP_HEAD, 3), on_axis(CROWN, UP_HEAD, -16), width, width - 2)
    pen.ball(points[-1], 8, PAINT)
    return pen


def _tapered(pen: Pen, points: list[Point], wide: float, wide_end: float) -> None:
    """A curved blade that becomes thinner: short tubes, joined finely."""
    dense = sample(points, 56)
    last = len(dense) - 1
    for i in range(last):
        here = wide + (wide_end - wide) * i / last
        there = wide + (wide_end - wide) * (i + 1) / last
        beyond = along(dense[i], dense[i + 1], 1.25)
        # Always lit from the left: a bend must not swap its bright side.
        pen.tube(dense[i], beyond, here, there, light=(-1.0, 0.0))


def sample(points: list[Point], count: int) -> list[Point]:
    """`count` points on the smooth curve through the given ones."""
    if len(points) == 2:
        return [along(points[0], points[1], i / (count - 1)) for i in range(count)]
    found: list[Point] = []
    pieces = len(points) - 1
    for i in range(count):
        place = i / (count - 1) * pieces
        index = min(int(place), pieces - 1)
        found.append(_spline(points, index, place - index))
    return found


def _spline(points: list[Point], index: int, t: float) -> Point:
    def pick(i: int) -> Point:
        return points[max(0, min(len(points) - 1, i))]

    a, b, c, d = (pick(index + step) for step in (-1, 0, 1, 2))

    def value(axis: int) -> float:
        return 0.5 * (
            2 * b[axis]
            + (c[axis] - a[axis]) * t
            + (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t**2
            + (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t**3
        )

    return (value(0), value(1))


def fork_light(kind: str) -> Pen:
    """A reflection down the left edge of the blade, fading towards the axle."""
    pen = Pen()
    wide, wide_end = BLADES[kind]
    dense = sample(blade(kind), 40)[3:36]
    white = (255.0, 255.0, 255.0)
    edge: list[Point] = []
    for i in range(len(dense) - 1):
        nx, ny = lit_normal(dense[i], dense[i + 1], (-1.0, 0.0))
        shift = (wide + (wide_end - wide) * i / len(dense)) * 0.22
        edge.append((dense[i][0] + nx * shift, dense[i][1] + ny * shift))
    fade = pen.linear(
        edge[0], edge[-1], [(0, white, 0), (0.1, white, 0.9), (0.5, white, 0.4), (1, white, 0)]
    )
    pen.stroke(smooth_path(edge), wide * 0.24, fade, 0.35)
    pen.stroke(smooth_path(edge), wide * 0.1, fade, 0.9)
    return pen


def travel_joints() -> Pen:
    """Two screw joints in the diamond frame."""
    pen = Pen()
    top_start, top_end = TOP_TUBE["diamond"]
    for start, end, share in ((top_start, top_end, 0.13), (DOWN_TUBE[0], DOWN_TUBE[1], 0.34)):
        a, b = along(start, end, share), along(start, end, share + 0.085)
        pen.tube(a, b, 27, 27, SILVER)
        for i in range(9):
            spot = along(a, b, 0.1 + i * 0.1)
            nx, ny = lit_normal(start, end)
            pen.stroke(
                line_path(
                    (spot[0] + nx * 13, spot[1] + ny * 13), (spot[0] - nx * 13, spot[1] - ny * 13)
                ),
                0.9,
                BLACK,
                0.45,
            )
    return pen
