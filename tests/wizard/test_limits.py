"""Budget and date: what is outside of them, how to widen them, and nonsense in the form."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from configurator.capacity.days import ready_on, working_days
from configurator.shops.charging import Charge
from configurator.wizard.limits import Limits, read_limits
from configurator.wizard.models import DesignEvent
from configurator.wizard.money import gross, net_within
from tests.wizard.conftest import Shop

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def value(html: str, number: str) -> str:
    """The HTML of one value's button."""
    found = re.search(rf'<button[^>]*id="v-{number}".*?</button>', html, re.DOTALL)
    assert found, number
    return found[0]


def test_values_over_the_budget_are_marked_and_ask(shop: Shop) -> None:
    response = shop.post("limit", budget="150", day="", step="body")
    html = response.content.decode()
    assert response.status_code == 200
    brass = value(html, "shade-brass")  # (100 + 40) + 23 %
    assert "value--over" in brass
    assert 'form="why"' in brass
    assert "over your budget" in brass
    assert "over your budget" not in value(html, "shade-black")
    assert "≤ €150" in html
    assert shop.now().limits == {"budget": 15000}


@time_machine.travel("2026-11-23 10:00Z", tick=False)
def test_values_too_late_are_marked(shop: Shop) -> None:
    html = shop.post("limit", budget="", day="2026-11-30", step="body").content.decode()
    # brass takes 5 working days to get; then 10 minutes of work, and a day of buffer
    brass = value(html, "shade-brass")
    assert "too late for your date" in brass
    assert "+5 days" in brass
    html = shop.post("limit", budget="", day="2026-12-01", step="body").content.decode()
    assert "too late" not in html


@time_machine.travel("2026-11-23 10:00Z", tick=False)
def test_days_are_told_both_ways(shop: Shop) -> None:
    html = shop.choose("shade", "brass", step="body").content.decode()
    assert "−5 days" in value(html, "shade-linen")
    assert "day" not in value(html, "base-heavy")


def test_a_value_over_the_limits_is_not_taken_in_silence(shop: Shop) -> None:
    shop.post("limit", budget="150", day="")
    response = shop.choose("shade", "brass", step="body")
    html = response.content.decode()
    assert response.status_code == 409
    assert response["HX-Retarget"] == "#ask"
    assert "Brass: over your budget" in html
    assert "€172.20" in html
    assert "Up to €172.20" in html
    assert shop.choices == {}


def test_asking_offers_to_raise_the_budget_and_to_drop_it(shop: Shop) -> None:
    shop.post("limit", budget="150", day="")
    page = shop.get("ask/", about="shade:brass", step="body").content.decode()
    assert "<html" in page
    assert "Up to €172.20" in page
    assert "No limits" in page
    shop.post("choose", option="shade", value="brass", limits="1", budget="172.20", day="")
    assert shop.choices == {"shade": "brass"}
    assert shop.now().limits == {"budget": 17220}
    shop.post("choose", option="base", value="heavy", limits="1", budget="", day="")
    assert shop.now().limits == {}


@time_machine.travel("2026-11-23 10:00Z", tick=False)
def test_the_pair_is_exact(shop: Shop) -> None:
    shop.post("limit", budget="150", day="2026-12-01")
    page = shop.get("ask/", about="shade:brass").content.decode()
    assert "Up to €172.20" in page
    shop.post("limit", budget="150", day="2026-11-30")
    page = shop.get("ask/", about="shade:brass").content.decode()
    assert "Up to €172.20, by Tue, Dec 1" in page


@time_machine.travel("2026-11-23 10:00Z", tick=False)
def test_nothing_fits_is_said_kindly(shop: Shop) -> None:
    html = shop.post("limit", budget="50", day="2026-11-23", step="body").content.decode()
    assert "Nothing fits ≤ €50 · Mon, Nov 23" in html
    assert "costs at least €123 and is ready on Tue, Nov 24" in html
    assert "Up to €123, by Tue, Nov 24" in html
    assert 'form="why"' not in value(html, "shade-brass")
    assert shop.choose("shade", "brass").status_code == 200
    html = shop.post("limit", drop="1", budget="50").content.decode()
    assert "Nothing fits" not in html
    assert shop.now().limits == {}


