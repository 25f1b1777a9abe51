"""The leather parts, drawn in light grays: the renderer multiplies them with the chosen color."""

from __future__ import annotations

import numpy as np
from relief import (
    Array,
    Layer,
    Points,
    Surface,
    Tile,
    beside,
    blur,
    cloud,
    inflate,
    ribbon,
    smoothstep,
)
from shapes import (
    BAG,
    BODY,
    BODY_SEAM,
    CHAPES,
    CLOSING,
    CLOSING_WIDTH,
    FLAP,
    FLAP_SEAM,
    GUSSET_LEFT,
    GUSSET_RIGHT,
    HANDLE,
    KEEPER,
    POCKETS,
    STRAP,
    closing_seam,
    closing_strap,
    pocket,
    pocket_seam,
    rectangle,
)


def falloff(tile: Tile) -> Array:
    """The studio light weakens to the right and to the ground."""
    x, y = tile.grid()
    return np.asarray(
        1.03 - 0.07 * (x - 240) / 720 - 0.13 * np.clip((y - 380) / 420, 0, 1), dtype=np.float32
    )


def groove(tile: Tile, seam: Points, *, closed: bool = False, depth: float = 0.9) -> Array:
    """The leather drawn in along a seam."""
    return np.asarray(-depth * blur(tile.stroke(seam, 5, closed=closed), 1.6), dtype=np.float32)


def patina(mask: Array) -> Array:
    """Leather is a little darker toward its worked edges."""
    return np.asarray(0.90 + 0.10 * np.clip(2 * blur(mask, 13) - 1, 0, 1) ** 0.7, dtype=np.float32)


# --- body, flap, gusset -----------------------------------------------------------------------


def flap_surface(tile: Tile, mask: Array) -> Surface:
    """Lies on top, bends to the front, hangs a little belly, curls in at its lower edge."""
    x, y = tile.grid()
    across = (x - 600) / 350
    top = 1 - smoothstep(312, 392, y + 10 * across**2)
    belly = 0.10 * smoothstep(560, 645, y) - 0.05 * smoothstep(380, 540, y)
    tilt_y = -1.05 * top + belly
    tilt_x = 0.20 * across**3 * (1 - 0.5 * top)
    bumps = cloud(tile.shape, 44, 3) * 0.65 + cloud(tile.shape, 17, 4) * 0.10
    height = inflate(mask, 5, 3.2) + bumps + groove(tile, FLAP_SEAM)
    # Two soft creases where it has been bent over the edge of the bag.
    for position, depth in ((398, 0.34), (411, 0.20)):
        wave = 6 * np.sin(x / 97 + position) + 3 * np.sin(x / 41)
        height = height - depth * np.exp(-(((y - position - wave) / 4.5) ** 2))
    return Surface.of(height.astype(np.float32), tilt_x, tilt_y)


def flap() -> Layer:
    tile = Tile(220, 270, 760, 400)
    mask = tile.fill(FLAP)
    light = flap_surface(tile, mask).shade() * falloff(tile)
    _, y = tile.grid()
    light *= 1 - 0.10 * np.exp(-(((y - 300) / 9) ** 2))  # the far edge turns away
    light *= patina(mask)
    return Layer().paint(tile, light, mask)


def body() -> Layer:
    tile = Tile(210, 340, 780, 500)
    mask = tile.fill(BODY)
    x, y = tile.grid()
    across = (x - 600) / 340
    bumps = cloud(tile.shape, 40, 9) * 0.5
    height = inflate(mask, 9, 6) + bumps + groove(tile, BODY_SEAM)
    surface = Surface.of(height, 0.16 * across**3, 0.22 * smoothstep(700, 805, y) - 0.04)
    light = surface.shade() * falloff(tile)
    under = blur(np.roll(tile.fill(FLAP), 26, axis=0), 9)  # the flap's shadow
    light *= 1 - 0.50 * np.clip(under, 0, 1)
    light *= (1 - 0.22 * smoothstep(742, 806, y)) * patina(mask)
    return Layer().paint(tile, light, mask)


def gusset() -> Layer:
    layer = Layer()
    for left, outline, side in ((200, GUSSET_LEFT, -1), (850, GUSSET_RIGHT, 1)):
        tile = Tile(left, 310, 150, 510)
        mask = tile.fill(outline)
        x, y = tile.grid()
        out = np.abs(x - 600)  # distance from the middle: 336 at the body, 378 outside
        fold = np.exp(-(((out - 358 - 5 * np.sin(y / 70)) / 5.5) ** 2))
        height = inflate(mask, 6, 5) - 5.5 * fold + cloud(tile.shape, 22, 5 + side) * 0.5
        tilt = side * (0.55 * smoothstep(345, 382, out) - 0.18)
        light = Surface.of(height.astype(np.float32), tilt, -0.05).shade() * falloff(tile)
        light *= 1 - 0.52 * np.exp(-(((out - 333) / 12) ** 2))  # deep where it meets the front
        light *= 1 - 0.30 * np.clip(blur(np.roll(tile.fill(FLAP), 20, axis=0), 9), 0, 1)
        light *= 0.95 - 0.18 * smoothstep(690, 800, y)
        layer.paint(tile, light, mask)
    return layer


