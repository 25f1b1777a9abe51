"""Rush at the review: a choice of two days, its price everywhere, its place in the workshop."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from configurator.capacity.minutes import lock
from configurator.capacity.models import DayLoad, Reservation
from configurator.catalog.importing.service import import_product
from configurator.catalog.infos import Rush
from configurator.catalog.models import WorkCenter
from configurator.wizard.models import Design
from orders import confirmations, services
from orders.factory import queries
from orders.factory.models import WorkOrder
from orders.factory.services import release_work_orders
from orders.models import Order
from orders.offers import offer
from orders.papers import confirmation
from tests.factory import reading
from tests.orders import kit

pytestmark = pytest.mark.django_db
NOW = "2026-11-30 09:00Z"
NET, RUSH, TOTAL = "€113.39", "€17.01", "€160.39"  # 15 %: 17.0085; tax 29.99 on 130.40


@pytest.fixture
def rushed(tmp_path: Path, settings: Any, db: Any) -> Iterator[Design]:
    """A lamp with rush for 15 %, in a week that is full but for what rush may have."""
    settings.RUSH_SHARE, settings.RUSH_RELEASE_DAYS = 10, 0
    with time_machine.travel(NOW, tick=False):
        design = publish(tmp_path, "15%")
        fill(432)
        yield design


def publish(folder: Path, rush: str) -> Design:
    file = folder / "lamp.yaml"
    text = kit.LAMP.read_text(encoding="utf-8")
    file.write_text(text.replace("  base_days: 5", f"  base_days: 5\n  rush: {rush}"), "utf-8")
    import_product(file=file)
    return kit.whole_design()


def fill(minutes: int, days: int = 5) -> None:
    """Others take these minutes of the bench on each of the next days."""
    bench, today = WorkCenter.objects.get(code="bench"), timezone.localdate()
    with transaction.atomic():
        lock()
        for step in range(days):
            load, _new = DayLoad.objects.get_or_create(
                work_center=bench, day=today + timedelta(days=step), defaults={"capacity": 480}
            )
            DayLoad.objects.filter(pk=load.pk).update(booked=minutes)


def review(client: Client, design: Design) -> str:
    client.cookies["csrftoken"] = "c" * 32
    return str(client.get(f"/d/{design.pk}/review/").content.decode())


def post(client: Client, design: Design, **changes: Any) -> Any:
    return client.post(kit.place_url(design.pk), kit.form_of(design, **changes))


def hidden(page: str) -> dict[str, str]:
    names = ("specification", "total", "ready_on")
    return {name: re.findall(f'name="{name}" value="([^"]+)"', page)[0] for name in names}


def test_the_review_asks_how_soon_with_both_days(client: Client, rushed: Design) -> None:
    page = review(client, rushed)
    assert "As usual — ready Tuesday, December 8, 2026" in page
    assert f"Rush — ready Friday, December 4, 2026, + {RUSH}" in page
    assert 'value="0" id="id_rush_0" checked' in page
    assert not Reservation.objects.get().rush


def test_place_and_price_follow_the_choice_and_stay(client: Client, rushed: Design) -> None:
    review(client, rushed)
    page = post(client, rushed, recalculate="1", rush="1").content.decode()
    assert 'value="1" id="id_rush" checked' in page
    assert "As usual — ready Tuesday, December 8, 2026" in page  # its own place is not in the way
    told = re.sub(r"\s+", " ", page)
    assert f'Rush order</th> <td class="end">{RUSH}' in told
    assert hidden(page)["total"] == "160.39"
    assert TOTAL in page
    place = Reservation.objects.get()
    assert (place.rush, str(place.ready_on)) == (True, "2026-12-04")
    assert 'value="1" id="id_rush" checked' in review(client, rushed)  # when they come back
    post(client, rushed, recalculate="1", rush="0")
    place = Reservation.objects.get()
    assert (place.rush, str(place.ready_on)) == (False, "2026-12-08")


def test_a_percentage_is_of_the_line_an_amount_of_the_order(tmp_path: Path, db: Any) -> None:
    assert Rush(percent=Decimal(15)).price(Decimal("113.39")) == Decimal("17.01")
    offered = offer(publish(tmp_path, "15%"))
    assert offered.amounts(3, rush=True).rush == Decimal("51.03")  # of 340.17: 51.0255
    offered = offer(publish(tmp_path, "{amount: 90}"))
    money = offered.amounts(3, rush=True)
    assert (money.rush, money.net, money.tax, money.total) == (
        Decimal("90.00"), Decimal("430.17"), Decimal("98.94"), Decimal("529.11"),
    )  # fmt: skip
    assert offered.amounts(3).total == Decimal("418.41")


def test_an_order_for_rush_says_so_everywhere(client: Client, rushed: Design) -> None:
    review(client, rushed)
    shown = hidden(post(client, rushed, recalculate="1", rush="1").content.decode())
    answer = post(client, rushed, rush="1", **shown)
    assert answer.status_code == 302
    order = Order.objects.get()
    line = order.lines.get()
    assert (line.rush_net, line.net, order.total) == (
        Decimal("17.01"), Decimal("130.40"), Decimal("160.39"),
    )  # fmt: skip
    place = Reservation.objects.get()
    assert (place.key, place.rush) == (f"line:{order.number}-1", True)
    assert str(order.promised_on) == "2026-12-04" == str(place.ready_on)
    assert RUSH in client.get(answer["Location"]).content.decode()
    printed = confirmation.render(order)
    assert f"Rush order: {RUSH}" in confirmations.mail_of(order, printed).body
    told = reading.text(printed)
    assert "Rush order" in told
    assert RUSH in told


def test_who_chooses_without_updating_is_shown_the_new_total(
    client: Client, rushed: Design
) -> None:
    shown = hidden(review(client, rushed))
    answer = post(client, rushed, rush="1", **shown)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert not Order.objects.exists()
    changed = page.split("This is different")[1].split("</table>")[0]
    for told in ("€139.47", TOTAL, "Tuesday, December 8, 2026", "Friday, December 4, 2026"):
        assert told in changed
    assert post(client, rushed, rush="1", **hidden(page)).status_code == 302


def test_rush_that_is_no_longer_earlier_is_not_sold(client: Client, rushed: Design) -> None:
    review(client, rushed)
    shown = hidden(post(client, rushed, recalculate="1", rush="1").content.decode())
    with time_machine.travel("2026-11-30 09:20Z", tick=False):
        services.release_places()
        fill(480)  # rush has no time any more, either
        answer = post(client, rushed, rush="1", **shown)
        page = answer.content.decode()
        assert answer.status_code == 409
        changed = page.split("This is different")[1].split("</table>")[0]
        assert "How soon" in changed
        assert "As usual" in changed
        assert 'name="rush"' not in page
        assert hidden(page)["total"] == "139.47"
        assert not Reservation.objects.get().rush


def test_without_a_price_or_an_earlier_day_there_is_no_choice(
    client: Client, design: Design, tmp_path: Path
) -> None:
    assert 'name="rush"' not in review(client, design)
    assert post(client, design, rush="1").status_code == 409  # nothing of the kind is offered
    assert not Order.objects.exists()
    assert 'name="rush"' not in review(client, publish(tmp_path, "90"))  # as early as usual


def test_who_keeps_no_cookies_sees_both_days(client: Client, rushed: Design) -> None:
    page = client.get(f"/d/{rushed.pk}/review/").content.decode()
    assert "As usual — ready Tuesday, December 8, 2026" in page
    assert "Rush — ready Friday, December 4, 2026" in page
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("value", ["2", "yes", "\x00", "1" * 999])
def test_a_choice_that_is_none_is_told(client: Client, rushed: Design, value: str) -> None:
    answer = post(client, rushed, rush=value)
    assert answer.status_code == 422
    assert "Choose “As usual” or “Rush”." in answer.content.decode()
    assert not Order.objects.exists()


def test_the_queue_does_rush_first_of_a_day(rushed: Design) -> None:
    usual, hurried = kit.order(rushed), kit.whole_design()
    browser = "the browser"
    offered = offer(hurried)
    place = services.keep_place(offered=offered, quantity=1, browser=browser, rush=True)
    assert place is not None
    total = offered.amounts(1, rush=True).total
    seen = kit.seen_now(hurried).__class__(
        **{**vars(kit.seen_now(hurried)), "total": total, "ready_on": place.ready_on, "rush": True}
    )
    second = kit.order(hurried, seen)
    for order in (usual, second):
        release_work_orders(order_id=order.pk)
    WorkOrder.objects.update(due_on=usual.promised_on)
    rows = list(queries.queue(queries.Asked()).page)
    assert [(row.number, row.rush) for row in rows] == [
        (f"{second.number}-1", True), (f"{usual.number}-1", False),
    ]  # fmt: skip
