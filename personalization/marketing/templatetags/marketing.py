"""The navigation of the marketer's room."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from personalization.people.marketers import Page, pages_for

register = template.Library()


@register.inclusion_tag("marketing/_nav.html", takes_context=True)
def marketing_nav(context: dict[str, Any]) -> dict[str, Any]:
    """The pages that this user may open; the one that is shown, or is above it, is marked."""
    request = context["request"]
    shown = getattr(request.resolver_match, "view_name", "")
    found = []
    for page in pages_for(request.user):
        url = _url(page)
        if url:
            here = shown == page.url_name or (url != "/marketing/" and request.path.startswith(url))
            found.append({"name": page.name, "url": url, "here": here})
    return {"pages": found}


def _url(page: Page) -> str:
    try:
        return reverse(page.url_name)
    except NoReverseMatch:
        return ""
