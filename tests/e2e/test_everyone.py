"""No page has a serious barrier (axe), overflows a phone, or loses its way without scripts."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e import hands
from tests.e2e.conftest import SIZES, Shop
from tests.effort import EFFORT, thorough, thoroughly

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]
SERIOUS = {"serious", "critical"}


def barriers(page: Page) -> list[str]:
    """What axe calls serious or critical on the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url} {item['id']}: {node['html'][:160]}"
        for item in found
        if item["impact"] in SERIOUS
        for node in item["nodes"]
    ]


def overflows(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def overflows_enlarged(page: Page) -> bool:
    """Whether letters of twice the size make the page wider than a small phone."""
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size({"width": min(before["width"], 360), "height": before["height"]})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    wide = overflows(page)
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(before)
    return wide


@pytest.mark.parametrize("size", ["phone", thoroughly("desktop")])
def test_the_customers_pages_have_no_barriers(size: str, visit: Visit) -> None:
    page = visit(size)
    found: list[str] = []

    def look() -> None:
        page.wait_for_load_state("networkidle")
        found.extend(barriers(page))
        if overflows(page):
            found.append(f"{page.url} is wider than the screen")
        if size == "phone" and overflows_enlarged(page):
            found.append(f"{page.url} is wider than the screen with large letters")

    for address in ("/", "/p/touring-bicycle/", "/p/made-to-measure-bookcase/", "/terms/"):
        page.goto(address)
        look()
    for slug in ("made-to-measure-bookcase", "leather-satchel")[0 if EFFORT >= 1 else 1 :]:
        hands.start(page, slug)
        for link in page.locator("#steps a").evaluate_all("links => links.map(a => a.href)"):
            page.goto(link)
            look()
    hands.finish(page)
    page.locator("#bar-review").click()
    page.wait_for_url(re.compile("/review/"))
    look()
    page.go_back()
    hands.order(page)
    look()
    assert found == []


@thorough
def test_the_factorys_pages_have_no_barriers(visit: Visit, shop: Shop) -> None:
    hands.ordered(shop)
    page = visit("desktop")
    page.goto("/factory/")
    assert barriers(page) == []
    hands.sign_in(page, "lead")
    page.goto("/factory/")
    assert barriers(page) == []
    page.locator("main a[href^='/factory/2']").first.click()
    page.wait_for_load_state("domcontentloaded")
    assert barriers(page) == []
    for room in ("plan/", "plan/change/?what=all", "figures/"):
        for width, height in SIZES.values():
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"/factory/{room}")
            assert width == SIZES["tablet"][0] or barriers(page) == []
            assert not overflows(page)


def test_a_lead_drags_an_operation_to_another_day(visit: Visit, shop: Shop) -> None:
    hands.ordered(shop)
    page = visit("desktop")
    page.goto("/factory/")
    hands.sign_in(page, "lead")
    page.goto("/factory/plan/")
    handle = page.locator("[data-drag=operation]").first
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    day = page.locator(".plan-days [data-drop]").nth(12)
    target = day.bounding_box()
    assert target is not None
    page.mouse.move(target["x"] + 20, target["y"] + 20, steps=4)
    page.mouse.up()
    page.wait_for_url("**/plan/change/**")
    expect(page.locator("h1")).to_contain_text("Move")


@pytest.mark.parametrize("language", ["es", thoroughly("pl")])
def test_the_pages_speak_the_visitors_language(language: str, visit: Visit) -> None:
    page = visit("phone", language=language)
    page.goto("/p/leather-satchel/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert not overflows(page)
    hands.start(page, "leather-satchel")
    words = {"es": "Revisar", "pl": "Sprawdź"}[language]
    expect(page.locator("#bar-review")).to_contain_text(words)
