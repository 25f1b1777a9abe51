"""The satchel opened: the flap stands up behind it, the lining and what is sewn in are seen."""

from __future__ import annotations

from functools import partial

import numpy as np
from details import METALS, cast, mirror, ring, stitches
from leather import falloff, groove, light_and_mask, patina
from props import cloth
from relief import (
    Array,
    Layer,
    Points,
    Surface,
    Tile,
    beside,
    cloud,
    inflate,
    rounded,
    smoothstep,
)
from shapes import BODY, CLOSING, CLOSING_WIDTH, POCKETS, pocket, rectangle

HINGE, TOP = 268, 96  # where the flap leaves the bag, and its edge in the air
AREA = Tile(210, 20, 780, 480)
FLAP = rounded(
    [
        (262, 330, 6),
        (256, 210, 60),
        (266, TOP + 6, 76),
        (600, TOP - 6, 600),
        (934, TOP + 6, 76),
        (944, 210, 60),
        (938, 330, 6),
    ]
)
FLAP_LINING = rounded(
    [
        (268, 330, 6),
        (262, 210, 60),
        (272, TOP + 12, 72),
        (600, TOP, 600),
        (928, TOP + 12, 72),
        (938, 210, 60),
        (932, 330, 6),
    ]
)
FLAP_EDGE = rounded(
    [
        (259, 262, 0),
        (258, 210, 60),
        (268, TOP + 8, 76),
        (600, TOP - 4, 600),
        (932, TOP + 8, 76),
        (942, 210, 60),
        (941, 262, 0),
    ],
    closed=False,
)
# The opening, down to the front; wide enough to cover what the closed flap would.
MOUTH = rounded(
    [
        (248, 374, 4),
        (250, 300, 30),
        (286, HINGE, 40),
        (600, HINGE - 4, 600),
        (914, HINGE, 40),
        (950, 300, 30),
        (952, 374, 4),
    ]
)
BODY_EDGE = rounded(
    [
        (263, 386, 0),
        (264, 560, 160),
        (266, 640, 300),
        (274, 797, 58),
        (600, 803, 500),
        (926, 797, 58),
        (934, 640, 300),
        (936, 560, 160),
        (937, 386, 0),
    ],
    closed=False,
)
LIP = [(262, 374), (600, 376), (938, 374)]


def body() -> Layer:
    layer = Layer()
    tile = Tile(210, 340, 780, 500)
    mask = tile.fill(BODY)
    x, y = tile.grid()
    across = (x - 600) / 340
    height = inflate(mask, 9, 6) + cloud(tile.shape, 40, 9) * 0.5
    height = height + groove(tile, beside(BODY_EDGE[::-1], 15))
    tilt_y = 0.22 * smoothstep(700, 805, y) - 0.10 * (1 - smoothstep(372, 470, y)) - 0.04
    light = Surface.of(height.astype(np.float32), 0.16 * across**3, tilt_y).shade() * falloff(tile)
    light *= (1 - 0.22 * smoothstep(742, 806, y)) * patina(mask)
    return layer.paint(tile, light.astype(np.float32), mask)


def front_pocket(kind: str) -> Layer:
    layer = Layer()
    tile = Tile(290, 520, 620, 280)
    x, y = tile.grid()
    for left, right in POCKETS[kind]:
        mask = tile.fill(pocket(left, right))
        layer.shadow(tile, mask, dx=3, dy=6, soft=5, strength=0.55)
        height = inflate(mask, 7, 6) + groove(tile, _pocket_seam(left, right))
        height = height - 0.9 * np.exp(-(((y - 557) / 2.2) ** 2)) + cloud(tile.shape, 30, 21) * 0.4
        across = (x - (left + right) / 2) / (right - left)
        tilt = 0.12 * smoothstep(700, 780, y) - 0.06
        light = Surface.of(height.astype(np.float32), 0.22 * across, tilt).shade()
        layer.paint(tile, light * falloff(tile) * 1.03, mask)
    return layer


