"""The picture in words, for those who do not see it."""

from typing import TYPE_CHECKING

from configurator.catalog import measures
from configurator.catalog.configuration import Configuration
from configurator.catalog.texts import say
from configurator.engine import NONE
from configurator.wizard.preview.rendering import scene_of

if TYPE_CHECKING:
    from configurator.catalog.infos import OptionInfo
    from configurator.catalog.released import ReleasedProduct


def describe(product: "ReleasedProduct", configuration: Configuration, locale: str) -> str:
    """The product's name and the choices that its picture shows, in the catalog's order."""
    uses = scene_of(product).uses
    said = [
        _said(product, option, configuration, locale)
        for code, option in product.options.items()
        if code in uses and product.applies(code, configuration.choices)
    ]
    facts = ", ".join(fact for fact in said if fact)
    name = say(product.name, locale)
    return f"{name}: {facts}" if facts else name


def _said(
    product: "ReleasedProduct", option: "OptionInfo", configuration: Configuration, locale: str
) -> str:
    name = say(option.name, locale)
    if option.kind == "text":
        text = configuration.texts.get(option.code, "")
        return f"{name} “{text}”" if text else ""
    if option.kind == "file":
        return name if configuration.files.get(option.code) else ""
    value = configuration.choices.get(option.code, NONE)
    if value is True:
        return name
    if value is False or value == NONE:
        return ""
    with measures.using("mm"):  # these words are kept for other readers, too
        return f"{name} {product.label(option.code, value, locale)}"
