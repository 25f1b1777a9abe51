"""Stock is exact on every database: tenths add up, and what is taken again comes back."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from configurator.capacity import stock
from configurator.capacity.making import Need
from configurator.capacity.minutes import lock
from configurator.capacity.models import Reservation, StockClaim, StockItem, StockMove
from tests.effort import often

THOUSANDTHS = st.integers(1, 3_000).map(lambda n: Decimal(n) / 1000)


def place(key: str) -> Reservation:
    day = timezone.localdate()
    return Reservation.objects.create(key=key, made_of="", ready_on=day, promised_on=day)


class Exactness(TestCase):
    """What is reserved, used and let go again adds up, whatever the fractions."""

    @settings(max_examples=often(30))
    @given(st.lists(st.tuples(THOUSANDTHS, st.booleans()), min_size=1, max_size=12))
    def test_fractions_add_up(self, taken: list[tuple[Decimal, bool]]) -> None:
        there = sum((quantity for quantity, _used in taken), Decimal(0))
        item = StockItem.objects.create(number="leather", on_hand=there)
        with transaction.atomic():
            lock()
            for number, (quantity, used) in enumerate(taken):
                mine = place(f"line:{number}")
                stock.claim(mine, [Need("leather", "cut", quantity, 0)])
                assert mine.claims.get().state == StockClaim.State.COVERED
                if used:
                    stock.use(mine, "cut")
        item.refresh_from_db()
        gone = sum((quantity for quantity, used in taken if used), Decimal(0))
        assert (item.on_hand, item.reserved) == (there - gone, there - gone)
        with transaction.atomic():
            lock()
            for mine in Reservation.objects.all():
                stock.let_go(mine)
        item.refresh_from_db()
        assert (item.on_hand, item.reserved) == (there - gone, Decimal(0))
        Reservation.objects.all().delete()
        item.moves.all().delete()
        item.delete()


@pytest.mark.django_db
def test_no_more_than_there_is() -> None:
    item = StockItem.objects.create(number="leather", on_hand=Decimal("0.3"))
    with transaction.atomic():
        lock()
        for number, quantity in enumerate(["0.1", "0.2", "0.001"]):
            stock.claim(place(f"line:{number}"), [Need("leather", "", Decimal(quantity), 0)])
    states = list(StockClaim.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["covered", "covered", "short"]
    item.refresh_from_db()
    assert item.reserved == Decimal("0.3")


@pytest.mark.django_db
def test_a_part_for_several_operations_is_taken_as_far_as_it_reaches_in_few_queries(
    django_assert_max_num_queries: Any,
) -> None:
    for number in ("leather", "thread", "rivet"):
        StockItem.objects.create(number=number, on_hand=Decimal("2.5"))
    mine = place("line:1")
    needs = [Need("leather", "cut", Decimal(2), 0), Need("leather", "sew", Decimal(1), 0)]
    needs += [Need(number, "sew", Decimal("2.5"), 0) for number in ("thread", "rivet", "unknown")]
    with transaction.atomic(), django_assert_max_num_queries(12):
        lock()
        stock.claim(mine, needs)
    claims = mine.claims.order_by("pk").values_list("item__number", "operation", "state")
    assert list(claims) == [
        ("leather", "cut", "covered"),
        ("leather", "sew", "short"),
        ("thread", "sew", "covered"),
        ("rivet", "sew", "covered"),
    ]
    assert dict(StockItem.objects.values_list("number", "reserved")) == {
        "leather": Decimal(2),
        "thread": Decimal("2.5"),
        "rivet": Decimal("2.5"),
    }
    assert StockMove.objects.filter(kind=StockMove.Kind.RESERVED, key="line:1").count() == 3