def sheen() -> Layer:
    """White reflections of polished leather on flap and body; faint, laid over the colors."""
    layer = Layer()
    tile = Tile(210, 270, 780, 560)
    x, y = tile.grid()
    flap_mask, body_mask = tile.fill(FLAP), tile.fill(BODY)
    glow = flap_surface(tile, flap_mask).gloss(26) * 0.27
    streak = np.exp(-(((y - 352 - 8 * ((x - 600) / 350) ** 2) / 15) ** 2)) * 0.13
    streak *= (0.75 + 0.25 * cloud(tile.shape, 30, 12)) * (1 - 0.6 * np.abs((x - 520) / 430))
    soft = 0.10 * np.exp(-(((x - 420) / 190) ** 2) - ((y - 470) / 95) ** 2)
    on_flap = np.clip(glow + streak + soft, 0, 0.6) * flap_mask
    height = inflate(body_mask, 9, 6)
    lower = Surface.of(height, 0.0, 0.1).gloss(40) * 0.22 * body_mask * (1 - flap_mask)
    lower *= smoothstep(670, 700, y)
    layer.paint(tile, 1.0, np.asarray(on_flap + lower, dtype=np.float32))
    return layer


# --- pockets, straps, handle ------------------------------------------------------------------


def front_pocket(kind: str) -> Layer:
    layer = Layer()
    tile = Tile(290, 600, 620, 200)
    x, y = tile.grid()
    above = blur(np.roll(tile.fill(FLAP), 22, axis=0), 7)
    for left, right in POCKETS[kind]:
        mask = tile.fill(pocket(left, right))
        layer.shadow(tile, mask, dx=3, dy=6, soft=5, strength=0.55)
        height = inflate(mask, 7, 6) + groove(tile, pocket_seam(left, right))
        height += cloud(tile.shape, 30, 21) * 0.4
        across = (x - (left + right) / 2) / (right - left)
        surface = Surface.of(height, 0.22 * across, 0.12 * smoothstep(700, 780, y) - 0.06)
        light = surface.shade() * falloff(tile) * 1.03 * (1 - 0.52 * np.clip(above, 0, 1))
        layer.paint(tile, light, mask)
    return layer


def strap(*, padded: bool = False) -> Layer:
    layer = Layer()
    tile = Tile(190, 30, 820, 340)
    band = ribbon(STRAP, [30, 25, 23, 22, 22, 23, 25, 30])
    light_and_mask(layer, tile, band, radius=3.2, height=2.6, depth=(0, 0))
    # The overlapping buckle end, a little thicker, with keepers, on the right.
    on = tile.fill(band)
    end = ribbon(STRAP[int(len(STRAP) * 0.70) :], [24, 25, 27, 30])
    light_and_mask(layer, tile, end, radius=3.0, height=3.4, depth=(2, 3), on=on)
    for line in (beside(STRAP, 7.5), beside(STRAP, -7.5)):  # pressed lines along the edges
        layer.paint(tile, 0.25, blur(tile.stroke(line, 1.5), 0.5) * 0.55)
        layer.paint(tile, 1.0, np.roll(blur(tile.stroke(line, 1.2), 0.5), 3, axis=0) * 0.16)
    keeper = ribbon(STRAP[KEEPER : KEEPER + 5], [32, 32])
    light_and_mask(layer, tile, keeper, radius=2.4, height=3.4, depth=(1, 3), on=on)
    holes = [STRAP[int(len(STRAP) * (0.54 + i * 0.024))] for i in range(6)]
    layer.paint(tile, 0.06, tile.dots(holes, 2.3))
    if padded:
        pad = ribbon(STRAP[48:112], [30, 50, 56, 58, 58, 56, 50, 30])
        light_and_mask(layer, tile, pad, radius=9, height=8, depth=(0, 0))
        core = ribbon(STRAP[50:110], [22, 22])
        light_and_mask(layer, tile, core, radius=3, height=3, depth=(1, 3), on=tile.fill(pad))
    return layer


def light_and_mask(
    layer: Layer,
    tile: Tile,
    outline: Points,
    *,
    radius: float,
    height: float,
    depth: tuple[float, float],
    tilt: tuple[float, float] = (0, 0),
    on: Array | float = 1.0,
) -> Array:
    """Paint one leather piece with rounded edges, its shadow `depth` px away."""
    mask = tile.fill(outline)
    if depth != (0, 0):
        layer.shadow(
            tile,
            mask,
            dx=depth[0],
            dy=depth[1],
            soft=max(2.2, depth[1] * 0.8),
            strength=0.55,
            on=on,
        )
    bumps = cloud(tile.shape, 9, 31) * 0.12 + cloud(tile.shape, 1.2, 32) * 0.035
    surface = Surface.of(inflate(mask, radius, height) + bumps, tilt[0], tilt[1])
    layer.paint(tile, surface.shade() * falloff(tile), mask)
    return mask


