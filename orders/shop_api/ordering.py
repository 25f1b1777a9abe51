"""From a design to its order: what it comes to, ordering it as it was seen, and how it goes on."""

import hashlib
from dataclasses import asdict, replace
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router, Status

from configurator.wizard.models import Design
from orders import pages, reviewing, services, terms
from orders.forms import AddressForm, OrderForm, SeenForm, told_at
from orders.models import Order, OrderChange
from orders.paying.ways import next_page, ways_to_pay
from orders.promo import guessing
from orders.promo.applying import Told
from orders.promo.showing import NOTHING_WRITTEN, PromoPanel, Written
from orders.promo.writing import codes_in
from orders.receipt import Receipt
from orders.shop_api import ordering_schemas as schemas
from orders.shop_api.designs import Problems, found, locale
from orders.shop_api.problems import Refused
from orders.shop_api.rates import PerMinute
from orders.specifications import Incomplete

router = Router(tags=["orders"])
Form = TypeVar("Form", bound=AddressForm)
Ordering: dict[Any, Any] = {**Problems, 409: schemas.Problem}


def browser_of(buyer: str) -> str:
    """In the place of a browser's hash: the secret that the shop keeps for one customer."""
    return hashlib.sha256(f"shop-api:{buyer}".encode()).hexdigest()


def to_be_ordered(design_id: UUID) -> Design:
    """A design that may be ordered. Refused if it changes an order that there is."""
    design = found(design_id)
    if OrderChange.objects.filter(design=design).exists():
        detail = _("This design changes an order; go on at the page of the order.")
        raise Refused(409, "is_change", detail, "design_id")
    return design


def reviewed(
    design: Design, form: OrderForm, buyer: str, codes: Written = NOTHING_WRITTEN
) -> reviewing.Review:
    """What would be ordered, with a place in the workshop kept for the buyer."""
    quantity = int(form.cleaned_data.get("quantity") or 1)
    browser = browser_of(buyer) if buyer else ""
    return reviewing.review_of(
        design, form, quantity, browser, rush=form.rushed(), where=form.where(), codes=codes
    )


def checked(form: Form, *names: str) -> Form:
    """The form, if its fields are as they should be; of those named only, if some are."""
    form.is_valid()
    if names:
        form.keep_errors_of(*names)
    if form.errors:
        raise of_errors({name: [str(each) for each in said] for name, said in form.errors.items()})
    return form


def told_of(asked: schemas.AskReview | schemas.AskSeveral) -> list[str]:
    """What of the address is told already: without a country it is as at home."""
    return ["vat_number", *(["country"] if asked.country else [])]


def of_errors(errors: dict[str, list[str]]) -> Refused:
    field, said = next(iter(errors.items()))
    return Refused(422, "bad_entry", said[0], field, fields=errors)


Refusal = services.OrderedByAnother | services.Unreachable | services.UnknownNumber
REFUSALS = (services.OrderedByAnother, services.Unreachable, services.UnknownNumber)


def of_refusal(refusal: Refusal) -> Refused:
    """What stands against an order that was seen as it is."""
    if isinstance(refusal, services.OrderedByAnother):
        detail = _("Somebody else has ordered this design as it is.")
        return Refused(409, "ordered_by_another", detail)
    field, said = told_at(refusal)
    return of_errors({field: [said]})


@router.post("/designs/{uuid:design_id}/review", response={200: schemas.Review, **Ordering})
def review(request: HttpRequest, design_id: UUID, asked: schemas.AskReview) -> Any:
    """What ordering it would come to: prices, taxes, ways of shipping, days.

    With `buyer` a place in the workshop is kept for a while; `seen` is what an order sends back.
    """
    form = checked(OrderForm(posted(asked)), "quantity", "rush", *told_of(asked))
    codes = looked_at(request, asked)
    return review_record(request, reviewed(to_be_ordered(design_id), form, asked.buyer, codes))


@router.post(
    "/designs/{uuid:design_id}/order",
    response={200: schemas.Order, 201: schemas.Order, **Ordering},
    throttle=[PerMinute("SHOP_API_DESIGNS")],
)
def place(
    request: HttpRequest, response: HttpResponse, design_id: UUID, asked: schemas.PlaceOrder
) -> Any:
    """Order it as it was seen. The same buyer may send it again: it is ordered once.

    409 `changed` if it is not as it was seen any more, with the `differences` and the `review` now.
    """
    design = to_be_ordered(design_id)
    form = checked(OrderForm(posted(asked)))
    seen = SeenForm({**asked.seen.dict(), "terms_version": asked.seen.terms}).seen(form.rushed())
    again = seen is not None and services.order_of(design.pk, seen.revision) is not None
    try:
        if seen is None:
            raise services.Changed
        order = services.place_order(
            design_id=design.pk,
            seen=replace(seen, codes=tuple(asked.seen.codes)),
            quantity=form.cleaned_data["quantity"],
            contact=form.contact(),
            language=locale(),
            browser=browser_of(asked.buyer),
            shipping=form.cleaned_data["shipping"],
            paying=form.cleaned_data["paying"],
        )
    except services.Changed:
        design.refresh_from_db()
        now = reviewed(design, form, asked.buyer, looked_at(request, asked))
        raise _changed(request, seen, now) from None
    except Incomplete:
        detail = _("Something is not decided yet. Finish the design first.")
        raise Refused(409, "incomplete", detail) from None
    except REFUSALS as refusal:
        raise of_refusal(refusal) from None
    response["Location"] = reverse("shop-api-v1:get_order", args=[order.token])
    return Status(200 if again else 201, order_record(request, order))


