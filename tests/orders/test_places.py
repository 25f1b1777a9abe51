"""The place in the workshop that a review keeps, an order takes, and a cancellation gives back."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from configurator.capacity.minutes import lock
from configurator.capacity.models import DayLoad, Reservation
from configurator.catalog.models import WorkCenter
from configurator.wizard.models import Design
from orders import services
from orders.models import Job, Order, OrderEvent
from orders.offers import offer
from tests.orders import kit

pytestmark = pytest.mark.django_db
NOW = "2026-11-30 09:00Z"


def booked() -> int:
    return int(DayLoad.objects.aggregate(sum=Sum("booked"))["sum"] or 0)


def visit(client: Client, design: Design) -> str:
    client.cookies["csrftoken"] = "c" * 32
    return str(client.get(f"/d/{design.pk}/review/").content.decode())


def fill(minutes: int) -> None:
    """Others take these minutes of the bench on every day of the next weeks."""
    bench, today = WorkCenter.objects.get(code="bench"), timezone.localdate()
    with transaction.atomic():
        lock()
        for step in range(5):
            load, _new = DayLoad.objects.get_or_create(
                work_center=bench, day=today + timedelta(days=step), defaults={"capacity": 480}
            )
            DayLoad.objects.filter(pk=load.pk).update(booked=minutes)


@time_machine.travel(NOW, tick=False)
def test_a_review_says_until_when_the_place_is_kept(client: Client, design: Design) -> None:
    page = visit(client, design)
    assert "We keep this place in the workshop for you until 9:15" in page
    visit(client, design)
    held = Reservation.objects.get()
    assert (held.key, held.state, booked()) == (f"design:{design.pk}", "held", 16)
    assert Job.objects.get(kind="orders.release_places").due_at > held.held_until  # type: ignore[operator]


def test_who_only_looks_holds_nothing(client: Client, design: Design) -> None:
    client.get(f"/d/{design.pk}/review/")
    client.cookies["csrftoken"] = "c" * 32
    client.head(f"/d/{design.pk}/review/")
    assert not Reservation.objects.exists()


@time_machine.travel(NOW, tick=False)
def test_the_order_takes_the_place_that_was_seen(client: Client, design: Design) -> None:
    page = visit(client, design)
    ready = re.findall(r'name="ready_on" value="([^"]+)"', page)[0]
    fill(480)  # all the rest is gone; this place is kept
    answer = client.post(kit.place_url(design.pk), kit.form_of(design, ready_on=ready))
    order = Order.objects.get()
    assert answer.status_code == 302
    place = Reservation.objects.get()
    assert (place.key, place.state) == (f"line:{order.number}-1", "firm")
    assert str(place.ready_on) == str(order.promised_on) == ready


def test_a_place_that_is_gone_is_told_and_asked(client: Client, design: Design) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        page = visit(client, design)
        ready = re.findall(r'name="ready_on" value="([^"]+)"', page)[0]
        clock.shift(timedelta(minutes=20))
        services.release_places()
        assert booked() == 0
        fill(480)
        form = {**kit.form_of(design), "ready_on": ready}
        answer = client.post(kit.place_url(design.pk), form)
        assert answer.status_code == 409
        assert not Order.objects.exists()
        html = answer.content.decode()
        assert "Ready" in html
        assert "Friday, December 4, 2026" in html  # what they saw
        later = re.findall(r'name="ready_on" value="([^"]+)"', html)[0]
        assert later > ready
        assert client.post(kit.place_url(design.pk), {**form, "ready_on": later}).status_code == 302


@time_machine.travel(NOW, tick=False)
def test_a_canceled_order_gives_its_place_back(design: Design) -> None:
    order = kit.order(design)
    assert booked() == 16
    services.record(order_id=order.pk, kind=OrderEvent.Kind.CANCELED)
    assert booked() == 0
    assert Reservation.objects.get().state == "released"


def test_the_job_comes_again_while_something_is_held(design: Design, settings: Any) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        services.keep_place(offered=offer(design), quantity=1, browser="a")
        clock.shift(timedelta(minutes=10))
        services.keep_place(offered=offer(kit.whole_design()), quantity=1, browser="b")
        assert Job.objects.filter(kind="orders.release_places").count() == 1
        clock.shift(timedelta(minutes=6))
        services.release_places()
        assert Reservation.objects.count() == 1
        assert Job.objects.filter(kind="orders.release_places").count() == 2