def side_tabs(*, fixed: bool = False) -> Layer:
    """The leather at both sides: tabs which hold the rings, or the ends of a fixed strap."""
    layer = Layer()
    for x in (246, 954):
        tile = Tile(x - 40, 320, 80, 140)
        tab = rectangle(x, 392, 30, 98, 11) if fixed else rectangle(x, 404, 27, 74, 11)
        light_and_mask(layer, tile, tab, radius=3, height=3, depth=(2, 4), on=tile.fill(*BAG))
    return layer


def handle(kind: str) -> Layer:
    layer = Layer()
    tile = Tile(440, 190, 320, 190)
    ground = ribbon([(x, y + 74 - (y - 224) * 0.62) for x, y in HANDLE], [14, 14])
    layer.paint(tile, 0.0, blur(tile.fill(ground), 7) * 0.30 * tile.fill(FLAP))
    for x, y in CHAPES:
        light_and_mask(
            layer,
            tile,
            rectangle(x, y, 46, 34, 12),
            radius=3,
            height=3,
            depth=(3, 5),
            tilt=(0, -0.5),
            on=tile.fill(FLAP),
        )
    if kind == "flat":
        back = ribbon([(x, y - 4) for x, y in HANDLE], [22, 24, 26, 28, 28, 26, 24, 22])
        light_and_mask(layer, tile, back, radius=3, height=2, depth=(0, 0), tilt=(0, 0.9))
        front = ribbon(HANDLE, [24, 22, 20, 20, 20, 20, 22, 24])
        light_and_mask(layer, tile, front, radius=3, height=3, depth=(1, 2), tilt=(0, -0.2))
    else:
        tube = ribbon(HANDLE, [18, 24, 33, 36, 36, 36, 33, 24, 18])
        light_and_mask(layer, tile, tube, radius=16, height=15, depth=(1, 2))
    return layer


def closing(kind: str) -> Layer:
    """The leather of a closure: two long straps, or the pull tab of the magnets."""
    layer = Layer()
    if kind == "magnets":
        tile = Tile(540, 560, 120, 160)
        tab = rectangle(600, 634, 50, 92, 22)
        light_and_mask(layer, tile, tab, radius=3.4, height=3.4, depth=(4, 8))
        return layer
    for x in CLOSING:
        tile = Tile(int(x) - 60, 440, 120, 350)
        _, y = tile.grid()
        # The fixed part below: a wider tab under the buckle.
        light_and_mask(layer, tile, rectangle(x, 700, 36, 86, 10), radius=3, height=3, depth=(3, 5))
        mask = tile.fill(closing_strap(x))
        over = smoothstep(630, 662, y)
        layer.shadow(tile, mask * (1 - over), dx=3, dy=4, soft=3, strength=0.50)
        layer.shadow(tile, mask * over, dx=6, dy=9, soft=6, strength=0.50)
        height = inflate(mask, 3.4, 3.4) + groove(tile, closing_seam(x), depth=0.8)
        height += cloud(tile.shape, 9, 41) * 0.2 + cloud(tile.shape, 1.2, 42) * 0.035
        # It bends inward over the edge of the flap, then hangs straight.
        bend = 0.75 * np.exp(-(((y - 650) / 11) ** 2)) - 0.30 * np.exp(-(((y - 628) / 10) ** 2))
        light = Surface.of(height, 0.0, bend).shade() * falloff(tile) * 1.04
        layer.paint(tile, light, mask)
        holes = [(x, 706 + 15 * i) for i in range(4)]
        layer.paint(tile, 0.05, tile.dots(holes, 2.9))
        keeper = rectangle(x, 724, CLOSING_WIDTH + 9, 13, 4)
        light_and_mask(layer, tile, keeper, radius=2.6, height=3.4, depth=(1, 4))
    return layer


def tag() -> Layer:
    layer = Layer()
    tile = Tile(900, 360, 160, 240)
    loop = [(956, 404), (966, 428), (980, 452)]
    on = np.clip(tile.fill(*BAG), 0, 1)
    light_and_mask(layer, tile, ribbon(loop, [9, 8]), radius=2.4, height=2.4, depth=(2, 4), on=on)
    outline = rectangle(986, 512, 66, 128, 14)
    light_and_mask(
        layer, tile, outline, radius=3.4, height=3.2, depth=(5, 9), tilt=(0.03, -0.05), on=on
    )
    layer.paint(tile, 0.10, tile.dots([(982, 460)], 4.2))
    return layer
