"""What leads enter about hours, closures and stock: what is wrong is told at its field."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from configurator.capacity.models import Closure, StockItem, StockMove, WorkCenterHours
from configurator.catalog.released import ReleasedProduct

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("lead"))
    return client


@pytest.mark.parametrize(
    ("field", "text"),
    [("hours", "foo"), ("hours", "mon 10:00-09:00"), ("stations", "0"), ("efficiency", "NaN")],
)
def test_hours_that_are_none(lead: Client, lamp: ReleasedProduct, field: str, text: str) -> None:
    hours = WorkCenterHours.objects.get(code="saw")
    entered = {"hours": "mon-fri 08:00-16:00", "stations": "1", "efficiency": "100", "country": ""}
    entered[field] = text
    told = lead.post(f"/admin/capacity/workcenterhours/{hours.pk}/change/", entered)
    assert set(told.context["adminform"].form.errors) == {field}  # and nothing about the plan
    assert f'value="{text}"' in told.text
    assert WorkCenterHours.objects.get(code="saw").hours == hours.hours


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2027-01-10", "2027-01-01", "last_day"),
        ("2027-01-01", "2029-01-01", "last_day"),
        ("0001-01-01", "0001-01-02", "first_day"),
        ("9999-12-30", "9999-12-31", "last_day"),
        ("2026-02-30", "2026-03-01", "first_day"),
    ],
)
def test_closures_that_are_none(
    lead: Client, lamp: ReleasedProduct, first: str, last: str, field: str
) -> None:
    entered = {"first_day": first, "last_day": last, "reason": "Feast"}
    told = lead.post("/admin/capacity/closure/add/", entered)
    assert field in told.context["adminform"].form.errors
    assert 'value="Feast"' in told.text
    assert not Closure.objects.exists()


@pytest.mark.parametrize("on_hand", ["-1", "NaN", "1e30", "0.0001", ""])
def test_stock_that_is_none(lead: Client, on_hand: str) -> None:
    entered = {"number": "AB-1", "name": "Bolt", "on_hand": on_hand}
    told = lead.post("/admin/capacity/stockitem/add/", entered)
    assert set(told.context["adminform"].form.errors) == {"on_hand"}
    assert not StockItem.objects.exists()


def test_no_less_stock_than_is_reserved(lead: Client) -> None:
    item = StockItem.objects.create(number="AB-1", name="Bolt", on_hand=30, reserved=20)
    entered = {"number": "AB-1", "name": "Bolt", "on_hand": "19"}
    told = lead.post(f"/admin/capacity/stockitem/{item.pk}/change/", entered)
    assert "20 are reserved" in told.text
    entered["on_hand"] = "20"
    assert lead.post(f"/admin/capacity/stockitem/{item.pk}/change/", entered).status_code == 302


RECEIVE = "/admin/capacity/stockitem/receive/"


def receipt(**changes: Any) -> dict[str, Any]:
    return {"number": "AB-1", "quantity": "2.5", "note": "Note 7", "mark": str(uuid4()), **changes}


def test_parts_are_received_once_a_form(lead: Client) -> None:
    item = StockItem.objects.create(number="AB-1", name="Bolt", on_hand=30, reserved=20)
    assert RECEIVE in lead.get("/admin/capacity/stockitem/").text
    page = lead.get(f"/admin/capacity/stockitem/{item.pk}/change/").text
    assert f"{RECEIVE}?number=AB-1" in page
    assert 'value="AB-1"' in lead.get(f"{RECEIVE}?number=AB-1").text
    sent = receipt()
    for _press in range(2):
        told = lead.post(RECEIVE, sent, follow=True).text
        assert "There are now 32.5 of AB-1, 12.5 of them free." in told
    move = StockMove.objects.get()
    assert (str(move.item), move.kind, str(move.quantity)) == ("AB-1", "received", "2.500")
    assert (move.note, str(move.by)) == ("Note 7", "lead")
    assert "Note 7" in lead.get("/admin/capacity/stockmove/").text


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("quantity", text) for text in ("", "0", "-1", "NaN", "1e30", "0.0001", "5000000000")),
        ("quantity", "999999990"),  # with those that are there
        *(("number", text) for text in ("", "AB-2", "\x00", "x" * 99)),
        ("note", "x" * 201),
    ],
)
def test_what_can_not_be_received_is_told_at_its_field(lead: Client, field: str, text: str) -> None:
    item = StockItem.objects.create(number="AB-1", name="Bolt", on_hand=30)
    told = lead.post(RECEIVE, receipt(**{field: text}))
    assert set(told.context["form"].errors) == {field}
    assert not StockMove.objects.exists()
    item.refresh_from_db()
    assert item.on_hand == 30
