"""A text and a picture on the product itself: seen while typing, placed by pointer and by keys."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.e2e import hands
from tests.effort import thoroughly

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]


def logo() -> bytes:
    image = Image.new("RGB", (900, 700), "white")
    ImageDraw.Draw(image).ellipse((250, 150, 650, 550), fill="#7a1f1f")
    to = io.BytesIO()
    image.save(to, "PNG")
    return to.getvalue()


def test_a_text_is_seen_while_it_is_typed(visit: Visit) -> None:
    page = visit("desktop")
    hands.start(page, "leather-satchel")
    hands.step(page, "personal")
    hands.choose(page, "monogram", "yes")
    before = page.locator("#picture").get_attribute("data-key")
    field = page.locator("#i-monogram_text")
    field.press_sequentially("Zoé")
    expect(page.locator("#picture")).to_have_attribute("data-key", re.compile("^try .*text=Zo"))
    expect(page.locator("#w-monogram_text")).to_contain_text("3 / 12")
    expect(page.locator("#x-monogram_text")).to_be_visible()  # it is saved
    expect(page.locator("#picture")).not_to_have_attribute("data-key", re.compile("^try"))
    assert page.locator("#picture").get_attribute("data-key") != before


@pytest.mark.parametrize("device", ["desktop", thoroughly("phone")])
def test_a_picture_is_placed_on_the_product(visit: Visit, device: str, tmp_path: Path) -> None:
    page = visit(device)
    hands.start(page, "leather-satchel")
    hands.step(page, "personal")
    hands.choose(page, "artwork", "yes")
    file = tmp_path / "logo.png"
    file.write_bytes(logo())
    page.locator("#i-artwork_file").set_input_files(file)
    frame = page.locator(".placed")
    expect(frame).to_be_visible()
    closer = page.locator(".pad .placed")
    assert page.locator(".pad").count() == closer.count()
    assert (closer.count() == 1) == (device == "phone"), "a small place is shown closer"

    frame.focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    expect(page.locator("input[name=scale]")).to_have_value("103")
    expect(frame).to_be_focused()

    frame.evaluate("frame => frame.scrollIntoView({ block: 'center' })")
    box = frame.bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + box["width"] / 5, middle[1], steps=3)
    page.mouse.up()
    expect(page.locator("input[name=x]")).to_have_value(re.compile(r"^2\d(\.\d)?$"))
    expect(page.locator(".placing__note").last).to_contain_text("Cut off")
    page.locator("[id='center-artwork_file']").click()
    expect(page.locator("input[name=x]")).to_have_value("0")
    page.locator("#undo").click()
    expect(page.locator("input[name=x]")).to_have_value(re.compile(r"^2\d(\.\d)?$"))

    page.locator(".crop > summary").click()
    handle = page.locator(".crop__handle--left")
    with page.expect_response("**/place/"):
        handle.press("Shift+ArrowRight")
    expect(page.locator("input[name=left]")).to_have_value("5")
    expect(page.locator(".crop__handle--left")).to_be_focused()
    expect(page.locator(".crop__handle--left")).to_have_attribute("aria-valuenow", "5")
