"""Small helpers of the wizard's templates."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from configurator.shops import currencies

register = template.Library()


@register.simple_tag
def currency_choices() -> list[dict[str, object]]:
    """The currencies in which prices can be told, too."""
    wanted = currencies.current()
    return [{"code": code, "chosen": code == wanted} for code in currencies.choices()]


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture of the sprite static/img/icons.svg; decoration only, hidden from readers."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("img/icons.svg"),
        name,
    )
