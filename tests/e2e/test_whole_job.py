"""A customer designs, orders; the factory builds; the customer sees it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import hands
from tests.effort import thoroughly

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]

JOBS = [
    ("touring-bicycle", "phone", True),
    thoroughly("touring-bicycle", "desktop", False),
    thoroughly("made-to-measure-bookcase", "desktop", True),
    thoroughly("leather-satchel", "desktop", True),
    ("leather-satchel", "phone", False),
]


@pytest.mark.parametrize(("slug", "size", "scripts"), JOBS)
def test_from_the_first_click_to_the_finished_product(
    slug: str, size: str, scripts: bool, visit: Visit, tmp_path: Path
) -> None:
    customer = visit(size, scripts=scripts)
    hands.start(customer, slug)
    hands.finish(customer)
    address = hands.order(customer)
    assert "#" not in address  # opening it again would show the page as it was
    number = work_order_of(customer)

    worker = visit("desktop", scripts=scripts)
    hands.sign_in(worker, "operator")
    worker.goto(f"/factory/{number}/")
    sheet = paper(worker, f"/factory/{number}/sheet.A4.pdf")
    text = hands.read_pdf(sheet, tmp_path)
    assert number in text
    assert hands.ADDRESS["email"] not in text
    worker.get_by_role("button", name="Start building").click()
    worker.get_by_role("button", name="It is finished").click()
    # Without scripts the page is loaded anew: a button that is gone would prove nothing yet.
    expect(worker.locator("#state .badge--large")).to_have_text(re.compile("finished", re.I))

    customer.goto(address)
    expect(customer.locator(".story__chapter--done").last).to_contain_text(
        re.compile("finished|ready", re.I)
    )


def test_the_monogram_reaches_the_sheet_as_written(visit: Visit, tmp_path: Path) -> None:
    customer = visit("desktop")
    hands.start(customer, "leather-satchel")
    hands.step(customer, "personal")
    hands.choose(customer, "monogram", "yes")
    hands.write(customer, "monogram_text", "Żółć Ñ")
    hands.finish(customer)
    hands.order(customer)
    number = work_order_of(customer)
    worker = visit("desktop")
    hands.sign_in(worker, "lead")
    text = hands.read_pdf(paper(worker, f"/factory/{number}/sheet.letter.pdf"), tmp_path)
    assert "Żółć Ñ" in text


def work_order_of(customer: Page) -> str:
    """The number of the order's only work order, from the heading of the order's page."""
    found = re.search(r"\d{4}-\d+", customer.locator("h1").inner_text())
    assert found
    return f"{found.group()}-1"


def paper(worker: Page, address: str) -> bytes:
    """A paper of the factory, waiting while it is being printed."""
    for _try in range(240):
        answer = worker.request.get(address)
        if answer.headers.get("content-type", "").startswith("application/pdf"):
            return answer.body()
        worker.wait_for_timeout(500)
    raise AssertionError(f"no paper at {address}: {answer.status}")
