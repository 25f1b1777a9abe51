"""Quotes in the shop API: made, read, accepted as they were seen, declined."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router, Status

from configurator.catalog.texts import say
from orders import pages, services, terms
from orders.deals import SeveralCurrencies
from orders.forms import AddressForm, OrderForm, told_unreachable
from orders.offers import offer
from orders.paying.ways import chosen_way
from orders.quotes import accepting, making
from orders.quotes import api_schemas as schemas
from orders.quotes.making import Wanted, make_quote
from orders.quotes.models import Quote
from orders.receipt import receipt_of
from orders.shop_api import ordering, several
from orders.shop_api.designs import Problems, locale
from orders.shop_api.ordering import Form
from orders.shop_api.ordering_schemas import Order
from orders.shop_api.problems import Refused
from orders.shop_api.rates import PerMinute
from orders.specifications import Incomplete

router = Router(tags=["quotes"])
Quoting: dict[Any, Any] = {**Problems, 409: schemas.Problem}
MADE = {201: schemas.Quote, **Quoting}


@router.post(
    "/designs/{uuid:design_id}/quote", response=MADE, throttle=[PerMinute("SHOP_API_DESIGNS")]
)
def ask(
    request: HttpRequest, response: HttpResponse, design_id: UUID, asked: schemas.AskQuote
) -> Any:
    """A quote for one whole design: its price holds until `valid_until`; it is mailed, too.

    409 `promo` if one of the promo codes does not work; ask the review why.
    """
    design = ordering.to_be_ordered(design_id)
    form = _filled(OrderForm, asked)
    wanted = Wanted(design, form.cleaned_data["quantity"], form.rushed())
    return _make(request, response, asked, form, [wanted])


@router.post("/quotes", response=MADE, throttle=[PerMinute("SHOP_API_DESIGNS")])
def ask_several(
    request: HttpRequest, response: HttpResponse, asked: schemas.AskSeveralQuote
) -> Any:
    """A quote for several whole designs together."""
    form = _filled(AddressForm, asked)
    wanted = [
        Wanted(wish.offered.design, wish.quantity, wish.rush)
        for wish in several.wished(asked.lines)
    ]
    return _make(request, response, asked, form, wanted)


@router.get("/quotes/{token}", response={200: schemas.Quote, **Problems})
def get_quote(request: HttpRequest, token: str) -> Any:
    """A quote, for whoever has its token. No place in the workshop is kept."""
    return record(request, _found(token))


@router.post(
    "/quotes/{token}/accept",
    response={200: Order, 201: Order, **Quoting},
    throttle=[PerMinute("SHOP_API_DESIGNS")],
)
def accept(
    request: HttpRequest, response: HttpResponse, token: str, asked: schemas.AcceptQuote
) -> Any:
    """Order it as it was seen. However often it is sent, it is ordered once (201, then 200).

    409 `changed` if a day has moved or a promo code is gone meanwhile, with the `quote` as it is
    now and a place kept for the buyer; 409 `too_late` if it has expired or was declined.
    """
    quote = _found(token)
    way = chosen_way(asked.paying)
    if way is None:
        raise ordering.of_errors({"paying": [_("Choose one of these ways to pay.")]})
    if not asked.terms:
        raise ordering.of_errors({"terms": [_("Please accept the terms to order.")]})
    again = quote.order is not None
    browser = ordering.browser_of(asked.buyer)
    try:
        if len(asked.seen.days) != quote.lines.count():
            raise services.Changed
        order = accepting.accept(
            quote=quote,
            days=asked.seen.days,
            accepted_terms=asked.seen.terms,
            browser=browser,
            paying=way,
            without=asked.seen.without,
        )
    except accepting.TooLate:
        quote.refresh_from_db()
        detail = _("It can’t be accepted any more. Ask for it anew.")
        raise Refused(409, "too_late", detail, quote=record(request, quote)) from None
    except services.Changed:
        quote.refresh_from_db()
        detail = _("It is not as you saw it any more. Please look again.")
        now = record(request, quote, browser)
        raise Refused(409, "changed", detail, "seen", quote=now) from None
    response["Location"] = reverse("shop-api-v1:get_order", args=[order.token])
    return Status(200 if again else 201, ordering.order_record(request, order))


@router.post("/quotes/{token}/decline", response={200: schemas.Quote, **Problems})
def decline(request: HttpRequest, token: str) -> Any:
    """Thanks, but no. What is accepted stays so."""
    quote = _found(token)
    accepting.decline(quote=quote)
    quote.refresh_from_db()
    return record(request, quote)


def _found(token: str) -> Quote:
    quote = Quote.objects.filter(token=token[:48]).first() if "\0" not in token else None
    if quote is None:
        raise Refused(404, "not_found", _("There is no such quote."), "token")
    return quote


def _filled(kind: type[Form], asked: schemas.AskQuote | schemas.AskSeveralQuote) -> Form:
    form = kind(ordering.posted(asked))
    form.fields["terms"].required = False
    return ordering.checked(form)


def _make(
    request: HttpRequest,
    response: HttpResponse,
    asked: schemas.AskQuote | schemas.AskSeveralQuote,
    form: AddressForm,
    wanted: Sequence[Wanted],
) -> Any:
    codes = ordering.looked_at(request, asked)
    try:
        if codes.slowed:
            raise services.Changed
        quote = make_quote(
            wanted=wanted,
            contact=form.contact(),
            language=locale(),
            shipping=form.cleaned_data["shipping"],
            ready_on=max(offer(each.design).ready_on for each in wanted),
            codes=codes.codes,
        )
    except services.Changed:
        detail = _("One of the promo codes does not work. The review says why.")
        raise Refused(409, "promo", detail, "promo") from None
    except Incomplete:
        detail = _("Something is not decided yet. Finish the design first.")
        raise Refused(409, "incomplete", detail) from None
    except SeveralCurrencies:
        detail = _("An order is paid in one currency.")
        raise Refused(409, "several_currencies", detail, "lines") from None
    except services.Unreachable:
        raise ordering.of_errors({"country": [told_unreachable()]}) from None
    response["Location"] = reverse("shop-api-v1:get_quote", args=[quote.token])
    return Status(201, record(request, quote))


def record(request: HttpRequest, quote: Quote, browser: str = "") -> dict[str, Any]:
    """A quote as its customer may read it; with a browser its places are kept."""
    now = accepting.offered(quote, browser) if quote.can_be_accepted else None
    gone = now.gone if now else {}
    order, lines, sums = making.as_order(quote, gone)

    def address(name: str, *more: int) -> str:
        return request.build_absolute_uri(reverse(name, args=[quote.token, *more]))

    return {
        "token": quote.token,
        "number": quote.number,
        "state": "expired" if quote.expired else quote.state,
        "total": sums.total,
        "currency": quote.currency,
        "valid_until": quote.valid_until,
        "ready_on": now.ready_on if now else None,
        "lines": [
            {
                "position": line.position,
                "product": line.summary.product,
                "quantity": line.totals.quantity,
                "net": line.totals.net,
                "picture": address("quotes:picture", line.position) if line.pictured else None,
            }
            for line in pages.lines_of(lines, quote.currency)
        ],
        "receipt": ordering.receipt_record(receipt_of(order, sums, locale())),
        "promo": [
            ordering.promo_told(
                each["code"], say(each["name"], locale()), gone.get(each["code"], "")
            )
            for each in quote.discounts
        ],
        "url": address("quotes:quote"),
        "paper": address("quotes:paper"),
        "order": quote.order.token if quote.order else None,
        "seen": {"days": now.days, "without": list(gone), "terms": terms.VERSION} if now else None,
    }
