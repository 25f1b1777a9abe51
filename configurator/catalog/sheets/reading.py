"""The cells of an XLSX workbook: values only, within limits, and what is refused with its cell.

An own reader of the few parts of the format that hold values: a formula, a merged cell, a date
where none is meant and an error are told by their cell, not read as something else; and a file that
grows when it is unpacked is stopped while it is read.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePosixPath
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from configurator.catalog.importing.loader import forbidden
from configurator.engine.words import Words as _

MOST_PARTS = 1_000
MOST_TOTAL = 160 * 1024 * 1024
MOST_RATIO = 250
SMALL = 1024 * 1024
MOST_CELLS = 2_000_000
MOST_ELEMENTS = 8_000_000
MOST_INSIDE = 200_000
"""How many elements a row has at most."""
OLD = b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
Value = str | bool | Decimal


class SheetError(Exception):
    """Why a workbook cannot be read at all."""


@dataclass(frozen=True)
class Trouble:
    """A cell that is not taken."""

    sheet: str
    cell: str
    message: str


@dataclass
class Sheet:
    """A sheet's filled cells: row -> column -> value, both from 1."""

    name: str
    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)


@dataclass
class Book:
    """A workbook, read; `troubles` are the cells that hold no plain value."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)


def letters(column: int) -> str:
    """How a spreadsheet calls a column: 1 is A."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def read_book(file: IO[bytes]) -> Book:
    """The values of a workbook; raises SheetError."""
    start = file.read(4)
    file.seek(0)
    if start == OLD:
        locked = LOCKED in file.read(4 * 1024 * 1024)
        raise SheetError(
            _("It is protected by a password. Save it without one.")
            if locked
            else _("This is an old Excel file (.xls). Save it as .xlsx.")
        )
    try:
        with zipfile.ZipFile(file) as archive:
            return _Reader(archive).read()
    except (zipfile.BadZipFile, zlib.error, ParseError, EOFError, NotImplementedError, OSError):
        raise SheetError(_("This is not an XLSX workbook, or it is damaged.")) from None
    except DefusedXmlException:
        raise SheetError(
            _("It holds document types or entities, which no spreadsheet does.")
        ) from None
    except (KeyError, ValueError, RuntimeError, IndexError, LookupError):
        raise SheetError(_("Something in this workbook is not as it should be.")) from None


