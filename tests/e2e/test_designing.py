"""Designs are kept: across devices, tabs, the back button and undo."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import hands
from tests.effort import thoroughly

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]


def pressed(page: Page, option: str, value: str) -> None:
    expect(page.locator(f"[id='v-{option}-{value}']")).to_have_attribute("aria-pressed", "true")


def not_pressed(page: Page, option: str, value: str) -> None:
    expect(page.locator(f"[id='v-{option}-{value}']")).to_have_attribute("aria-pressed", "false")


def test_a_link_resumes_the_design_on_another_device(visit: Visit) -> None:
    phone = visit("phone")
    address = hands.start(phone, "leather-satchel")
    hands.choose(phone, "size", "classic")
    price = phone.locator("#price strong").inner_text()
    desktop = visit("desktop")
    desktop.goto(address)
    pressed(desktop, "size", "classic")
    expect(desktop.locator("#price strong")).to_have_text(price)


def test_undo_redo_reload_and_back(visit: Visit) -> None:
    page = visit("desktop")
    hands.start(page, "leather-satchel")
    hands.choose(page, "size", "classic")
    hands.choose(page, "leather", "pebbled")
    page.locator("#undo").click()
    not_pressed(page, "leather", "pebbled")
    page.reload()
    pressed(page, "size", "classic")
    page.locator("#redo").click()
    pressed(page, "leather", "pebbled")
    hands.step(page, "colors")
    page.go_back()
    pressed(page, "leather", "pebbled")


def test_two_tabs_lose_nothing(visit: Visit) -> None:
    one = visit("desktop")
    address = hands.start(one, "leather-satchel")
    two = visit("desktop")
    two.goto(address)
    hands.choose(one, "size", "classic")
    two.locator("[id='v-leather-pebbled']").click()
    pressed(two, "leather", "pebbled")
    pressed(two, "size", "classic")


def test_the_same_option_in_two_tabs_asks_which_one_counts(visit: Visit) -> None:
    one = visit("desktop")
    address = hands.start(one, "leather-satchel")
    two = visit("desktop")
    two.goto(address)
    hands.choose(one, "size", "classic")
    two.locator("[id='v-size-petite']").click()
    expect(two.locator("#ask")).to_contain_text(re.compile("Classic"))
    one.reload()
    pressed(one, "size", "classic")


@pytest.mark.parametrize("scripts", [True, False])
def test_an_impossible_value_says_why_and_can_be_had(scripts: bool, visit: Visit) -> None:
    page = visit("desktop", scripts=scripts)
    hands.start(page, "leather-satchel")
    blocked = page.locator("button.value--blocked")
    for _round in range(8):
        hands.finish(page)
        steps = page.locator("#steps a").evaluate_all("links => links.map(a => a.href)")
        for link in steps:
            page.goto(link)
            if blocked.count():
                break
        if blocked.count():
            break
    wanted = blocked.first
    identity = wanted.get_attribute("id")
    wanted.click()
    title = page.locator("#ask-title")
    expect(title).to_be_visible()
    page.locator("#ask form button[type=submit], .ask form button[type=submit]").first.click()
    expect(page.locator(f"[id='{identity}']")).to_have_attribute("aria-pressed", "true")


def test_the_picture_and_the_price_follow_every_choice(visit: Visit) -> None:
    page = visit("phone")
    hands.start(page, "leather-satchel")
    before = page.locator("#picture").get_attribute("src")
    hands.choose(page, "size", "office")
    expect(page.locator("#picture")).not_to_have_attribute("src", before or "")
    expect(page.locator("#picture")).to_be_in_viewport()
    expect(page.locator("#price")).to_be_in_viewport()
    page.mouse.wheel(0, 600)
    expect(page.locator("#picture")).to_be_in_viewport()
    expect(page.locator("#price")).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, thoroughly(False)])
def test_a_phone_sees_at_once_what_an_order_lacks(scripts: bool, visit: Visit) -> None:
    page = visit("phone", scripts=scripts)
    hands.start(page, "leather-satchel")
    hands.finish(page)
    page.locator("#bar-review").click()
    page.locator("#order-form button.button--primary.order__go").click()
    expect(page.locator("#answer")).to_be_in_viewport()
