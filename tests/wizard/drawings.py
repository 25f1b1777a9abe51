"""Scenes written in a few words, what they look like, and where it shows."""

import io
from pathlib import Path
from typing import Any

from PIL import Image

from configurator.catalog.configuration import Configuration
from configurator.wizard.preview import render_picture
from tests.wizard.preview_double import product

Rgb = tuple[int, int, int]
COLOR = {
    "code": "color",
    "name": {"en": "Color", "pl": "Kolor"},
    "kind": "choice",
    "choices": [
        {"code": "red", "name": {"en": "Red", "pl": "Czerwony"}, "swatch": "#ff0000"},
        {"code": "blue", "name": "Blue", "swatch": "#0000ff"},
        {"code": "plain", "name": "Plain"},
    ],
}
WIDTH = {"code": "width", "kind": "number", "minimum": 400, "maximum": 1200, "step": 100}
LID = {"code": "lid", "name": "Lid", "kind": "toggle"}
NAME = {"code": "words", "name": "Words", "kind": "text"}
OPTIONS: list[dict[str, Any]] = [COLOR, WIDTH, LID, NAME]
CHOICES: dict[str, Any] = {"color": "red", "width": 800, "lid": False}
NO_SHADOW = {"top": "#ffffff", "bottom": "#ffffff", "shadow": {"strength": 0}}


def scene(*layers: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"width": 400, "height": 300, "ground": NO_SHADOW, "layers": list(layers), **more}


def box(x0: str, y0: str, x1: str, y1: str, **more: Any) -> dict[str, Any]:
    return {"points": [[x0, y0], [x1, y0], [x1, y1], [x0, y1]], "fill": "#336699", **more}


def save_layer(folder: Path, name: str, color: Rgb = (255, 255, 255)) -> None:
    """A square of this color in the middle of a 400 × 300 layer."""
    image = Image.new("RGBA", (400, 300))
    image.paste((*color, 255), (150, 100, 250, 200))
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    image.save(folder / name)


def picture(
    layers: dict[str, Any],
    choices: dict[str, Any] | None = None,
    texts: dict[str, str] | None = None,
    width: int = 400,
) -> Image.Image:
    configuration = Configuration({**CHOICES, **(choices or {})}, texts or {}, {})
    data = render_picture(product(layers, OPTIONS), configuration, width=width, format="png")
    return Image.open(io.BytesIO(data)).convert("RGB")


def near(one: Any, other: Rgb, most: int = 14) -> bool:
    return bool(max(abs(a - b) for a, b in zip(one, other, strict=True)) <= most)


def extent(image: Image.Image, color: Rgb) -> tuple[int, int]:
    """The leftmost and the rightmost column that has this color."""
    columns = [
        x
        for x in range(image.width)
        if any(near(image.getpixel((x, y)), color) for y in range(0, image.height, 5))
    ]
    return min(columns), max(columns)


def ink(image: Image.Image) -> list[tuple[int, int]]:
    gray = image.convert("L")
    return [
        (x, y)
        for y in range(gray.height)
        for x in range(gray.width)
        if isinstance(level := gray.getpixel((x, y)), int) and level < 110
    ]


def words(**more: Any) -> dict[str, Any]:
    text = {"option": "words", "at": [200, 150], "size": 40, "font": "DejaVuSans"}
    return scene({"code": "words", "text": {**text, "color": "#000000", **more}})