class _Reader:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.book = Book()
        self.cells = 0
        self.texts: list[str] = []
        self.dates: list[bool] = []

    def read(self) -> Book:
        self._check_sizes()
        root = self._related("", "officeDocument")
        path = next(iter(root.values()), "xl/workbook.xml")
        for kind, load in (("sharedStrings", self._load_texts), ("styles", self._load_styles)):
            for part in self._related(path, kind).values():
                load(part)
        sheets = self._related(path, "worksheet")
        for element in self._elements(path, "sheet"):
            name = element.get("name", "")
            part = next((sheets[value] for _key, value in element.items() if value in sheets), "")
            if part:  # a chart is no sheet
                self._load_sheet(name, part)
        return self.book

    def _check_sizes(self) -> None:
        infos = self.archive.infolist()
        total = sum(info.file_size for info in infos)
        if len(infos) > MOST_PARTS or total > MOST_TOTAL:
            raise SheetError(
                f"Unpacked, the workbook would have {total // 1024 // 1024:,} MB in {len(infos):,} "
                f"parts; {MOST_TOTAL // 1024 // 1024:,} MB in {MOST_PARTS:,} at most."
            )
        for info in infos:
            if info.flag_bits & 1:
                raise SheetError(_("It is protected by a password. Save it without one."))
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise SheetError(_("It is compressed in an unusual way."))
            if info.file_size > max(SMALL, MOST_RATIO * info.compress_size):
                raise SheetError(
                    f"“{info.filename[:60]}” would become more than {MOST_RATIO} times as large "
                    "when it is unpacked."
                )

    def _elements(self, part: str, *tags: str) -> Iterator[Any]:
        """The elements of a part with these tags, in whatever namespace, one after the other."""
        with self.archive.open(part) as opened:
            stack: list[Any] = []
            inside = inner = total = 0
            for event, element in iterparse(opened, events=("start", "end"), forbid_dtd=True):
                wanted = _tag(element) in tags
                if event == "start":
                    stack.append(element)
                    inside += wanted
                    total, inner = total + 1, inner + 1 if inside else 0
                    if inner > MOST_INSIDE or total > MOST_ELEMENTS:
                        raise SheetError(_("“%(part)s” has too much in it.", part=part[:60]))
                    continue
                stack.pop()
                inside -= wanted
                if wanted:
                    yield element
                if not inside:
                    inner = 0
                    element.clear()
                    if stack:
                        stack[-1].remove(element)

    def _related(self, part: str, kind: str) -> dict[str, str]:
        """The parts that a part refers to: id -> path."""
        folder, _slash, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        if relations not in self.archive.namelist():
            return {}
        return {
            each.get("Id", ""): _joined(folder, each.get("Target", ""))
            for each in self._elements(relations, "Relationship")
            if each.get("Type", "").endswith(f"/{kind}")
        }

    def _load_texts(self, part: str) -> None:
        self.texts = [_text(element) for element in self._elements(part, "si")]

    def _load_styles(self, part: str) -> None:
        """Which formats of cells show dates."""
        own: dict[int, bool] = {}
        for element in self._elements(part, "numFmt", "cellXfs"):
            if _tag(element) == "numFmt":
                code = QUOTED.sub("", element.get("formatCode", ""))
                own[int(element.get("numFmtId", 0))] = bool(re.search("[dmyhs]", code.lower()))
            else:
                ids = [int(each.get("numFmtId", 0)) for each in element]
                self.dates = [own.get(number, number in DATES) for number in ids]

    def _load_sheet(self, name: str, part: str) -> None:
        sheet = self.book.sheets.setdefault(name, Sheet(name))
        number = 0
        for element in self._elements(part, "row", "mergeCell"):
            if _tag(element) == "mergeCell":
                sheet.merged.append(element.get("ref", ""))
                continue
            number = int(element.get("r") or number + 1)
            column = 0
            for cell in element:
                if found := REFERENCE.fullmatch(cell.get("r") or ""):
                    column = column_of(found[1])
                else:
                    column += 1
                self._load_cell(sheet, (number, column), cell)

    def _load_cell(self, sheet: Sheet, at: tuple[int, int], cell: Any) -> None:
        self.cells += 1
        if self.cells > MOST_CELLS:
            raise SheetError(_("There are more than %(most)s cells.", most=f"{MOST_CELLS:,}"))
        value = self._value(cell)
        if isinstance(value, Problematic):
            where = f"{letters(at[1])}{at[0]}"
            self.book.troubles.append(Trouble(sheet.name, where, value.reason))
        elif value not in (None, ""):
            sheet.rows.setdefault(at[0], {})[at[1]] = value

    def _value(self, cell: Any) -> "Value | Problematic | None":
        parts = {_tag(each): each for each in cell}
        if "f" in parts:
            return Problematic(_("This is a formula. Copy the cell and paste only its value."))
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _checked(_text(parts["is"])) if "is" in parts else None
        written = (parts["v"].text or "") if "v" in parts else ""
        if not written:
            return None
        if kind == "s":
            return _checked(self.texts[int(written)])
        if kind == "b":
            return written.strip() in ("1", "true")
        if kind == "e":
            return Problematic(
                _("The spreadsheet shows an error here: %(error)s.", error=written[:20])
            )
        if kind == "n":
            return self._number(written, int(cell.get("s", 0)))
        if kind == "d":
            return Problematic(DATE)
        return _checked(_unescaped(written))

    def _number(self, written: str, style: int) -> "Value | Problematic":
        if style < len(self.dates) and self.dates[style]:
            return Problematic(DATE)
        number = Decimal(repr(float(written)))
        if not number.is_finite() or abs(number.adjusted()) > 20:
            return Problematic(
                _("The number %(number)s is out of all bounds.", number=written[:30])
            )
        return number


@dataclass(frozen=True)
class Problematic:
    """Why a cell has no plain value."""

    reason: str


DATE = _("This is a date. If a text is meant, format the cell as text and write it again.")


def _checked(text: str) -> "str | Problematic":
    """The text with plain line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if bad := forbidden(text):
        return Problematic(_("The character %(bad)s cannot be in a catalog.", bad=bad))
    return text


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: Any) -> str:
    """The text of a string: its runs, without the phonetic ones."""
    said = []
    for each in element:
        if _tag(each) == "t":
            said.append(each.text or "")
        elif _tag(each) == "r":
            said += [run.text or "" for run in each if _tag(run) == "t"]
    return _unescaped("".join(said))


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _joined(folder: str, target: str) -> str:
    """A target as a path in the archive: relative to the folder, or from the root."""
    parts: list[str] = []
    whole = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
    for part in PurePosixPath(whole).parts:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts).lstrip("/")


def column_of(name: str) -> int:
    """The number of a column: A is 1."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number
