"""In which typeface the picture sets the text of an option."""

from collections.abc import Iterator, Mapping
from typing import Any

from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import Text
from configurator.engine import Value


def font_of(product: ReleasedProduct, code: str, choices: Mapping[str, Value]) -> str:
    """The stem of the font of the first picture layer that writes the option; "" if none does."""
    for text in _layers_of(product, code):
        return _stem(product, str(text.get("font") or ""), choices)
    return ""


def typefaces_of(product: ReleasedProduct, code: str) -> dict[str, Text]:
    """The typefaces among which customers choose for an option: their names by their stems."""
    for text in _layers_of(product, code):
        option = product.options.get(str(text.get("font") or ""))
        if option is not None:
            return {str(c.attributes.get("font", "")): c.name for c in option.choices}
    return {}


def _layers_of(product: ReleasedProduct, code: str) -> Iterator[Mapping[str, Any]]:
    for text in _text_layers((product.picture or {}).get("layers") or ()):
        if text.get("option") == code:
            yield text


def _text_layers(layers: Any) -> Iterator[Mapping[str, Any]]:
    for layer in layers:
        if "text" in layer:
            yield layer["text"]
        yield from _text_layers(layer.get("layers") or ())


def _stem(product: ReleasedProduct, font: str, choices: Mapping[str, Value]) -> str:
    """`font` itself, or the font of the choice made for the option that it names."""
    option = product.options.get(font)
    if option is None:
        return font
    choice = option.choice(choices.get(font, ""))
    return str(choice.attributes.get("font", "")) if choice else ""
