"""What it comes to: every cent has its place, whatever the lines, discounts and rates."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.selling.sums import Discount, Item, price_summary

D = Decimal
money = st.decimals(min_value="0", max_value="99999.99", places=2)
rates = st.sampled_from([D(0), D("5.5"), D(8), D(19), D(23)])
items = st.lists(st.builds(Item, money, rates), min_size=1, max_size=6)


def test_tax_is_rounded_once_a_rate() -> None:
    sums = price_summary([Item(D("10.02"), D(23)), Item(D("10.02"), D(23)), Item(D(5), D(8))])
    assert [(t.rate, t.base, t.tax) for t in sums.taxes] == [
        (D(23), D("20.04"), D("4.61")),  # once: 4.6092; line by line it would be 4.60
        (D(8), D("5.00"), D("0.40")),
    ]
    assert (sums.net, sums.tax, sums.total) == (D("25.04"), D("5.01"), D("30.05"))


def test_shipping_has_the_highest_rate_of_the_goods() -> None:
    sums = price_summary([Item(D(10), D(8)), Item(D(10), D(23))], shipping=D(9))
    assert {t.rate: t.base for t in sums.taxes} == {D(8): D(10), D(23): D(19)}


def test_discounts_take_off_no_more_than_the_goods_and_nothing_of_the_shipping() -> None:
    off = [Discount(D(15)), Discount(D(30))]
    sums = price_summary([Item(D(20), D(23))], shipping=D(9), discounts=off)
    assert [each.net for each in sums.discounts] == [D(15), D(5)]
    assert (sums.goods, sums.net, sums.total) == (D(20), D(9), D("11.07"))


@pytest.mark.parametrize("off", [D("0.01"), D("0.02"), D("10.00"), D("99.99")])
def test_a_discount_is_spread_by_worth(off: Decimal) -> None:
    lines = [Item(D("33.33"), D(8)), Item(D("33.33"), D(19)), Item(D("33.34"), D(23))]
    bases = price_summary(lines, discounts=[Discount(off)]).taxes
    assert sum(line.base for line in bases) == D(100) - off
    shares = [base.base for base in bases]
    assert max(shares) - min(shares) <= D("0.02")


@given(items, st.none() | money, st.lists(st.builds(Discount, money), max_size=3))
def test_all_of_it_adds_up(
    lines: list[Item], shipping: Decimal | None, off: list[Discount]
) -> None:
    sums = price_summary(lines, shipping=shipping, discounts=off)
    taken = sum((each.net for each in sums.discounts), D(0))
    assert sums.goods == sum(line.net for line in lines)
    assert sums.net == sums.goods - taken + (shipping or 0)
    assert sums.net + sums.tax == sums.total
    assert all(line.base >= 0 for line in sums.taxes)
    assert sum((line.tax for line in sums.taxes), D(0)) == sums.tax
