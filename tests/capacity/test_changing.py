"""Another design in the same place: what has begun keeps its minutes and parts, the rest is new."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone

from configurator.capacity import changing, services, stock
from configurator.capacity.changing import Wish
from configurator.capacity.models import Booking, DayLoad, Reservation, StockClaim, StockItem
from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import live_release
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Value
from tests.changes import kit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)
KEY = "line:2026-00001-1"


@pytest.fixture
def stool(db: None) -> ReleasedProduct:
    kit.import_stool()
    return live_release("stool")


def design(product: ReleasedProduct, **choices: Value) -> Configuration:
    whole = product.space.complete({**kit.CHOICES, **choices})
    return Configuration(dict(whole))


def placed(product: ReleasedProduct, before: Configuration, quantity: int = 1) -> Reservation:
    services.hold(key="design:1", product=product, configuration=before, quantity=quantity)
    return services.firm(key="design:1", new_key=KEY)


def wish(product: ReleasedProduct, after: Configuration, *begun: str, **more: Any) -> Wish:
    found = Reservation.objects.get(key=KEY)
    before = more.pop("before", design(product))
    return Wish(
        key=KEY,
        product=product,
        before=before,
        after=after,
        quantity=found.quantity,
        begun=frozenset(begun),
        ordered_on=TODAY,
        promised_on=found.promised_on,
    )


def minutes() -> dict[str, int]:
    rows = Booking.objects.values_list("operation").annotate(sum=Sum("minutes"))
    return {code: int(total) for code, total in rows}


def balanced() -> bool:
    """Days to come hold what is booked on them, items what is claimed of them."""
    ahead = DayLoad.objects.filter(day__gte=timezone.localdate())
    loads = {(load.work_center_id, load.day): load.booked for load in ahead}
    rows = Booking.objects.filter(day__gte=timezone.localdate()).values_list(
        "work_center_id", "day"
    )
    booked = {
        (center, day): total for center, day, total in rows.annotate(sum=Sum("minutes")) if total
    }
    covered = StockClaim.objects.filter(state="covered").values_list("item_id")
    claims = dict(covered.annotate(sum=Sum("quantity")))
    items = {item.pk: item.reserved for item in StockItem.objects.all() if item.reserved}
    return {k: v for k, v in loads.items() if v} == booked and items == claims


def test_new_operations_get_minutes_and_old_ones_give_them_back(stool: ReleasedProduct) -> None:
    placed(stool, design(stool))
    assert minutes() == {"saw": 15, "paint": 10, "assemble": 12}
    after = design(stool, cushion=True, color="none_")
    asked = wish(stool, after)
    looked = changing.look(asked)
    assert minutes() == {"saw": 15, "paint": 10, "assemble": 12}
    assert changing.change(asked) == looked
    assert minutes() == {"saw": 15, "assemble": 12, "upholster": 15}
    assert balanced()
    found = Reservation.objects.get(key=KEY)
    assert [task["code"] for task in found.routing] == ["saw", "assemble", "upholster"]
    assert found.promised_on == looked


def test_what_has_begun_keeps_its_minutes(stool: ReleasedProduct, morning: Any) -> None:
    placed(stool, design(stool))
    services.finish_operation(key=KEY, operation="saw")
    day = Booking.objects.get(operation="saw").day
    morning.shift(timedelta(days=1))
    changing.change(wish(stool, design(stool, cushion=True), "saw"))
    assert (Booking.objects.get(operation="saw").day, balanced()) == (day, True)
    assert minutes()["saw"] == 15
    assert all(b.day > day for b in Booking.objects.exclude(operation="saw"))


def test_what_does_not_concern_the_bench_keeps_its_days(stool: ReleasedProduct) -> None:
    placed(stool, design(stool))
    rows = list(Booking.objects.values())
    asked = wish(stool, design(stool, ribbon=True))
    assert changing.change(asked) == asked.promised_on
    assert list(Booking.objects.values()) == rows


def test_parts_go_back_and_others_are_claimed(stool: ReleasedProduct) -> None:
    for number, there in (("F-1", 20), ("C-9", 1), ("L-1", 50)):
        StockItem.objects.create(number=number, on_hand=Decimal(there))
    placed(stool, design(stool), quantity=2)
    assert StockItem.objects.get(number="F-1").reserved == 6
    changing.change(wish(stool, design(stool, feet=1, cushion=True), "saw"))
    assert StockItem.objects.get(number="F-1").reserved == 2
    assert StockItem.objects.get(number="L-1").reserved == 6
    assert StockItem.objects.get(number="C-9").reserved == 0
    assert StockClaim.objects.get(item__number="C-9").state == "short"
    assert balanced()
    stock.receive(number="C-9", quantity=Decimal(3))
    assert StockClaim.objects.get(item__number="C-9").state == "covered"


def test_a_full_day_moves_the_promise(stool: ReleasedProduct) -> None:
    placed(stool, design(stool))
    many = replace(design(stool), choices={**design(stool).choices, "cushion": True})
    services.hold(key="design:2", product=stool, configuration=many, quantity=99)
    late = changing.look(wish(stool, design(stool, cushion=True)))
    Reservation.objects.filter(key="design:2").update(held_until="2026-11-30T07:00Z")
    services.sweep()
    assert changing.look(wish(stool, design(stool, cushion=True))) < late


def test_without_a_place_only_the_day_is_told(stool: ReleasedProduct) -> None:
    asked = Wish(
        key="line:unknown",
        product=stool,
        before=design(stool),
        after=design(stool, cushion=True),
        quantity=1,
        begun=frozenset(),
        ordered_on=TODAY,
        promised_on=TODAY,
    )
    assert changing.change(asked) >= TODAY
    assert not Booking.objects.exists()