@router.get("/orders/{token}", response={200: schemas.Order, **Problems})
def get_order(request: HttpRequest, token: str) -> Any:
    """An order and how it goes on, for whoever has its token."""
    order = Order.objects.filter(token=token[:48]).first() if "\0" not in token else None
    if order is None:
        raise Refused(404, "not_found", _("There is no such order."), "token")
    return order_record(request, order)


def posted(asked: schemas.AskReview | schemas.AskSeveral) -> dict[str, Any]:
    """As the form posts it."""
    said = asked.dict(exclude={"buyer", "seen", "lines"})
    return {
        **said,
        "rush": "1" if said.get("rush") else "0",
        "terms": "on" if said.get("terms") else "",
    }


def _changed(request: HttpRequest, seen: services.Seen | None, page: reviewing.Review) -> Refused:
    detail = _("It is not as you saw it any more. Please look again.")
    differences = [asdict(each) for each in reviewing.changes_since(seen, page)]
    now = review_record(request, page)
    return Refused(409, "changed", detail, "seen", differences=differences, review=now)


def review_record(request: HttpRequest, page: reviewing.Review) -> dict[str, Any]:
    return {
        "complete": page.seen is not None,
        "undecided": [row.option for row in page.undecided],
        "missing": [row.option for row in page.missing],
        "choices": [
            {"step": group.name, "option": row.option, "name": row.name, "said": row.said}
            for group in page.groups
            for row in group.rows
        ],
        "receipt": receipt_record(page.receipt),
        **promo_record(page.promo),
        "ready": page.ready,
        "held_until": page.held_until,
        "ways": [asdict(way) for way in page.ways],
        "unreachable": page.unreachable,
        "speeds": asdict(page.speeds) if page.speeds else None,
        "ways_to_pay": pay_records(),
        "terms": {
            "version": terms.VERSION,
            "url": request.build_absolute_uri(reverse("orders:terms")),
        },
        "seen": sent_back(page.seen) if page.seen else None,
    }


def pay_records() -> list[dict[str, Any]]:
    """The ways to pay, where there are several."""
    return [
        {"code": way.code, "name": str(way.name), "hint": str(way.hint)} for way in ways_to_pay("")
    ]


def receipt_record(receipt: Receipt) -> dict[str, Any]:
    return asdict(receipt)


def order_record(request: HttpRequest, order: Order) -> dict[str, Any]:
    """An order as its customer may read it."""
    page = pages.order_page(order)
    picture = "orders:picture"
    return {
        "token": order.token,
        "number": order.number,
        "state": order.state,
        "total": order.total,
        "currency": order.currency,
        "promised_on": order.promised_on,
        "arrives_on": order.arrives_on,
        "url": request.build_absolute_uri(reverse("orders:order", args=[order.token])),
        "next_url": request.build_absolute_uri(next_page(order)),
        "lines": [
            {
                "position": line.position,
                "product": line.summary.product,
                "quantity": line.totals.quantity,
                "net": line.totals.net,
                "picture": request.build_absolute_uri(
                    reverse(picture, args=[order.token, line.position])
                )
                if line.pictured
                else None,
            }
            for line in pages.ordered_lines(order)
        ],
        "receipt": receipt_record(pages.ordered_sums(order)),
        "story": [
            {"kind": each.kind, "title": each.title, "at": each.at} for each in page.chapters
        ],
    }


def sent_back(seen: services.Seen | services.SeenOrder) -> dict[str, object]:
    """What an order sends back."""
    return asdict(seen)


def looked_at(request: HttpRequest, asked: schemas.AskReview | schemas.AskSeveral) -> Written:
    """The promo codes that are asked for, unless this buyer tries too many."""
    by = browser_of(asked.buyer) if asked.buyer else ""
    found = guessing.asked(request, codes_in(asked.promo), by)
    return Written(found.codes, found.slowed, found.codes)


def promo_record(promo: PromoPanel | None) -> dict[str, Any]:
    """What codes came to."""
    told = promo.applied.told if promo else ()
    return {
        "promo": [promo_told(each.code, _named(each), each.why) for each in told],
        "promo_slowed": promo.slowed if promo else "",
    }


def _named(told: Told) -> str:
    """What a code is called, and how much it takes off where that is less than it says."""
    return f"{told.name}. {told.less}" if told.less else told.name


def promo_told(code: str, name: str, why: str) -> dict[str, Any]:
    return {"code": code, "works": not why, "said": why or name}
