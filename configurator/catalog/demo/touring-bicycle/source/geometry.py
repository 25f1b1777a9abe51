"""Where everything is: a touring bicycle of size M, drive side, in pixels (0.6 px a millimeter)."""

from __future__ import annotations

from pen import Point, along, unit

SCALE = 0.6
REAR: Point = (279.0, 570.0)
FRONT: Point = (918.0, 570.0)
BOTTOM: Point = (545.0, 614.0)  # bottom bracket
SEAT: Point = (450.5, 305.0)  # top of the seat tube
HEAD_LOW: Point = (811.0, 351.0)
HEAD_TOP: Point = (778.0, 255.0)
CROWN: Point = (813.5, 358.0)
SADDLE: Point = (415.0, 190.0)  # middle of the saddle's top
STEER_TOP: Point = (766.0, 220.0)
BAR: Point = (819.0, 207.0)  # where the stem holds the handlebar

UP_HEAD = unit(HEAD_LOW, HEAD_TOP)
UP_SEAT = unit(BOTTOM, SEAT)

# Bead seat radius (622 and 559 mm rims) by wheel size.
BEAD = {"w28": 311 * SCALE, "w26": 279.5 * SCALE}
TIRES = {"t35": 35 * SCALE, "t42": 42 * SCALE, "t50": 50 * SCALE}

TOP_TUBE = {
    "diamond": (along(SEAT, BOTTOM, 0.045), along(HEAD_TOP, HEAD_LOW, 0.19)),
    "mixte": (along(SEAT, BOTTOM, 0.46), along(HEAD_TOP, HEAD_LOW, 0.22)),
}
DOWN_TUBE = (BOTTOM, along(HEAD_TOP, HEAD_LOW, 0.80))


def tire_radius(wheel: str, tire: str) -> float:
    """Outer radius of the tire in pixels."""
    return BEAD[wheel] + TIRES[tire]


def ground(wheel: str, tire: str) -> float:
    return REAR[1] + tire_radius(wheel, tire)


def on_axis(base: Point, direction: Point, distance: float, aside: float = 0.0) -> Point:
    """A point `distance` along the direction and `aside` to the right of it (screen right)."""
    return (
        base[0] + direction[0] * distance - direction[1] * aside,
        base[1] + direction[1] * distance + direction[0] * aside,
    )
