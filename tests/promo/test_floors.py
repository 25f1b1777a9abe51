"""No promo code brings a design below what it can bear, alone or with others; and it says so."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configurator.catalog.models import Part, Product, WorkCenter
from configurator.wizard.models import Design
from orders.deals import Where, Wish, deal_of, promo_of
from orders.margins import bearing
from orders.offers import offer
from orders.promo.applying import Goods, Left, worth
from orders.promo.models import Floor, PromoCode, Promotion
from orders.services import Changed
from tests.orders import kit
from tests.promo.kit import promotion
from tests.promo.test_codes import seen_with

D = Decimal
PERCENT, AMOUNT = Promotion.Kind.PERCENT, Promotion.Kind.AMOUNT


@pytest.fixture
def costed(design: Design) -> Design:
    """The lamp at 113.39 costs 30 + 45 of parts and 16 minutes at 60 an hour: 91."""
    Part.objects.filter(code="pole").update(cost=30)
    Part.objects.filter(code="shade").update(cost=45)
    WorkCenter.objects.update(hourly_cost=60)
    return design


def told(design: Design, *codes: str, quantity: int = 1) -> list[tuple[Decimal, str, str]]:
    applied = promo_of([Wish(offer(design), quantity)], codes)
    off = {each.code: each.net for each in applied.discounts}
    return [(off.get(each.code, D(0)), each.less, each.why) for each in applied.told]


def test_it_takes_off_what_is_left_above_the_costs(costed: Design) -> None:
    promotion("HALF", percent=D(50))
    ((off, less, why),) = told(costed, "HALF")
    assert (off, why) == (D("22.39"), "")
    assert "takes off €22.39" in less
    promotion("TEN")
    assert told(costed, "TEN") == [(D("11.34"), "", "")]


def test_setup_is_shared_by_the_pieces(costed: Design) -> None:
    promotion("HALF", percent=D(50))
    ((off, _less, _why),) = told(costed, "HALF", quantity=2)
    assert off == 2 * D("113.39") - 2 * 75 - 30


def test_a_margin_is_kept(costed: Design) -> None:
    Floor.objects.create(margin=10)
    promotion("HALF", percent=D(50))
    ((off, _less, _why),) = told(costed, "HALF")
    assert off == D("113.39") - D("101.12")  # 91 is 90 % of it
    Floor.objects.create(product=Product.objects.get(), margin=0)
    assert told(costed, "HALF")[0][0] == D("22.39")


def test_several_codes_share_what_there_is(costed: Design) -> None:
    for code in ("A", "B", "C"):
        promotion(code * 3, kind=AMOUNT, amount=D(15), stackable=True)
    first, second, third = told(costed, "AAA", "BBB", "CCC")
    assert (first[0], second[0], third[0]) == (D(15), D("7.39"), D(0))
    assert "nothing more can be taken off" in third[2]
    assert promo_of([Wish(offer(costed), 1)], ["AAA", "BBB", "CCC"]).codes == ("AAA", "BBB")


def test_unknown_costs_have_a_floor_in_percent_and_never_below_what_is_known(
    costed: Design,
) -> None:
    Part.objects.filter(code="shade").update(cost="")
    promotion("HALF", percent=D(50))
    assert told(costed, "HALF")[0][0] == D("56.70")
    Floor.objects.create(unknown=20)
    assert told(costed, "HALF")[0][0] == D("22.67")
    Part.objects.filter(code="pole").update(cost=90)
    assert told(costed, "HALF")[0][0] == D("113.39") - 90 - 16


def test_other_currencies_of_work_are_not_known(costed: Design) -> None:
    WorkCenter.objects.update(cost_currency="PLN")
    Floor.objects.create(unknown=0)
    promotion("HALF", percent=D(50))
    assert "nothing more" in told(costed, "HALF")[0][2]


def test_costs_that_rise_meanwhile_are_asked_about(costed: Design) -> None:
    promotion("HALF", percent=D(50))
    shown = seen_with(costed, "HALF")
    Part.objects.filter(code="pole").update(cost=40)
    with pytest.raises(Changed):
        kit.order(costed, shown)
    order = kit.order(costed, seen_with(costed, "HALF"))
    assert order.discounts[0]["net"] == "12.39"


def test_the_page_tells_kindly_that_it_is_less(client: Any, costed: Design) -> None:
    promotion("HALF", percent=D(50))
    sent = kit.form_of(costed, promo="half", recalculate="1")
    shown = client.post(kit.place_url(costed.pk), sent).text
    assert "so much the price can bear" in shown


def test_codes_of_one_group_are_not_used_together(design: Design) -> None:
    promotion("ONE", stackable=True, group="hello")
    promotion("TWO", stackable=True, group="hello")
    promotion("TRI", stackable=True)
    assert [bool(why) for _off, _less, why in told(design, "ONE", "TWO", "TRI")] == [
        False,
        True,
        False,
    ]


money = st.decimals(D("0.01"), D(5000), places=2)
kinds = st.one_of(
    st.tuples(st.just(PERCENT), st.decimals(D("0.01"), D(100), places=2)),
    st.tuples(st.just(AMOUNT), money),
)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.tuples(money, st.one_of(st.none(), money)), min_size=1, max_size=5),
    terms=st.lists(kinds, min_size=1, max_size=4),
)
def test_whatever_is_used_together_no_line_goes_below(
    lines: list[tuple[Decimal, Decimal | None]], terms: list[tuple[str, Decimal]]
) -> None:
    goods = [Goods(1, net, bearable) for net, bearable in lines]
    deals = [
        Promotion(kind=kind, percent=much if kind == PERCENT else None, amount=much)
        for kind, much in terms
    ]
    for number, deal in enumerate(deals, 1):
        deal.pk = number  # no row: it is for all products
    left, before = Left(goods), sum((net for net, _b in lines), D(0))
    most = sum((net if b is None else min(net, b) for net, b in lines), D(0))
    off = D(0)
    for deal in deals:
        full = left.full(deal)
        taken = left.take(deal, full)
        assert D(0) <= taken <= full
        off += taken
    assert off <= most <= before
    assert all(each >= 0 for each in left.left)
    if all(bearable is None for _net, bearable in lines):
        full, alone = worth(deals[0], goods)
        assert full == alone


def test_rush_is_not_given_away(costed: Design) -> None:
    offered = offer(costed)
    about: Any = {"product_id": 1, "quantity": 1}
    plain = bearing(offered.product, offered.configuration, net=D("113.39"), **about)
    rush = bearing(offered.product, offered.configuration, net=D("133.39"), rush=D(20), **about)
    assert rush.bearable == plain.bearable == D("22.39")


@pytest.mark.parametrize("where", [Where("PL"), Where("DE", "DE136695976")])
def test_a_whole_deal_never_costs_less_than_the_floor(costed: Design, where: Where) -> None:
    promotion("ALL", kind=AMOUNT, amount=D(5000))
    applied = promo_of([Wish(offer(costed), 1)], ["ALL"])
    deal = deal_of([Wish(offer(costed), 1)], where, applied.discounts)
    assert deal.sums.net == 91
    assert PromoCode.objects.get().used == 0