def _pocket_seam(left: float, right: float) -> Points:
    edge = rounded(
        [
            (right, 548, 0),
            (right - 3, 775, 40),
            ((left + right) / 2, 778, 300),
            (left + 3, 775, 40),
            (left, 548, 0),
        ],
        closed=False,
    )
    return beside(edge, 11)


def flap() -> Layer:
    """The rim of its leather, seen from inside, with the shadow that the lining lies in."""
    layer = Layer()
    mask = AREA.fill(FLAP)
    surface = Surface.of(inflate(mask, 4, 4), 0.0, -0.12)
    return layer.paint(AREA, surface.shade() * falloff(AREA) * 0.9, mask)


def lining(kind: str) -> Layer:
    """What covers flap and inside; of an unlined bag the rough side of its leather."""
    layer = Layer()
    x, y = AREA.grid()
    weave = _rough() if kind == "unlined" else cloth(AREA, kind)
    mask = AREA.fill(FLAP_LINING)
    waves = cloud(AREA.shape, 46, 91) * 0.9 + cloud(AREA.shape, 16, 92) * 0.12
    height = inflate(mask, 7, 3.4) + waves + groove(AREA, beside(FLAP_EDGE, 17))
    light = Surface.of(height.astype(np.float32), 0.0, -0.10).shade() * weave
    light = light * (1.0 - 0.34 * smoothstep(190, HINGE + 6, y))  # it bends into the bag
    layer.paint(AREA, np.asarray(light, dtype=np.float32), mask)
    layer.paint(AREA, _inside(x, y) * weave, AREA.fill(MOUTH))
    hinge = np.exp(-(((y - HINGE - 1) / 3.2) ** 2)) * AREA.fill(MOUTH)
    layer.paint(AREA, 0.02, np.asarray(0.38 * hinge, dtype=np.float32))
    return layer


def _inside(x: Array, y: Array) -> Array:
    """Light falls onto the back wall and is lost towards the bottom and both sides."""
    drape = cloud(AREA.shape, 30, 94) * 0.8
    wall = Surface.of(drape.astype(np.float32), 0.0, -0.05).shade()
    down = 0.84 - 0.56 * smoothstep(HINGE, 378, y)
    sides = 1 - 0.5 * smoothstep(292, 352, np.abs(x - 600))
    return np.asarray(wall * down * sides, dtype=np.float32)


def _rough() -> Array:
    nap = cloud(AREA.shape, 0.8, 97) * 0.03 + 0.03 * np.tanh(cloud(AREA.shape, 14, 98))
    return np.asarray(0.98 + nap, dtype=np.float32)


def lip() -> Layer:
    """The turned edge of the front, over the opening."""
    layer = Layer()
    tile = Tile(230, 350, 740, 60)
    mask = tile.stroke(LIP, 9)
    layer.shadow(tile, mask, dx=1, dy=4, soft=3, strength=0.5)
    surface = Surface.of(inflate(mask, 4.4, 4.4))
    return layer.paint(tile, surface.shade() * falloff(tile), mask)


def edge(kind: str) -> Layer:
    layer = Layer()
    width = 10.5 if kind == "piped" else 4.6
    for tile, line in ((Tile(220, 360, 760, 460), BODY_EDGE), (AREA, FLAP_EDGE)):
        mask = tile.stroke(line, width)
        surface = Surface.of(inflate(mask, width * 0.45, width * 0.45))
        light = surface.shade() * falloff(tile) * (1.02 if kind == "piped" else 0.86)
        if kind != "painted":
            light = light + surface.gloss(30) * (0.22 if kind == "piped" else 0.34)
        layer.paint(tile, np.asarray(light, dtype=np.float32), mask)
    return layer


def stitching(*, by_hand: bool) -> Layer:
    layer = Layer()
    stitches(layer, Tile(220, 360, 760, 460), beside(BODY_EDGE[::-1], 15), by_hand=by_hand)
    above = rounded([(x, y, 0) for x, y in beside(FLAP_EDGE, 17) if y < HINGE - 12], closed=False)
    stitches(layer, AREA, above, by_hand=by_hand, shade=0.94)
    return layer


