"""Facts in words."""

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.template import Context
from django.utils import formats, timezone
from django.utils.translation import get_language

from configurator.catalog.models import Product
from configurator.wizard.money import money
from orders.countries import country_name
from personalization.people.exchanges import Exchange, Question
from personalization.people.models import Fact
from personalization.people.naming import name_of

register = template.Library()
register.filter("fact_name", name_of)


@register.inclusion_tag("people/_question.html")
def asked(
    exchange: Exchange, question: Question, wrong: Mapping[str, str], answers: Mapping[str, str]
) -> dict[str, object]:
    """A question with what was answered and what is wrong with it."""
    key = f"{exchange.code}:{question.code}"
    said = answers.get(question.code, "")
    return {
        "question": question,
        "id": key.replace(":", "-"),
        "error": wrong.get(key),
        "said": said,
    }


@register.simple_tag(takes_context=True)
def product_named(context: Context, slug: str) -> str:
    """What a product is called; its code where it is gone. Names are read once a page."""
    names = context.render_context.get("product_names")
    if names is None:
        names = dict(Product.objects.values_list("slug", "name"))
        context.render_context["product_names"] = names
    return str(names.get(slug, slug))


@register.simple_tag(takes_context=True)
def fact_said(context: Context, fact: Fact | None) -> str:
    """The value in words, a product by its name."""
    if fact is not None and fact.name.endswith("_product"):
        return product_named(context, str(fact.value))
    return fact_value(fact)


@register.filter
def money_in(amount: Fact | Decimal | float | None, currency: Fact | str | None) -> str:
    """Money as text; the bare number where its currency is not known."""
    much = amount.value if isinstance(amount, Fact) else amount
    if much is None:
        return ""
    cents = int((Decimal(str(much)) * 100).to_integral_value(ROUND_HALF_UP))
    locale = get_language() or "en"
    currency = str(currency.value) if isinstance(currency, Fact) else currency
    return money(cents, currency, locale) if currency else f"{Decimal(cents) / 100}"


@register.filter
def fact_value(fact: Fact | None) -> str:
    """The value as somebody reads it; nothing where it is not known."""
    if fact is None:
        return ""
    value = fact.value
    if fact.name == "country":
        return country_name(str(value), get_language() or "en")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATE_FORMAT")
    if isinstance(value, float):
        places = 0 if value == int(value) else 2
        return formats.number_format(value, places)
    return value
