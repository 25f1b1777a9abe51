"""Build sheets against a tuned bare ReportLab canvas that draws the same content.

    python -m tests.bench.papers [rounds]

The sheet's drawing calls are recorded once; the bare canvas then replays them with positions and
lines known beforehand: fonts registered once, no base 85, the picture passed as a JPEG file, bar
codes as above, font and colors set only when they change. Ours also wraps, measures and paginates.
Goal: at least 0.75 of its speed.

After that, a pull sheet of some 200 pages: seconds, and megabytes above those of an idle process.
Goal: at most 8 s and 300 MB in all. And 200 build sheets in one file.
"""

import inspect
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from reportlab.pdfbase import pdfmetrics  # noqa: E402
from reportlab.pdfbase.ttfonts import TTFont  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402

from orders.factory.build_sheet import Sheet, draw, render, sheet  # noqa: E402
from orders.factory.papers import pull_sheet  # noqa: E402
from orders.factory.papers.facts import Unit  # noqa: E402
from orders.papers import fonts  # noqa: E402
from orders.papers import text as texts  # noqa: E402
from orders.papers.pen import SIZES, Pen  # noqa: E402
from tests.factory import samples, units  # noqa: E402

Call = tuple[str, tuple[Any, ...]]
DRAWN = ("text", "fill", "frame", "rule", "jpeg", "symbol", "bars", "turn")
GOAL = 0.75


@dataclass
class Score:
    """The drawing calls of one document."""

    calls: list[Call] = field(default_factory=list)

    def listen(self) -> Any:
        """A pen that notes what it draws."""
        calls = self.calls

        def noting(name: str) -> Callable[..., None]:
            method = getattr(Pen, name)
            signature = inspect.signature(method)

            def note(pen: Pen, *args: Any, **named: Any) -> None:
                bound = signature.bind(pen, *args, **named)
                bound.apply_defaults()
                calls.append((name, tuple(bound.arguments.values())[1:]))
                method(pen, *args, **named)

            return note

        return type("Listening", (Pen,), {name: noting(name) for name in DRAWN})


def recorded(subject: Sheet) -> list[Call]:
    score = Score()
    with patch.object(sheet, "Pen", score.listen()):
        render(subject, "A4", "en")
    return score.calls


class Bare:
    """A canvas and nothing else: it replays calls whose places are known."""

    def __init__(self, calls: list[Call], folder: Path) -> None:
        self.width, self.height = SIZES["A4"]
        self.steps = [step for name, args in calls for step in self._step(name, args, folder)]

    def draw(self) -> bytes:
        buffer = BytesIO()
        canvas: Any = Canvas(
            buffer, pagesize=(self.width, self.height), pageCompression=1, invariant=1
        )
        state: dict[str, Any] = {}
        for styles, method, args, named in self.steps:
            for setter, style in styles:
                if state.get(setter) != style:
                    state[setter] = style
                    getattr(canvas, setter)(*style)
            getattr(canvas, method)(*args, **named)
            if method in ("showPage", "addLiteral"):
                state.clear()
        canvas.save()
        return buffer.getvalue()

    def _step(self, name: str, args: tuple[Any, ...], folder: Path) -> list[tuple[Any, ...]]:
        steps: list[tuple[Any, ...]] = getattr(self, f"_{name}")(folder, *args)
        return steps

    def _text(
        self,
        _folder: Path,
        x: float,
        y: float,
        text: str,
        font: str,
        size: float,
        color: str,
        align: str,
    ) -> list[Any]:
        if align != "left":
            x -= texts.width(text, font, size) / (1 if align == "right" else 2)
        steps: list[Any] = []
        for stem, part in texts.runs(text, font):
            styles = (("setFont", (f"bare-{stem}", size)), ("setFillColorRGB", rgb(color)))
            steps.append((styles, "drawString", (x, self.height - y, part), {}))
            x += texts.width(part, stem, size)
        return steps

    def _fill(self, _folder: Path, x: float, y: float, w: float, h: float, color: str) -> list[Any]:
        styles = (("setFillColorRGB", rgb(color)),)
        return [(styles, "rect", (x, self.height - y - h, w, h), {"stroke": 0, "fill": 1})]

    def _frame(
        self, _folder: Path, x: float, y: float, w: float, h: float, color: str, line: float
    ) -> list[Any]:
        styles = (("setStrokeColorRGB", rgb(color)), ("setLineWidth", (line,)))
        return [(styles, "rect", (x, self.height - y - h, w, h), {})]

    def _rule(
        self, _folder: Path, x: float, y: float, w: float, color: str, line: float
    ) -> list[Any]:
        styles = (("setStrokeColorRGB", rgb(color)), ("setLineWidth", (line,)))
        level = self.height - y
        return [(styles, "line", (x, level, x + w, level), {})]

    def _jpeg(self, folder: Path, x: float, y: float, w: float, h: float, data: bytes) -> list[Any]:
        path = folder / f"{len(data)}.jpg"
        path.write_bytes(data)
        return [((), "drawImage", (str(path), x, self.height - y - h, w, h), {})]

    def _literal(self, name: str, args: tuple[Any, ...]) -> list[Any]:
        pen = Pen("A4", title="", author="", language="en")
        getattr(pen, name)(*args)
        return [((), "addLiteral", ("\n".join(pen._code),), {})]

    def _symbol(self, _folder: Path, *args: Any) -> list[Any]:
        return self._literal("symbol", args)

    def _bars(self, _folder: Path, *args: Any) -> list[Any]:
        return self._literal("bars", args)

    def _turn(self, _folder: Path) -> list[Any]:
        return [((), "showPage", (), {})]