def pocket_stitching(kind: str, *, by_hand: bool) -> Layer:
    layer = Layer()
    for left, right in POCKETS[kind]:
        stitches(layer, Tile(290, 520, 620, 280), _pocket_seam(left, right), by_hand=by_hand)
    return layer


# --- what closes it ---------------------------------------------------------------------------


def closing(kind: str) -> Layer:
    """Of buckles the tabs on the front and the straps' ends above the flap; of magnets the tab."""
    layer = Layer()
    over = Tile(360, 10, 480, 130)
    if kind == "magnets":
        tab = rectangle(600, TOP - 6, 50, 62, 22)
        light_and_mask(layer, over, tab, radius=3.4, height=3.4, depth=(0, 0))
        return layer
    for x in CLOSING:
        end = rounded(
            [
                (x - CLOSING_WIDTH / 2, TOP + 8, 0),
                (x - CLOSING_WIDTH / 2, 50, 12),
                (x - 9, 32, 8),
                (x + 9, 32, 8),
                (x + CLOSING_WIDTH / 2, 50, 12),
                (x + CLOSING_WIDTH / 2, TOP + 8, 0),
            ]
        )
        light_and_mask(layer, over, end, radius=3.4, height=3.4, depth=(0, 0))
        layer.paint(over, 0.05, over.dots([(x, 58), (x, 71), (x, 84)], 2.7))
        tile = Tile(int(x) - 60, 600, 120, 190)
        light_and_mask(layer, tile, rectangle(x, 700, 36, 94, 10), radius=3, height=3, depth=(3, 5))
        light_and_mask(
            layer, tile, rectangle(x, 724, 48, 13, 4), radius=2.6, height=3, depth=(1, 3)
        )
    return layer


def buckles(metal: str) -> Layer:
    layer = Layer(colored=True)
    for x in CLOSING:
        tile = Tile(int(x) - 60, 620, 120, 140)
        frame = ring(tile, rectangle(x, 684, CLOSING_WIDTH + 17, 49, 9), 7)
        cover = tile.fill(rectangle(x, 712, 36, 20, 2))
        cast(layer, tile, frame * (1 - cover), metal, radius=3.3, height=3.4, depth=(3, 4))
        prong = tile.stroke([(x, 662), (x, 704)], 5)
        cast(layer, tile, prong, metal, radius=2.5, height=2.6, depth=(2, 2))
    return layer


def turn_lock(metal: str) -> Layer:
    """The knob stays on the front, the plate with its slot on the flap."""
    layer = Layer(colored=True)
    tile = Tile(520, 530, 160, 130)
    cast(layer, tile, tile.dots([(600, 590)], 17), metal, radius=6, height=4.4, depth=(3, 5))
    bar = tile.fill(rectangle(600, 590, 17, 52, 8))
    cast(layer, tile, bar, metal, radius=8, height=8, depth=(4, 6))
    above = Tile(520, 90, 160, 110)
    plate = above.fill(rectangle(600, 138, 80, 40, 19)) - above.fill(rectangle(600, 138, 46, 13, 6))
    cast(layer, above, np.clip(plate, 0, 1), metal, radius=3.4, height=3, depth=(1, 2))
    return layer


def magnets(metal: str) -> Layer:
    """One on the front, its counterpart on the flap."""
    layer = Layer(colored=True)
    for tile, y in ((Tile(550, 560, 100, 100), 612), (Tile(550, 90, 100, 90), 132)):
        cast(layer, tile, tile.dots([(600, y)], 15), metal, radius=4, height=3, depth=(2, 3))
        rim = tile.stroke(rectangle(600, y, 17, 17, 8), 1.4, closed=True)
        layer.paint(tile, 0.05, rim * 0.5)
    return layer


# --- what is sewn in --------------------------------------------------------------------------


def sleeve() -> Layer:
    """A padded wall before the back, with a bound upper edge and its tab."""
    layer = Layer()
    tile = Tile(250, 280, 700, 110)
    x, y = tile.grid()
    outline = rounded([(300, 374, 0), (304, 322, 12), (896, 322, 12), (900, 374, 0)])
    mask = tile.fill(outline)
    layer.shadow(tile, mask, dx=2, dy=-4, soft=6, strength=0.55)
    quilt = 0.9 * np.abs(np.sin((x - 300) / 60 * np.pi * 0.5)) ** 0.4
    height = inflate(mask, 8, 7) + quilt
    light = Surface.of(height.astype(np.float32), 0.0, -0.2).shade() * cloth(tile, "microsuede")
    light = light * (0.96 - 0.40 * smoothstep(330, 378, y))
    return layer.paint(tile, light.astype(np.float32), mask)


