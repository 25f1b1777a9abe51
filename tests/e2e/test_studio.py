"""The pictures page in a browser: texts are dragged on the picture, layers in their order."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.hands import sign_in
from tests.e2e.test_everyone import barriers, overflows
from tests.effort import thorough, thoroughly

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]
TEXT = "monogram-foil"


def pictures(page: Page) -> None:
    """The pictures of the satchel, whose text is painted in foil."""
    sign_in(page, "catalog")
    page.goto("/admin/catalog/product/")
    page.get_by_role("link", name="Leather satchel").first.click()
    page.get_by_role("link", name="Pictures", exact=True).click()
    expect(page.locator("#studio-picture")).to_be_visible()


def middle(page: Page) -> tuple[float, float]:
    box = page.locator(f"#handle-{TEXT} .handle__point").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, by: tuple[int, int]) -> None:
    x, y = middle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0], y + by[1], steps=4)
    page.mouse.up()


@thorough
def test_a_text_is_dragged_and_moved_by_keyboard_and_layers_change_places(visit: Visit) -> None:
    page = visit()
    pictures(page)
    before = page.locator("#studio-picture").get_attribute("src")
    x, y = middle(page)
    drag(page, (40, -30))
    expect(page.locator(".studio__said")).to_contain_text(f"The layer “{TEXT}” was moved. It is at")
    assert page.locator("#studio-picture").get_attribute("src") != before
    moved_x, moved_y = middle(page)
    assert abs(moved_x - x - 40) < 3
    assert abs(moved_y - y + 30) < 3

    page.locator(f"#handle-{TEXT}").focus()
    for _press in range(3):
        page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(f"#handle-{TEXT}[transform]")).to_have_count(0)  # drawn anew
    expect(page.locator(f"#handle-{TEXT}")).to_be_focused()
    assert middle(page)[1] > moved_y + 5

    page.keyboard.press("Tab")  # from the box to its corner
    expect(page.locator(f"#corner-{TEXT}")).to_be_focused()
    wide = float(page.locator(f"#handle-{TEXT} .handle__box").get_attribute("width") or 0)
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".studio__said")).to_contain_text("large.")
    expect(page.locator(f"#corner-{TEXT}")).to_be_focused()
    now = float(page.locator(f"#handle-{TEXT} .handle__box").get_attribute("width") or 0)
    assert abs(now - wide - 20) < 1  # to both sides of its middle

    order = page.locator(".stack .layer").evaluate_all(
        "rows => rows.map((row) => row.dataset.code)"
    )
    grip = page.locator(f"#layer-{TEXT} [data-grip]").bounding_box()
    above = page.locator(".stack .layer").first.bounding_box()
    assert grip is not None
    assert above is not None
    page.mouse.move(grip["x"] + 4, grip["y"] + 8)
    page.mouse.down()
    page.mouse.move(above["x"] + 30, above["y"] + 4, steps=6)
    page.mouse.up()
    expect(page.locator(".studio__said")).to_contain_text("another order")
    expect(page.locator(".stack .layer").first).to_have_attribute("data-code", TEXT)
    for place in range(order.index(TEXT)):
        page.locator(f"#down-{TEXT}").press("Enter")
        row = page.locator(".stack .layer").nth(place + 1)
        expect(row).to_have_attribute("data-code", TEXT)
        expect(page.locator(f"#down-{TEXT}")).to_be_focused()
    again = page.locator(".stack .layer").evaluate_all(
        "rows => rows.map((row) => row.dataset.code)"
    )
    assert again == order


def test_it_all_goes_without_scripts(visit: Visit) -> None:
    page = visit("phone", scripts=False)
    pictures(page)
    page.get_by_role("link", name=f"Edit {TEXT}").click()
    page.get_by_label("Turned, degrees").fill("not a number (")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".layer__error").first).to_be_visible()
    expect(page.get_by_label("Turned, degrees")).to_have_value("not a number (")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("size", [thoroughly("phone"), thoroughly("desktop")])
def test_the_pages_of_a_product_have_no_barriers(visit: Visit, size: str) -> None:
    page = visit(size)
    pictures(page)
    page.locator(f"#edit-{TEXT}").click()
    expect(page.locator(".layer__form")).to_be_visible()
    found = {"pictures": (list(barriers(page)), overflows(page))}
    page.goto(page.url.split("pictures/")[0] + "sheet/")
    expect(page.locator(".sheet li").first).to_be_visible()
    found["sheet"] = (list(barriers(page)), overflows(page))
    page.goto(page.url.split("sheet/")[0] + "insight/")
    found["insight"] = (list(barriers(page)), overflows(page))
    assert found == dict.fromkeys(found, ([], False))
