"""Wheels: rims, spokes, hubs, brake discs, tires and the shadow on the ground."""

from __future__ import annotations

from geometry import BEAD, FRONT, REAR, SCALE, TIRES, ground, tire_radius
from pen import (
    BLACK,
    DARK,
    LIGHT,
    PAINT,
    RUBBER,
    SILVER,
    Color,
    Pen,
    Point,
    at_angle,
    darker,
    lighter,
    line_path,
    mix,
    polygon_path,
    ring_path,
    smooth_path,
)

AXLES = (REAR, FRONT)
WHITE: Color = (255, 255, 255)
NIGHT: Color = (12, 10, 10)


def shadow(wheel: str, tire: str) -> Pen:
    """Soft contact shadows (white, to be tinted): dense where the tires touch, faint between."""
    pen = Pen()
    low = ground(wheel, tire)
    for rx, ry, alpha, blur, lift in ((430, 15.0, 0.22, 16.0, 6), (350, 9.0, 0.18, 8.0, 3)):
        pen.glow((606, low + lift), rx, ry, WHITE, alpha, blur)
    for x, _ in AXLES:
        for rx, ry, alpha, blur in ((96, 9.0, 0.34, 7.0), (52, 5.5, 0.48, 3.4), (24, 3, 0.6, 1.4)):
            pen.glow((x + 8, low + 1), rx, ry, WHITE, alpha, blur)
    return pen


def _ring_light(pen: Pen, center: Point, outer: float, inner: float, strength: float) -> None:
    """Light from above on a ring: bright at the top left, dark at the lower right."""
    start = (center[0] + LIGHT[0] * outer, center[1] + LIGHT[1] * outer)
    end = (center[0] - LIGHT[0] * outer, center[1] - LIGHT[1] * outer)
    shade = pen.linear(
        start,
        end,
        [
            (0, WHITE, 0.5 * strength),
            (0.35, WHITE, 0.0),
            (0.6, NIGHT, 0.0),
            (1, NIGHT, 0.55 * strength),
        ],
    )
    pen.fill(ring_path(center, outer, inner), shade)


def tire_wall(wheel: str, tire: str) -> Pen:
    """Sidewalls in gray, to be tinted."""
    pen = Pen()
    bead, outer = BEAD[wheel] - 1.5, tire_radius(wheel, tire)
    for center in AXLES:
        span = outer - bead

        def at(share: float, bead: float = bead, outer: float = outer, span: float = span) -> float:
            return (bead + span * share) / outer

        shade = pen.radial(
            center,
            outer,
            [
                (at(0), darker(PAINT, 0.55), 1),
                (at(0.12), darker(PAINT, 0.18), 1),
                (at(0.38), lighter(PAINT, 0.65), 1),
                (at(0.62), PAINT, 1),
                (at(0.9), darker(PAINT, 0.35), 1),
                (1, darker(PAINT, 0.5), 1),
            ],
        )
        pen.fill(ring_path(center, outer - span * 0.12, bead), shade)
        _ring_light(pen, center, outer - span * 0.12, bead, 0.45)
        line = ring_path(center, bead + span * 0.17, 0)
        pen.stroke(line, 0.8, darker(PAINT, 0.5), 0.45)
    return pen


TREADS = {"road": (0.0, 0.36), "allroad": (1.6, 0.42), "trail": (3.4, 0.46)}


def tire_tread(wheel: str, tire: str, tread: str) -> Pen:
    """The rubber crown seen from the side, with its grooves or knobs."""
    pen = Pen()
    knob, share = TREADS[tread]
    outer = tire_radius(wheel, tire)
    inner = outer - TIRES[tire] * share
    for center in AXLES:
        shade = pen.radial(
            center,
            outer,
            [
                (inner / outer, lighter(RUBBER, 0.02), 1),
                (inner / outer + (1 - inner / outer) * 0.45, lighter(RUBBER, 0.20), 1),
                (1, darker(RUBBER, 0.45), 1),
            ],
        )
        if knob:
            _knobs(pen, center, outer, knob, tread)
        pen.fill(ring_path(center, outer - knob * 0.5, inner), shade)
        _grooves(pen, center, outer - knob * 0.5, inner, tread)
        _ring_light(pen, center, outer, inner, 0.6)
    return pen


