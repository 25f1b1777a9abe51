"""What promo codes take off, and why they don't: at the till, in order, mails, and given back."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from configurator.catalog.models import Product
from configurator.wizard.models import Design
from orders import services
from orders.confirmations import mail_of
from orders.deals import Where, Wish, deal_of, promo_of, sums_of
from orders.models import Order, OrderEvent
from orders.offers import offer
from orders.promo.models import PromoCode, Promotion, Redemption
from orders.selling.models import ShippingOption
from orders.services import Changed
from tests.orders import kit
from tests.promo.kit import promotion

D = Decimal
Kind = Promotion.Kind


def seen_with(design: Design, *codes: str, quantity: int = 1, email: str = "") -> services.Seen:
    """What a customer sees who has written these codes."""
    wish = Wish(offer(design), quantity)
    applied = promo_of([wish], codes, email)
    deal = deal_of([wish], Where("PL"), applied.discounts)
    shown = kit.seen_now(design, quantity)
    arrives = deal.way.arrives(shown.ready_on) if deal.way else None
    return replace(shown, total=deal.sums.total, codes=applied.codes, arrives_on=arrives)


def why(design: Design, *codes: str, email: str = "", quantity: int = 1) -> list[str]:
    return [told.why for told in promo_of([Wish(offer(design), quantity)], codes, email).told]


def ordered(design: Design, *codes: str, email: str = "zofia@example.com") -> Order:
    return kit.order(design, seen_with(design, *codes), email=email)


@pytest.mark.parametrize(
    ("terms", "off"),
    [
        ({"kind": Kind.PERCENT, "percent": D("10")}, "11.34"),
        ({"kind": Kind.AMOUNT, "amount": D("20")}, "20.00"),
        ({"kind": Kind.AMOUNT, "amount": D("500")}, "113.39"),
        ({"kind": Kind.SHIPPING}, "9.00"),
        ({"kind": Kind.SHIPPING, "amount": D("5")}, "5.00"),
    ],
)
def test_an_order_is_cheaper_and_says_so(design: Design, terms: dict[str, Any], off: str) -> None:
    ShippingOption.objects.create(name_en="Parcel", net=D(9), days=3)
    promotion("SPRING", **terms)
    order = ordered(design, "SPRING")
    taken = order.discounts[0]
    assert (taken["code"], taken["name"]["en"], taken["net"]) == ("SPRING", "Spring", off)
    assert order.net == D("113.39") + 9 - D(off)
    assert sums_of(order).total == order.total
    assert "Spring: -€" in mail_of(order, b"%PDF").body


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"starts_at": timezone.now() + timedelta(days=9)}, "works from"),
        ({"ends_at": timezone.now() - timedelta(minutes=1)}, "has ended"),
        ({"limit": 5, "used": 5}, "as often as it could be"),
        ({"minimum": D(200)}, "works from €200.00 on"),
        ({"minimum": D(2), "currency": "PLN"}, "another currency"),
        ({"active": False}, "don’t know this code"),
    ],
)
def test_who_can_not_use_it_is_told_why(design: Design, terms: dict[str, Any], said: str) -> None:
    promotion("SPRING", **terms)
    (told,) = why(design, "SPRING")
    assert said in told
    assert not promo_of([Wish(offer(design), 1)], ["SPRING"]).discounts


def test_it_is_for_its_products_from_its_minimum(design: Design) -> None:
    other = Product.objects.create(slug="other", name_en="Other")
    deal = promotion("SPRING", minimum=D(200))
    assert why(design, "SPRING", quantity=2) == [""]
    deal.products.add(other)
    assert "other products" in why(design, "SPRING", quantity=2)[0]
    deal.products.add(design.release.product)
    assert why(design, "SPRING", quantity=2) == [""]


def test_codes_stack_if_all_of_them_may(design: Design) -> None:
    promotion("ONE", stackable=True)
    promotion("TWO", stackable=True, kind=Kind.AMOUNT, amount=D(5))
    promotion("ALONE")
    assert why(design, "ONE", "TWO") == ["", ""]
    assert [bool(told) for told in why(design, "ONE", "ALONE", "TWO")] == [False, True, False]
    assert [bool(told) for told in why(design, "ALONE", "ONE")] == [False, True]
    PromoCode.objects.create(promotion=Promotion.objects.get(codes__code="ONE"), code="UNO")
    assert [bool(told) for told in why(design, "ONE", "UNO")] == [False, True]


def test_once_a_person_is_once_a_person(design: Design) -> None:
    promotion("WELCOME", once_per_person=True)
    ordered(design, "WELCOME")
    again = kit.whole_design()
    assert "used this code already" in why(again, "WELCOME", email="Zofia@Example.com ")[0]
    with pytest.raises(Changed):
        ordered(again, "WELCOME")
    assert ordered(again, "WELCOME", email="other@example.com").discounts


def test_a_code_for_one_use_is_used_once_and_given_back(design: Design) -> None:
    deal = promotion("ONLY", limit=3, code_limit=1)
    order = ordered(design, "ONLY")
    again = kit.whole_design()
    assert "used already" in why(again, "ONLY")[0]
    for _repeated in range(2):
        services.record(order_id=order.pk, kind=OrderEvent.Kind.CANCELED, detail={"by": "unpaid"})
    deal.refresh_from_db()
    assert (deal.used, deal.codes.get().used) == (0, 0)
    assert ordered(again, "ONLY").discounts
    assert Redemption.objects.filter(given_back_at=None).count() == 1


@pytest.mark.parametrize("ended", [{"active": False}, {"percent": D(5)}, {"limit": 1, "used": 1}])
def test_what_ends_meanwhile_is_asked_about(design: Design, ended: dict[str, Any]) -> None:
    promotion("SPRING", limit=1)
    shown = seen_with(design, "SPRING")
    Promotion.objects.update(**ended)
    with pytest.raises(Changed):
        kit.order(design, shown)
    assert not Order.objects.exists()
    assert not Redemption.objects.exists()


def test_sent_again_it_is_used_once(design: Design) -> None:
    promotion("SPRING")
    shown = seen_with(design, "SPRING")
    assert kit.order(design, shown) == kit.order(design, shown)
    assert Promotion.objects.get().used == 1
