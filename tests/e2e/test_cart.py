"""The cart in a browser, by keyboard: the head counts along, and one order comes of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import hands
from tests.effort import thorough

pytestmark = pytest.mark.e2e


@thorough
def test_two_designs_are_ordered_together_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("phone")
    for slug in ("leather-satchel", "touring-bicycle"):
        design = hands.start(page, slug).split("?")[0]
        page.goto(f"{design}review/")
        page.get_by_role("button", name="Accept all suggestions").press("Enter")
        page.get_by_role("button", name="Add to cart").press("Enter")
        page.wait_for_url("**/cart/")
    count = page.locator("#cart-link .top__count")
    expect(count).to_have_text("2")

    quantity = page.get_by_label("Quantity").first
    quantity.fill("3")
    quantity.press("Tab")
    expect(count).to_have_text("4")
    page.get_by_role("button", name="Remove Touring bicycle").press("Enter")
    expect(count).to_have_text("3")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(count).to_have_text("4")

    checkout = page.get_by_role("link", name="To the checkout")
    agree = page.get_by_role("button", name="I agree")
    expect(checkout.or_(agree)).to_be_visible()
    if agree.is_visible():  # others have taken places in this shop meanwhile: the day moved
        agree.press("Enter")
    checkout.press("Enter")
    page.locator("#id_country").select_option("PL")
    for name, value in hands.ADDRESS.items():
        page.locator(f"#id_{name}").fill(value)
    page.locator("#id_terms").press("Space")
    page.get_by_role("button", name="Order with obligation to pay").press("Enter")
    page.wait_for_url(re.compile(r"/o/"))
    expect(page.get_by_role("heading", name="3 × Leather satchel").first).to_be_visible()
    expect(page.get_by_role("heading", name="1 × Touring bicycle").first).to_be_visible()
    expect(count).to_have_count(0)
