"""Imposition: many brochures on sheets, fronts and backs matching, to be cut into stacks.

A stack is cut from one place of all sheets, and the stacks laid on each other are in order. Backs
are mirrored for turning over the long edge. The file is written as it is made: of ten thousand
brochures no more is in memory than of one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from orders.papers.pen import MM
from personalization.brochures.press import intent, marks, pictures
from personalization.brochures.press.faces import Subset, embed
from personalization.brochures.press.intent import About, Condition
from personalization.brochures.press.objects import Entries, Writer, array, dictionary, reference
from personalization.brochures.press.reading import Brochure, Read

LEAF = (148.0, 210.0)  # mm, A5
BLEED = 3.0
FOOT = 7.0  # points, in which a sheet is named


@dataclass(frozen=True)
class Sheet:
    """A size of paper in mm, and how the brochures lie on it; `turned`: a quarter to the left."""

    name: str
    width: float
    height: float
    columns: int
    rows: int
    turned: bool = False

    @property
    def places(self) -> int:
        return self.columns * self.rows

    def trims(self) -> list[marks.Trim]:
        """Where the trimmed papers lie, row by row from the top left; bleed meets bleed."""
        wide, high = LEAF[::-1] if self.turned else LEAF
        across, up = wide + 2 * BLEED, high + 2 * BLEED
        left = (self.width - self.columns * across) / 2 + BLEED
        top = (self.height - self.rows * up) / 2 + BLEED
        return [
            (left + column * across, self.height - top - row * up - high, wide, high)
            for row in range(self.rows)
            for column in range(self.columns)
        ]

    def place(self, at: int, *, back: bool) -> int:
        """Where the other side of a place is printed."""
        if not back:
            return at
        row, column = divmod(at, self.columns)
        return row * self.columns + self.columns - 1 - column


SHEETS: Mapping[str, Sheet] = {
    "SRA3": Sheet("SRA3", 320, 450, 2, 2),
    "SRA4": Sheet("SRA4", 225, 320, 1, 2, turned=True),
    "A4": Sheet("A4", 210, 297, 1, 1),
}


def order(count: int, places: int) -> Iterator[list[int | None]]:
    """What lies in the places of each sheet, by its number in the run."""
    sheets = -(-count // places)
    for sheet in range(sheets):
        numbers = (place * sheets + sheet for place in range(places))
        yield [number if number < count else None for number in numbers]


def impose(
    file: BinaryIO,
    count: int,
    read: Callable[[int], bytes],
    sheet: Sheet,
    about: About,
    meant: Condition,
    tick: Callable[[], None] = lambda: None,
) -> int:
    """Write the sheets of so many brochures, each read when it is needed; how many pages."""
    return _Imposing(file, sheet, about, meant).run(count, read, tick)


class _Imposing:
    def __init__(self, file: BinaryIO, sheet: Sheet, about: About, meant: Condition) -> None:
        self._writer = Writer(file)
        self._sheet = sheet
        self._about = about
        self._meant = meant
        self._tree = self._writer.reserve()
        self._pages: list[int] = []
        self._fonts: dict[str, int] = {}
        self._images: dict[str, int] = {}
        self._srgb = intent.srgb(self._writer)
        self._foot = self._font(Subset("Manrope-Regular", "c").name)

    def run(self, count: int, read: Callable[[int], bytes], tick: Callable[[], None]) -> int:
        total = -(-count // self._sheet.places)
        for n, numbers in enumerate(order(count, self._sheet.places), 1):
            sides: list[list[int | None]] = [[None] * len(numbers), [None] * len(numbers)]
            for at, number in enumerate(numbers):
                if number is None:
                    continue
                forms = self._forms(Brochure(read(number)))
                tick()
                for side, form in enumerate(forms[:2]):
                    sides[side][self._sheet.place(at, back=side == 1)] = form
            self._side(sides[0], f"{self._about.title} · {n} / {total} · A")
            self._side(sides[1], f"{self._about.title} · {n} / {total} · B", back=True)
        self._finish()
        return len(self._pages)

    def _font(self, name: str) -> int:
        """The number of a font, which is written at the end."""
        if name not in self._fonts:
            self._fonts[name] = self._writer.reserve()
        return self._fonts[name]

    def _forms(self, brochure: Brochure) -> list[int]:
        return [self._form(brochure, leaf) for leaf in brochure.leaves]

    def _form(self, brochure: Brochure, leaf: Read) -> int:
        for name in leaf.pictures:
            if name not in self._images:
                image = brochure.image(name)
                told = pictures.entries(image.width, image.height, self._srgb)
                self._images[name] = self._writer.stream(told, image.data)
        fonts = {name: reference(self._font(name)) for name in leaf.fonts}
        images = {name: reference(self._images[name]) for name in leaf.pictures}
        resources = {
            "ColorSpace": dictionary({"sRGB": reference(self._srgb)}),
            "Font": dictionary(fonts),
            "XObject": dictionary(images),
        }
        entries: Entries = {
            "Type": "XObject",
            "Subtype": "Form",
            "BBox": leaf.box,
            "Resources": dictionary(resources),
            "Filter": "FlateDecode",
        }
        return self._writer.stream(entries, leaf.content)

    def _side(self, forms: list[int | None], told: str, *, back: bool = False) -> None:
        sheet, trims = self._sheet, self._sheet.trims()
        code = []
        used: dict[str, bytes] = {}
        for at, form in enumerate(forms):
            if form is None:
                continue
            used[f"L{at}"] = reference(form)
            code.append(f"q {self._turn(trims[at], back)} cm /L{at} Do Q")
        code.append(marks.drawn(marks.lines(trims, BLEED)))
        code.append(self._name(told))
        stream = self._writer.stream({}, "\n".join(code).encode("ascii"), deflate=True)
        size = array(0, 0, sheet.width * MM, sheet.height * MM)
        resources = {
            "XObject": dictionary(used),
            "Font": dictionary({"Foot": reference(self._foot)}),
        }
        page: Entries = {
            "Type": "Page",
            "Parent": reference(self._tree),
            "MediaBox": size,
            "TrimBox": size,
            "Resources": dictionary(resources),
            "Contents": reference(stream),
        }
        self._pages.append(self._writer.put(dictionary(page)))

    def _turn(self, trim: marks.Trim, back: bool) -> str:
        """The matrix that lays a leaf on its place."""
        x, y, wide, high = (value * MM for value in trim)
        if not self._sheet.turned:
            return f"1 0 0 1 {x:.3f} {y:.3f}"
        if back:  # turned the other way: the sheet is turned over its long edge
            return f"0 -1 1 0 {x:.3f} {y + high:.3f}"
        return f"0 1 -1 0 {x + wide:.3f} {y:.3f}"

    def _name(self, told: str) -> str:
        """Which sheet and side this is, in the margin that is cut away."""
        shown = told.replace("·", "-").encode("ascii", "replace").hex()
        return f"q 0 0 0 1 k BT /Foot {FOOT:g} Tf {5 * MM:.3f} 4 Td <{shown}> Tj ET Q"

    def _finish(self) -> None:
        for name, number in sorted(self._fonts.items()):
            subset = Subset.named(name)
            embed(self._writer, subset, subset.characters, number)
        kids = b"[" + b" ".join(map(reference, self._pages)) + b"]"
        tree: Entries = {"Type": "Pages", "Kids": kids, "Count": len(self._pages)}
        self._writer.put(dictionary(tree), self._tree)
        intent.finish(self._writer, pages=self._tree, about=self._about, meant=self._meant)