def _knobs(pen: Pen, center: Point, outer: float, knob: float, tread: str) -> None:
    step = 3.0 if tread == "trail" else 2.0
    half = step * (0.31 if tread == "trail" else 0.34)
    outline = ""
    for i in range(round(360 / step)):
        turn = i * step
        outline += polygon_path(
            [
                at_angle(center, outer - knob - 1, turn - half * 1.15),
                at_angle(center, outer + knob * 0.25, turn - half),
                at_angle(center, outer + knob * 0.25, turn + half),
                at_angle(center, outer - knob - 1, turn + half * 1.15),
            ]
        )
    pen.fill(outline, darker(RUBBER, 0.25))


def _grooves(pen: Pen, center: Point, outer: float, inner: float, tread: str) -> None:
    step, slant = {"road": (4.0, 2.4), "allroad": (2.0, 0.5), "trail": (3.0, 0.0)}[tread]
    path, shine = "", ""
    height = outer - inner
    for i in range(round(360 / step)):
        turn = i * step + step / 2
        low = inner + height * (0.42 if tread == "road" else 0.12)
        high = outer - height * (0.12 if tread == "road" else 0.0)
        path += line_path(at_angle(center, low, turn), at_angle(center, high, turn + slant))
        shine += line_path(
            at_angle(center, low, turn + 0.28), at_angle(center, high, turn + slant + 0.28)
        )
    width = {"road": 0.9, "allroad": 1.2, "trail": 2.2}[tread]
    pen.stroke(path, width, NIGHT, 0.6)
    pen.stroke(shine, 0.5, WHITE, 0.10)


RIMS: dict[str, tuple[Color, float]] = {
    "silver": ((196, 197, 198), 17.0 * SCALE + 3),
    "black": ((58, 57, 57), 17.0 * SCALE + 3),
    "carbon": ((46, 46, 48), 35.0 * SCALE + 2),
}


def rim(wheel: str, kind: str) -> Pen:
    pen = Pen()
    color, height = RIMS[kind]
    outer = BEAD[wheel] + 1.0
    inner = outer - height
    for center in AXLES:

        def at(share: float, inner: float = inner, outer: float = outer) -> float:
            return (inner + (outer - inner) * share) / outer

        shade = pen.radial(
            center,
            outer,
            [
                (at(0), darker(color, 0.5), 1),
                (at(0.16), darker(color, 0.1), 1),
                (at(0.40), lighter(color, 0.34), 1),
                (at(0.58), color, 1),
                (at(0.70), darker(color, 0.34), 1),
                (at(0.76), lighter(color, 0.22), 1),
                (at(0.92), lighter(color, 0.05), 1),
                (1, darker(color, 0.55), 1),
            ],
        )
        pen.fill(ring_path(center, outer, inner), shade)
        _sweep(pen, center, outer, inner, 0.75 if kind == "silver" else 0.4)
        _ring_light(pen, center, outer, inner, 0.5)
        _valve(pen, center, inner)
        if kind == "carbon":
            _weave(pen, center, outer - 5, inner + 4)
    return pen


def _sweep(pen: Pen, center: Point, outer: float, inner: float, strength: float) -> None:
    """Bright wedges on polished metal, as a studio's soft boxes leave them."""
    for turn, wide in ((-118, 17), (-62, 8), (62, 12), (128, 7)):
        for i in range(5):
            half = wide * (1 - i / 5)
            a, b = turn - half, turn + half
            points = [at_angle(center, outer - 1, a + (b - a) * s / 6) for s in range(7)]
            points += [at_angle(center, inner + 1, b - (b - a) * s / 6) for s in range(7)]
            pen.fill(polygon_path(points), WHITE, 0.11 * strength)


def _weave(pen: Pen, center: Point, outer: float, inner: float) -> None:
    path = "".join(
        line_path(at_angle(center, inner, i * 1.5), at_angle(center, outer, i * 1.5 + 4))
        for i in range(240)
    )
    pen.stroke(path, 0.7, WHITE, 0.07)


def _valve(pen: Pen, center: Point, inner: float) -> None:
    turn = 96.0
    pen.stroke(
        line_path(at_angle(center, inner + 1, turn), at_angle(center, inner - 17, turn)),
        2.6,
        darker(SILVER, 0.35),
    )
    pen.stroke(
        line_path(at_angle(center, inner - 17, turn), at_angle(center, inner - 21, turn)),
        3.6,
        BLACK,
    )


