"""What customers wanted and rules excluded is counted, without a click waiting for it."""

from typing import Any

import pytest
from django.db import OperationalError

from configurator.wizard.models import Wanted
from tests.wizard.conftest import Shop

pytestmark = pytest.mark.django_db


def counted() -> list[tuple[str, str, str, int, int]]:
    return list(Wanted.objects.values_list("option", "value", "rules", "asked", "made_room"))


def test_asking_why_counts_with_the_rules_to_blame(shop: Shop) -> None:
    shop.choose("cable", "textile")
    for _again in range(2):
        shop.get("ask/", htmx=True, about="shade:brass", step="body")
    assert counted() == [("shade", "brass", "brass-plain", 2, 0)]
    shop.get("ask/", htmx=True, about="shade:black", step="body")  # it is possible
    assert len(counted()) == 1


def test_choosing_what_is_excluded_counts_as_asking(shop: Shop) -> None:
    shop.choose("base", "clamp")
    shop.choose("dimmer", "yes")
    assert shop.choose("height", "900").status_code in (409, 422)
    ((option, value, _rules, asked, _made),) = counted()
    assert (option, value, asked) == ("height", "900", 1)


def test_making_room_counts_beside_it(shop: Shop) -> None:
    shop.choose("cable", "textile")
    shop.get("ask/", htmx=True, about="shade:brass", step="body")
    shop.choose("shade", "brass", repair="1", step="body")
    assert counted() == [("shade", "brass", "brass-plain", 1, 1)]
    shop.choose("base", "heavy")
    assert counted() == [("shade", "brass", "brass-plain", 1, 1)]


def test_a_count_that_fails_costs_the_click_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def fails(*_args: Any, **_named: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("configurator.wizard.demand.count", fails)
    shop.choose("cable", "textile")
    response = shop.get("ask/", htmx=True, about="shade:brass", step="body")
    assert "Brass lamps come with a plain cable." in response.content.decode()
    assert "database is locked" in caplog.text
    assert shop.choose("shade", "brass", repair="1", step="body").status_code < 400


def test_it_holds_nothing_about_who(shop: Shop) -> None:
    names = {field.name for field in Wanted._meta.get_fields()}
    assert names == {"id", "release", "day", "option", "value", "rules", "asked", "made_room"}
