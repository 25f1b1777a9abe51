"""From a product's page in the admin to what its releases have answered."""

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from configurator.catalog.admin.pages import PAGES, ProductPage
from configurator.catalog.models import Release
from personalization.dialogue.roles import CHANGED


def said(site: AdminSite, request: HttpRequest, product_id: int, **_more: Any) -> HttpResponse:
    """What was said about the product, to be closed by its latest release."""
    if not request.user.has_perm(CHANGED):
        raise PermissionDenied
    latest = Release.objects.filter(product=product_id).order_by("-number").first()
    if latest is None:
        return redirect("marketing_inbox:changed_products")
    return redirect("marketing_inbox:changed", latest.pk)


PAGES += [ProductPage("said", "said/", said, CHANGED, _("You said, we changed"))]
