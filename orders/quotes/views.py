"""Asking for a quote, its page, and the answers to it."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from configurator.catalog import queries as catalog
from configurator.catalog.configuration import Configuration
from configurator.wizard.models import Design
from configurator.wizard.preview import render_picture
from orders import pages, terms
from orders import services as orders
from orders.cart.keys import cart_of
from orders.cart.pages import page_of
from orders.cart.views import checkout_page
from orders.deals import Wish, promo_of
from orders.forms import AddressForm, OrderForm, told_unreachable
from orders.models import OrderChange
from orders.offers import offer
from orders.owners import browser_of, claim_order
from orders.papers.serving import pdf_response
from orders.paying.ways import next_page
from orders.promo.showing import written
from orders.quotes import accepting, letters, making
from orders.quotes.forms import AcceptForm
from orders.quotes.making import Wanted, make_quote
from orders.quotes.models import Quote
from orders.receipt import receipt_of
from orders.specifications import Incomplete
from orders.summary import say_day
from orders.views import PICTURE_WIDTH, review_page


@require_POST
def ask(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """A quote for one design, as its review is filled in."""
    design = get_object_or_404(Design, pk=design_id)
    form = OrderForm(request.POST)
    form.fields["terms"].required = False

    def again(status: int) -> HttpResponse:
        return review_page(request, design, form, status=status)

    if OrderChange.objects.filter(design=design).exists():
        return redirect("orders:review", design.pk)
    if not form.is_valid():
        return again(422)
    wanted = Wanted(design, form.cleaned_data["quantity"], form.rushed())
    return _make(request, form, [wanted], again)


@require_POST
def ask_for_cart(request: HttpRequest) -> HttpResponse:
    """A quote for all of the cart, as its checkout is filled in."""
    cart = cart_of(request)
    form = AddressForm(request.POST)
    form.fields["terms"].required = False

    def again(status: int) -> HttpResponse:
        return checkout_page(request, cart, form, status=status)

    page = page_of(cart)
    if cart is None or not page.whole:
        return redirect("cart:page")
    if not form.is_valid():
        return again(422)
    wanted = [
        Wanted(line.item.design, line.wish.quantity, line.wish.rush_net is not None)
        for line in page.lines
    ]
    return _make(request, form, wanted, again)


def _make(
    request: HttpRequest,
    form: AddressForm,
    wanted: Sequence[Wanted],
    again: Callable[[int], HttpResponse],
) -> HttpResponse:
    codes = written(request)
    try:
        if codes.slowed or not codes.settled or codes.seen != codes.codes:
            raise orders.Changed  # look first at what the codes come to
        made = make_quote(
            wanted=wanted,
            contact=form.contact(),
            language=get_language() or "en",
            shipping=form.cleaned_data["shipping"],
            ready_on=max(offer(each.design).ready_on for each in wanted),
            codes=codes.codes,
        )
    except orders.Changed:
        return again(409)
    except orders.Unreachable:
        form.add_error("country", told_unreachable())
        return again(422)
    except Incomplete:
        return again(409)
    messages.success(request, _("Here is your quote. We mailed it to you, too."))
    return redirect("quotes:quote", made.token)


@require_safe
def quote(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, and the answers that there are."""
    return _page(request, _found(token), AcceptForm())


@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Order it, for the days that were seen."""
    found, form = _found(token), AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    days = form.seen_days()
    try:
        if len(days) != found.lines.count():
            raise orders.Changed
        order = accepting.accept(
            quote=found,
            days=days,
            accepted_terms=form.cleaned_data["terms_version"],
            browser=browser_of(request),
            paying=form.cleaned_data["paying"],
            without=form.cleaned_data["without"].split(),
        )
    except accepting.TooLate:
        found.refresh_from_db()
        return _page(request, found, form, status=409)
    except orders.Changed:
        return _page(request, found, form, status=409, asked_again=True)
    claim_order(request, order)
    return redirect(next_page(order))


@require_POST
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, but no."""
    found = _found(token)
    if accepting.decline(quote=found):
        messages.success(request, _("Thank you for telling us."))
    return redirect("quotes:quote", token)


@require_POST
def again(request: HttpRequest, token: str) -> HttpResponse:
    """The same at today's prices, once the old one can't be accepted any more."""
    old = _found(token)
    if old.can_be_accepted or old.order is not None:
        return redirect("quotes:quote", token)
    lines = list(old.lines.select_related("design"))
    for line in lines:
        making.charge_today(line.design, old.currency)
    wishes = [Wish(offer(line.design), line.quantity, line.rush) for line in lines]
    still = promo_of(wishes, making.codes_of(old), str(old.contact["email"]), old.language)
    try:
        made = make_quote(
            wanted=[Wanted(line.design, line.quantity, line.rush) for line in lines],
            contact=orders.Contact(**old.contact),
            language=old.language,
            shipping=old.shipping.get("code", ""),
            ready_on=max(wish.offered.ready_on for wish in wishes),
            codes=still.codes,
        )
    except orders.Unreachable:
        messages.error(request, told_unreachable())
        return redirect("quotes:quote", token)
    return redirect("quotes:quote", made.token)


@require_safe
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """The quote as a PDF."""
    found = _found(token)
    return pdf_response(letters.printed(found), found.number)


@require_safe
def picture(request: HttpRequest, token: str, n: int) -> HttpResponse:
    """The picture of a line; the design's own address is told to nobody."""
    lines = _found(token).lines.select_related("specification")
    specification = get_object_or_404(lines, position=n).specification
    configuration = Configuration.from_json(specification.content["configuration"])
    product = catalog.released(specification.release_id)
    data = render_picture(product, configuration, width=PICTURE_WIDTH, format="jpeg")
    response = HttpResponse(data, content_type="image/jpeg")
    patch_cache_control(response, private=True, immutable=True, max_age=31_536_000)
    return response


def _found(token: str) -> Quote:
    return get_object_or_404(Quote, token=token)


def _page(
    request: HttpRequest,
    found: Quote,
    form: AcceptForm,
    status: int = 200,
    *,
    asked_again: bool = False,
) -> HttpResponse:
    browser = "" if request.method == "HEAD" else browser_of(request)
    now = accepting.offered(found, browser) if found.can_be_accepted else None
    order, lines, sums = making.as_order(found, now.gone if now else ())
    context = {
        "quote": found,
        "form": form,
        "asked_again": asked_again,
        "lines": pages.lines_of(lines, found.currency),
        "receipt": receipt_of(order, sums, pages.locale()),
        "address": pages.address_lines(order),
        "billing": pages.billing_lines(order),
        "until": say_day(found.valid_until, pages.locale()),
        "now": now,
        "ready": say_day(now.ready_on, pages.locale()) if now else "",
        "quoted_ready": say_day(found.ready_on, pages.locale()),
        "later": bool(now and now.ready_on > found.ready_on),
        "days": " ".join(day.isoformat() for day in now.days) if now else "",
        "terms_version": terms.VERSION,
    }
    response = render(request, "quotes/quote.html", context, status=status)
    patch_cache_control(response, no_store=True)
    return response
