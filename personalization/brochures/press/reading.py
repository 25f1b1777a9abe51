"""Taking the leaves out of our own files (`single`) again, their streams as they are.

Only files that this program wrote are read: by their table of objects, never by guessing.
"""

import re
from dataclasses import dataclass

from personalization.brochures.press.objects import HEADER

FORM = re.compile(rb"/XObject <</Leaf (\d+) 0 R>>")
NAMED = re.compile(rb"/([A-Za-z0-9.+-]+) (\d+) 0 R")
KIDS = re.compile(rb"/Kids \[([0-9R ]*)\]")
PART = rb"/%b <<(.*?)>>"
SIZES = re.compile(rb"/Width (\d+)/Height (\d+)")


class NotOurs(ValueError):
    """The file is not whole, or not one of ours."""


@dataclass(frozen=True)
class Image:
    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Read:
    """A leaf out of a file: its compressed operators, the names of its fonts, its pictures."""

    content: bytes
    box: bytes
    fonts: tuple[str, ...]
    pictures: tuple[str, ...]


class Brochure:
    """One file's leaves and pictures."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(HEADER) or not data.endswith(b"%%EOF\n"):
            raise NotOurs("This is no whole file of ours.")
        self._data = data
        start = int(data[data.rindex(b"startxref") :].split()[1])
        rows = data[start:].split(b"\n", 2)
        count = int(rows[1].split()[1])
        first = start + len(rows[0]) + len(rows[1]) + 2
        self._offsets = [int(data[at : at + 10]) for at in range(first, first + 20 * count, 20)]
        self.leaves: list[Read] = []
        self._images: dict[str, int] = {}
        self._read()

    def _head(self, number: int) -> bytes:
        """An object's dictionary, without its stream."""
        at = self._offsets[number]
        end = min(
            found
            for word in (b"\nstream\n", b"\nendobj\n")
            if (found := self._data.find(word, at)) > 0
        )
        return self._data[at:end]

    def _stream(self, number: int) -> bytes:
        head = self._head(number)
        length = int(head[head.rindex(b"/Length ") + 8 :].split(b">")[0].split(b"/")[0])
        at = self._offsets[number] + len(head) + len(b"\nstream\n")
        return self._data[at : at + length]

    def _read(self) -> None:
        kids = KIDS.search(self._head(1))
        if kids is None:
            raise NotOurs("This file has no pages.")
        for page in kids[1].split(b" 0 R")[:-1]:
            form = FORM.search(self._head(int(page)))
            if form is None:
                raise NotOurs("This page has no leaf.")
            self._leaf(int(form[1]))

    def _leaf(self, number: int) -> None:
        head = self._head(number)
        parts = {}
        for part in (b"Font", b"XObject"):
            found = re.search(PART % part, head[head.index(b"/Resources") :])
            parts[part] = dict(NAMED.findall(found[1])) if found else {}
        self._images |= {name.decode(): int(n) for name, n in parts[b"XObject"].items()}
        box = re.search(rb"/BBox (\[[^\]]*\])", head)
        assert box is not None
        names = (tuple(n.decode() for n in parts[part]) for part in (b"Font", b"XObject"))
        self.leaves.append(Read(self._stream(number), box[1], *names))

    def image(self, name: str) -> Image:
        """A picture by its name."""
        number = self._images[name]
        sizes = SIZES.search(self._head(number))
        assert sizes is not None
        return Image(int(sizes[1]), int(sizes[2]), self._stream(number))
