"""Pictures of the demo products at 600 × 450: python -m tests.bench.pictures

CPU time, the median of some, of this thread: a new picture (a text changed, or only asked for
anew), one that lies on disk, and each format's encoding with its size. Goals: 15 ms and 1 ms.
"""

import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from PIL import Image  # noqa: E402

from configurator.catalog.configuration import Configuration  # noqa: E402
from configurator.catalog.importing.service import import_product  # noqa: E402
from configurator.catalog.placements import Placement, written  # noqa: E402
from configurator.catalog.queries import live_release  # noqa: E402
from configurator.catalog.released import ReleasedProduct  # noqa: E402
from configurator.wizard.preview import keep_artwork, open_artwork, render_picture  # noqa: E402
from configurator.wizard.preview.placed import placed_artwork  # noqa: E402
from configurator.wizard.preview.rendering import ENCODERS, Format, compose  # noqa: E402

WIDTH = 600
DEMOS = ("leather-satchel", "touring-bicycle", "made-to-measure-bookcase")
TRIES = 15


def took(work: Callable[[int], object], tries: int = TRIES) -> float:
    """Milliseconds, the median."""
    times = []
    for number in range(tries):
        begun = time.thread_time()
        work(number)
        times.append((time.thread_time() - begun) * 1000)
    return statistics.median(times)


def changed(product: ReleasedProduct, number: int) -> Configuration:
    """The showcase with another text, so that it is a picture not made before."""
    base = product.showcase
    return replace(base, texts=dict.fromkeys(base.texts, f"No. {number}"))


def measure(product: ReleasedProduct) -> None:
    base = product.showcase
    compose(product, base, WIDTH)
    new = took(lambda n: _encode(compose(product, changed(product, n), WIDTH), "webp"))
    render_picture(product, base, width=WIDTH)
    kept = took(lambda _n: render_picture(product, base, width=WIDTH))
    drawn = took(lambda n: compose(product, changed(product, n + TRIES), WIDTH))
    print(f"{product.slug:26}new {new:6.1f} ms   kept {kept:5.2f} ms   composing {drawn:6.1f} ms")
    picture = compose(product, base, WIDTH)
    for format in ("jpeg", "webp", "avif"):
        print(f"{'':26}{format:5}{_encoding(picture, format)}")


def _encode(picture: Image.Image, format: Format) -> bytes:
    to = io.BytesIO()
    ENCODERS[format](picture, to)
    return to.getvalue()


def _encoding(picture: Image.Image, format: Format) -> str:
    began = time.perf_counter()
    cpu = took(lambda _n: _encode(picture, format), 3)
    clock = (time.perf_counter() - began) * 1000 / 3
    kilobytes = len(_encode(picture, format)) / 1000
    return f"{cpu:6.1f} ms, {clock:6.1f} by the clock {kilobytes:7.1f} kB"


def measure_artwork() -> None:
    to = io.BytesIO()
    Image.effect_noise((2400, 1600), 40).convert("RGB").save(to, "PNG")
    artwork = open_artwork(io.BytesIO(to.getvalue()))
    keep_artwork(artwork)
    for words, placement, inks in (
        ("as it is", Placement(), 0),
        ("turned, cropped", Placement(angle=12, left=10, scale=130), 0),
        ("without background", Placement(ground=20), 0),
        ("in three inks", Placement(), 3),
    ):
        reference = written(artwork.sha, placement)
        first = took(lambda _n, ref=reference, n=inks: placed_artwork(ref, (150, 100), n), 1)  # type: ignore[misc]
        again = took(lambda n, ref=reference, k=inks: placed_artwork(ref, (150, 101 + n), k), 5)  # type: ignore[misc]
        print(f"artwork, {words:22}first {first:6.1f} ms   then {again:6.1f} ms")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings.DATABASES["default"]["NAME"] = str(Path(folder) / "db.sqlite3")
        settings.MEDIA_ROOT = Path(folder) / "media"
        settings.PICTURES_DIR = Path(folder) / "pictures"
        call_command("migrate", verbosity=0)
        for demo in DEMOS:
            file = Path("configurator/catalog/demo") / demo / "product.yaml"
            import_product(file=file, publish=True, by="bench")
            measure(live_release(demo))
        measure_artwork()


if __name__ == "__main__":
    main()
