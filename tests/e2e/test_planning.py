"""A lead plans anew without a mouse, and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import hands
from tests.e2e.conftest import Shop
from tests.e2e.test_everyone import barriers, overflows
from tests.effort import thoroughly

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]
FOCUSED = "document.activeElement.innerText"


def tab_to(page: Page, text: str) -> int:
    """Press Tab until the focus is on something that says so; how often."""
    for presses in range(1, 80):
        page.keyboard.press("Tab")
        if str(page.evaluate(FOCUSED)).strip().startswith(text):
            return presses
    raise AssertionError(f"{text} is not reached")


@pytest.mark.parametrize(("size", "scripts"), [("desktop", True), thoroughly("phone", False)])
def test_an_operation_moves_by_keyboard(size: str, scripts: bool, visit: Visit, shop: Shop) -> None:
    hands.ordered(shop)
    page = visit(size, scripts=scripts)
    hands.sign_in(page, "lead")
    page.goto("/factory/plan/?center=cutting")
    tab_to(page, "The day’s operations")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#day$"))
    tab_to(page, "Move")
    page.keyboard.press("Enter")
    tab_to(page, "A day later")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/plan/change/"))
    expect(page.locator(".effect__sum")).to_contain_text("move")
    found = list(barriers(page)) if scripts else []
    assert (found, overflows(page)) == ([], False)
    page.locator("#note").focus()
    page.keyboard.type("The leather comes late")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The plan is changed.")).to_be_visible()
    expect(page.locator(".plan-change").first).to_contain_text("The leather comes late")
    expect(page.locator(".plan-job .badge", has_text="set by hand").first).to_be_visible()
    if scripts:
        assert tab_to(page, "Move") < 40  # the days are one stop
        page.locator(".square[tabindex='0']").focus()
        before = page.evaluate("document.activeElement.href")
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.href") != before
    page.goto("/factory/plan/history/")
    expect(page.locator("main")).to_contain_text("The leather comes late")
