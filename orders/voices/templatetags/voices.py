"""What customers said, on pages of other rooms."""

from typing import Any
from uuid import UUID

from django import template
from django.utils.translation import get_language

from orders.voices import showing

register = template.Library()


@register.inclusion_tag("voices/_shown.html")
def voices_of_product(slug: str) -> dict[str, Any]:
    """What customers of a product got, with their stars; what they wrote stands in the dialogue."""
    return {"voices": showing.of_product(slug, get_language() or "en"), "brief": True}


@register.inclusion_tag("voices/_shown.html")
def voices_of_design(design: UUID) -> dict[str, Any]:
    """Of one design."""
    return {"voices": showing.of_design(design, get_language() or "en")}
