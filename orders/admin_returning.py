"""The page on which the lead writes down what came back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from orders import returning
from orders.models import Order, OrderEvent, OrderLine

RETURN = "orders.return_orderline"
FIELDS = ("line", "quantity", "reason")


def returned(site: AdminSite, request: HttpRequest, order: UUID) -> HttpResponse:
    """What came back of an order until now; POST writes one more down."""
    if not request.user.has_perm(RETURN):
        raise PermissionDenied
    found = get_object_or_404(Order, pk=order)
    lines = list(found.lines.select_related("specification__release__product"))
    said, wrong = {name: request.POST.get(name, "")[:500] for name in FIELDS}, {}
    if request.method == "POST":
        try:
            _write_down(lines, said, request.user.get_username())
        except ValidationError as error:
            wrong = error.message_dict
        else:
            messages.success(request, _("It is written down, and part of the order’s story."))
            return redirect("admin:orders_order_returned", order)
    context = {
        **site.each_context(request),
        "title": _("What came back of %(number)s") % {"number": found.number},
        "opts": Order._meta,
        "order": found,
        "lines": lines,
        "said": said,
        "wrong": wrong,
        "events": found.events.filter(kind=OrderEvent.Kind.RETURNED),
    }
    status = 422 if wrong else 200
    return TemplateResponse(request, "admin/orders/order/returned.html", context, status=status)


def _write_down(lines: list[OrderLine], said: dict[str, str], by: str) -> None:
    line = next((each for each in lines if str(each.position) == said["line"]), None)
    if line is None:
        raise ValidationError({"line": _("Choose what came back.")})
    text = said["quantity"].strip()
    quantity = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    returning.came_back(line=line, quantity=quantity, reason=said["reason"], by=by)
