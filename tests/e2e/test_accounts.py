"""An account without a password, from the storefront on: by a passkey, and by a mailed code."""

import re
from collections.abc import Callable
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import hands
from tests.e2e.conftest import Shop
from tests.effort import thorough

pytestmark = pytest.mark.e2e
ADDRESS = "passkey@example.com"


def passkeys_of(page: Page) -> None:
    """A device that makes and keeps passkeys, and asks nobody."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def code_for(shop: Shop, address: str, count: int = 1) -> str:
    """The code of the newest mail to the address, of which there are `count` with one by then."""
    found: list[str] = []

    def arrived() -> bool:
        found.clear()
        for path in sorted((shop.house.data / "mails").glob("*.log")):
            for part in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                letter = message_from_bytes(part, policy=policy.default)
                code = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", part.decode(), re.MULTILINE)
                if address in str(letter["To"]) and code:
                    found.append(code[1])
        return len(found) >= count

    shop.house.wait(arrived, f"the code for {address}")
    return found[-1]


def enter_code(page: Page, code: str) -> None:
    page.locator("[name=code]").fill(code)
    page.locator("main button[type=submit]").first.press("Enter")


@thorough
def test_designs_follow_an_account_that_a_passkey_opens(
    visit: Callable[..., Page], shop: Shop
) -> None:
    page = visit("phone")
    # passkeys belong to a name, and 127.0.0.1 is none
    home = shop.url.replace("127.0.0.1", "localhost")
    passkeys_of(page)
    page.goto(f"{home}/p/leather-satchel/")
    page.locator("form[action$='/start/'] button").first.press("Enter")
    page.wait_for_url(re.compile("/d/"))
    hands.finish(page)
    page.goto(f"{home}/account/signup/")
    page.locator("[name=email]").fill(ADDRESS)
    page.locator("button[formaction]").press("Enter")
    page.wait_for_url(re.compile("/email/confirm/"))
    enter_code(page, code_for(shop, ADDRESS))
    page.wait_for_url(re.compile("/signup/passkey/make/"))
    page.locator("#passkey-go").press("Enter")
    expect(page.locator("main")).to_contain_text(f"Signed in as {ADDRESS}")
    expect(page.locator(".own-card")).to_have_count(1)

    page.get_by_role("button", name="Sign out").press("Enter")
    page.goto(f"{home}/account/login/")
    page.locator("#passkey-go").press("Enter")
    expect(page.locator("main")).to_contain_text(f"Signed in as {ADDRESS}")
    expect(page.locator(".own-card")).to_have_count(1)

    other = visit("desktop", scripts=False)
    other.goto("/account/login/code/")
    other.locator("[name=email]").fill(ADDRESS)
    other.locator(".enter__go").press("Enter")
    enter_code(other, code_for(shop, ADDRESS, 2))
    expect(other.locator("main")).to_contain_text(f"Signed in as {ADDRESS}")
    expect(other.locator(".own-card")).to_have_count(1)


@thorough
def test_what_is_chosen_offline_is_made_once_the_line_is_back(visit: Callable[..., Page]) -> None:
    page = visit("phone")
    hands.start(page, "leather-satchel")
    page.context.set_offline(True)
    button = page.locator("#panel button[name=set][aria-pressed=false]").last
    name = button.get_attribute("id")
    button.click()
    expect(page.locator("#toast")).to_contain_text("You are offline")
    page.context.set_offline(False)
    expect(page.locator(f"[id='{name}']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#toast")).to_contain_text("You are back")
    expect(page.locator("#wizard")).to_have_attribute("data-revision", "1")
