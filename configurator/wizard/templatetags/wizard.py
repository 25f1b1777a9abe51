"""Small helpers of the wizard's templates."""

from functools import cache

from babel import Locale
from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.shops import currencies, destination
from configurator.wizard.money import babel_locale
from configurator.wizard.storefront import ProductView, piece_html

register = template.Library()


@register.simple_tag
def currency_choices() -> list[dict[str, object]]:
    """The currencies in which prices can be told, too."""
    wanted = currencies.current()
    return [{"code": code, "chosen": code == wanted} for code in currencies.choices()]


@register.simple_tag
def country_choices() -> list[dict[str, object]]:
    """The countries for which prices can be told, by name; home first."""
    codes = destination.choices()
    wanted = destination.current() or next(iter(codes), "")
    found = [{"code": c, "name": _country(c), "chosen": c == wanted} for c in codes]
    return [*found[:1], *sorted(found[1:], key=lambda each: str(each["name"]))]


@register.simple_tag
def tax_note() -> str:
    """Whose tax the prices hold, where that is not home's: " · Germany"; or that they hold none."""
    country = destination.current()
    if not country:
        return ""
    name = _country(country)
    if destination.untaxed():
        return _("Without tax. %(country)s may ask for duties.") % {"country": name}
    return f" · {name}"


@register.simple_tag
def piece(item: ProductView, first: bool, opened: str) -> SafeString:
    """A product on the home page. Its picture is waited for where it is the first on the page."""
    return piece_html(item, first and not opened, get_language() or "en", tax_note())


def _country(code: str) -> str:
    locale = Locale.parse(babel_locale(get_language() or "en"))
    return str(locale.territories.get(code, code))


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
