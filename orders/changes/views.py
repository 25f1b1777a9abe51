"""Changing one's mind about an order, for whoever has its address."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orders import pages
from orders.changes import canceling, cutoffs
from orders.models import Order
from orders.summary import say_day


def order_or_404(token: str) -> Order:
    return get_object_or_404(Order, token=token)


def fresh(request: HttpRequest, template: str, context: object, status: int = 200) -> HttpResponse:
    """A page that no cache keeps: going back shows things as they are."""
    response = render(request, template, context, status=status)  # type: ignore[arg-type]
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the order shall really be canceled; and cancel it."""
    order = order_or_404(token)
    if order.state == Order.State.CANCELED:
        messages.info(request, _("This order is canceled."))
        return redirect("orders:order", token)
    if request.method == "POST":
        try:
            canceling.cancel_order(order_id=order.pk)
        except canceling.TooLate:
            order.refresh_from_db()
            return _cancel_page(request, order, status=409)
        messages.success(request, _("Your order is canceled. We confirm it by mail."))
        return redirect("orders:order", token)
    return _cancel_page(request, order)


def _cancel_page(request: HttpRequest, order: Order, status: int = 200) -> HttpResponse:
    context = {
        "order": order,
        "lines": pages.ordered_lines(order),
        "promised": say_day(order.promised_on, pages.locale()),
        "possible": cutoffs.can_be_canceled(order),
        "begun_at": cutoffs.begun_at(order),
        "firm": settings.FIRM_NAME,
        "mail": settings.DEFAULT_FROM_EMAIL,
    }
    return fresh(request, "changes/cancel.html", context, status)
