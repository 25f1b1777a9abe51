"""A changed order with a code ends at no less than its floor, or at its price without the code."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configurator.catalog.models import Part, WorkCenter
from configurator.wizard.models import Design
from orders import services
from orders.changes import changing
from orders.confirmations import change_mail_of
from orders.deals import Wish, promo_of, sums_of
from orders.margins import bearing
from orders.models import Order
from orders.offers import offer
from orders.promo.models import Floor, Promotion
from tests.changes import kit
from tests.orders import kit as ordering
from tests.promo.kit import promotion
from tests.promo.test_codes import seen_with

D = Decimal
AMOUNT = Promotion.Kind.AMOUNT
pytestmark = pytest.mark.django_db


@pytest.fixture
def costed(tmp_path: Path, settings: Any) -> None:
    """A red oak stool at 61.50 costs 12 of legs, 9 of its seat, paint and felt 2, and work."""
    settings.PAPERS_DIR = tmp_path / "papers"
    settings.PICTURES_DIR = tmp_path / "pictures"
    kit.import_stool()
    costs = {"leg": 4, "seat": 9, "paint": 5, "cushion": 8, "felt": D("0.33")}
    for code, cost in costs.items():
        Part.objects.filter(code=code).update(cost=cost)
    WorkCenter.objects.update(hourly_cost=30)
    Floor.objects.create(margin=10)


def bought(*codes: str, **choices: Any) -> Order:
    return ordering.order(*_seen(kit.stool(**choices), *codes))


def _seen(design: Design, *codes: str) -> tuple[Design, services.Seen]:
    place = services.keep_place(offered=offer(design), quantity=1, browser="the browser")
    assert place is not None
    return design, replace(seen_with(design, *codes), ready_on=place.ready_on)


def floor_of(order: Order) -> Decimal:
    """How low the goods of an order may go, as designed now."""
    found = D(0)
    for line in order.lines.select_related("specification", "design__release"):
        offered = changing_offer(line)
        found += bearing(
            offered.product,
            offered.configuration,
            product_id=line.design.release.product_id,
            quantity=line.quantity,
            net=line.net,
            rush=line.rush_net or D(0),
        ).lowest
    return found


def changing_offer(line: Any) -> Any:
    change = line.changes.order_by("-pk").first()
    return offer(change.design if change else line.design)


def test_a_smaller_design_takes_less_off(costed: None) -> None:
    promotion("HALF", kind=AMOUNT, amount=D(16))
    order = bought("HALF", cushion=True)
    assert sums_of(order).discounts[0].net == 16
    after = kit.accept(kit.begin(order, cushion=False, wood="ash"))
    sums = sums_of(after)
    assert 0 < sums.discounts[0].net < 16
    assert sums.net == floor_of(after) == after.net
    assert after.total == sums.total


def test_it_comes_back_with_a_design_that_bears_it(costed: None) -> None:
    promotion("HALF", kind=AMOUNT, amount=D(16))
    order = bought("HALF", cushion=True)
    small = kit.accept(kit.begin(order, cushion=False, wood="ash"))
    assert D(small.discounts[0]["net"]) < 16
    large = kit.accept(kit.begin(small, cushion=True, wood="oak"))
    assert D(large.discounts[0]["net"]) == 16
    assert large.net == order.net


def test_percents_are_of_the_price_that_it_has_now(costed: None) -> None:
    promotion("TEN")
    order = bought("TEN", cushion=True)
    after = kit.accept(kit.begin(order, cushion=False))
    line = after.lines.get()
    assert D(after.discounts[0]["net"]) == (line.net / 10).quantize(D("0.01"))


def test_the_first_of_several_keeps_the_most(costed: None) -> None:
    promotion("ONE", kind=AMOUNT, amount=D(9), stackable=True)
    promotion("TWO", kind=AMOUNT, amount=D(7), stackable=True)
    order = bought("ONE", "TWO", cushion=True)
    assert [each["net"] for each in order.discounts] == ["9.00", "7.00"]
    after = kit.accept(kit.begin(order, cushion=False, wood="ash"))
    first, second = (D(each["net"]) for each in after.discounts)
    assert first == 9
    assert 0 <= second < 7
    assert after.net == floor_of(after)


def test_orders_from_before_shares_were_kept_shrink_as_well(costed: None) -> None:
    promotion("HALF", kind=AMOUNT, amount=D(16))
    order = bought("HALF", cushion=True)
    old = [{k: v for k, v in each.items() if k != "shares"} for each in order.discounts]
    Order.objects.filter(pk=order.pk).update(discounts=old)
    after = kit.accept(kit.begin(order, cushion=False, wood="ash"))
    assert after.net == floor_of(after)


def test_free_shipping_stays(costed: None) -> None:
    kept = {"code": "POST", "name": {"en": "Post"}, "net": "5.00", "of_shipping": True}
    order = bought(cushion=True)
    way = {"code": "post", "name": {"en": "Post"}, "pickup": False}
    Order.objects.filter(pk=order.pk).update(discounts=[kept], shipping=way, shipping_net=D(5))
    after = kit.accept(kit.begin(order, cushion=False))
    assert after.discounts == [kept]


def test_it_is_told_before_and_after(client: Any, costed: None) -> None:
    promotion("HALF", kind=AMOUNT, amount=D(16))
    order = bought("HALF", cushion=True)
    change = kit.begin(order, cushion=False, wood="ash")
    page = client.get(kit.url(order)).text
    assert "as much as its price can bear" in page
    assert "-€16.00" in page
    after = kit.accept(change)
    letter = change_mail_of(after, b"", after.revision)
    now = D(after.discounts[0]["net"])
    assert f"Spring takes off €{now} now, instead of €16.00." in letter.body
    assert f"€{now} now" in str(letter.alternatives[0][0])


def test_costs_that_rise_before_it_is_accepted_are_asked_about(costed: None) -> None:
    promotion("HALF", kind=AMOUNT, amount=D(16))
    order = bought("HALF", cushion=True)
    change = kit.begin(order, wood="ash")
    seen = changing.propose(kit.fresh(change)).seen
    Part.objects.filter(code="cushion").update(cost=20)
    with pytest.raises(changing.Different):
        changing.accept(order_id=order.pk, position=1, seen=seen)


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "wood": st.sampled_from(["oak", "ash"]),
        "color": st.sampled_from(["red", "blue", "none_"]),
        "feet": st.sampled_from([0, 3, 7]),
        "cushion": st.booleans(),
    },
)
CODES = st.lists(
    st.one_of(
        st.tuples(st.just("percent"), st.integers(1, 100)),
        st.tuples(st.just("amount"), st.integers(1, 60)),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codes=CODES, changes=st.lists(CHOICES, min_size=1, max_size=3), margin=st.integers(0, 60))
def test_whatever_is_changed_the_floor_holds(
    costed: None, codes: list[tuple[str, int]], changes: list[dict[str, Any]], margin: int
) -> None:
    Floor.objects.update(margin=margin)
    Promotion.objects.all().update(active=False)
    names = []
    for number, (kind, much) in enumerate(codes):
        name = f"C{Promotion.objects.count()}{number}"
        terms: dict[str, Any] = {kind: D(much)}
        promotion(name, kind=kind, stackable=True, **terms)
        names.append(name)
    design = kit.stool(cushion=True)
    works = [name for name in names if name in _working(design, names)]
    order = ordering.order(*_seen(design, *works))
    for choices in changes:
        try:
            order = kit.accept(kit.begin(order, **choices))
        except changing.Nothing:
            continue
        sums = sums_of(order)
        off = sum((each.net for each in sums.discounts), D(0))
        assert sums.net >= floor_of(order) or not off
        assert sums.net == sums.goods - off
        for each in order.discounts:
            assert D(0) <= D(each["net"]) <= sum(map(D, each["agreed"]), D(0))
            assert D(each["net"]) == sum(map(D, each["shares"]), D(0))


def _working(design: Design, names: list[str]) -> tuple[str, ...]:
    return promo_of([Wish(offer(design), 1)], names).codes
