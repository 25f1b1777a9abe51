"""Another design in the same place: what has begun keeps its minutes and parts, the rest is new."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone

from configurator.capacity import changing, services, stock
from configurator.capacity.changes import Change
from configurator.capacity.changing import Wish
from configurator.capacity.models import Booking, DayLoad, Reservation, StockClaim, StockItem
from configurator.capacity.promises import days_by_value, promise
from configurator.capacity.replanning import apply, effect_of
from configurator.catalog.configuration import Configuration
from configurator.catalog.importing.service import import_product
from configurator.catalog.queries import live_release
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Space, Value
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


def busy(product: ReleasedProduct, number: int = 2) -> None:
    """Somebody else orders so much that the bench is full for a while."""
    many = design(product, cushion=True)
    services.hold(key=f"design:{number}", product=product, configuration=many, quantity=99)


def everything() -> list[dict[str, Any]]:
    return [{**row, "id": 0} for row in Booking.objects.order_by("pk").values()]


def test_the_day_that_is_held_is_kept_whoever_orders_meanwhile(stool: ReleasedProduct) -> None:
    placed(stool, design(stool))
    asked = wish(stool, design(stool, cushion=True))
    held = changing.hold(asked)
    assert held.until == timezone.now() + timedelta(minutes=15)
    busy(stool)
    assert changing.look(asked) == held.ready_on
    assert changing.look(wish(stool, design(stool, cushion=True, engraved=True))) > held.ready_on
    assert balanced()
    assert changing.change(asked) == held.ready_on
    assert not Reservation.objects.filter(key__startswith="change:").exists()
    assert minutes()["upholster"] == 15 + 99 * 15
    assert balanced()


def test_without_being_held_the_day_would_be_lost(stool: ReleasedProduct) -> None:
    """The control of the test above."""
    placed(stool, design(stool))
    asked = wish(stool, design(stool, cushion=True))
    looked = changing.look(asked)
    busy(stool)
    assert changing.change(asked) > looked


def test_what_is_held_for_a_change_is_only_what_it_takes_more(stool: ReleasedProduct) -> None:
    StockItem.objects.create(number="F-1", on_hand=Decimal(20))
    placed(stool, design(stool))
    before, loads = everything(), list(DayLoad.objects.filter(booked__gt=0).values())
    asked = wish(stool, design(stool, cushion=True, feet=5))
    changing.hold(asked)
    more = Booking.objects.filter(reservation__key=f"change:{KEY}")
    assert [(row.operation, row.minutes) for row in more] == [("upholster", 15)]
    assert StockItem.objects.get(number="F-1").reserved == 5
    assert balanced()
    changing.hold(asked)
    assert Reservation.objects.filter(key=f"change:{KEY}").count() == 1
    changing.let_go(KEY)
    assert everything() == before
    assert list(DayLoad.objects.filter(booked__gt=0).values()) == loads
    assert StockItem.objects.get(number="F-1").reserved == 3


def test_a_place_for_a_change_ends_with_its_time(stool: ReleasedProduct, morning: Any) -> None:
    placed(stool, design(stool))
    before = everything()
    changing.hold(wish(stool, design(stool, cushion=True)))
    morning.shift(timedelta(minutes=16))
    assert services.sweep() == 1
    assert everything() == before
    assert balanced()


def test_what_a_lead_plans_anew_is_not_what_was_held(stool: ReleasedProduct) -> None:
    placed(stool, design(stool))
    asked = wish(stool, design(stool, cushion=True))
    changing.hold(asked)
    day = Booking.objects.get(operation="upholster").day + timedelta(days=7)
    move = Change(pins={(KEY, "assemble"): day})
    apply(move, effect_of(move).version)
    now = changing.look(asked)
    assert now > day
    assert changing.change(asked) == now
    assert balanced()
    assert minutes() == {"saw": 15, "paint": 10, "assemble": 12, "upholster": 15}


def test_its_own_parts_stay_its_own(stool: ReleasedProduct) -> None:
    """Another order waits for the same paint, promised earlier; a cushion more is no reason to
    give the paint away."""
    StockItem.objects.create(number="P-1", on_hand=Decimal("0.2"))
    placed(stool, design(stool))
    services.hold(key="design:3", product=stool, configuration=design(stool), quantity=1)
    services.firm(key="design:3", new_key="line:2026-00003-1")
    Reservation.objects.filter(key="line:2026-00003-1").update(promised_on=TODAY)
    changing.change(wish(stool, design(stool, cushion=True)))
    states = dict(StockClaim.objects.values_list("reservation__key", "state"))
    assert states == {KEY: "covered", "line:2026-00003-1": "short"}
    changing.change(wish(stool, design(stool, color="none_"), before=design(stool, cushion=True)))
    assert StockClaim.objects.get(item__number="P-1").state == "covered"  # now it is the other's


def test_at_the_desk_of_a_change_what_the_order_has_is_free(stool: ReleasedProduct) -> None:
    placed(stool, design(stool), quantity=40)
    after = design(stool, color="blue", cushion=True)
    asked = wish(stool, after)
    at = changing.change_desk(Wish.from_json(json.loads(json.dumps(asked.to_json())), stool))
    day = at.promise(after.choices, after.texts).ready_on
    assert day == changing.look(asked)
    assert at.promise(design(stool).choices, {}).ready_on == asked.promised_on
    assert day < promise(stool, after, quantity=40).ready_on
    changing.hold(asked)
    at = changing.change_desk(asked)
    assert at.promise(after.choices, after.texts).ready_on == day


def test_days_of_values_at_the_desk_of_a_change(stool: ReleasedProduct) -> None:
    """They are the days that the change would get, also where there is enough of all parts."""
    StockItem.objects.create(number="F-1", on_hand=Decimal(1000))
    placed(stool, design(stool), quantity=40)
    at = changing.change_desk(wish(stool, design(stool)))
    assert isinstance(stool.space, Space)
    found = stool.space.completions({})
    names = list(design(stool).choices)
    numbers = found.columns(names)
    days = days_by_value(at, found, {})
    for row, day in days.items():
        chosen = zip(names, numbers[row].tolist(), strict=True)
        after = Configuration({name: found.value(name, n) for name, n in chosen})
        assert day == changing.look(wish(stool, after)), after
    assert len(set(days.values())) > 1


def test_without_operations_parts_are_exchanged_all_the_same(
    db: None, tmp_path: Path, settings: Any
) -> None:
    text = kit.STOOL.read_text()
    head, _operations = text.split("operations:\n")
    path = tmp_path / "bought.yaml"
    path.write_text(re.sub(r", operation: \w+", "", head).replace("slug: stool", "slug: bought"))
    import_product(file=path)
    bought = live_release("bought")
    StockItem.objects.create(number="F-1", on_hand=Decimal(20))
    placed(bought, design(bought))
    asked = wish(bought, design(bought, feet=7))
    held = changing.hold(asked)
    assert StockItem.objects.get(number="F-1").reserved == 7
    assert changing.change(asked) == held.ready_on == asked.promised_on
    assert [claim.quantity for claim in StockClaim.objects.all()] == [7]
    assert balanced()


def test_places_that_are_over_are_not_in_the_way(stool: ReleasedProduct, morning: Any) -> None:
    placed(stool, design(stool))
    asked = wish(stool, design(stool, cushion=True))
    free = changing.look(asked)
    busy(stool)
    assert changing.look(asked) > free
    morning.shift(timedelta(minutes=16))
    assert changing.hold(asked).ready_on == free
