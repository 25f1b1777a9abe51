"""What shared designs add to pages of other rooms."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from configurator.sharing.friends import mark_of
from configurator.sharing.guests import guest_of
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
