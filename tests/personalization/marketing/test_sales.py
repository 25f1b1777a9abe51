"""Months that were counted ahead tell the same, to the cent, as if all were counted now."""

import uuid
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from orders.factory.figures.period import Period
from orders.models import Job, Order, OrderLine
from personalization.marketing.models import SoldMonth
from personalization.marketing.results import keeping, pages, sales
from personalization.marketing.results.daily import by_span, told
from personalization.marketing.results.pages import Facts
from tests.orders import kit

pytestmark = pytest.mark.django_db

DAYS = 70
State = Order.State


def ordered(at: datetime, net: Decimal, state: str = State.PLACED, lines: int = 1) -> Order:
    """One more of the first order, at that time and for that much."""
    first = Order.objects.order_by("placed_at").first() or kit.order(kit.whole_design())
    line = OrderLine.objects.order_by("pk").first()
    assert line is not None
    facts = {field.name: getattr(first, field.name) for field in Order._meta.concrete_fields}
    name = uuid.uuid4().hex
    facts |= {"id": uuid.UUID(name), "token": name, "number": name[:20]}
    order = Order.objects.create(**facts | {"placed_at": at, "state": state, "net": net})
    for position in range(1, lines + 1):
        OrderLine.objects.create(
            order=order,
            position=position,
            design_id=line.design_id,
            design_revision=OrderLine.objects.count() + 1_000,
            specification_id=line.specification_id,
            quantity=position,
            unit_net=net,
            net=net,
            tax_rate=line.tax_rate,
            promised_on=line.promised_on,
        )
    return order


def rows_of(period: Period, name: str, product: str = "") -> list[list[object]]:
    return [list(row) for row in pages.figure(Facts(period, product), name).table.rows]


def by_hand(span: Period) -> tuple[int, int, Decimal]:
    """Orders, pieces and net of the one product, row by row."""
    lines = [
        line
        for line in OrderLine.objects.select_related("order")
        if line.order.state not in (State.CANCELED, State.AWAITING)
        and span.holds(timezone.localdate(line.order.placed_at))
    ]
    net = sum((line.net for line in lines), Decimal(0))
    return len({line.order_id for line in lines}), sum(line.quantity for line in lines), net


def change(lots: Random) -> None:
    """Something that happens to orders after months were counted."""
    order = lots.choice(list(Order.objects.all()))
    match lots.randrange(4):
        case 0:
            Order.objects.filter(pk=order.pk).update(state=State.CANCELED)
        case 1:
            Order.objects.filter(pk=order.pk).update(state=State.PLACED)
        case 2:  # another design, accepted: for the same net altogether
            OrderLine.objects.filter(order=order).update(net=lots.randrange(10_000) / Decimal(100))
            Order.objects.filter(pk=order.pk).update(revision=order.revision + 1)
        case 3:
            ordered(order.placed_at + timedelta(hours=lots.randrange(48)), Decimal("19.99"))


@pytest.mark.parametrize("seed", range(2))
def test_kept_months_tell_what_counting_anew_does(settings: Any, seed: int) -> None:
    settings.TIME_ZONE = "Europe/Warsaw"
    kit.import_lamp()
    lots, now = Random(seed), datetime(2026, 12, 3, 23, 30, tzinfo=ZoneInfo("UTC"))
    slug = kit.order(kit.whole_design()).lines.get().specification.release.product.slug
    for _n in range(25):
        net = lots.randrange(1_000_000) / Decimal(100)
        at = now - timedelta(minutes=lots.randrange(2 * DAYS * 1_440))
        ordered(at, net, lots.choice(State.values), lots.randrange(1, 3))
    keeping.keep_sales()
    last = timezone.localdate(now)
    for _turn in range(5):
        change(lots)
        period = Period(last - timedelta(days=lots.randrange(1, DAYS)), last)
        asked = [(period, name, of) for name, of in (("products", ""), ("revenue", slug))]
        kept = [rows_of(*each) for each in asked]
        orders, pieces, net = by_hand(period)
        if orders:
            assert kept[0][0][2] == orders
            assert kept[0][0][4:6] == [pieces, net]
            assert kept[1][-1][1] == net
        SoldMonth.objects.update(mark="")
        assert kept == [rows_of(*each) for each in asked]
        keeping.keep_sales()
        assert kept == [rows_of(*each) for each in asked]


def test_a_month_that_was_kept_is_not_counted_again() -> None:
    kit.import_lamp()
    kit.order(kit.whole_design())
    ordered(timezone.now() - timedelta(days=70), Decimal("12.34"))
    assert keeping.keep_sales() >= 2
    assert keeping.keep_sales() == 0
    month = Period(*_ends(timezone.localdate() - timedelta(days=70)))
    with CaptureQueriesContext(connection) as asked:
        parts = sales.Sales(month).parts(month)
    assert sum((part.net for part in parts.values()), Decimal(0)) == Decimal("12.34")
    assert not [each for each in asked if "orderline" in each["sql"]]


def _ends(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def test_months_are_counted_every_night() -> None:
    kit.import_lamp()
    kit.order(kit.whole_design())
    ordered(timezone.now() - timedelta(days=40), Decimal("1.00"))
    assert keeping.keep_counting()
    assert not keeping.keep_counting()
    job = Job.objects.get(kind=keeping.KEEP)
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now())
    assert keeping.perform(job.pk)
    assert SoldMonth.objects.exists()
    waiting = Job.objects.get(kind=keeping.KEEP, state=Job.State.DUE)
    assert waiting.due_at > timezone.now()


@given(
    days=st.integers(1, 731),
    moments=st.lists(st.integers(0, 10**8), max_size=20),
)
def test_spans_hold_each_moment_once(days: int, moments: list[int]) -> None:
    period = Period(date(2026, 11, 30) - timedelta(days=days - 1), date(2026, 11, 30))
    spans = told(period)
    whole = int((spans[-1].stop - spans[0].start).total_seconds())
    at = [spans[0].start + timedelta(seconds=each % whole) for each in moments]
    found = by_span(spans, ((each, "a") for each in at))
    for span in (*spans, period):
        held = Counter(span.start <= each < span.stop for each in at)[True]
        assert found.over(span) == held
        assert found.over(span, "b") == 0
