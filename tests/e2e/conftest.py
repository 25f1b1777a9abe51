"""A shop of its own for the browser: set up and served by the commands that a user types."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.chaos.house import House
from tests.servers import answers

PATIENCE = 60_000  # milliseconds; a machine may have much else to do
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1280, 900)}
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Shop:
    """Where the shop is served; its house holds the log and the mails."""

    url: str
    house: House


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The demo shop, by the commands of `make run`; its pictures are cut out beforehand."""
    house = House(tmp_path_factory.mktemp("shop"))
    url = f"http://127.0.0.1:{house.port}"
    house.settings["SITE_URL"] = url
    try:
        assert house.start("set_up", "--demo", "--pictures").wait(timeout=900) == 0, house.log
        house.start("dev")
        house.wait(lambda: answers(house.port), "the opening of the shop")
        yield Shop(url, house)
    finally:
        house.end()


@pytest.fixture(scope="module")
def browser(program: Callable[..., str]) -> Iterator[Browser]:
    """One a file: while it is open its event loop runs, and Django refuses databases beside one."""
    path = program("chromium", "chromium-browser", "google-chrome")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, shop: Shop) -> Iterator[Callable[..., Page]]:
    """`visit("phone", scripts=False)`: a page of a fresh visitor, who fails on script errors."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(size: str = "desktop", *, scripts: bool = True, language: str = "en") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=shop.url,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            locale=language,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not troubles
