"""Draws what stands on the shelves, in ../layers: python make_objects.py

Everything is drawn four times too large and reduced, one pixel a millimeter and a bit, so that an
object can be placed in true size. Light comes from the upper left, as in the scene.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

LAYERS = Path(__file__).resolve().parent.parent / "layers"
FINE = 4  # samples a pixel
UNIT = 1.25  # pixels a millimeter
Rgb = tuple[int, int, int]
SEA, HILL = (92, 110, 108, 255), (58, 78, 82, 255)

CLOTH: list[Rgb] = [
    (122, 52, 44), (47, 72, 88), (196, 168, 120), (84, 98, 76), (222, 212, 192), (58, 54, 58),
    (164, 110, 72), (106, 124, 130), (186, 168, 150), (204, 182, 138), (38, 58, 66),
    (140, 130, 112), (226, 222, 212), (150, 74, 58), (86, 86, 92),
]  # fmt: skip


def px(millimeters: float) -> int:
    return round(millimeters * UNIT * FINE)


def canvas(width: float, height: float) -> Image.Image:
    return Image.new("RGBA", (px(width), px(height)))


def save(image: Image.Image, name: str, colors: int = 0) -> None:
    """Reduce and write; with `colors` as a palette picture, which is smaller."""
    size = image.width // FINE, image.height // FINE
    small = image.convert("RGBa").resize(size, Image.Resampling.BOX).convert("RGBA")
    if colors:
        small = small.quantize(colors, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small.save(LAYERS / f"{name}.png", optimize=True)


def rounded_light(width: int) -> np.ndarray:
    """The light on a spine or a vase, from left to right; 1 is the color itself."""
    x = np.linspace(-1, 1, width)
    return 0.62 + 0.46 * np.sqrt(np.clip(1 - (x * 0.92 + 0.18) ** 2, 0, 1)) - 0.1 * np.clip(x, 0, 1)


def spine(width: int, height: int, color: Rgb, rng: np.random.Generator) -> Image.Image:
    light = rounded_light(width)[None, :, None]
    fall = np.linspace(1.03, 0.93, height)[:, None, None]
    cloth = 1 + 0.025 * rng.normal(size=(height // 4 + 1, width // 4 + 1, 1))
    cloth = cloth.repeat(4, 0).repeat(4, 1)[:height, :width]
    pixels = np.clip(np.array(color) * light * fall * cloth, 0, 255).astype(np.uint8)
    image = Image.fromarray(pixels, "RGB").convert("RGBA")
    _label(image, color, rng)
    return image


def _label(image: Image.Image, color: Rgb, rng: np.random.Generator) -> None:
    """A title, bands or a paper label; never the same twice."""
    draw = ImageDraw.Draw(image)
    width, height = image.size
    pale = sum(color) > 430
    ink = (90, 62, 44) if pale else (222, 198, 142)
    kind = rng.integers(4)
    left, right = round(width * 0.2), round(width * 0.8)
    if kind == 0:
        for share in (0.1, 0.13, 0.86, 0.89):
            y = round(height * share)
            draw.rectangle((0, y, width, y + px(0.8)), fill=(*ink, 255))
        top, bottom = 0.3, 0.6
    elif kind == 1:
        paper = (236, 228, 208) if not pale else (120, 84, 62)
        box = (left - px(1), round(height * 0.14), right + px(1), round(height * 0.32))
        draw.rectangle(box, fill=(*paper, 255))
        ink, top, bottom = (80, 60, 50) if not pale else (236, 226, 200), 0.17, 0.29
    else:
        top, bottom = (0.12, 0.5) if kind == 2 else (0.25, 0.75)
    middle = width / 2
    for row in range(1 + int(rng.integers(2))):
        x = middle + (row - 0.5) * px(4) if width > px(22) else middle
        y = height * top
        while y < height * bottom:
            run = px(rng.uniform(5, 16))
            draw.rectangle(
                (x - px(1), y, x + px(1), min(y + run, height * bottom)), fill=(*ink, 215)
            )
            y += run + px(2.5)


def books(name: str, seed: int, length: float, height: float, leaning: bool) -> None:
    rng = np.random.default_rng(seed)
    image = canvas(length, height)
    x = 0.0
    while x < length - (82 if leaning else 10):
        thick = min(rng.uniform(14, 36), length - x - (46 if leaning else 0))
        tall = height * rng.uniform(0.72, 0.99)
        color = CLOTH[rng.integers(len(CLOTH))]
        book = spine(px(thick), px(tall), color, rng)
        image.alpha_composite(book, (px(x), image.height - book.height))
        x += thick + rng.uniform(0.2, 0.9)
    if leaning:
        book = spine(px(20), px(height * 0.82), CLOTH[rng.integers(len(CLOTH))], rng)
        turned = book.rotate(9, Image.Resampling.BICUBIC, expand=True)
        room = Image.new("RGBA", image.size)
        room.paste(turned, (px(x) - px(3), image.height - turned.height + px(2.6)))
        image = Image.alpha_composite(room, image)
    save(image, name, 250)


def stack(name: str, seed: int) -> None:
    """Books lying on their sides, a bowl of light on top."""
    rng = np.random.default_rng(seed)
    image = canvas(240, 130)
    y = 130.0
    for _ in range(4):
        thick, long = rng.uniform(20, 34), rng.uniform(190, 236)
        book = spine(px(thick), px(long), CLOTH[rng.integers(len(CLOTH))], rng)
        lying = book.transpose(Image.Transpose.ROTATE_90)
        y -= thick
        x = (240 - long) / 2 + rng.uniform(-8, 8)
        image.alpha_composite(lying, (max(0, px(x)), max(0, px(y))))
    save(image, name, 250)


def turned(name: str, width: float, height: float, color: Rgb, profile: Callable[[float], float],
           speckle: float) -> None:  # fmt: skip
    """A vessel thrown on a wheel; `profile` gives its half width (0..1) at a height 0..1."""
    rng = np.random.default_rng(sum(map(ord, name)))
    image = canvas(width, height)
    pixels = np.zeros((image.height, image.width, 4))
    grain = rng.normal(size=(image.height, image.width))
    middle = image.width / 2
    for y in range(image.height):
        half = profile(y / image.height) * middle
        if half < 2:
            continue
        left, right = round(middle - half), round(middle + half)
        light = rounded_light(right - left) * (1.04 - 0.14 * y / image.height)
        spots = 1 - speckle * (grain[y, left:right] > 2.1)
        pixels[y, left:right, :3] = np.array(color) * (light * spots)[:, None]
        pixels[y, left:right, 3] = 255
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8), "RGBA")
    save(image, name)


def vase_profile(y: float) -> float:
    if y < 0.05:
        return 0.36
    return 0.3 + 0.68 * np.sin(np.pi * np.clip((y - 0.05) / 0.97, 0, 1) ** 1.35) ** 0.8


def jug_profile(y: float) -> float:
    neck = 0.24 if y < 0.4 else 0.24 + 0.74 * np.sin(np.pi * (y - 0.4) / 0.72) ** 0.7
    return float(min(0.98, neck + (0.08 if y < 0.03 else 0)))


def bowl_profile(y: float) -> float:
    return float(0.3 if y > 0.93 else 0.98 * np.sqrt(max(0.0, 1 - (y / 0.97) ** 2.4)))


def pot_profile(y: float) -> float:
    return 0.98 - 0.3 * y


def leaf(length: float, width: float, color: Rgb) -> Image.Image:
    image = canvas(length, width * 2)
    draw = ImageDraw.Draw(image)
    x = np.linspace(0, 1, 40)
    half = np.sin(np.pi * x**0.8) * px(width) * 0.95
    upper = [(px(length) * a, px(width) - b) for a, b in zip(x, half, strict=True)]
    lower = [(px(length) * a, px(width) + b) for a, b in zip(x, half, strict=True)]
    light = tuple(min(255, round(c * 1.22)) for c in color)
    draw.polygon([*upper, (px(length), px(width)), (0, px(width))], fill=(*light, 255))
    draw.polygon([*lower, (px(length), px(width)), (0, px(width))], fill=(*color, 255))
    vein = tuple(round(c * 0.8) for c in color)
    draw.line([(0, px(width)), (px(length), px(width))], fill=(*vein, 255), width=px(0.8))
    return image


def plant(name: str) -> None:
    """A pot with leaves that arch to both sides."""
    rng = np.random.default_rng(5)
    image = canvas(300, 340)
    foot = (px(150), px(235))
    for angle in sorted(rng.uniform(-62, 62, 26), key=abs, reverse=True):
        green = (round(58 + rng.uniform(-10, 26)), round(92 + rng.uniform(-14, 24)), 62)
        piece = leaf(rng.uniform(120, 200) * (1 - abs(angle) / 260), rng.uniform(9, 16), green)
        room = Image.new("RGBA", (piece.width * 2, piece.width * 2))
        room.paste(piece, (piece.width, piece.width - piece.height // 2))
        spun = room.rotate(90 + angle * 1.15, Image.Resampling.BICUBIC)
        shift = px(angle * 0.28)
        place = (foot[0] - piece.width + shift, foot[1] - piece.width)
        layer = Image.new("RGBA", image.size)
        layer.paste(spun, place)
        image = Image.alpha_composite(image, layer)
    pot = Image.new("RGBA", image.size)
    draw = ImageDraw.Draw(pot)
    draw.polygon(
        [(px(98), px(228)), (px(202), px(228)), (px(186), px(340)), (px(114), px(340))],
        fill=(196, 188, 174, 255),
    )
    light = np.interp(np.arange(image.width), [px(98), px(125), px(202)], [0.86, 1.08, 0.66])
    shaded = np.asarray(pot, float)
    shaded[:, :, :3] *= light[None, :, None]
    pot = Image.fromarray(np.clip(shaded, 0, 255).astype(np.uint8), "RGBA")
    save(Image.alpha_composite(image, pot), name)


def framed_print(name: str) -> None:
    """A small picture leaning against the back."""
    image = canvas(190, 240)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, px(190), px(240)), fill=(52, 44, 38, 255))
    draw.rectangle((px(8), px(8), px(182), px(232)), fill=(240, 236, 226, 255))
    art = canvas(110, 140)
    paint = ImageDraw.Draw(art)
    paint.rectangle((0, 0, *art.size), fill=(222, 205, 178, 255))
    paint.ellipse((px(52), px(20), px(92), px(60)), fill=(196, 108, 72, 255))
    paint.polygon([(0, px(96)), (px(40), px(60)), (px(78), px(104)), (0, px(140))], fill=SEA)
    paint.polygon(
        [(0, px(140)), (px(64), px(82)), (px(110), px(118)), (px(110), px(140))], fill=HILL
    )
    image.alpha_composite(art.filter(ImageFilter.GaussianBlur(1)), (px(40), px(46)))
    draw.line([(px(1), px(1)), (px(189), px(1))], fill=(120, 104, 90, 255), width=px(1.6))
    save(image, name)


def box(name: str, color: Rgb) -> None:
    """A storage box of gray felt with a leather pull."""
    rng = np.random.default_rng(9)
    image = canvas(260, 170)
    shape = (image.height // 4, image.width // 4)
    felt = (1 + 0.04 * rng.normal(size=shape)).repeat(4, 0).repeat(4, 1)[:, :, None]
    fall = np.linspace(1.06, 0.84, felt.shape[0])[:, None, None]
    pixels = np.clip(np.array(color) * felt * fall, 0, 255).astype(np.uint8)
    image.paste(Image.fromarray(pixels, "RGB"), (0, 0))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, image.width, px(3)), fill=(255, 255, 255, 40))
    draw.rounded_rectangle((px(112), px(44), px(148), px(60)), px(8), fill=(134, 88, 54, 255))
    draw.rounded_rectangle((px(116), px(48), px(144), px(56)), px(4), fill=(74, 66, 62, 255))
    save(image, name)


def main() -> None:
    LAYERS.mkdir(exist_ok=True)
    books("books-1", 1, 300, 240, leaning=True)
    books("books-2", 6, 360, 235, leaning=False)
    books("books-3", 3, 220, 250, leaning=True)
    books("books-4", 14, 180, 225, leaning=False)
    books("books-5", 23, 340, 245, leaning=False)
    books("books-6", 31, 280, 230, leaning=True)
    stack("stack", 8)
    turned("vase", 120, 230, (226, 220, 208), vase_profile, 0.14)
    turned("jug", 130, 200, (74, 92, 98), jug_profile, 0.0)
    turned("bowl", 210, 90, (170, 112, 82), bowl_profile, 0.08)
    plant("plant")
    framed_print("print")
    box("box", (128, 124, 118))


if __name__ == "__main__":
    main()
