"""The tablet's camera: printed codes before a fake lens, read by a real decoder."""

import base64
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from orders.papers import codes
from tests.e2e import hands
from tests.e2e.conftest import CHROMIUM_FLAGS, Shop
from tests.e2e.test_bench import scan, stand_at
from tests.e2e.test_kept_forms import code_of
from tests.effort import thorough

pytestmark = pytest.mark.e2e

Visit = Callable[..., Page]
FAKE, ALLOWED = "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"
# As browsers have it on tablets; the pictures of the camera are decoded by the test.
DETECTOR = """window.BarcodeDetector = class {
  static async getSupportedFormats() { return ['code_128', 'ean_13', 'qr_code']; }
  constructor({ formats }) { this.formats = formats; }
  async detect(video) {
    if (!video.videoWidth) return [];
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext('2d').drawImage(video, 0, 0);
    const rawValue = await window.decode(canvas.toDataURL('image/png'), this.formats);
    return rawValue ? [{ rawValue }] : [];
  }
};"""
KINDS = {"qr_code": zxingcpp.BarcodeFormat.QRCode, "code_128": zxingcpp.BarcodeFormat.Code128}


def film(kind: str, text: str, folder: Path) -> Path:
    """A film of one picture, of a code as our papers have it."""
    symbol = codes.qr(text) if kind == "qr_code" else codes.code128(text)
    size = (symbol.width, symbol.height)
    drawn = Image.frombytes("1", size, symbol.rows).convert("L").point(lambda dot: 255 - dot)
    picture = Image.new("L", (1280, 720), 255)
    scale = min(1100 // symbol.width, 600 // symbol.height)
    high = symbol.height * scale if kind == "qr_code" else 300
    picture.paste(drawn.resize((symbol.width * scale, high), Image.Resampling.NEAREST), (80, 60))
    path = folder / f"{kind}.mjpeg"
    picture.convert("RGB").save(path, "JPEG")
    return path


def decode(url: str, formats: list[str]) -> str:
    picture = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))
    found = zxingcpp.read_barcodes(picture)
    return next((one.text for one in found if one.format in [KINDS[f] for f in formats]), "")


@thorough
@contextmanager
def lens(browser: Browser, path: str, shop: Shop, *flags: str) -> Iterator[Page]:
    """A tablet at the cutting table whose camera is set up by flags of its browser."""
    other = browser.browser_type.launch(executable_path=path, args=[*CHROMIUM_FLAGS, *flags])
    try:
        page = other.new_page(base_url=shop.url)
        page.expose_function("decode", decode)
        page.add_init_script(DETECTOR)
        hands.sign_in(page, "operator")
        stand_at(page, "cutting")
        yield page
    finally:
        other.close()


def test_the_camera_reads_both_codes(
    visit: Visit, browser: Browser, shop: Shop, program: Callable[..., str], tmp_path: Path
) -> None:
    number = hands.ordered(shop)
    worker = visit("tablet")
    hands.sign_in(worker, "operator")
    code = code_of(worker, number)
    path = program("chromium", "chromium-browser", "google-chrome")
    for kind in KINDS:
        film_of = f"--use-file-for-fake-video-capture={film(kind, code, tmp_path)}"
        with lens(browser, path, shop, FAKE, ALLOWED, film_of) as page:
            page.locator("#camera").click()
            expect(page).to_have_url(re.compile(f"/bench/{number}/"))
            expect(page.locator("#unit h1")).to_have_text("Cut the leather")
            expect(page.locator("#camera-dialog")).to_be_hidden()


@thorough
def test_a_camera_that_can_not_be_used_is_told(
    visit: Visit, browser: Browser, shop: Shop, program: Callable[..., str]
) -> None:
    page = visit("tablet")
    hands.sign_in(page, "operator")
    stand_at(page, "cutting")
    page.locator("#camera").click()  # this browser has no detector
    expect(page.locator("#camera-told")).to_contain_text("This browser can not read codes")
    path = program("chromium", "chromium-browser", "google-chrome")
    with lens(browser, path, shop) as page:  # no camera
        page.locator("#camera").click()
        expect(page.locator("#camera-told")).to_contain_text("there is none")
    with lens(browser, path, shop, FAKE, "--deny-permission-prompts") as page:
        page.locator("#camera").click()
        expect(page.locator("#camera-told")).to_contain_text("may not use the camera")
        scan(page, "2031-99999-9")  # a scanner is not stopped by the dialog
        expect(page.locator(".refusal__told")).to_contain_text("There is no work order")
