"""The days beside the values are those of the designs that they lead to, and a busy workshop
moves all of them."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import transaction

from configurator.capacity.days import days_between
from configurator.capacity.minutes import lock
from configurator.capacity.models import DayLoad
from configurator.capacity.places import design_key
from configurator.capacity.services import hold, release
from configurator.catalog.models import WorkCenter
from configurator.wizard.screen import Screen
from tests.wizard.conftest import Shop

pytestmark = pytest.mark.django_db


def fill(day: date, minutes: int) -> None:
    """Somebody else has minutes of the bench on a day."""
    bench = WorkCenter.objects.get(code="bench")
    with transaction.atomic():
        lock()
        DayLoad.objects.create(work_center=bench, day=day, capacity=480, booked=minutes)


@time_machine.travel("2026-11-23 10:00Z", tick=False)
def test_every_value_shows_the_day_that_choosing_it_brings(shop: Shop, settings: Any) -> None:
    settings.RUSH_SHARE = 0
    for day in (23, 24, 30):
        fill(date(2026, 11, day), 480)
    screen = Screen(shop.now())
    assert screen.ready == date(2026, 11, 26)  # two full days, and one of buffer
    told = {
        value: screen.valuer.worth("shade", value).days for value in screen.answer.possible["shade"]
    }
    assert told["brass"] == days_between(screen.ready, date(2026, 12, 2))
    for value, days in told.items():
        shop.choose("shade", str(value))
        after = Screen(shop.now())
        assert days_between(screen.ready, after.ready) == days


@time_machine.travel("2026-11-23 10:00Z", tick=False)
def test_a_customers_day_is_kept_by_the_plan(shop: Shop, settings: Any) -> None:
    settings.RUSH_SHARE = 0
    shop.post("limit", budget="", day="2026-11-24")
    assert Screen(shop.now()).fits
    fill(date(2026, 11, 23), 480)
    screen = Screen(shop.now())
    assert not screen.fits
    shop.post("limit", budget="", day="2026-11-25")
    screen = Screen(shop.now())
    assert screen.fits
    assert screen.valuer.worth("shade", "brass").over == "day"


@time_machine.travel("2026-11-23 10:00Z", tick=False)
def test_the_place_held_for_a_design_is_not_in_its_own_way(shop: Shop) -> None:
    WorkCenter.objects.update(hours="mon-fri 11:00-11:10")
    screen = Screen(shop.now())
    whole, key = screen.whole, design_key(screen.design.pk)
    hold(key=key, product=screen.product, configuration=whole, quantity=1)
    assert Screen(shop.now()).ready == screen.ready
    release(key=key)
    hold(key=design_key("another"), product=screen.product, configuration=whole, quantity=1)
    assert Screen(shop.now()).ready > screen.ready
