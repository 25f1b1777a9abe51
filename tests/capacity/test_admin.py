"""What leads enter about hours, closures and stock: what is wrong is told at its field."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from configurator.capacity.models import Closure, StockItem, WorkCenterHours
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