def organizer() -> Layer:
    """A leather panel with slots for cards and loops for pens on the back wall."""
    layer = Layer()
    tile = Tile(620, 270, 300, 110)
    _x, y = tile.grid()
    shade = (0.92 - 0.46 * smoothstep(300, 378, y)).astype(np.float32)
    for step, top in ((0, 296), (1, 316), (2, 336)):
        slot = rounded([(650, 376, 0), (650, top, 6), (760, top, 6), (760, 376, 0)])
        mask = tile.fill(slot)
        layer.shadow(tile, mask, dx=1, dy=-2, soft=3, strength=0.5)
        surface = Surface.of(inflate(mask, 2.4, 2.4) + cloud(tile.shape, 9, 31 + step) * 0.1)
        layer.paint(tile, surface.shade() * shade, mask)
    for index in range(4):
        loop = rectangle(786 + 26 * index, 334, 19, 46, 5)
        mask = tile.fill(loop)
        layer.shadow(tile, mask, dx=2, dy=3, soft=3, strength=0.5)
        surface = Surface.of(inflate(mask, 8, 8))
        layer.paint(tile, surface.shade() * shade, mask)
    return layer


def zipper(metal: str) -> Layer:
    """The zip of the pocket in the back wall, teeth and puller."""
    layer = Layer(colored=True)
    tile = Tile(310, 270, 300, 80)
    tape = tile.fill(rectangle(450, 302, 236, 20, 8))
    layer.shadow(tile, tape, dx=0, dy=1, soft=2, strength=0.3)
    layer.paint(tile, np.full((*tile.shape, 3), (0.17, 0.15, 0.14), np.float32), tape * 0.92)
    teeth = tile.draw(
        '<path d="M338,302H562" fill="none" stroke="#fff" stroke-width="7" '
        'stroke-dasharray="2.6 1.6"/>'
    )
    surface = Surface.of(inflate(teeth, 1.4, 1.6))
    layer.paint(tile, mirror(surface, metal), teeth)
    cast(layer, tile, tile.fill(rectangle(352, 302, 15, 14, 4)), metal, radius=4, height=4)
    puller = tile.fill(rectangle(352, 320, 9, 27, 4))
    cast(layer, tile, puller, metal, radius=4, height=3, depth=(2, 4))
    return layer


def recipes() -> dict[str, partial[Layer]]:
    """Every layer of this view by its file name."""
    found = {
        "open-body": partial(body),
        "open-flap": partial(flap),
        "open-lip": partial(lip),
        "open-sleeve": partial(sleeve),
        "open-organizer": partial(organizer),
    }
    found |= {f"open-lining-{kind}": partial(lining, kind) for kind in LININGS}
    found |= {
        f"open-edge-{kind}": partial(edge, kind) for kind in ("painted", "burnished", "piped")
    }
    found |= {f"open-closing-{kind}": partial(closing, kind) for kind in ("buckles", "magnets")}
    for way in ("machine", "hand"):
        found[f"open-stitching-{way}"] = partial(stitching, by_hand=way == "hand")
    for kind in ("single", "twin"):
        found[f"open-pocket-{kind}"] = partial(front_pocket, kind)
        for way in ("machine", "hand"):
            found[f"open-pocket-{kind}-{way}"] = partial(
                pocket_stitching, kind, by_hand=way == "hand"
            )
    for metal in METALS:
        for name, recipe in METAL_PARTS.items():
            found[f"open-{name}-{metal}"] = partial(recipe, metal)
    return found


LININGS = ("cotton", "microsuede", "unlined")
METAL_PARTS = {"buckles": buckles, "turn_lock": turn_lock, "magnets": magnets, "zip": zipper}
