"""What people do in the shop, as the browser sees it."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from project.roles import DEMO_PASSWORD
from tests.chaos.browser import Customer
from tests.e2e.conftest import Shop

ADDRESS = {
    "name": "Zażółć Gęślą Núñez",
    "email": "buyer@example.com",
    "street": "Łąkowa 7 m. 3",
    "postal_code": "90-562",
    "city": "Łódź",
}


def ordered(shop: Shop, slug: str = "leather-satchel") -> str:
    """Somebody has ordered, without a browser, and it is released; the work order's number."""
    customer = Customer(shop.url)
    design = customer.press(f"/p/{slug}/", f"/p/{slug}/start/")
    customer.press(design, f"{design}finish/")
    filled = {**ADDRESS, "country": "PL", "quantity": "1", "terms": "on"}
    order = customer.press(f"{design}review/", f"{design}order/", **filled)
    found = re.search(r"<h1.*?(\d{4}-\d+)", customer.get(order), re.S)
    assert found, order
    number = f"{found[1]}-1"
    query = f"SELECT state FROM factory_workorder WHERE number = '{number}'"
    shop.house.wait(lambda: shop.house.rows(query) == [("released",)], f"{number} is released")
    return number


def start(page: Page, slug: str) -> str:
    """Begin a design from the product's page; its address."""
    page.goto(f"/p/{slug}/")
    page.locator("form[action$='/start/'] button").first.click()
    page.wait_for_url(re.compile(r"/d/[0-9a-f-]{36}/"))
    return page.url


def step(page: Page, code: str) -> None:
    """Go to a step of the wizard."""
    page.locator(f"#s-{code}").click()
    expect(page.locator(f"#s-{code}")).to_have_attribute("aria-current", "step")


def choose(page: Page, option: str, value: str) -> None:
    """Choose a value by its button and see that it is chosen."""
    button = page.locator(f"[id='v-{option}-{value}']")
    button.click()
    chosen = re.compile("true")
    name = "aria-checked" if button.get_attribute("role") == "switch" else "aria-pressed"
    expect(page.locator(f"[id='v-{option}-{value}']")).to_have_attribute(name, chosen)


def write(page: Page, option: str, text: str) -> None:
    """Write a text into its field and see that it is kept."""
    field = page.locator(f"#i-{option}")
    field.fill(text)
    field.press("Enter")
    expect(page.locator(f"#o-{option} .option__said--chosen")).to_be_visible()


def finish(page: Page) -> None:
    """Let the shop decide what is open."""
    page.locator("#finish").click()
    expect(page.locator("#bar-review .bar__open")).to_have_count(0)


def order(page: Page) -> str:
    """From the design to the order; the address of the order's page."""
    page.locator("#bar-review").click()
    page.wait_for_url(re.compile("/review/"))
    for name, value in ADDRESS.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("main [name=country]").select_option("PL")
    page.locator("[name=terms]").check()
    page.locator("#order-form button.button--primary.order__go").click()
    page.wait_for_url(re.compile("/o/"))
    return page.url


def sign_in(page: Page, name: str) -> None:
    page.goto("/login/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(DEMO_PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda url: "/login/" not in url)


def read_pdf(body: bytes, folder: Path) -> str:
    """The text of a PDF, all pages."""
    from pypdf import PdfReader

    path = folder / "paper.pdf"
    path.write_bytes(body)
    return "\n".join(sheet.extract_text() for sheet in PdfReader(path).pages)
