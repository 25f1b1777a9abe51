"""Pages as somebody else would see them, for marketers: nothing of it is written down."""

from __future__ import annotations

from copy import copy
from importlib import import_module

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from configurator.catalog import places
from configurator.catalog.places import About
from configurator.wizard import owning
from configurator.wizard.views import pages
from orders.cart import views as cart
from personalization.people import visitors
from personalization.segments.models import Segment
from personalization.slots import catalog
from personalization.slots.composing import ATTRIBUTE, Composition
from personalization.slots.filling import Slots
from personalization.slots.known import PLACES
from personalization.slots.models import Variant
from personalization.slots.visiting import Pretended

ALONE = {places.ORDER, places.MAIL}
"""Places on pages that are somebody's alone: they are looked at without the page."""


def whom_choices() -> list[tuple[str, str]]:
    """As whom one may look."""
    segments = [(f"segment-{each.pk}", each.name) for each in Segment.objects.all()]
    return [("anonymous", _("somebody who is not known")), *segments]


def page_choices() -> list[tuple[str, str]]:
    products = [(f"product-{slug}", name) for slug, name in catalog.product_choices()]
    alone = [(code, str(PLACES[code].name)) for code in PLACES if code in ALONE]
    return [("home", _("Home page")), *products, ("cart", _("The cart")), *alone]


def page_of(variant: Variant) -> str:
    """The page on which a variant is seen."""
    if variant.place in ALONE:
        return variant.place
    if variant.place == places.CART:
        return "cart"
    if variant.place == places.PRODUCT:
        slugs = [slug for slug, _name in catalog.product_choices()]
        slug = variant.product if variant.product in slugs else next(iter(slugs), "")
        return f"product-{slug}"
    return "home"


def pretended(whom: str, variant: Variant | None) -> Pretended:
    """Somebody in the segment that `whom` names, or nobody; with `variant` that fits them."""
    key = whom.removeprefix("segment-")
    found = Segment.objects.filter(pk=int(key)) if _is_number(key) else Segment.objects.none()
    return Pretended(list(found), variant.pk if variant else None)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 12


def shown(request: HttpRequest, page: str, visitor: Pretended) -> HttpResponse:
    """The page for this visitor, as if it were opened without a session."""
    inner = copy(request)
    inner.session = import_module(settings.SESSION_ENGINE).SessionStore()
    inner.user = AnonymousUser()
    inner.COOKIES = {}
    for kept in (owning.KEPT, visitors.KNOWN):
        inner.__dict__.pop(kept, None)
    setattr(inner, ATTRIBUTE, Composition(visitor))
    if page.startswith("product-"):
        return pages.product(inner, page.removeprefix("product-"))
    if page == "cart":
        return cart.page(inner)
    if page in ALONE:
        about = About(tuple(slug for slug, _name in catalog.product_choices()))
        part = Slots().part(inner, page, about)
        return render(inner, "personalization/slots/alone.html", {"part": part})
    return pages.home(inner)
