"""The wizard in a brand’s page on another site: a browser keeps no cookies of ours for it."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import PATIENCE, SIZES, Shop

pytestmark = pytest.mark.e2e
SAMPLE = settings.BASE_DIR / "docs" / "embedding" / "sample.html"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def brand(shop: Shop, tmp_path: Path) -> Iterator[str]:
    """The sample page, served at a site of its own which the demo's shop names."""
    text = SAMPLE.read_text("utf-8").replace("http://127.0.0.1:8000", shop.url)
    (tmp_path / "sample.html").write_text(text, "utf-8")
    handler = partial(Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        site = f"http://localhost:{server.server_address[1]}"
        with sqlite3.connect(shop.house.data / "db.sqlite3", timeout=20) as rows:
            rows.execute("UPDATE shops_shop SET origins = ?", [site])
        yield f"{site}/sample.html"
        server.shutdown()


def told(page: Page, kind: str) -> dict[str, Any]:
    """What the page of the brand was told last."""
    output = page.locator("#told")
    expect(output).to_contain_text(f"{kind}:")
    detail: dict[str, Any] = json.loads(output.inner_text().split(": ", 1)[1])
    return detail


@pytest.mark.parametrize("size", ["phone"])
def test_a_brand_learns_what_is_designed_in_its_page(
    size: str, browser: Browser, brand: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(brand)
    assert told(page, "ready")["missing"] is False
    frame = page.frame_locator("iframe")
    frame.locator("form[action$='/start/'] button").first.click()
    expect(page.locator("#told")).to_contain_text('"design"')
    before = told(page, "ready")
    assert before["product"] == "leather-satchel"
    box = page.locator("iframe").bounding_box()
    assert box
    assert abs(box["height"] - height) <= 1, "the wizard is as high as the window"
    frame.locator("#panel button[name=set]:not([aria-pressed=true])").nth(1).click()
    after = told(page, "changed")
    assert (after["revision"], after["design"]) == (before["revision"] + 1, before["design"])
    assert after["price"] != before["price"]
    # What is sent while the frame's scripts still load comes as a page of its own.
    choice = frame.locator("#panel button[name=set]:not([aria-pressed=true])").nth(1)
    expect(page.locator("#told")).to_contain_text(f'"revision":{after["revision"]},')
    choice.evaluate(
        "button => { const by = document.createElement('input'); by.name = button.name;"
        "by.type = 'hidden'; by.value = button.value; button.form.append(by);"
        "button.form.submit(); }"
    )
    expect(page.locator("#told")).to_contain_text(f'"revision":{after["revision"] + 1},')
    assert told(page, "changed")["design"] == before["design"]
    page.reload()  # the page of the brand remembers the design
    assert told(page, "ready")["design"] == before["design"]
    assert context.cookies() == []
    context.close()