def rgb(color: str) -> tuple[float, ...]:
    return tuple(float(channel) for channel in color.split())


def register_bare_fonts() -> None:
    """The same files, without the shared subsets."""
    for stem, path in fonts.available().items():
        pdfmetrics.registerFont(TTFont(f"bare-{stem}", str(path)))


def compare(first: Callable[[], object], second: Callable[[], object], rounds: int) -> Any:
    """Median CPU milliseconds of both, taken in turns."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds + 2):
        for times, work in zip(taken, (first, second), strict=True):
            start = time.process_time()
            work()
            times.append((time.process_time() - start) * 1000)
    return tuple(statistics.median(times[2:]) for times in taken)


def render_cold(subject: Sheet) -> bytes:
    """As for a sheet none of whose words were ever measured before."""
    for remembered in (texts.clean, texts.runs, texts.wrap, texts._em):
        remembered.cache_clear()
    return render(subject, "A4", "en")


PULL_PAGES, PULL_SECONDS, PULL_MEGABYTES = 200, 8.0, 300
COLORS = ("Ivory", "Black", "Cognac", "Petrol", "Chestnut")


def shop(count: int) -> list[Unit]:
    """So many work orders of eight operations each, of five colors, with a few parts."""
    found = []
    for n in range(count):
        color = COLORS[n * 7 % len(COLORS)]
        pieces = tuple(
            units.piece(f"part-{k}", material=color, bin=f"A-{k}", number=f"LS-{100 + k}")
            for k in range(6)
        )
        works = tuple(
            units.work(f"op{k}", f"center-{k}", facets=(("Color", color),), pieces=pieces)
            for k in range(8)
        )
        number = f"2026-{n:05}-1"
        found.append(units.unit(number, quantity=1 + n % 3, works=works, pieces=pieces))
    return found


def pulled(found: list[Unit]) -> tuple[int, bytes]:
    """The pull sheet's pages and bytes."""
    pen = Pen("A4", title="P-1", author="", language="en")
    pages = pull_sheet.draw(pen, found, units.COPY, "en")
    return pages, pen.bytes()


def merged(subject: Sheet, count: int) -> bytes:
    """So many sheets in one file, their picture shared."""
    pen = Pen("A4", title="P-1", author="", language="en")
    for n in range(count):
        draw(pen, replace(subject, number=f"2026-{n:05}-1"), "en")
    return pen.bytes()


def pictured() -> Sheet:
    """Three pictures over all operations, as a routing has them."""
    shown = [samples.photo(360, 270, color) for color in ("#7b3f1d", "#3b2417", "#a5592a")]
    operations = tuple(
        replace(one, pictures=(shown[n % 3],)) for n, one in enumerate(samples.operations())
    )
    return samples.sheet(operations=operations)


def peak() -> float:
    """The most megabytes that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def large() -> None:
    """Pull sheet and merged build sheets, once each."""
    subject = samples.sheet(specification=samples.specification(texts=[], files=[]), artwork={})
    render(subject, "A4", "en")
    found, idle = shop(820), peak()
    start, cpu = time.perf_counter(), time.process_time()
    pages, pdf = pulled(found)
    taken, cpu, used = time.perf_counter() - start, time.process_time() - cpu, peak()
    print("\n| large papers | pages | s | of it CPU, s | peak MB (idle) | file, MB |")
    print("|---|---|---|---|---|---|")
    size = len(pdf) / 1e6
    print(
        f"| pull sheet | {pages} | {taken:.1f} | {cpu:.1f} | {used:.0f} ({idle:.0f}) | {size:.1f} |"
    )
    start, cpu = time.perf_counter(), time.process_time()
    size = len(merged(subject, 200)) / 1e6
    taken, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(f"| 200 build sheets | 400 | {taken:.1f} | {cpu:.1f} | {peak():.0f} | {size:.1f} |")
    print(f"\nGoal: {PULL_PAGES} pages in {PULL_SECONDS:.0f} s and {PULL_MEGABYTES} MB.")


def main(rounds: int) -> None:
    register_bare_fonts()
    subjects = {
        "satchel, 2 pages": samples.sheet(
            specification=samples.specification(texts=[], files=[]), artwork={}
        ),
        "satchel with monogram and artwork, 3 pages": samples.sheet(),
        "the same with a picture at every operation": pictured(),
        "148 options": samples.sheet(specification=samples.large()),
    }
    print("| sheet | ours, ms | first of its kind, ms | bare canvas, ms | of it | first |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, subject in subjects.items():
            bare = Bare(recorded(subject), Path(folder))
            ours, other = compare(partial(render, subject, "A4", "en"), bare.draw, rounds)
            cold, _again = compare(partial(render_cold, subject), bare.draw, rounds)
            ratios = f"{other / ours:.2f} | {other / cold:.2f}"
            print(f"| {name} | {ours:.1f} | {cold:.1f} | {other:.1f} | {ratios} |")
    print(f"\nGoal: at least {GOAL:.2f}.")
    large()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
