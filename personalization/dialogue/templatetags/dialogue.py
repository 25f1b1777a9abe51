"""What the dialogue adds to pages of other rooms."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Exists, OuterRef
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import get_language

from configurator.catalog.models import Product
from configurator.sharing.guests import guest_of
from configurator.wizard.models import Design
from orders.models import Order, OrderLine
from personalization.dialogue import ideas, pages
from personalization.dialogue.asking import MOST_STARS
from personalization.dialogue.models import ChoiceStars, Message, Thread

register = template.Library()


def _locale() -> str:
    return get_language() or "en"


@register.inclusion_tag("personalization/dialogue/_of_product.html")
def said_of_product(slug: str) -> dict[str, Any]:
    """How a product is liked, the latest of what may be read, and where to ask and propose."""
    product = Product.objects.filter(slug=slug).first()
    if product is None:
        return {"slug": slug}
    return {
        "slug": slug,
        "liked": pages.liked(product),
        "talks": pages.talks(pages.public_of(product)[: pages.SHOWN], _locale()),
        "ideas": ideas.shown(product).count(),
    }


@register.inclusion_tag("personalization/dialogue/_here.html", takes_context=True)
def asked_at_design(context: dict[str, Any], design: Design) -> dict[str, Any]:
    """The way to ask about a design, and whether there are answers; its owner's alone."""
    if guest_of(context["request"]) is not None:
        return {}
    answers = Message.objects.filter(thread=OuterRef("pk"), ours=True, inner=False)
    rows = Thread.objects.filter(design=design, line=None).annotate(answered=Exists(answers))
    found = list(rows.values_list("answered", flat=True))
    return {
        "url": reverse("dialogue:ask_design", args=[design.pk]),
        "asked": len(found),
        "answered": sum(found),
    }


@register.inclusion_tag("personalization/dialogue/_of_order.html")
def asked_at_order(order: Order, lines: Any) -> dict[str, Any]:
    """What was asked about an order and answered, and where to ask."""
    return {"talks": pages.of_order(order, _locale()), "lines": lines, "token": order.token}


@register.inclusion_tag("personalization/dialogue/_choices.html", takes_context=True)
def choice_stars(context: dict[str, Any], line: OrderLine) -> dict[str, Any]:
    """Stars for each of the choices of what arrived."""
    given = ChoiceStars.objects.filter(line=line)
    return {
        "rows": pages.options_of(line.specification.content, given, _locale()),
        "stars": range(1, MOST_STARS + 1),
        "token": line.order.token,
        "n": line.position,
        "csrf_token": get_token(context["request"]),
    }
