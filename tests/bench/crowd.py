"""Customers who click in the wizard at the same time, against a served shop.

    python -m tests.bench.crowd [address] [customers] [clicks] [slug] [pause]

Each customer designs on their own over HTTP, without a browser, chooses values of the first step
again and again, and looks at each answer for about `pause` seconds (1; with 0 the shop is asked as
fast as it answers). Prints the median and the 95th percentile of an
answer in milliseconds, and clicks a second. The customers take processor time, too: on a machine
with nothing to spare the figures are of both.
"""

import random
import re
import statistics
import sys
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar

HTMX = {"HX-Request": "true", "Accept-Encoding": "gzip"}
HIDDEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
VALUE = re.compile(r'<button[^>]* name="set"[^>]* value="([^"]+)"')
REVISION = "X-Design-Revision"


class Customer:
    """One design, and the cookies that it needs."""

    def __init__(self, address: str, slug: str) -> None:
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(jar)
        shop = self._open(f"{address}/p/{slug}/")[0]
        form = {"csrfmiddlewaretoken": HIDDEN.findall(shop)[0]}
        page, self.url, _ = self._open(f"{address}/p/{slug}/start/", form)
        self.token, self.values = HIDDEN.findall(page)[0], VALUE.findall(page)
        self.revision = "0"

    def _open(
        self, url: str, form: dict[str, str] | None = None, **headers: str
    ) -> tuple[str, str, str]:
        """The text, the address where it was found, and the revision that it tells of."""
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(url, data, headers)
        with self.opener.open(request, timeout=120) as answer:
            text = answer.read().decode("utf-8", "replace")
            return text, answer.url.partition("?")[0], answer.headers.get(REVISION, "")

    def click(self, turn: int, pause: float) -> float:
        """Look, and choose a value; the milliseconds until the whole answer is there."""
        time.sleep(pause * random.uniform(0.5, 1.5))
        form = {
            "csrfmiddlewaretoken": self.token,
            "set": self.values[turn % len(self.values)],
            "revision": self.revision,
            "tab": "crowd",
        }
        start = time.perf_counter()
        self.revision = self._open(f"{self.url}choose/", form, **HTMX)[2] or self.revision
        return (time.perf_counter() - start) * 1000


def main(address: str, customers: int, clicks: int, slug: str, pause: float) -> None:
    """Print the line."""
    with ThreadPoolExecutor(customers) as pool:
        crowd = list(pool.map(lambda _: Customer(address, slug), range(customers)))
        start = time.perf_counter()
        walks = pool.map(lambda one: [one.click(turn, pause) for turn in range(clicks)], crowd)
        times = sorted(passed for walk in walks for passed in walk)
        rate = len(times) / (time.perf_counter() - start)
    late = times[int(len(times) * 0.95)]
    told = f"p50 {statistics.median(times):.0f} ms, p95 {late:.0f} ms, {rate:.0f} clicks/s"
    print(f"{slug}, {customers} at once: {told}")


if __name__ == "__main__":
    given = [*sys.argv[1:], *(None,) * 5]
    main(
        given[0] or "http://127.0.0.1:8000",
        int(given[1] or 20),
        int(given[2] or 10),
        given[3] or "touring-bicycle",
        float(given[4] or 1),
    )
