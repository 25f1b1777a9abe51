"""Fonts and true sizes of what the customer wrote and uploaded, from the frozen release.

The picture of a product says in which font a text is set. How large it is on the product itself
is said by its layer, or by attributes of choices in the same step: `letter_mm` is the height of
capitals, and `width_mm` with `height_mm` the box which artwork fills. What nothing says stays
unknown.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Value
from configurator.wizard.preview.anchors import anchor_of
from configurator.wizard.writing import setting_of

Attributes = Mapping[str, Any]


def with_sizes(
    content: Mapping[str, Any], product: ReleasedProduct, configuration: Configuration
) -> dict[str, Any]:
    """The specification's content with `stem`, `millimeters` and `box` on its texts and files."""
    choices = configuration.choices
    return {
        **content,
        "texts": [
            {
                "stem": _stem(product, item["option"], choices),
                "millimeters": _letters(product, item, configuration),
                **item,
            }
            for item in content.get("texts", ())
        ],
        "files": [
            {**_place(product, item["option"], configuration), **item}
            for item in content.get("files", ())
        ],
    }


def _stem(product: ReleasedProduct, option: str, choices: Mapping[str, Value]) -> str:
    """The font's file stem, as the picture's text layer names it."""
    for layer in (product.picture or {}).get("layers", ()):
        text = layer.get("text") or {}
        if text.get("option") == option:
            font = str(text.get("font") or "")
            chosen = _chosen(product, font, choices)
            return str(chosen.get("font", "")) if font in product.options else font
    return ""


def _letters(
    product: ReleasedProduct, item: Mapping[str, Any], configuration: Configuration
) -> float | None:
    """The height of capitals: as said, or smaller where the text is longer than its room."""
    option = str(item["option"])
    if option in product.options:
        found = setting_of(product, configuration, option, str(item.get("text", "")))
        if found and found.letter_mm:
            return round(found.letter_mm, 2)
    for attributes in _beside(product, option, configuration.choices):
        if attributes.get("letter_mm"):
            return float(attributes["letter_mm"])
    return None


def _box(
    product: ReleasedProduct, option: str, choices: Mapping[str, Value]
) -> tuple[float, float] | None:
    for attributes in _beside(product, option, choices):
        if attributes.get("width_mm") and attributes.get("height_mm"):
            return float(attributes["width_mm"]), float(attributes["height_mm"])
    return None


def _place(product: ReleasedProduct, option: str, configuration: Configuration) -> dict[str, Any]:
    """Where artwork goes: the box in mm or its shape alone, and the most inks."""
    anchor = anchor_of(product, configuration, option) if option in product.options else None
    box = _box(product, option, configuration.choices)
    if anchor is None:
        return {"box": box}
    if anchor.width_mm and anchor.height_mm:
        box = anchor.width_mm, anchor.height_mm
    return {"box": box, "shape": (anchor.shape, 1.0), "inks": anchor.inks}


def _beside(
    product: ReleasedProduct, option: str, choices: Mapping[str, Value]
) -> Iterator[Attributes]:
    """The attributes of what was chosen in the step of `option`."""
    step = product.options[option].step if option in product.options else None
    for code, info in product.options.items():
        if info.step == step and code != option:
            yield _chosen(product, code, choices)


def _chosen(product: ReleasedProduct, option: str, choices: Mapping[str, Value]) -> Attributes:
    info: OptionInfo | None = product.options.get(option)
    choice = info.choice(choices[option]) if info and option in choices else None
    return choice.attributes if choice else {}
