"""A budget and a date in the browser: what does not fit, and the way out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import hands
from tests.effort import thoroughly

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]


def limit(page: Page, budget: str) -> None:
    """Set a budget in the form that unfolds beside the price."""
    page.locator("#limits summary").click()
    page.locator("#limits-budget").fill(budget)
    page.locator("#limits-set").click()


@pytest.mark.parametrize("size", ["phone", thoroughly("desktop")])
def test_a_value_over_the_budget_is_asked_for(size: str, visit: Visit) -> None:
    page = visit(size)
    hands.start(page, "touring-bicycle")
    limit(page, "1.900,00")
    over = page.locator(".value--over").first
    expect(over).to_contain_text("over your budget")
    name = over.get_attribute("id") or ""
    over.click()
    expect(page.locator("#ask-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(f"[id='{name}']")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#ask-limits-1").click()
    expect(page.locator(f"[id='{name}']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#limits-said")).not_to_contain_text("1,900")


def test_nonsense_keeps_the_form_open(visit: Visit) -> None:
    page = visit()
    hands.start(page, "made-to-measure-bookcase")
    limit(page, "-5")
    expect(page.locator("#limits-budget-error")).to_contain_text("above zero")
    expect(page.locator("#limits-budget")).to_have_value("-5")
    expect(page.locator("#limits-budget")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, thoroughly(False)])
def test_nothing_fits_is_no_dead_end(scripts: bool, visit: Visit) -> None:
    page = visit(scripts=scripts)
    hands.start(page, "leather-satchel")
    limit(page, "20")
    expect(page.locator("#misfit-title")).to_contain_text("Nothing fits")
    page.locator("#misfit-1").click()
    expect(page.locator("#misfit-title")).to_have_count(0)
    expect(page.locator("#limits-said")).to_contain_text(re.compile(r"≤ €\d"))


@pytest.mark.parametrize("scripts", [True, thoroughly(False)])
def test_it_can_be_finished_for_the_earliest_day(scripts: bool, visit: Visit) -> None:
    page = visit(scripts=scripts)
    hands.start(page, "touring-bicycle")
    page.locator(".finish__more summary").click()
    page.locator("#finish-fastest").click()
    expect(page.locator("#bar-review .bar__open")).to_have_count(0)
