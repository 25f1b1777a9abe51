"""Playing with a design by keyboard: surprises, history, looking closer; and nothing jumps."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import hands

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def test_keys_play_with_a_design_and_nothing_jumps(visit: Visit) -> None:
    page = visit("desktop")
    page.add_init_script(SHIFTS)
    design = hands.start(page, "leather-satchel")
    before = page.locator("#picture").get_attribute("src") or ""
    page.keyboard.press("s")
    expect(page.locator("#picture")).not_to_have_attribute("src", before)
    expect(page.locator("#undo")).not_to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Control+z")
    expect(page.locator("#redo")).not_to_have_attribute("aria-disabled", "true")
    page.keyboard.press("h")
    expect(page.locator("#ask-title")).to_have_text("History")
    page.locator("button[id^=restore-]").first.click()
    expect(page.locator("#ask")).not_to_be_visible()

    page.keyboard.press("l")
    expect(page.locator("#look-closer")).to_be_visible()
    page.keyboard.press("+")
    expect(page.locator("#look-much")).to_have_text("140 %")
    page.keyboard.press("Escape")
    expect(page.locator("#look")).to_be_focused()

    page.keyboard.press("?")
    expect(page.locator("#keys-title")).to_be_focused()
    page.locator("#keys-off").check()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator(".step").first).to_have_attribute("aria-current", "step")
    assert page.evaluate("window.shifts") <= 0.05

    page.goto(f"{design}history/")  # as in a tab of its own
    page.locator("button[id^=restore-]").first.click()
    expect(page.locator("#panel")).to_be_visible()
