"""A catalog admin publishes under a customer's open design, and takes it back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import hands
from tests.e2e.conftest import Shop
from tests.e2e.test_everyone import overflows
from tests.effort import thorough, thoroughly

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]


@thorough
@pytest.mark.parametrize(
    ("size", "scripts", "slug"),
    [("desktop", True, "leather-satchel"), thoroughly("phone", False, "made-to-measure-bookcase")],
)
def test_a_release_meets_an_open_design(
    size: str, scripts: bool, slug: str, visit: Visit, shop: Shop
) -> None:
    customer = visit(size, scripts=scripts)
    design = hands.start(customer, slug)
    customer.locator("#finish").click()
    customer.wait_for_load_state()

    admin = visit(size, scripts=scripts)
    hands.sign_in(admin, "catalog")
    (product,) = shop.house.rows(f"SELECT id, base_price FROM catalog_product WHERE slug='{slug}'")
    (live,) = shop.house.rows(
        f"SELECT id FROM catalog_release WHERE product_id={product[0]} AND live"
    )
    admin.goto(f"/admin/catalog/product/{product[0]}/change/")
    admin.locator("#id_base_price").fill(f"{float(product[1]) + 7:.2f}")
    admin.locator("input[name=_continue]").first.click()
    admin.goto(f"/admin/catalog/product/{product[0]}/publish/")
    expect(admin.locator(".differences")).to_contain_text("base price is now")
    admin.locator("input[type=submit][value=Publish]").click()
    decide = admin.locator("button[value=now]")
    told(admin, "Look at what it changes, and decide.", scripts)
    expect(admin.locator(".publication__summary")).to_contain_text("cost otherwise.")
    by = re.compile(r"sampled designs changes by \+\d+\.00\.")
    expect(admin.locator(".publication__summary")).to_contain_text(by)
    expect(admin.locator(".affected")).to_contain_text("Design " + design.split("/d/")[1][:8])
    assert not overflows(admin)
    decide.click()
    told(admin, "is live.", scripts)

    customer.goto(design)
    expect(customer.locator("#renewal")).to_contain_text("The price has changed")
    assert not overflows(customer)
    customer.locator("#renew-keep").click()
    expect(customer.locator("#renewal")).not_to_have_attribute("open", re.compile(".*"))

    admin.goto(f"/admin/catalog/release/{live[0]}/change/")
    admin.locator("form.revive input[type=submit]").click()
    told(admin, "is live.", scripts)
    customer.goto(design)
    expect(customer.locator("#renewal")).to_have_count(0)


def told(page: Page, words: str, scripts: bool) -> None:
    """The page comes to say so: by itself, or by the browser's refreshing."""
    state = page.locator(".publication__state")
    for _ in range(60):
        if scripts or words in state.inner_text():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    expect(state).to_contain_text(words)
