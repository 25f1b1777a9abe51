"""Stitches, edges, and metal."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from leather import falloff
from relief import Array, Layer, Points, Surface, Tile, blur, inflate, ribbon, rounded, walk
from shapes import (
    BAG,
    BODY_EDGE,
    BODY_SEAM,
    BUCKLE,
    CHAPES,
    CLOSING,
    CLOSING_WIDTH,
    FLAP_EDGE,
    FLAP_SEAM,
    POCKETS,
    STRAP,
    closing_seam,
    pocket_seam,
    rectangle,
)

# --- stitches ---------------------------------------------------------------------------------


def stitches(
    layer: Layer,
    tile: Tile,
    seam: Points,
    *,
    by_hand: bool,
    pitch: float = 9.6,
    closed: bool = False,
    shade: float = 1.0,
) -> None:
    """Single stitches along a seam: slanted if sewn by hand, in line if by machine."""
    spots = walk(seam, pitch, closed=closed)
    turn, length = (0.17, pitch * 0.78) if by_hand else (0.0, pitch * 0.70)
    lines, ends = [], []
    for (ax, ay, _), (bx, by, _) in pairwise(spots):
        x, y, angle = (ax + bx) / 2, (ay + by) / 2, math.atan2(by - ay, bx - ax) + turn
        dx, dy = math.cos(angle) * length / 2, math.sin(angle) * length / 2
        lines.append(f"M{x - dx:.2f},{y - dy:.2f}L{x + dx:.2f},{y + dy:.2f}")
        ends.append((ax, ay))
    width = 3.5 if by_hand else 3.1
    thread = tile.draw(
        f'<path d="{"".join(lines)}" stroke="#fff" stroke-width="{width}" '
        'stroke-linecap="round" fill="none"/>'
    )
    layer.paint(tile, 0.0, blur(tile.dots(ends, 1.9), 0.5) * 0.72)
    layer.shadow(tile, thread, dx=1, dy=1.6, soft=1.1, strength=0.62)
    light = Surface.of(inflate(thread, 1.7, 2.0)).shade() * falloff(tile) * 1.12 * shade
    layer.paint(tile, light, thread)


def main_stitching(*, by_hand: bool) -> Layer:
    layer = Layer()
    tile = Tile(220, 360, 760, 460)
    lower = Layer()
    stitches(lower, tile, BODY_SEAM, by_hand=by_hand)
    # What lies under the flap is hidden, and dark just below it.
    y = Tile().grid()[1]
    lower.light *= (0.45 + 0.55 * np.clip((y - 640) / 40, 0, 1))[..., None]
    lower.alpha *= (y > 652).astype(np.float32)
    layer.paint(Tile(), lower.light, lower.alpha)
    stitches(layer, tile, FLAP_SEAM, by_hand=by_hand)
    return layer


def pocket_stitching(kind: str, *, by_hand: bool) -> Layer:
    layer = Layer()
    tile = Tile(290, 600, 620, 200)
    for left, right in POCKETS[kind]:
        stitches(layer, tile, pocket_seam(left, right), by_hand=by_hand)
    y = Tile().grid()[1]
    layer.light *= (0.45 + 0.55 * np.clip((y - 645) / 35, 0, 1))[..., None]
    layer.alpha *= (y > 650).astype(np.float32)
    return layer


def closing_stitching(kind: str) -> Layer:
    layer = Layer()
    if kind == "magnets":
        seam = rounded([(584, 640, 0), (584, 596, 10), (616, 596, 10), (616, 640, 0)], closed=False)
        stitches(layer, Tile(560, 580, 80, 80), seam, by_hand=True, pitch=8.4)
        return layer
    for x in CLOSING:
        stitches(layer, Tile(int(x) - 40, 460, 80, 200), closing_seam(x), by_hand=True, pitch=8.6)
    return layer


def handle_stitching() -> Layer:
    layer = Layer()
    tile = Tile(440, 190, 320, 190)
    for x, y in CHAPES:
        seam = rectangle(x, y, 34, 22, 8)
        stitches(layer, tile, seam, by_hand=True, pitch=7.6, closed=True)
    return layer


# --- edges ------------------------------------------------------------------------------------


def edge(kind: str) -> Layer:
    """The rim of flap and body: a painted line, a burnished one, or a round piping."""
    layer = Layer()
    width = 10.5 if kind == "piped" else 4.6
    tile = Tile(220, 360, 760, 460)
    y = tile.grid()[1]
    for line, shadow in ((BODY_EDGE, 0.0), (FLAP_EDGE, 0.55)):
        mask = tile.stroke(line, width)
        if line is BODY_EDGE:
            mask = mask * np.clip((y - 646) / 6, 0, 1) * (1 - tile.fill(_under_flap()))
        else:
            mask = mask * np.clip((y - 392) / 26, 0, 1)
        if shadow:
            layer.shadow(tile, mask, dx=2, dy=5, soft=4, strength=shadow)
        height = inflate(mask, width * 0.45, width * 0.45)
        surface = Surface.of(np.asarray(height, dtype=np.float32))
        light = surface.shade() * falloff(tile) * (1.02 if kind == "piped" else 0.86)
        if kind != "painted":
            light = light + surface.gloss(30) * (0.22 if kind == "piped" else 0.34)
        layer.paint(tile, np.asarray(light, dtype=np.float32), mask)
    return layer


def _under_flap() -> Points:
    return [(240, 380), (960, 380), (953, 640), (600, 648), (247, 640)]


# --- metal ------------------------------------------------------------------------------------

# What a polished surface mirrors, from what it sees above it to what it sees below: the soft box,
# the room, the dark horizon, the table.
Stops = list[tuple[float, tuple[int, int, int]]]
METALS: dict[str, Stops] = {
    "brass": [
        (-1.0, (255, 246, 214)),
        (-0.62, (250, 224, 156)),
        (-0.30, (222, 178, 92)),
        (0.0, (196, 148, 66)),
        (0.24, (118, 80, 28)),
        (0.42, (92, 58, 18)),
        (0.66, (188, 140, 64)),
        (1.0, (120, 84, 34)),
    ],
    "nickel": [
        (-1.0, (255, 255, 255)),
        (-0.62, (236, 238, 240)),
        (-0.30, (206, 209, 212)),
        (0.0, (174, 178, 182)),
        (0.24, (96, 100, 106)),
        (0.42, (70, 73, 78)),
        (0.66, (160, 162, 165)),
        (1.0, (104, 106, 110)),
    ],
    "gunmetal": [
        (-1.0, (188, 192, 200)),
        (-0.62, (122, 125, 132)),
        (-0.30, (72, 74, 80)),
        (0.0, (50, 51, 56)),
        (0.24, (26, 26, 29)),
        (0.42, (18, 18, 20)),
        (0.66, (52, 53, 57)),
        (1.0, (28, 28, 31)),
    ],
}


def mirror(surface: Surface, metal: str) -> Array:
    """The color of a metal surface, from where its normals look."""
    look = np.clip(surface.y * 1.05 + surface.x * 0.42, -1, 1)
    stops = METALS[metal]
    at = [position for position, _ in stops]
    channels = [np.interp(look, at, [color[i] / 255 for _, color in stops]) for i in range(3)]
    color = np.dstack(channels) + (surface.gloss(60) * 0.35)[..., None]
    return np.asarray(np.clip(color, 0, 1), dtype=np.float32)


def cast(
    layer: Layer,
    tile: Tile,
    mask: Array,
    metal: str,
    *,
    radius: float,
    height: float,
    depth: tuple[float, float] = (2, 3),
    on: Array | float = 1.0,
    tilt: Array | float = 0.0,
) -> None:
    """Paint a metal piece with rounded edges and its shadow."""
    layer.shadow(
        tile, mask, dx=depth[0], dy=depth[1], soft=max(1.6, depth[1] * 0.7), strength=0.62, on=on
    )
    surface = Surface.of(inflate(mask, radius, height), 0.0, tilt)
    layer.paint(tile, mirror(surface, metal), mask)


def rivet(layer: Layer, tile: Tile, x: float, y: float, metal: str, radius: float = 6) -> None:
    cast(
        layer,
        tile,
        tile.dots([(x, y)], radius),
        metal,
        radius=radius * 0.95,
        height=radius * 0.62,
        depth=(1, 2),
    )


def ring(tile: Tile, outline: Points, width: float) -> Array:
    return tile.stroke(outline, width, closed=True)


def buckles(metal: str) -> Layer:
    layer = Layer(colored=True)
    for x in CLOSING:
        tile = Tile(int(x) - 60, 440, 120, 320)
        frame = ring(tile, rectangle(x, 684, CLOSING_WIDTH + 17, 49, 9), 7)
        # The strap covers the lower bar: cut the frame where it passes over.
        cover = tile.fill(rectangle(x, 712, CLOSING_WIDTH, 20, 2))
        cast(layer, tile, frame * (1 - cover), metal, radius=3.3, height=3.4, depth=(3, 4))
        roller = tile.stroke([(x - 24, 660), (x + 24, 660)], 8)
        cast(layer, tile, roller, metal, radius=4, height=4, depth=(1, 3))
        prong = tile.stroke([(x, 662), (x, 704)], 5)
        cast(layer, tile, prong, metal, radius=2.5, height=2.6, depth=(2, 2))
        rivet(layer, tile, x, 492, metal, 5.4)
    return layer


def turn_lock(metal: str) -> Layer:
    layer = Layer(colored=True)
    tile = Tile(520, 530, 160, 130)
    x, y = 600.0, 590.0
    plate = tile.fill(rectangle(x, y, 92, 58, 27))
    round_ = (tile.grid()[1] - y) / 29  # the plate is a little domed
    cast(layer, tile, plate, metal, radius=4, height=3.2, depth=(3, 6), tilt=0.34 * round_)
    inner = tile.fill(rectangle(x, y, 74, 40, 19))
    sunk = Surface.of(-inflate(inner, 3, 2.2), 0.0, 0.06 - 0.5 * round_)
    grain = np.random.default_rng(5).standard_normal((tile.shape[0], 1)).astype(np.float32)
    brushed = (
        mirror(sunk, metal) * (1 + 0.02 * blur(np.repeat(grain, tile.shape[1], 1), 0.5))[..., None]
    )
    layer.paint(tile, np.clip(brushed, 0, 1), inner)
    for dx in (-40, 40):
        rivet(layer, tile, x + dx, y, metal, 2.6)
    cast(layer, tile, tile.dots([(x, y)], 15), metal, radius=5, height=4, depth=(2, 3))
    bar = tile.fill(rectangle(x, y, 58, 17, 8))
    cast(layer, tile, bar, metal, radius=8, height=8, depth=(4, 6))
    return layer


def tab_rivet(metal: str) -> Layer:
    layer = Layer(colored=True)
    rivet(layer, Tile(560, 630, 80, 60), 600, 657, metal, 6.4)
    return layer


def side_rings(metal: str, *, hooks: bool) -> Layer:
    """D-rings and swivel hooks at both ends of a removable strap; rivets for a fixed one."""
    layer = Layer(colored=True)
    for x in (246, 954):
        tile = Tile(x - 46, 320, 92, 140)
        rivet(layer, tile, x, 424, metal, 5.6)
        if not hooks:
            rivet(layer, tile, x, 390, metal, 5.6)
            continue
        shape = rounded(
            [(x - 17, 380, 3), (x + 17, 380, 3), (x + 17, 364, 12), (x, 352, 16), (x - 17, 364, 12)]
        )
        on = np.clip(tile.fill(*BAG), 0, 1)
        cast(
            layer, tile, ring(tile, shape, 5.4), metal, radius=2.6, height=2.8, depth=(2, 3), on=on
        )
        cast(
            layer,
            tile,
            tile.stroke([(x - 15, 345), (x + 15, 345)], 7),
            metal,
            radius=3.4,
            height=3.4,
            depth=(1, 2),
            on=on,
        )
        cast(
            layer,
            tile,
            tile.fill(rectangle(x, 358, 12, 20, 5)),
            metal,
            radius=4.5,
            height=4.5,
            depth=(1, 2),
            on=on,
        )
    return layer


def strap_buckle(metal: str) -> Layer:
    """The buckle by which the shoulder strap is adjusted."""
    layer = Layer(colored=True)
    tile = Tile(760, 60, 220, 220)
    (ax, ay), (bx, by) = STRAP[BUCKLE - 2], STRAP[BUCKLE + 2]
    x, y = STRAP[BUCKLE]
    angle = math.atan2(by - ay, bx - ax)
    on = tile.fill(ribbon(STRAP, [24, 24]))

    def turned(points: Points) -> Points:
        c, s = math.cos(angle), math.sin(angle)
        return [(x + u * c - v * s, y + u * s + v * c) for u, v in points]

    frame = ring(tile, turned(rectangle(0, 0, 34, 42, 8)), 5.6)
    cover = tile.fill(turned(rectangle(-17, 0, 16, 23, 1)))
    cast(layer, tile, frame * (1 - cover), metal, radius=2.7, height=2.8, depth=(2, 3), on=on)
    prong = tile.stroke(turned([(16, 0), (-17, 0)]), 4)
    cast(layer, tile, prong, metal, radius=2, height=2.1, depth=(1, 2), on=on)
    return layer


def handle_rings(metal: str) -> Layer:
    layer = Layer(colored=True)
    tile = Tile(440, 280, 320, 90)
    for x, y in CHAPES:
        shape = rectangle(x, y - 13, 34, 18, 8)
        cast(layer, tile, ring(tile, shape, 5), metal, radius=2.4, height=2.6, depth=(2, 3))
    return layer


def feet(metal: str) -> Layer:
    layer = Layer(colored=True)
    tile = Tile(260, 780, 680, 50)
    for x in (330, 870):
        cast(
            layer,
            tile,
            tile.fill(rectangle(x, 805, 30, 18, 7)),
            metal,
            radius=7,
            height=7,
            depth=(1, 2),
        )
    return layer
