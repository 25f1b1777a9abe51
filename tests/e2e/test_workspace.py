"""Somebody who keeps the catalog models a product in its workspace."""

from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import hands
from tests.e2e.test_everyone import overflows

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]
PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""


def begin(page: Page) -> None:
    """A new product, in whose workspace one arrives."""
    hands.sign_in(page, "catalog")
    page.goto("/admin/catalog/product/add/")
    page.locator("#id_name_en").fill("Crate")
    page.locator("#id_slug").fill(f"crate-{uuid4().hex[:8]}")
    page.locator("[name=_save]").first.click()
    page.locator("#new-step").fill("Box")
    page.locator("#new-step").press("Enter")
    expect(page.get_by_role("link", name="Box", exact=True)).to_be_visible()


def option(page: Page, name: str) -> Locator:
    return page.locator(".outline__option", has=page.get_by_role("link", name=name, exact=True))


def add_option(page: Page, name: str) -> None:
    field = page.locator("[id^=new-option-]").first
    field.fill(name)
    field.press("Enter")
    expect(option(page, name)).to_be_visible()


def drag(page: Page, name: str, onto: str) -> None:
    """Before another one; again, as by hand, where rows still moved on under the pointer."""
    told = page.locator(".workspace__told").first
    for _time in range(3):
        option(page, name).locator("[data-grip]").drag_to(option(page, onto))
        with suppress(AssertionError):
            expect(told).to_have_text(f"{name} is moved.", timeout=5_000)
            return


def names(page: Page) -> list[str]:
    return page.locator(".outline__option > .outline__line .outline__name").all_inner_texts()


def test_a_product_is_modeled_by_hand(visit: Visit) -> None:
    page = visit("desktop")
    begin(page)
    for name in ("Wood", "Lid", "Handle"):
        add_option(page, name)
    drag(page, "Handle", "Wood")
    expect(page.locator(".workspace__told").first).to_have_text("Handle is moved.")
    assert names(page) == ["Handle", "Wood", "Lid"]
    option(page, "Lid").get_by_role("link", name="Lid", exact=True).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".workspace__told").first).to_have_text("Lid is moved.")
    page.keyboard.press("Alt+ArrowUp")  # the focus is still on it
    expect(page.locator(".outline__option").first).to_contain_text("Lid")
    option(page, "Wood").get_by_role("link", name="as a table").click()
    page.locator("[name=c0-code]").focus()
    page.evaluate(PASTE, "oak\tOak\t\t\t12,50\npine\tPine\t\t\theigth\nash\tAsh\nelm\tElm\n")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("[aria-invalid=true]")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("0")
    page.get_by_role("button", name="Save and go to the workspace").click()
    row = option(page, "Wood")
    row.get_by_role("button", name="4 choices").click()
    expect(row.locator("[data-choices] li")).to_have_count(4)
    row.get_by_role("link", name="Delete Elm").click()
    page.locator("[type=submit][value^=Yes]").click()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("#id_code")).to_have_value("elm")


def test_without_scripts_it_is_modeled_too(visit: Visit) -> None:
    page = visit("phone", scripts=False)
    begin(page)
    for name in ("Wood", "Lid"):
        add_option(page, name)
    page.get_by_role("button", name="Move Lid up").click()
    assert names(page) == ["Lid", "Wood"]
    assert not overflows(page)
    option(page, "Wood").get_by_role("button", name="0 choices").click()
    option(page, "Wood").locator("textarea").fill("Oak\nPine")
    option(page, "Wood").get_by_role("button", name="Add").click()
    expect(option(page, "Wood").locator("[data-choices] li")).to_have_count(2)
    option(page, "Wood").get_by_role("link", name="as a table").click()
    page.locator("summary", has_text="Paste rows").click()
    page.locator("#pasted").fill("Code\tPrice, net\noak\t7,5\nash\t3")
    page.get_by_role("button", name="Fill in").click()
    expect(page.locator("[name=c0-price]")).to_have_value("7,5")
    assert not overflows(page)
    page.locator("[name=c2-name_en]").fill("Ash")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("[name=c0-price]")).to_have_value("7.5")
