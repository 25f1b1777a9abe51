"""Writing a PDF object by object: what is written is gone from memory, so a file may be large."""

import hashlib
import zlib
from collections.abc import Mapping
from typing import BinaryIO

Operand = bytes | int | float | str
Entries = Mapping[str, Operand]

HEADER = b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"


def reference(number: int) -> bytes:
    return b"%d 0 R" % number


def name(text: str) -> bytes:
    """A PDF name; `text` is of letters, digits, hyphens, dots and plus signs."""
    return b"/" + text.encode("ascii")


def string(text: str) -> bytes:
    """A text string, as UTF-16 where it has to be."""
    if text.isascii() and text.isprintable():
        shown = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return b"(" + shown.encode("ascii") + b")"
    return b"<" + (b"\xfe\xff" + text.encode("utf-16-be", "replace")).hex().encode("ascii") + b">"


def dictionary(entries: Entries) -> bytes:
    """A dictionary; values are operands already, or numbers, or names."""
    return b"<<" + b"".join(name(key) + b" " + _operand(v) for key, v in entries.items()) + b">>"


def _operand(value: Operand) -> bytes:
    if isinstance(value, bytes):
        return value
    return name(value) if isinstance(value, str) else number(value)


def number(value: float) -> bytes:
    """A number as short as it is exact enough for print (a ten-thousandth of a point)."""
    return f"{value:.4f}".rstrip("0").rstrip(".").encode("ascii") if value else b"0"


def array(*values: float) -> bytes:
    return b"[" + b" ".join(number(value) for value in values) + b"]"


class Writer:
    """Objects, one after another, into a file that is only ever written forwards."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._offsets: list[int] = [0]
        self._at = 0
        self._digest = hashlib.sha256()
        self._write(HEADER)

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._at += len(data)

    def reserve(self) -> int:
        """The number of an object that is written later."""
        self._offsets.append(0)
        return len(self._offsets) - 1

    def put(self, body: bytes, number: int = 0) -> int:
        """Write an object; its number."""
        number = number or self.reserve()
        self._offsets[number] = self._at
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def stream(
        self,
        entries: Entries,
        data: bytes,
        number: int = 0,
        *,
        deflate: bool = False,
    ) -> int:
        """Write a stream; `data` as it is, or compressed."""
        if deflate:
            data = zlib.compress(data)
            entries = {**entries, "Filter": "FlateDecode"}
        told = dictionary({**entries, "Length": len(data)})
        return self.put(told + b"\nstream\n" + data + b"\nendstream", number)

    def finish(self, *, root: int, info: int) -> None:
        """The table of objects and the trailer; the file's id is a hash of all before it."""
        start, count = self._at, len(self._offsets)
        rows = b"".join(b"%010d 00000 n \n" % offset for offset in self._offsets[1:])
        self._write(b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, rows))
        mark = b"<" + self._digest.hexdigest()[:32].encode("ascii") + b">"
        trailer: Entries = {
            "Size": count,
            "Root": reference(root),
            "Info": reference(info),
            "ID": b"[" + mark + mark + b"]",
        }
        told = b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n"
        self._write(told % (dictionary(trailer), start))