def test_limits_survive_reload_undo_and_redo(shop: Shop) -> None:
    shop.choose("shade", "black")
    shop.post("limit", budget="140", day="")
    shop.choose("base", "clamp")
    shop.post("undo")
    assert shop.choices == {"shade": "black"}
    shop.post("limit", budget="145", day="")
    shop.post("redo")
    assert shop.choices == {"shade": "black", "base": "clamp"}
    shop.post("undo")
    shop.post("undo")
    assert shop.choices == {}
    assert shop.now().limits == {"budget": 14500}
    assert 'value="145"' in shop.get().content.decode()
    assert "limit" in DesignEvent.objects.values_list("kind", flat=True)


def test_without_javascript_it_is_a_form_of_the_page(shop: Shop) -> None:
    response = shop.post("limit", htmx=False, budget="150", day="", step="extras")
    assert response.status_code == 303
    assert response["Location"] == f"/d/{shop.design.id}/?step=extras"
    page = shop.get(step="body").content.decode()
    assert "limits--set" in page
    assert "over your budget" in value(page, "shade-brass")


@pytest.mark.parametrize(
    ("budget", "day", "words"),
    [
        ("-5", "", "Enter an amount above zero."),
        ("0", "", "Enter an amount above zero."),
        ("NaN", "", "Enter an amount, like 1500."),
        ("0.001", "", "Enter an amount, like 1500."),
        ("0,500", "", "Enter an amount, like 1500."),
        ("1e9", "", "Enter an amount, like 1500."),
        ("١٥٠", "", "Enter an amount, like 1500."),
        ("9" * 14, "", "Enter an amount below €1,000,000."),
        ("9" * 100_000, "", "Enter an amount, like 1500."),
        ("<b>", "", "Enter an amount, like 1500."),
        ("", "2020-01-01", "That day has passed."),
        ("", "9999-12-31", "That is too far ahead."),
        ("", "2026-13-01", "Enter a day, like"),
        ("", "soon", "Enter a day, like"),
        ("", "\x00", "Enter a day, like"),
        ("x", "x", "Enter an amount, like 1500."),
    ],
)
def test_nonsense_is_refused_at_its_field(shop: Shop, budget: str, day: str, words: str) -> None:
    for htmx in (True, False):
        response = shop.post("limit", htmx=htmx, budget=budget, day=day)
        html = response.content.decode()
        assert response.status_code == 422
        assert words in html
        assert 'aria-invalid="true"' in html
    assert shop.now().limits == {}
    assert shop.now().revision == 0


def test_forged_requests(shop: Shop) -> None:
    assert shop.get("limit/").status_code == 405
    assert shop.post("limit", budget="100", revision="x").status_code == 422
    refused = shop.post("choose", option="shade", value="brass", limits="1", budget="NaN")
    assert refused.status_code == 422
    assert shop.choices == {}
    assert shop.client.post("/d/00000000-0000-4000-8000-000000000000/limit/").status_code == 404


@pytest.mark.parametrize(
    ("entered", "minor"),
    [
        ("1500", 150000),
        ("1,500", 150000),
        ("1.500,50 €", 150050),
        ("€1,500.5", 150050),
        ("1 500", 150000),
        ("EUR 99,90", 9990),
        ("0.01", 1),
    ],
)
def test_amounts_are_read_as_people_write_them(entered: str, minor: int) -> None:
    assert read_limits(entered, "", Charge.none("EUR"), "en") == Limits(minor)


def test_the_net_budget_is_the_most_that_fits(shop: Shop) -> None:
    rate = shop.design.release.content["product"]["tax_rate"]
    from decimal import Decimal

    for budget in range(1, 3000, 7):
        net = net_within(budget, Decimal(rate))
        assert gross(net, Decimal(rate)) <= budget < gross(net + 1, Decimal(rate))


def test_working_days_undo_ready_on() -> None:
    for start in (MONDAY + timedelta(days=n) for n in range(8)):
        for days in range(25):
            assert working_days(ready_on(days, start), start) >= days or days == 0
            assert ready_on(working_days(start + timedelta(days=days), start), start) <= (
                start + timedelta(days=days)
            )


def test_finishing_regards_limits_and_may_be_fast(shop: Shop) -> None:
    html = shop.get().content.decode()
    assert 'name="by" value="fastest"' in html
    shop.post("limit", budget="200", day="")
    shop.post("finish", by="fastest")
    assert shop.choices["shade"] == "linen"
    assert shop.choices["dimmer"] is False
