"""The first look at the shop in a browser like a mid-range phone's, on a slow mobile line.

    python -m tests.bench.first_view [address] [rounds] [path …]

Opens pages of a shop that is served at the address (http://127.0.0.1:8000) in a fresh Chromium of
412 × 823 points at 1.75 ×, with its processor slowed down fourfold and a line of 1.6 Mbit/s and
150 ms, clicks ten values in the wizard, and prints for each page: the largest contentful paint,
the longest interaction until the next paint, the layout shift, and the compressed kB of HTML,
styles, scripts, fonts and pictures. Of each time the best and the median of the rounds are told:
whatever else the machine does counts four times, too, so the best is nearest to a quiet one.
"""

import statistics
import sys
from collections import Counter
from dataclasses import dataclass
from shutil import which
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

SLOWER, BITS, LATENCY = 4, 1_600_000, 150
SIZE: ViewportSize = {"width": 412, "height": 823}
CLICKS = 10
OBSERVE = """
window.seen = {lcp: 0, what: "", cls: 0, inp: 0, where: ""};
new PerformanceObserver((list) => { for (const entry of list.getEntries()) {
  seen.lcp = entry.startTime;
  seen.what = entry.element?.id || entry.element?.className || entry.element?.tagName || "";
} }).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => { for (const entry of list.getEntries())
  if (!entry.hadRecentInput) seen.cls += entry.value;
}).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => { for (const entry of list.getEntries())
  if (entry.interactionId && entry.duration > seen.inp) {
    seen.inp = entry.duration; seen.where = `${entry.name} ${entry.target?.id ?? ""}`;
  }
}).observe({type: "event", durationThreshold: 16, buffered: true});
"""
KINDS = {
    "Document": "html",
    "Stylesheet": "css",
    "Script": "js",
    "Font": "fonts",
    "Image": "pictures",
}
KINDS_TOLD = ("fonts", "pictures")
WIZARD = "wizard: "


@dataclass
class Look:
    """What a visitor saw: times in milliseconds, sizes in bytes."""

    seen: dict[str, Any]
    sizes: Counter[str]

    @property
    def weight(self) -> float:
        """Compressed kB of HTML, styles and scripts."""
        return sum(self.sizes[kind] for kind in ("html", "css", "js")) / 1000


def main(address: str, rounds: int, paths: list[str]) -> None:
    """Print the table."""
    heads = ("LCP best", "median", "INP best", "median", "CLS", "html+css+js", "fonts", "pictures")
    print(f"{'':34}" + "".join(f"{head:>12}" for head in heads))
    program = which("chromium") or which("chromium-browser") or which("google-chrome")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-quic", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        for path in paths:
            report(path, [look(browser, address, path) for _ in range(rounds)])
        browser.close()


def report(path: str, looks: list[Look]) -> None:
    """Print a page's line."""
    cells = []
    for name in ("lcp", "inp"):
        times = sorted(item.seen[name] for item in looks)
        cells += [f"{times[0]:.0f}", f"{statistics.median(times):.0f}"]
    cells.append(f"{max(item.seen['cls'] for item in looks):.3f}")
    cells.append(f"{max(item.weight for item in looks):.1f}")
    cells += [f"{max(item.sizes[kind] for item in looks) / 1000:.1f}" for kind in KINDS_TOLD]
    best = min(looks, key=lambda item: float(item.seen["lcp"]))
    told = f"   {best.seen['what']} · {best.seen['where']}"
    print(f"{path:34}" + "".join(f"{cell:>12}" for cell in cells) + told, flush=True)


def look(browser: Browser, address: str, path: str) -> Look:
    """One visit of somebody who was never here; a wizard's first view is a fresh design's."""
    context = browser.new_context(
        viewport=SIZE, device_scale_factor=1.75, is_mobile=True, has_touch=True, locale="en"
    )
    context.set_default_timeout(90_000)
    if path.startswith(WIZARD):
        started = context.request.post(**_start(context, address, path.removeprefix(WIZARD)))
        url = address + started.headers["location"]
    else:
        url = address + path
    page = context.new_page()
    page.add_init_script(OBSERVE)
    sizes = _throttle(page)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    first = Counter(sizes)
    if path.startswith(WIZARD):
        _click(page)
    seen = page.evaluate("seen")
    context.close()
    return Look(seen, first)


def _start(context: Any, address: str, slug: str) -> dict[str, Any]:
    """The request that begins a design, as the product's page makes it."""
    page = context.request.get(f"{address}/p/{slug}/").text()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    form = {"csrfmiddlewaretoken": token}
    return {"url": f"{address}/p/{slug}/start/", "form": form, "max_redirects": 0}


def _throttle(page: Page) -> Counter[str]:
    """Slow the page down, and count the bytes that come, by kind."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": BITS / 8,
            "uploadThroughput": BITS / 8,
        },
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    kinds: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    line.on(
        "Network.responseReceived",
        lambda event: kinds.update({event["requestId"]: event["type"]}),
    )

    def finished(event: dict[str, Any]) -> None:
        kind = KINDS.get(kinds.get(event["requestId"], ""), "other")
        sizes[kind] += int(event["encodedDataLength"])

    line.on("Network.loadingFinished", finished)
    return sizes


def _click(page: Page) -> None:
    """Choose values one after the other, as they come; a step without any leads to the next."""
    free = "#panel [id^='v-'][aria-pressed=false]:not([aria-disabled=true])"
    for turn in range(CLICKS):
        values = page.locator(free).evaluate_all("values => values.map(value => value.id)")
        steps = page.locator("#steps a").evaluate_all("steps => steps.map(step => step.id)")
        wanted = values[turn % len(values)] if values else steps[(turn + 1) % len(steps)]
        page.locator(f"[id='{wanted}']").tap()
        page.wait_for_timeout(600)
        page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    where = arguments.pop(0).rstrip("/") if arguments[:1] and "//" in arguments[0] else ""
    times = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 3
    pages = ["/", "/p/touring-bicycle/", f"{WIZARD}touring-bicycle", f"{WIZARD}leather-satchel"]
    main(where or "http://127.0.0.1:8000", times, arguments or pages)
