"""A day at the bench: a tablet, a scanner that types, gloves, and a network that comes and goes."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import hands
from tests.e2e.conftest import Shop
from tests.e2e.test_everyone import barriers, overflows
from tests.effort import thorough, thoroughly

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]
GLOVE = 56  # pixels
SMALL = """(least) => [...document.querySelectorAll(
    'main :is(a, button, select, summary, .bench-check, input:not([type=hidden]))'
  )].filter((e) => e.offsetParent && !e.closest('.bench-check:not(:scope)'))
    .filter((e) => e.getBoundingClientRect().height < least)
    .map((e) => e.outerHTML.slice(0, 120))"""


OVERLAPS = """() => [...document.querySelectorAll('.job')].map((job) => {
    const text = document.createRange();
    text.selectNodeContents(job.querySelector('.job__number'));
    const badge = job.querySelector('.job__state .badge').getBoundingClientRect();
    return [text.getBoundingClientRect(), badge];
  }).filter(([a, b]) => a.left < b.right && b.left < a.right)
    .filter(([a, b]) => a.top < b.bottom && b.top < a.bottom).length"""


def tablet(visit: Visit, station: str, *, role: str = "operator", scripts: bool = True) -> Page:
    page = visit("tablet", scripts=scripts)
    hands.sign_in(page, role)
    stand_at(page, station)
    return page


def stand_at(page: Page, station: str) -> None:
    page.goto("/factory/bench/?choose=1")
    page.locator(f"button[name=station][value='{station}']").click()
    expect(page.locator("#tasks")).to_be_visible()
    page.wait_for_load_state()  # a page that is still coming in does not hear a scanner


def scan(page: Page, code: str) -> None:
    """A scanner types wherever the cursor is, fast, and ends with Enter."""
    page.keyboard.type(code)
    page.keyboard.press("Enter")


def check_all(page: Page) -> None:
    """One tap, if there is a check list."""
    if page.locator("#check-all").count():
        page.locator("#check-all").check()


def looks_well(page: Page) -> Iterator[str]:
    page.wait_for_load_state("networkidle")
    yield from barriers(page)
    yield from (f"small: {one}" for one in page.evaluate(SMALL, GLOVE))
    if overflows(page):
        yield f"{page.url} is wider than the screen"


def state(page: Page) -> Locator:
    return page.locator("#unit .badge--large:visible")


def test_a_day_at_the_bench(visit: Visit, shop: Shop) -> None:
    number = hands.ordered(shop)
    page = tablet(visit, "cutting")
    found = list(looks_well(page))
    expect(page.locator(".tasks__kind--ready")).to_contain_text(number)

    scan(page, number)  # no box was tapped before
    expect(page.locator("#unit h1")).to_have_text("Cut the leather")
    found += looks_well(page)
    page.locator("#go-start").click()
    expect(state(page)).to_have_text("In work")
    expect(page.locator("#timer .timer__now")).not_to_have_text("0:00")
    found += looks_well(page)
    page.locator("#go-done").click()
    expect(page.locator("#refusals")).to_contain_text("Tick every point")
    check_all(page)
    page.locator("#go-done").click()
    expect(page.locator("#tasks")).to_be_visible()

    stand_at(page, "packing")  # where it is not its turn
    scan(page, number)
    expect(page.locator(".refusal__told")).to_contain_text("Not yet: first comes")
    found += looks_well(page)
    scan(page, "WO:" + number + ":000000000000")
    expect(page.locator(".refusal__told")).to_contain_text("another revision")
    scan(page, "2031-99999-9")
    expect(page.locator(".refusal__told")).to_contain_text("There is no work order")
    assert found == []


@pytest.mark.parametrize("scripts", [True, False])
def test_three_taps_from_scan_to_done(scripts: bool, visit: Visit, shop: Shop) -> None:
    number = hands.ordered(shop)
    page = tablet(visit, "cutting", scripts=scripts)
    page.locator("#scan").fill(number)
    page.keyboard.press("Enter")
    page.locator("#go-start").click()
    expect(state(page)).to_have_text("In work")
    check_all(page)
    page.locator("#go-done").click()
    expect(page.locator("#tasks")).to_be_visible()
    page.goto(f"/factory/{number}/")
    expect(page.locator(".operation").first.locator(".badge")).to_have_text("Done")


def test_taps_without_a_network_are_kept_and_count_once(visit: Visit, shop: Shop) -> None:
    number = hands.ordered(shop)
    page = tablet(visit, "cutting")
    scan(page, number)
    expect(page.locator("#go-start")).to_be_visible()
    page.context.set_offline(True)
    expect(page.locator("#net")).to_have_attribute("data-state", "offline")
    page.locator("#go-start").click()
    expect(state(page)).to_have_text("In work")  # one can go on
    check_all(page)
    page.locator("#go-done").click()
    expect(state(page)).to_have_text("Done")
    expect(page.locator("#net")).to_contain_text("is kept (2)")
    scan(page, number)
    expect(page.locator("#net")).to_contain_text("The scan is kept")
    page.context.set_offline(False)
    expect(page.locator("#net")).to_have_attribute("data-state", "online")
    page.goto(f"/factory/{number}/history/")
    rows = page.locator("tbody tr").filter(has_text="Cut the leather")
    expect(rows.locator("th")).to_have_text(["Started", "Done"])


@thorough
def test_a_reply_that_is_lost_does_not_count_twice(visit: Visit, shop: Shop) -> None:
    number = hands.ordered(shop)
    page = tablet(visit, "cutting")
    scan(page, number)
    lost: list[object] = []

    def lose(route: object) -> None:
        """The tap arrives; its answer does not."""
        if lost:
            route.continue_()  # type: ignore[attr-defined]
            return
        lost.append(route.fetch())  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    page.route(re.compile("/start/$"), lose)
    page.locator("#go-start").click()
    expect(page.locator("#net")).to_have_attribute("data-state", "online")
    expect(state(page)).to_have_text("In work")
    assert len(lost) == 1
    page.goto(f"/factory/{number}/history/")
    rows = page.locator("tbody tr").filter(has_text="Cut the leather")
    expect(rows.locator("th")).to_have_text(["Started"])


def test_a_tap_that_comes_too_late_is_told(visit: Visit, shop: Shop) -> None:
    number = hands.ordered(shop)
    page, lead = tablet(visit, "cutting"), tablet(visit, "cutting", role="lead")
    scan(page, number)
    expect(page.locator("#go-start")).to_be_visible()
    page.context.set_offline(True)
    page.locator("#go-start").click()
    lead.goto(f"/factory/{number}/")
    lead.locator("#more-cancel summary").click()
    lead.locator("#more-cancel button").click()
    expect(lead.locator("#state .badge--large")).to_have_text("Canceled")
    page.context.set_offline(False)
    expect(page.locator("#refusals, .refusal__told").first).to_contain_text("Do not build it")


@pytest.mark.parametrize("size", ["phone", thoroughly("desktop")])
def test_the_bench_on_other_screens(size: str, visit: Visit, shop: Shop) -> None:
    number = hands.ordered(shop)
    page = visit(size)
    hands.sign_in(page, "lead")
    stand_at(page, "cutting")
    found = list(looks_well(page))
    page.goto(f"/factory/bench/{number}/")
    found += looks_well(page)
    page.goto(f"/factory/{number}/history/")
    page.goto(f"/factory/{number}/")
    found += barriers(page)
    assert found == []


def test_no_state_lies_over_a_number_in_the_queue(visit: Visit, shop: Shop) -> None:
    number = hands.ordered(shop)
    page = visit("phone", language="pl")  # with longer words
    hands.sign_in(page, "lead")
    page.goto(f"/factory/?q={number}")
    expect(page.locator(".job__number")).to_be_visible()
    assert page.evaluate(OVERLAPS) == 0
    rooms = page.locator(".factory-nav a")
    for n in range(rooms.count()):
        expect(rooms.nth(n)).to_be_in_viewport(ratio=1)
