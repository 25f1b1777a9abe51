"""Two people in one design, each in a browser of their own: seen, told, and out when it ends."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.effort import thorough

pytestmark = pytest.mark.e2e


@thorough
def test_two_people_design_one_satchel(visit: Callable[..., Page]) -> None:
    marta, ana = visit("desktop"), visit("phone")
    marta.goto("/p/leather-satchel/")
    marta.locator("button[value=harbor]").click()
    design = marta.url.split("?")[0]
    marta.get_by_role("link", name="Share this design").click()
    marta.locator("#host").fill("Marta")
    marta.get_by_role("button", name="Invite to design").click()
    link = marta.locator("#friend-1").input_value()
    marta.goto(design)

    ana.goto(link)
    ana.get_by_label("Your name").fill("Ana")
    ana.get_by_role("button", name="Go in").click()
    expect(ana.locator("#together")).to_contain_text("Marta is here")
    expect(marta.locator("#together")).to_contain_text("Ana is here, at Size and leather")
    assert design.rstrip("/").rsplit("/", 1)[1] not in ana.content()

    ana.locator("#v-leather-pebbled").click()
    expect(marta.locator("#toast")).to_contain_text("Ana chose Pebbled")
    expect(marta.locator("#v-leather-pebbled")).to_have_attribute("aria-pressed", "true")
    marta.goto(f"{design}?step=colors")
    expect(ana.locator("#together")).to_contain_text("Marta is here, at Colors")

    marta.goto(f"{design}share/")
    marta.get_by_role("button", name="End this").click()
    expect(ana.get_by_role("heading", level=1)).to_have_text("This link has ended")
