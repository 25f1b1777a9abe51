"""What shared designs add to pages of other rooms."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import get_language

from configurator.sharing.friends import mark_of
from configurator.sharing.gallery_pages import best, product_id_of
from configurator.sharing.guests import guest_of
from configurator.sharing.voters import voter_of
from configurator.wizard.models import Design

register = template.Library()


@register.inclusion_tag("sharing/_together.html", takes_context=True)
def together(context: dict[str, Any], design: Design) -> dict[str, Any]:
    """Who else is at this design; nothing where nobody was invited."""
    request: HttpRequest = context["request"]
    guest = guest_of(request)
    shared = guest is not None or design.invitations.filter(ended_at=None).exists()
    return {
        "shared": shared,
        "guest": guest,
        "url": reverse("sharing:together", args=[design.pk]),
        "said": [],
        "mark": mark_of([]),
    }


@register.inclusion_tag("sharing/_best.html", takes_context=True)
def gallery_best(context: dict[str, Any], slug: str = "", most: int = 4) -> dict[str, Any]:
    """What most people like in the gallery, of a product or of all; nothing where that is empty."""
    request: HttpRequest = context["request"]
    product_id = product_id_of(slug) if slug else None
    entries = best(voter_of(request), get_language() or "en", product_id=product_id, most=most)
    return {"entries": entries, "slug": slug, "request": request, "csrf_token": get_token(request)}