def spokes(wheel: str, count: int, rim_height: float = 13.0) -> Pen:
    """Spokes laced three cross between two flanges; the near side is brighter."""
    pen = Pen()
    rim_radius = BEAD[wheel] - rim_height + 2
    for center in AXLES:
        flange = 15.0 if center == REAR else 13.0
        for side in (1, 0):  # far side first
            path, nipples = "", ""
            for k in range(side, count, 2):
                turn = k * 360 / count - 90 + 360 / count / 2
                lean = 58.0 if (k // 2) % 2 else -58.0
                hub_end = at_angle(center, flange, turn + lean)
                rim_end = at_angle(center, rim_radius, turn)
                path += line_path(hub_end, rim_end)
                nipples += line_path(rim_end, at_angle(center, rim_radius - 6, turn))
            shade = pen.linear(
                (center[0], center[1] - rim_radius),
                (center[0], center[1] + rim_radius),
                [(0, (232, 232, 232), 1), (0.45, (150, 150, 150), 1), (1, (98, 98, 98), 1)],
            )
            pen.stroke(path, 1.9 if not side else 1.5, (38, 38, 38), 0.28)
            pen.stroke(path, 1.15 if not side else 0.85, shade, 1 if not side else 0.75)
            pen.stroke(nipples, 1.9, (176, 176, 176), 0.9)
    return pen


REAR_HUBS: dict[str, tuple[float, Color]] = {
    "plain": (12.0, SILVER),
    "hub_8": (29.0, (92, 91, 90)),
    "hub_14": (36.0, (206, 206, 204)),
}


def front_hub(kind: str) -> Pen:
    pen = Pen()
    _hub(pen, FRONT, 22 if kind == "dynamo" else 11, SILVER if kind == "plain" else DARK)
    return pen


def rear_hub(kind: str) -> Pen:
    pen = Pen()
    radius, color = REAR_HUBS[kind]
    _hub(pen, REAR, radius, color)
    return pen


def _hub(pen: Pen, center: Point, radius: float, color: Color) -> None:
    flange = max(radius, 15.0)
    pen.disc((center[0] + 1, center[1] + 2), flange + 1.5, NIGHT, 0.25)
    pen.ball(center, flange, darker(color, 0.12))
    pen.stroke(ring_path(center, flange - 0.7, 0), 1.2, lighter(color, 0.5), 0.5)
    pen.stroke(ring_path(center, flange * 0.62, 0), 1.4, darker(color, 0.45), 0.8)
    pen.ball(center, flange * 0.5, color)
    if radius > 18:
        for i in range(8):
            pen.disc(at_angle(center, flange * 0.8, i * 45 + 12), 1.6, darker(color, 0.6))
    pen.ball(center, 5.0, STEEL_BOLT)


STEEL_BOLT: Color = (205, 204, 200)


def discs() -> Pen:
    """Brake discs, on the far side, seen through the spokes."""
    pen = Pen()
    for center in AXLES:
        outer, inner = 50.0, 38.0
        steel = mix(SILVER, DARK, 0.25)
        shade = pen.linear(
            (center[0] - outer, center[1] - outer),
            (center[0] + outer, center[1] + outer),
            [(0, lighter(steel, 0.3), 1), (0.5, steel, 1), (1, darker(steel, 0.35), 1)],
        )
        pen.fill(ring_path(center, outer, inner), shade)
        holes = "".join(
            ring_path(at_angle(center, 44 + (2.6 if i % 2 else -2.6), i * 7.5), 1.6, 0)
            for i in range(48)
        )
        pen.fill(holes, (74, 70, 66), 0.8)
        for i in range(6):
            turn = i * 60 + 20
            arm = smooth_path(
                [
                    at_angle(center, 17, turn - 14),
                    at_angle(center, 28, turn + 2),
                    at_angle(center, inner + 1, turn + 16),
                ]
            )
            pen.stroke(arm, 4.6, darker(steel, 0.25))
            pen.stroke(arm, 2.2, lighter(steel, 0.15))
        pen.stroke(ring_path(center, 17, 0), 5, darker(DARK, 0.1))
    return pen
