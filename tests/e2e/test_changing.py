"""Customers change what they ordered; the bench is told, and the old paper is worth nothing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import hands
from tests.e2e.test_bench import state, tablet
from tests.e2e.test_everyone import barriers, overflows
from tests.e2e.test_whole_job import paper, work_order_of
from tests.effort import thorough, thoroughly

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]


def begin_change(customer: Page) -> None:
    customer.get_by_role("link", name="Change something").click()
    customer.get_by_role("button", name="Change the design").click()
    customer.wait_for_url(re.compile("/d/"))


def review_change(customer: Page) -> None:
    customer.locator("#bar-review").click()
    customer.wait_for_url(re.compile("/change/$"))


def printed_code(worker: Page, number: str, folder: Path) -> str:
    """What a scanner reads from the sheet as it is now."""
    text = hands.read_pdf(paper(worker, f"/factory/{number}/sheet.A4.pdf"), folder)
    found = re.search(r"\b[0-9a-f]{12}\b", text)
    assert found, text
    return f"WO:{number}:{found.group()}"


@thorough
@pytest.mark.parametrize(("size", "scripts"), [("phone", True), thoroughly("desktop", False)])
def test_a_change_reaches_the_bench(size: str, scripts: bool, visit: Visit, tmp_path: Path) -> None:
    customer = visit(size, scripts=scripts)
    hands.start(customer, "leather-satchel")
    hands.finish(customer)
    address = hands.order(customer)
    number = work_order_of(customer)
    bench = tablet(visit, "cutting", scripts=scripts)
    old = printed_code(bench, number, tmp_path)

    begin_change(customer)
    expect(customer.locator("main")).to_contain_text("You are changing order")
    hands.step(customer, "personal")
    hands.choose(customer, "monogram", "yes")
    hands.write(customer, "monogram_text", "Ola")
    hands.finish(customer)
    review_change(customer)
    main = customer.locator("main")
    expect(main).to_contain_text("To be paid more")
    expect(main).to_contain_text("We keep this place in the workshop for you until")
    found = list(barriers(customer)) if scripts else []
    assert (found, overflows(customer)) == ([], False)
    customer.get_by_role("button", name="Accept the change").click()
    expect(customer.get_by_text("Your order is changed.")).to_be_visible()
    assert customer.url == address

    bench.goto("/factory/bench/")
    bench.locator("#scan").fill(old)
    bench.keyboard.press("Enter")
    expect(bench.locator(".refusal__told")).to_contain_text("another revision")
    expect(bench.locator(".changes__table")).to_contain_text("Monogram")
    told = hands.read_pdf(paper(bench, f"/factory/{number}/change.A4.pdf"), tmp_path)
    assert "Ola" in told
    if not scripts:
        return
    bench.goto("/factory/bench/")
    bench.locator("#scan").fill(printed_code(bench, number, tmp_path))
    bench.keyboard.press("Enter")
    bench.locator("#go-start").click()
    expect(state(bench)).to_have_text("In work")

    customer.goto(address)
    begin_change(customer)  # what is being cut stays; the monogram may still be another
    hands.step(customer, "personal")
    hands.write(customer, "monogram_text", "Ala")
    review_change(customer)
    expect(customer.locator("main")).to_contain_text("“Cut the leather” has begun")
    customer.get_by_role("button", name="Leave the order as it is").click()
    expect(customer.get_by_text("Your order stays as it is.")).to_be_visible()
