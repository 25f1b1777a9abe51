"""Places that a room above may fill."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from configurator.catalog import places
from configurator.catalog.places import About

register = template.Library()


@register.simple_tag(takes_context=True)
def place(
    context: dict[str, Any],
    name: str,
    product: str = "",
    products: Iterable[str] = (),
    order: Any = None,
) -> SafeString:
    """What fills a place of the page for whoever looks; nothing where nobody fills it."""
    if "request" not in context:
        return SafeString("")
    about = About((product,) if product else tuple(products), order.pk if order else None)
    return places.filler().part(context["request"], name, about)


@register.simple_tag(takes_context=True)
def why_this(context: dict[str, Any], name: str) -> SafeString:
    """Why this visitor sees what fills a place; nothing where everybody does."""
    if "request" not in context:
        return SafeString("")
    return places.filler().why(context["request"], name)
