"""What is written at the bench outlasts the network, the page, and a scanner that types into it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.e2e import hands
from tests.e2e.conftest import Shop
from tests.e2e.test_bench import scan, tablet
from tests.effort import thorough

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]


def code_of(page: Page, number: str) -> str:
    """What stands in the codes of its sheet."""
    page.goto(f"/factory/{number}/")
    return f"WO:{number}:{page.locator('.facts__code').inner_text()[:12]}"


@thorough
def test_forms_are_kept_with_their_photo_and_tell_when_they_come_too_late(
    visit: Visit, shop: Shop, tmp_path: Path
) -> None:
    number = hands.ordered(shop)
    page = tablet(visit, "cutting", role="lead")
    page.goto(f"/factory/bench/{number}/")
    page.locator("#more-hold summary").click()
    page.locator("#more-hold button").click()
    expect(page.locator("#refusals")).to_contain_text("What is wrong?: Fill this in first.")
    page.locator("#hold-reason").fill("A hole in the hide")
    page.locator("#hold-answerer").select_option("purchasing")
    page.reload()
    expect(page.locator("#hold-reason")).to_have_value("A hole in the hide")
    Image.new("RGB", (64, 48), "brown").save(tmp_path / "photo.jpg")
    page.locator("#hold-photo").set_input_files(tmp_path / "photo.jpg")
    page.context.set_offline(True)
    page.locator("#more-hold button").click()
    expect(page.locator("#net")).to_contain_text("is kept (1)")
    page.context.set_offline(False)
    expect(page.locator("#net-told")).to_contain_text("is on hold")
    page.goto(f"/factory/{number}/history/")
    rows = page.locator("tbody tr").filter(has_text="A hole in the hide")
    expect(rows).to_have_count(1)
    expect(rows.locator(".genealogy__photo")).to_have_count(1)
    _cancel_twice(page, tablet(visit, "cutting", role="lead"), number)


def _cancel_twice(page: Page, other: Page, number: str) -> None:
    """A form that comes too late is refused, and what was written in it is shown."""
    page.goto(f"/factory/{number}/")
    page.locator("#more-cancel summary").click()
    page.locator("#cancel-note").fill("The customer called")
    other.goto(f"/factory/{number}/")
    other.locator("#more-cancel summary").click()
    other.locator("#more-cancel button").click()
    expect(other.locator("#state .badge--large")).to_have_text("Canceled")
    page.locator("#more-cancel button").click()
    expect(page.locator("#refusals")).to_contain_text("Do not build it")
    expect(page.locator("#refusals")).to_contain_text("“The customer called”")


def test_a_scanner_that_types_into_a_field(visit: Visit, shop: Shop) -> None:
    number = hands.ordered(shop)
    page = tablet(visit, "cutting")
    code = code_of(page, number)
    page.goto("/factory/bench/")
    scan(page, code)
    expect(page).to_have_url(re.compile(f"/bench/{number}/"))
    page.locator("#more-hold summary").click()
    page.locator("#hold-reason").fill("half a")
    scan(page, code)
    expect(page.locator("#unit h1")).to_have_text("Cut the leather")
    expect(page.locator("#hold-reason")).to_have_value("half a")
    page.locator("#hold-answerer").select_option("customer")
    page.locator("#hold-answerer").focus()
    scan(page, code)
    expect(page.locator("#unit h1")).to_have_text("Cut the leather")
    expect(page.locator("#hold-answerer")).to_have_value("customer")
    _scan_over_a_list_while_the_page_is_swapped(page, code)
    page.locator("#scan").fill("12")  # begun by hand, then scanned; the answer may still arrive
    scan(page, code)
    expect(page.locator("#unit h1")).to_have_text("Cut the leather")
    expect(page.locator("#scan")).to_have_value("")  # it is answered: nothing is swapped any more
    expect(page.locator("#refusals .refusals__one")).to_have_count(0)
    _scan_while_an_answer_arrives(page, code)
    page.locator("#go-start").click()
    page.locator("#check-all").check()
    page.locator("details:has([name^='lot-']) summary").click()
    lots = page.locator("[name^='lot-']")
    lots.first.focus()
    scan(page, "LOT-4711")
    expect(lots.nth(1)).to_be_focused()
    expect(lots.first).to_have_value("LOT-4711")
    expect(page.locator("#go-done")).to_be_visible()


def _scan_over_a_list_while_the_page_is_swapped(page: Page, code: str) -> None:
    """The list that has the first half is gone when the second is typed."""
    page.locator("#hold-answerer").focus()
    page.keyboard.type(code[:9])
    place = "{target: '#content', select: '#content', swap: 'outerHTML'}"
    page.evaluate(f"htmx.ajax('GET', location.href, {place})")
    expect(page.locator("#hold-answerer")).not_to_be_focused()
    with page.expect_request("**/bench/scan/") as asked:
        page.keyboard.type(code[9:])
        page.keyboard.press("Enter")
    assert code.replace(":", "%3A") in (asked.value.post_data or "")
    expect(page.locator("#unit h1")).to_have_text("Cut the leather")
    expect(page.locator("#hold-answerer")).to_have_value("customer")
    expect(page.locator("#refusals .refusals__one")).to_have_count(0)


def _scan_while_an_answer_arrives(page: Page, code: str) -> None:
    """The first half of the next code is typed before the page is swapped, the second after."""
    waiting: list[Route] = []
    page.route("**/bench/scan/", lambda route: waiting.append(route))
    scan(page, "2026-99999-1")
    while not waiting:
        page.wait_for_timeout(20)
    page.locator("#scan").select_text()
    page.keyboard.type(code[:9])
    waiting[0].continue_()
    page.unroute("**/bench/scan/")
    expect(page.locator("main")).to_contain_text("There is no work order 2026-99999-1")
    page.keyboard.type(code[9:])
    page.keyboard.press("Enter")
    expect(page.locator("#unit h1")).to_have_text("Cut the leather")
