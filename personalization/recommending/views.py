"""The page of what the recommender knows about a product: how well it does, on or off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from configurator.catalog.models import Product
from personalization.recommending import services
from personalization.recommending.advising import FEWEST
from personalization.recommending.models import Knowledge

VIEW = "catalog.view_product"
CHANGE = "catalog.change_product"


def knowledge(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """How many orders are known and how well they foretell; the switch; learn at once."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    product = get_object_or_404(Product, pk=product_id)
    if request.method == "POST":
        return _changed(request, product)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    found = Knowledge.objects.filter(product=product).first() or Knowledge(product=product)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Recommendations: %(product)s") % {"product": product.name},
        "opts": Product._meta,
        "product": product,
        "knowledge": found,
        "fewest": FEWEST,
        "fewest_tried": services.FEWEST_TRIED,
        "steps": [
            (known, 100 * rate, 100 * popular)
            for known, rate, popular in found.success.get("steps", ())
        ],
        "mean": 100 * found.success.get("mean", 0),
        "popular": 100 * found.success.get("popular", 0),
        "may_change": request.user.has_perm(CHANGE),
    }
    response = TemplateResponse(request, "admin/catalog/recommending/page.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _changed(request: HttpRequest, product: Product) -> HttpResponse:
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    match request.POST.get("do"):
        case "on" | "off" as wanted:
            services.switch(product=product, on=wanted == "on")
            said = _("It recommends.") if wanted == "on" else _("It recommends nothing any more.")
            messages.success(request, said)
        case "learn":
            services.ask(product=product)
            messages.success(request, _("It is being learned from all orders."))
        case _:
            messages.error(request, _("That is nothing that can be done here."))
    response = HttpResponseRedirect(request.path)
    response.status_code = 303
    return response
