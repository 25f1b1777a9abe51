"""Small pictures for the choices: cuttings of the finished layers on the studio ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import gifts
from PIL import Image, ImageChops, ImageColor
from relief import HEIGHT, WIDTH

COGNAC, CHESTNUT, CREAM, SAND = "#b0662f", "#80452a", "#efe3c8", "#d8c3a0"
SIZE = (360, 240)

# (layer, tint, blend, opacity)
Step = tuple[str, str, str, float]


@dataclass
class Bag:
    """A satchel to cut pictures from; empty names leave a part out."""

    leather: str = "smooth"
    thread: str = "machine"
    edge: str = "painted"
    closure: str = "buckles"
    strap: str = "strap"
    handle: str = ""
    colors: dict[str, str] = field(default_factory=dict)

    def steps(self) -> Iterator[Step]:
        body, strap = self.colors.get("body", COGNAC), self.colors.get("strap", CHESTNUT)
        thread = self.colors.get("thread", CREAM)
        yield "ground-shadow", "", "", 1
        if self.strap:
            yield "strap-padded" if self.strap == "padded" else "strap", strap, "", 1
            yield "metal-strap-brass", "", "", 1
        for part in ("gusset", "body", "flap"):
            yield part, body, "", 1
        yield f"texture-{self.leather}", "", "multiply", 1
        if self.leather != "suede":
            yield "sheen", "", "", {"smooth": 1.0, "waxed": 0.75}.get(self.leather, 0.55)
        yield f"edge-{self.edge}", "#6b4226" if self.edge == "burnished" else CHESTNUT, "", 1
        yield f"stitching-{self.thread}", thread, "", 1
        if self.strap:
            fixed = self.strap == "fixed"
            yield "side-tabs-fixed" if fixed else "side-tabs", strap, "", 1
            yield "metal-rivets-brass" if fixed else "metal-hooks-brass", "", "", 1
        if self.handle:
            yield f"handle-{self.handle}", strap, "", 1
            yield "handle-stitching", thread, "", 1
            yield "metal-handle-brass", "", "", 1
        if self.closure in ("buckles", "magnets"):
            yield f"closing-{self.closure}", strap, "", 1
            yield f"closing-{self.closure}-stitching", thread, "", 1
        if self.closure:
            yield f"metal-{self.closure}-brass", "", "", 1


def compose(layers: Path, steps: Iterator[Step], scale: float = 1.0) -> Image.Image:
    """The layers, smaller by `scale`, standing on y = 804 as in the preview."""
    canvas = ground()
    for name, tint, blend, opacity in steps:
        with Image.open(layers / f"{name}.png") as opened:
            picture = opened.convert("RGBA")
        if scale < 1:
            small = picture.resize((round(WIDTH * scale), round(HEIGHT * scale)))
            picture = Image.new("RGBA", picture.size)
            picture.paste(small, (round(600 * (1 - scale)), round(804 * (1 - scale))))
        mask = picture.getchannel("A").point([round(i * opacity) for i in range(256)])
        color = picture.convert("RGB")
        if tint:
            dye = Image.new("RGB", color.size, ImageColor.getrgb(tint))
            color = ImageChops.multiply(color, dye)
        if blend == "multiply":
            color = ImageChops.multiply(canvas, color)
        canvas.paste(color, (0, 0), mask)
    return canvas


def ground() -> Image.Image:
    """A soft vertical gradient, as behind the preview picture."""
    top, bottom = ImageColor.getrgb("#f7f4ef"), ImageColor.getrgb("#e2dacd")
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        t = y / HEIGHT
        color = (round(a + (b - a) * t) for a, b in zip(top, bottom, strict=True))
        column.putpixel((0, y), tuple(color))
    return column.resize((WIDTH, HEIGHT))


def cut(picture: Image.Image, left: float, top: float, width: float) -> Image.Image:
    """The part of the picture of this width, in the shape of a card."""
    box = (left, top, left + width, top + width * SIZE[1] / SIZE[0])
    return picture.resize(SIZE, Image.Resampling.LANCZOS, box=box)


def cards(layers: Path) -> Iterator[tuple[str, Image.Image]]:
    """Every card by its file name."""
    for code, scale in (("petite", 0.76), ("classic", 0.85), ("office", 0.93), ("folio", 1.0)):
        yield f"size-{code}", cut(compose(layers, Bag().steps(), scale), 0, 46, 1200)
    for leather in ("smooth", "pebbled", "suede", "waxed"):
        color = {"suede": "#38543f", "pebbled": "#2d3f5e", "waxed": CHESTNUT}.get(leather, COGNAC)
        bag = Bag(leather=leather, closure="", colors={"body": color, "strap": color})
        yield f"leather-{leather}", cut(compose(layers, bag.steps()), 700, 444, 300)
    for code, way in (("bonded", "machine"), ("linen", "hand"), ("braided", "hand")):
        thread = "#f8f7f3" if code == "braided" else CREAM
        bag = Bag(thread=way, closure="", colors={"thread": thread})
        yield f"thread-{code}", cut(compose(layers, bag.steps()), 800, 540, 150)
    for edge in ("painted", "burnished", "piped"):
        bag = Bag(edge=edge, closure="")
        yield f"edge-{edge}", cut(compose(layers, bag.steps()), 744, 540, 220)
    for closure in ("buckles", "turn_lock", "magnets"):
        left, width = (270, 660) if closure == "buckles" else (420, 360)
        whole = compose(layers, Bag(closure=closure).steps())
        yield f"closure-{closure}", cut(whole, left, 410 if closure == "buckles" else 500, width)
    for code, strap, handle in (
        ("crossbody", "strap", ""),
        ("shoulder", "fixed", ""),
        ("padded", "padded", ""),
        ("no_strap", "", "rolled"),
    ):
        whole = compose(layers, Bag(strap=strap, handle=handle).steps())
        yield f"strap-{code}", cut(whole, 130, 20, 940)
    wrappings = {"bag": gifts.dust_bag(), "ribbon": gifts.wrapped("ribbon"),
                 "box": gifts.wrapped("box")}  # fmt: skip
    for code, layer in wrappings.items():
        canvas, picture = ground(), layer.picture()
        canvas.paste(picture, (-200, 0), picture)
        yield f"gift_wrap-{code}", cut(canvas, 715, 578, 340)
    for cloth in ("cotton", "microsuede"):
        steps: Iterator[Step] = iter([(f"lining-{cloth}", SAND, "", 1.0)])
        yield f"lining-{cloth}", cut(compose(layers, steps), 37, 740, 238)
