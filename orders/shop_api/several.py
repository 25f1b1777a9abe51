"""Several designs in one order: what they come to together, ordering them as they were seen."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router, Status

from configurator.wizard.models import Design
from orders import services, terms
from orders.deals import Deal, SeveralCurrencies, Wish, deal_of, promo_of
from orders.forms import AddressForm
from orders.offers import offer
from orders.placing import SeenLine, SeenOrder
from orders.promo.applying import NONE, Applied
from orders.promo.showing import Written, panel
from orders.receipt import receipt_of_deal
from orders.shipping_words import told_ways
from orders.shop_api import ordering_schemas as schemas
from orders.shop_api.designs import Problems, locale
from orders.shop_api.ordering import (
    REFUSALS,
    browser_of,
    checked,
    looked_at,
    of_refusal,
    order_record,
    pay_records,
    posted,
    promo_record,
    receipt_record,
    sent_back,
    to_be_ordered,
    told_of,
)
from orders.shop_api.problems import Refused
from orders.shop_api.rates import PerMinute
from orders.specifications import Incomplete, store
from orders.summary import say_day

router = Router(tags=["orders"])
Ordering: dict[Any, Any] = {**Problems, 409: schemas.Problem}


def wished(lines: Sequence[schemas.AskLine]) -> list[Wish]:
    """The designs as they are now. Refused where one is not whole, or named twice."""
    designs = [to_be_ordered(line.design) for line in lines]
    if len({design.pk for design in designs}) != len(designs):
        raise Refused(
            422, "twice", _("A design is named twice; order more of it instead."), "lines"
        )
    wishes: list[Wish] = []
    for design, line in zip(designs, lines, strict=True):
        offered = offer(design)
        if not offered.complete:
            detail = _("Something is not decided yet. Finish the design first.")
            raise Refused(409, "incomplete", detail, f"lines.{len(wishes)}.design")
        rush = line.rush and offered.rush_net(line.quantity) is not None
        wishes.append(Wish(offered, line.quantity, rush))
    return wishes


def dealt(wishes: Sequence[Wish], form: AddressForm, promo: Applied = NONE) -> Deal:
    try:
        return deal_of(wishes, form.where(), promo.discounts)
    except SeveralCurrencies:
        detail = _("An order is paid in one currency.")
        raise Refused(409, "several_currencies", detail, "lines") from None


def held(wishes: Sequence[Wish], buyer: str) -> list[date]:
    """The day of each; with a buyer a place is kept for each."""
    if not buyer:
        return [wish.offered.ready_on for wish in wishes]
    days = []
    for wish in wishes:
        place = services.keep_place(
            offered=wish.offered,
            quantity=wish.quantity,
            browser=browser_of(buyer),
            rush=wish.rush,
            besides=len(wishes),
        )
        days.append(place.ready_on if place else wish.offered.ready_on)
    return days


def seen_now(
    wishes: Sequence[Wish], days: Sequence[date], deal: Deal, codes: tuple[str, ...]
) -> SeenOrder:
    """What the buyer sees now."""
    lines = tuple(
        SeenLine(
            design_id=wish.offered.design.pk,
            revision=wish.offered.design.revision,
            specification=store(wish.offered).pk,
            quantity=wish.quantity,
            ready_on=day,
            rush=wish.rush_net is not None,
        )
        for wish, day in zip(wishes, days, strict=True)
    )
    arrives = deal.way.arrives(max(days)) if deal.way else None
    shipping = deal.way.code if deal.way else ""
    return SeenOrder(lines, deal.sums.total, terms.VERSION, shipping, arrives, codes)


def record(wishes: Sequence[Wish], form: AddressForm, buyer: str, codes: Written) -> dict[str, Any]:
    """What ordering these would come to."""
    promo = promo_of(wishes, codes.codes, form.email_said(), locale())
    deal = dealt(wishes, form, promo)
    days = held(wishes, buyer)
    return {
        "receipt": receipt_record(receipt_of_deal(deal, locale())),
        **promo_record(panel(promo, codes)),
        "ready": say_day(max(days), locale()),
        "ways": [asdict(way) for way in told_ways(deal, max(days), locale())],
        "ways_to_pay": pay_records(),
        "unreachable": deal.unreachable,
        "seen": sent_back(seen_now(wishes, days, deal, promo.codes)),
    }


@router.post("/orders/review", response={200: schemas.SeveralReview, **Ordering})
def review_several(request: HttpRequest, asked: schemas.AskSeveral) -> Any:
    """What several whole designs come to in one order; with `buyer` their places are kept."""
    form = checked(AddressForm(posted(asked)), *told_of(asked))
    return record(wished(asked.lines), form, asked.buyer, looked_at(request, asked))


@router.post(
    "/orders",
    response={200: schemas.Order, 201: schemas.Order, **Ordering},
    throttle=[PerMinute("SHOP_API_DESIGNS")],
)
def order_several(request: HttpRequest, response: HttpResponse, asked: schemas.PlaceSeveral) -> Any:
    """Order several designs as they were seen; 409 `changed` has the review as it is now."""
    form = checked(AddressForm(posted(asked)))
    seen = _seen(asked.seen)
    again = all(services.order_of(line.design_id, line.revision) for line in seen.lines)
    try:
        order = services.place_lines(
            seen=seen,
            contact=form.contact(),
            language=locale(),
            browser=browser_of(asked.buyer),
            paying=form.cleaned_data["paying"],
        )
    except (services.Changed, Incomplete, SeveralCurrencies):
        now = record(wished(asked.lines), form, asked.buyer, looked_at(request, asked))
        detail = _("It is not as you saw it any more. Please look again.")
        raise Refused(409, "changed", detail, "seen", several=now) from None
    except Design.DoesNotExist:
        raise Refused(404, "not_found", _("There is no such design."), "seen") from None
    except REFUSALS as refusal:
        raise of_refusal(refusal) from None
    response["Location"] = reverse("shop-api-v1:get_order", args=[order.token])
    return Status(200 if again else 201, order_record(request, order))


def _seen(told: schemas.SeenSeveral) -> SeenOrder:
    lines = tuple(SeenLine(**line.dict()) for line in told.lines)
    codes = tuple(told.codes)
    return SeenOrder(lines, told.total, told.terms, told.shipping, told.arrives_on, codes)
