"""Changing one's mind about an order, for whoever has its address."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orders import pages
from orders.changes import canceling, changing, cutoffs
from orders.changes.forms import SeenForm
from orders.changes.pages import change_page, names_of, told_over
from orders.models import Order, OrderLine
from orders.owners import note_order
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
        "receipt": pages.ordered_sums(order),
        "promised": say_day(order.promised_on, pages.locale()),
        "possible": cutoffs.can_be_canceled(order),
        "begun_at": cutoffs.begun_at(order),
        "firm": settings.FIRM_NAME,
        "mail": settings.DEFAULT_FROM_EMAIL,
    }
    return fresh(request, "changes/cancel.html", context, status)


def line_or_404(token: str, position: int) -> OrderLine:
    rows = OrderLine.objects.select_related("order", "specification")
    return get_object_or_404(rows, order__token=token, position=position)


@require_safe
def change(request: HttpRequest, token: str, n: int) -> HttpResponse:
    """What can be changed about a line of an order; and what a change would come to."""
    line = line_or_404(token, n)
    note_order(request, token)
    return _change_page(request, line)


def _change_page(
    request: HttpRequest, line: OrderLine, told: str = "", status: int = 200
) -> HttpResponse:
    page = change_page(line, hold=request.method != "HEAD")
    context = {
        "page": page,
        "told": told,
        "over": told_over(),
        "firm": settings.FIRM_NAME,
        "mail": settings.DEFAULT_FROM_EMAIL,
    }
    return fresh(request, "changes/change.html", context, status)


@require_POST
def begin(request: HttpRequest, token: str, n: int) -> HttpResponse:
    """Change the design of a line: into the wizard, with a copy of it."""
    line = line_or_404(token, n)
    try:
        begun = changing.begin(order_id=line.order_id, position=n)
    except changing.Over:
        return _change_page(request, line, told_over(), status=409)
    note_order(request, token)
    return redirect("wizard:design", begun.design_id)


@require_POST
def withdraw(request: HttpRequest, token: str, n: int) -> HttpResponse:
    """Leave the order as it is."""
    line = line_or_404(token, n)
    changing.withdraw(order_id=line.order_id, position=n)
    messages.info(request, _("Your order stays as it is."))
    return redirect("orders:order", token)


@require_POST
def accept(request: HttpRequest, token: str, n: int) -> HttpResponse:
    """Change the order as the page said; or say what stands against it."""
    line = line_or_404(token, n)
    form = SeenForm(request.POST)
    if not form.keeps(line.quantity):
        told = _("The number of pieces can’t be changed here. Nothing was changed.")
        return _change_page(request, line, told, status=422)
    try:
        changing.accept(order_id=line.order_id, position=n, seen=form.seen())
    except changing.CutOff as past:
        return _change_page(request, line_or_404(token, n), _told_late(line, past), status=409)
    except (changing.NoChange, changing.Over, changing.Nothing, changing.Different) as refusal:
        if isinstance(refusal, changing.NoChange) and _accepted_already(line, form):
            return redirect("orders:order", token)
        return _change_page(request, line_or_404(token, n), WHY_NOT[type(refusal)](), status=409)
    messages.success(request, _("Your order is changed. We confirm it by mail."))
    return redirect("orders:order", token)


WHY_NOT: dict[type[Exception], Callable[[], str]] = {
    changing.NoChange: lambda: _(
        "This change is over: it was withdrawn, or too much time went by. Nothing was changed."
    ),
    changing.Over: told_over,
    changing.Nothing: lambda: _("Nothing is different from what you ordered."),
    changing.Different: lambda: _(
        "This is not what you saw a moment ago. Please look again; nothing is changed yet."
    ),
}


def _told_late(line: OrderLine, past: changing.CutOff) -> str:
    told = _(
        "The workshop went on meanwhile, so this went back to what you ordered: %(names)s. "
        "Please look again; nothing is changed yet."
    )
    return told % {"names": ", ".join(names_of(line, past.gone))}


def _accepted_already(line: OrderLine, form: SeenForm) -> bool:
    """A double click: the very same was accepted a moment ago."""
    seen = form.seen()
    now = line_or_404(line.order.token, line.position)
    return seen is not None and now.specification_id == seen.specification
