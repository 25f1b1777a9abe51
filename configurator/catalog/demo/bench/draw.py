"""Draw the pictures that the demo products show at the bench, one a family of operations.

    python configurator/catalog/demo/bench/draw.py

writes bench/*.jpg beside each product.yaml. Needs numpy, Pillow and resvg-py (development
dependencies). The same run gives the same files.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from light import Picture, grain

DEMO = Path(__file__).resolve().parent.parent
LEATHER, OAK, STEEL, DARK, BRASS = "#9a5b35", "#c79a63", "#c3c7cb", "#33363b", "#c9a24e"
KRAFT, RUBBER, RED, FRAME = "#b98d5e", "#2c2d30", "#b9402f", "#2f6f73"


def stroke(points: str, width: float) -> str:
    return (
        f'<path d="{points}" fill="none" stroke="#fff" stroke-width="{width}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def box(x: float, y: float, width: float, height: float, radius: float, turn: float = 0) -> str:
    middle = f"{x + width / 2} {y + height / 2}"
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" '
        f'transform="rotate({turn} {middle})"/>'
    )


def disc(x: float, y: float, radius: float) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}"/>'


def ring(x: float, y: float, radius: float, width: float) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="none" stroke="#fff" stroke-width="{width}"/>'
    )


def toothed(x: float, y: float, radius: float, teeth: int, depth: float, hole: float) -> str:
    """A wheel with teeth and a hole."""
    points = []
    for step in range(teeth * 4):
        reach = radius if step % 4 in (0, 1) else radius - depth
        angle = 2 * math.pi * step / (teeth * 4)
        points.append(f"{x + reach * math.cos(angle):.1f},{y + reach * math.sin(angle):.1f}")
    inner = f"M{x - hole},{y}a{hole},{hole} 0 1 0 {2 * hole},0a{hole},{hole} 0 1 0 {-2 * hole},0Z"
    return f'<path fill-rule="evenodd" d="M{" L".join(points)}Z {inner}"/>'


def hide(picture: Picture, color: str = LEATHER) -> Picture:
    """A piece of leather with a seam line."""
    shape = (
        '<path d="M70,120 Q80,88 120,86 L366,74 Q414,78 416,124 L404,226 '
        'Q398,258 356,258 L110,264 Q72,258 66,222Z"/>'
    )
    return picture.put(shape, color, thick=7, gloss=0.12, texture=grain(3, 3, 3))


def dashes(x: float, y: float, count: int, slope: float, step: float = 15) -> str:
    return "".join(stroke(f"M{x + i * step},{y + i * slope} l8,-3", 3.2) for i in range(count))


# --- the satchel ------------------------------------------------------------------------------


def cut() -> Picture:
    picture = hide(Picture())
    picture.line(stroke("M96,214 Q230,150 384,196", 2), "#3d2312", 0.9)
    picture.put(
        '<path d="M238,172 Q250,100 336,118 Q326,150 300,160 Z"/>', STEEL, thick=4, gloss=0.6
    )
    return picture.put(stroke("M322,126 L402,64", 22), "#6b3f26", thick=10, gloss=0.35)


def press() -> Picture:
    picture = hide(Picture(), "#7d3f2c")
    picture.put(box(176, 30, 128, 74, 10), STEEL, thick=12, gloss=0.5, texture=grain(5, 40, 1))
    picture.put(box(222, 96, 36, 70, 5), BRASS, thick=8, gloss=0.6)
    letters = stroke("M150,220 l16,-44 l16,44 M156,206 h20", 6) + stroke("M226,178 v42 h26", 6)
    letters += stroke("M296,220 v-44 q34,2 30,22 q-6,16 -28,14", 6)
    picture.line(letters, "#3a1a10", 0.55)
    return picture.put(letters, BRASS, thick=2, gloss=0.6, shadow=0.1)


def sew() -> Picture:
    picture = hide(Picture())
    picture.line(dashes(100, 214, 19, -0.6), "#f1e3c4")
    picture.put(box(196, 22, 132, 60, 14), DARK, thick=14, gloss=0.4)
    picture.put(stroke("M252,80 V168", 13), STEEL, thick=6, gloss=0.6)
    foot = '<path d="M228,196 h52 q6,8 0,14 h-20 v-8 h-12 v8 h-20 q-6,-6 0,-14Z"/>'
    picture.put(foot, STEEL, thick=4, gloss=0.6)
    return picture.put(stroke("M252,150 V202", 4), "#e9ecee", thick=3, gloss=0.8)


def stitch() -> Picture:
    picture = hide(Picture())
    picture.line(dashes(100, 200, 13, -0.6), "#f1e3c4")
    picture.line(stroke("M296,190 Q340,150 338,104 M296,192 Q350,222 404,196", 2.4), "#f1e3c4")
    picture.put(stroke("M338,106 L318,28", 5), "#e9ecee", thick=3, gloss=0.8)
    return picture.put(stroke("M402,196 L458,150", 5), "#e9ecee", thick=3, gloss=0.8)


def edges() -> Picture:
    picture = hide(Picture())
    picture.put(
        stroke("M68,222 Q74,258 110,263 L356,257 Q398,256 404,226", 9),
        "#4a2413",
        thick=5,
        gloss=0.5,
    )
    picture.put(
        box(250, 176, 46, 74, 18, 32), "#d9c3a0", thick=10, gloss=0.2, texture=grain(8, 6, 2)
    )
    return picture.put(stroke("M290,176 L372,58", 20), OAK, thick=10, gloss=0.3)


def rivets() -> Picture:
    picture = hide(Picture())
    for x in (136, 196, 256, 316):
        picture.put(disc(x, 176, 13), BRASS, thick=7, gloss=0.8)
    picture.put(stroke("M316,150 V76", 18), STEEL, thick=8, gloss=0.6)
    return picture.put(box(262, 26, 108, 52, 10), DARK, thick=12, gloss=0.35)


# --- the bookcase -----------------------------------------------------------------------------


def board(picture: Picture, y: float = 150, height: float = 120, color: str = OAK) -> Picture:
    return picture.put(
        box(40, y, 400, height, 4), color, thick=8, gloss=0.12, texture=grain(11, 90, 2)
    )


def saw() -> Picture:
    picture = board(Picture())
    picture.line(box(40, 208, 210, 4, 0), "#4b3218", 0.9)
    picture.put(
        toothed(252, 150, 92, 36, 7, 12), STEEL, thick=4, gloss=0.55, texture=grain(2, 2, 30)
    )
    picture.put(disc(252, 150, 24), DARK, thick=6, gloss=0.4)
    picture.put(box(40, 212, 400, 58, 4), OAK, thick=8, gloss=0.12, texture=grain(11, 90, 2))
    return picture


def drill() -> Picture:
    picture = board(Picture())
    for x in range(84, 420, 56):
        picture.line(disc(x, 236, 8), "#3d2812", 0.95)
    picture.put(box(196, 14, 60, 78, 12), DARK, thick=14, gloss=0.4)
    picture.put(box(208, 88, 36, 34, 6), STEEL, thick=10, gloss=0.6)
    picture.put(stroke("M226,120 V226", 13), STEEL, thick=6, gloss=0.7)
    turns = "".join(stroke(f"M220,{y} L232,{y + 9}", 2.4) for y in range(128, 218, 14))
    return picture.line(turns, "#5d6368")


def joint() -> Picture:
    picture = Picture()
    left = '<path d="M40,104 H220 L250,96 V132 L220,126 V154 L250,146 V186 L220,180 V206 H40Z"/>'
    right = '<path d="M262,96 H440 V206 H262 V186 L234,178 V156 L262,148 V132 L234,126 V104Z"/>'
    picture.put(right, "#dcb27c", thick=8, gloss=0.12, texture=grain(21, 60, 2))
    picture.put(left, OAK, thick=9, gloss=0.12, texture=grain(11, 90, 2))
    picture.put(stroke("M92,262 L316,236", 20), "#7c4a28", thick=10, gloss=0.35)
    return picture.put(
        '<path d="M318,224 L398,216 L404,230 L320,248Z"/>', STEEL, thick=4, gloss=0.7
    )


def sand() -> Picture:
    picture = board(Picture(), 120, 150)
    picture.mist(box(60, 190, 230, 30, 14), "#f4e6cd", 12, 0.6)
    picture.put(
        box(214, 118, 150, 92, 12, -8), "#c86f3b", thick=5, gloss=0.05, texture=grain(6, 1.5, 1.5)
    )
    return picture.put(box(222, 104, 138, 76, 14, -8), "#d7b98f", thick=14, gloss=0.15)


def spray(color: str, piece: str) -> Picture:
    picture = Picture()
    if piece == "board":
        board(picture, 130, 150)
        picture.mist(box(60, 150, 160, 110, 40), color, 22, 0.9)
    else:
        for line in ("M40,252 L112,120 L232,120", "M112,120 L140,252 L40,252", "M140,252 L232,132"):
            picture.put(stroke(line, 15), color, thick=7, gloss=0.55)
        picture.mist(box(120, 120, 100, 100, 50), color, 24, 0.4)
    picture.mist('<path d="M332,118 L190,90 L190,230Z"/>', color, 14, 0.45)
    picture.put(box(330, 96, 104, 40, 12), STEEL, thick=11, gloss=0.6)
    picture.put('<path d="M392,128 h36 l12,112 h-38Z"/>', DARK, thick=11, gloss=0.35)
    picture.put(box(352, 34, 52, 66, 10), "#e3e6e8", thick=11, gloss=0.5)
    return picture.put(disc(330, 116, 13), BRASS, thick=6, gloss=0.7)


def assemble() -> Picture:
    picture = Picture()
    picture.put(box(96, 50, 24, 228, 3), OAK, thick=8, gloss=0.12, texture=grain(31, 3, 60))
    picture.put(box(356, 50, 24, 228, 3), OAK, thick=8, gloss=0.12, texture=grain(32, 3, 60))
    for y in (50, 124, 198, 256):
        picture.put(
            box(118, y, 240, 20, 2), "#d3a870", thick=7, gloss=0.12, texture=grain(y, 80, 2)
        )
    return picture.put(box(330, 118, 96, 34, 8, 24), "#a06a3a", thick=12, gloss=0.3)


# --- the bicycle ------------------------------------------------------------------------------


def frame() -> Picture:
    picture = Picture()
    for line in ("M90,250 L196,86 L372,86", "M196,86 L236,250 L90,250", "M236,250 L372,98"):
        picture.put(stroke(line, 17), FRAME, thick=8, gloss=0.55)
    picture.put(stroke("M366,64 L384,130", 24), FRAME, thick=10, gloss=0.55)
    picture.put(ring(236, 250, 18, 13), STEEL, thick=6, gloss=0.6)
    picture.put(toothed(300, 250, 30, 14, 7, 8), STEEL, thick=6, gloss=0.6)
    return picture.put(stroke("M332,250 H440", 15), DARK, thick=8, gloss=0.4)


def wheel() -> Picture:
    picture = Picture()
    x, y = 240, 164
    picture.put(ring(x, y, 128, 20), RUBBER, thick=8, gloss=0.15)
    picture.put(ring(x, y, 113, 10), STEEL, thick=4, gloss=0.6)
    for spoke in range(28):
        angle, lean = 2 * math.pi * spoke / 28, 0.5 if spoke % 2 else -0.5
        inner = f"{x + 17 * math.cos(angle + lean):.1f},{y + 17 * math.sin(angle + lean):.1f}"
        outer = f"{x + 108 * math.cos(angle):.1f},{y + 108 * math.sin(angle):.1f}"
        picture.line(stroke(f"M{inner} L{outer}", 1.8), "#6e747a")
    picture.put(disc(x, y, 22), STEEL, thick=8, gloss=0.7)
    picture.put(disc(x, y, 8), DARK, thick=4, gloss=0.4)
    return picture.put(stroke("M384,256 L348,226 M384,256 L438,288", 12), RED, thick=6, gloss=0.4)


def cockpit() -> Picture:
    picture = Picture()
    picture.put(
        stroke("M60,150 Q120,96 200,104 L280,104 Q360,96 420,150", 16), STEEL, thick=8, gloss=0.7
    )
    picture.put(stroke("M58,152 Q78,132 106,118", 26), RUBBER, thick=10, gloss=0.2)
    picture.put(stroke("M422,152 Q402,132 374,118", 26), RUBBER, thick=10, gloss=0.2)
    picture.put(box(216, 82, 48, 110, 14), DARK, thick=12, gloss=0.4)
    picture.put(stroke("M240,192 V286", 34), FRAME, thick=12, gloss=0.55)
    return picture.put(disc(312, 96, 19), BRASS, thick=10, gloss=0.8)


def drive() -> Picture:
    picture = Picture()
    links = stroke("M106,110 L348,72 M112,214 L350,252", 9)
    picture.put(links, DARK, thick=4, gloss=0.4)
    picture.put(toothed(346, 162, 96, 38, 7, 52), STEEL, thick=5, gloss=0.6)
    picture.put(toothed(110, 162, 56, 20, 7, 18), STEEL, thick=5, gloss=0.6)
    for angle in (0, 72, 144, 216, 288):
        turn = math.radians(angle)
        end = f"{346 + 60 * math.cos(turn):.0f},{162 + 60 * math.sin(turn):.0f}"
        picture.put(stroke(f"M346,162 L{end}", 14), STEEL, thick=5, gloss=0.6, shadow=0.2)
    picture.put(disc(346, 162, 20), DARK, thick=7, gloss=0.4)
    return picture.put(stroke("M346,162 L438,268", 18), DARK, thick=9, gloss=0.5)


def wrench() -> Picture:
    picture = Picture()
    picture.put(stroke("M120,262 Q240,40 400,150", 20), "#23262a", thick=8, gloss=0.5)
    picture.put(disc(400, 152, 15), STEEL, thick=7, gloss=0.7)
    picture.put(stroke("M190,214 L330,120", 22), STEEL, thick=8, gloss=0.6)
    jaw = "M316,96 a38,38 0 1 1 34,62 l-14,-22 a16,16 0 1 0 -10,-18Z"
    head = f'<path fill-rule="evenodd" d="{jaw}"/>'
    picture.put(head, STEEL, thick=8, gloss=0.6)
    picture.put(disc(178, 222, 28), STEEL, thick=8, gloss=0.6)
    return picture.line(disc(178, 222, 12), "#e6e0d6")


# --- all of them ------------------------------------------------------------------------------


def pack() -> Picture:
    picture = Picture()
    picture.put(
        box(104, 112, 272, 168, 4), KRAFT, thick=12, gloss=0.06, texture=0.25 * grain(41, 4, 4)
    )
    picture.put('<path d="M104,116 L64,66 L220,78 L240,116Z"/>', "#c99c6b", thick=5, gloss=0.06)
    picture.put('<path d="M376,116 L416,66 L260,78 L240,116Z"/>', "#c99c6b", thick=5, gloss=0.06)
    picture.put(box(140, 176, 92, 66, 3), "#fbfaf7", thick=2, gloss=0.1, shadow=0.2)
    widths = (
        (0, 4),
        (8, 2),
        (14, 6),
        (24, 2),
        (30, 4),
        (38, 2),
        (44, 6),
        (54, 3),
        (61, 5),
        (70, 2),
    )
    bars = "".join(box(150 + x, 190, width, 34, 0) for x, width in widths)
    return picture.line(bars, "#22242a")


Drawing = Callable[[], Picture]
PICTURES: dict[str, dict[str, Drawing]] = {
    "leather-satchel": {
        "cut": cut, "press": press, "sew": sew, "stitch": stitch, "edges": edges,
        "rivets": rivets, "pack": pack,
    },
    "made-to-measure-bookcase": {
        "saw": saw, "drill": drill, "joint": joint, "sand": sand,
        "spray": lambda: spray("#e9e3d6", "board"), "assemble": assemble, "pack": pack,
    },
    "touring-bicycle": {
        "frame": frame, "spray": lambda: spray(FRAME, "frame"), "wheel": wheel,
        "cockpit": cockpit, "drive": drive, "wrench": wrench, "pack": pack,
    },
}  # fmt: skip


def main() -> None:
    for product, drawings in PICTURES.items():
        for name, drawing in drawings.items():
            drawing().save(DEMO / product / "bench" / f"{name}.jpg")


if __name__ == "__main__":
    main()
