"""A change's place in the workshop: kept while it is looked at, given back, taken over."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from configurator.capacity.minutes import lock
from configurator.capacity.models import Booking, DayLoad
from configurator.capacity.snapshot import current
from configurator.catalog.models import WorkCenter
from configurator.wizard.telling import day_words
from orders.changes import changing
from orders.models import Job, Order
from tests.changes import kit
from tests.changes.kit import form, held, url

pytestmark = pytest.mark.django_db


def fill_the_bench() -> None:
    """Others take every minute that is left of the next two weeks."""
    bench, now = WorkCenter.objects.get(code="bench"), current()
    for step in range(14):
        day = now.today + timedelta(days=step)
        minutes = now.minutes("bench", day.toordinal())
        DayLoad.objects.update_or_create(
            work_center=bench, day=day, defaults={"capacity": minutes, "booked": minutes}
        )
    with transaction.atomic():
        lock()


def test_the_day_that_is_shown_is_kept_until_it_is_accepted(client: Client, order: Order) -> None:
    change = kit.begin(order, cushion=True)
    client.head(url(order))
    assert held() == []
    page = client.get(url(order)).content.decode()
    assert "We keep this place in the workshop for you until" in page
    (key,) = held()
    assert key == f"change:line:{order.number}-1"
    shown = form(change)
    fill_the_bench()
    assert form(change) == shown
    changing.let_go(order.lines.get())
    fill_the_bench()
    assert form(change)["ready_on"] > shown["ready_on"]  # the control
    assert client.post(url(order, "accept/"), shown).status_code == 409


def test_what_is_held_is_what_the_order_gets(client: Client, order: Order) -> None:
    change = kit.begin(order, cushion=True)
    client.get(url(order))
    shown = form(change)
    fill_the_bench()
    assert client.post(url(order, "accept/"), shown).status_code == 302
    order.refresh_from_db()
    assert (order.promised_on.isoformat(), held()) == (shown["ready_on"], [])


@pytest.mark.parametrize("verb", ["withdraw/", "cancel"])
def test_what_was_held_is_given_back(verb: str, client: Client, order: Order) -> None:
    kit.begin(order, cushion=True)
    client.get(url(order))
    assert len(held()) == 1
    assert Job.objects.filter(kind="orders.release_places").exists()
    client.post(f"/o/{order.token}/cancel/" if verb == "cancel" else url(order, verb))
    assert held() == []
    assert not Booking.objects.filter(reservation__key__startswith="change:").exists()


def test_a_change_that_takes_no_more_is_held_as_well(client: Client, order: Order) -> None:
    """Its day too is one that somebody might take."""
    kit.begin(order, color="none_")
    page = client.get(url(order)).content.decode()
    assert "We keep this place" in page
    assert not Booking.objects.filter(reservation__key__startswith="change:").exists()


def test_the_wizard_says_the_day_of_the_change_not_of_a_new_order(
    client: Client, order: Order
) -> None:
    fill_the_bench()
    new = client.get(f"/d/{kit.stool().pk}/").content.decode()
    change = kit.begin(order)
    page = client.get(f"/d/{change.design_id}/").content.decode()
    assert ready(page) == day_words(order.promised_on, "en") != ready(new)
    kit.choose(change.design, "cushion", True)
    page = client.get(f"/d/{change.design_id}/").content.decode()
    day = changing.propose(kit.fresh(change)).ready_on
    assert day
    assert ready(page) == day_words(day, "en")


def ready(page: str) -> str:
    """The day that the wizard tells."""
    found = re.search(r'class="bar__ready".*?<strong>(.*?)</strong>', page, re.S)
    assert found, page
    return found[1]
