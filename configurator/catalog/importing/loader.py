"""A strict YAML reader that remembers the line of everything.

A subset of YAML 1.2: maps, lists, texts, whole and decimal numbers, true, false and null. No
tags, merges or second documents. What stands at an alias (*name) counts as if it were written
out, so a small file cannot become a large document.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from configurator.catalog.content import Path as Where
from configurator.catalog.importing.errors import ImportRefused, refuse
from configurator.catalog.problems import short
from configurator.engine.words import Words as _

MOST_BYTES = 12 * 1024 * 1024
MOST_NODES = 1_000_000
DEEPEST = 40
INTEGER = re.compile(r"[-+]?[0-9]+\Z")
NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?\Z")
LONGEST_NUMBER = 24
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Controls, direction overrides, halves of pairs: they hide what a text says, or break it."""
WORDS = {"true": True, "True": True, "false": False, "False": False, "null": None, "~": None}


@dataclass(frozen=True)
class Place:
    """Where a value begins; the text of a block (| or >) begins on the next line."""

    line: int
    column: int
    style: str = ""


@dataclass
class Document:
    """A file, read: plain data, and the place of every path in it."""

    file: Path
    data: Any = None
    keys: dict[Where, int] = field(default_factory=dict)
    values: dict[Where, Place] = field(default_factory=dict)

    def line(self, path: Where) -> int:
        """The line on which the nearest thing to `path` stands."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.keys:
                return self.keys[path[:end]]
        return 1

    def line_within(self, path: Where, line: int, column: int) -> tuple[int, int]:
        """The file's line and column of a place inside of the text at `path` (0: unknown)."""
        place = self.values.get(path)
        if place is None or not line:
            return self.line(path), column
        if place.style in ("|", ">"):
            return place.line + line, 0
        offset = place.column - 1 + (1 if place.style else 0) if line == 1 else 0
        return place.line + line - 1, column + offset


def read_yaml(file: Path, raw: bytes | None = None) -> Document:
    """Read a YAML file, or its bytes; raises ImportRefused with the line of what cannot be read."""
    text = _text(file, read_bytes(file) if raw is None else raw)
    document = Document(file)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = yaml.parse(text, Loader=loader)
        document.data = _Builder(document, events).build()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line if mark else 0
        message = _told(error, text.split("\n")[line] if mark else "")
        raise refuse(file, message, line + 1 if mark else 0) from None
    except yaml.YAMLError as error:
        raise refuse(file, _("This is not YAML: %(error)s.", error=short(error))) from None
    return document


def _text(file: Path, raw: bytes) -> str:
    """The text of a file; raises ImportRefused where it is too large or no UTF-8."""
    if len(raw) > MOST_BYTES:
        raise _too_large(file, MOST_BYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = _("This is not UTF-8 text. Save the file in the encoding UTF-8.")
        raise refuse(file, message, line) from None
    if not text.strip():
        raise refuse(file, _("The file is empty."))
    text = text.replace("\r\n", "\n")
    if found := FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise refuse(
            file,
            _("The character %(bad)s cannot be in a catalog.", bad=forbidden(found[0])),
            line,
        )
    return text


def read_bytes(file: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file; raises ImportRefused where it cannot be read or is too large."""
    try:
        if file.is_dir():
            raise refuse(file, _("This is a folder. Name the file in it, like product.yaml."))
        if file.exists() and not file.is_file():
            raise refuse(file, _("This is not a file."))
        if file.stat().st_size > most:
            raise _too_large(file, most)
        return file.read_bytes()
    except FileNotFoundError:
        raise refuse(file, _("There is no such file.")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise refuse(file, _("The file cannot be read: %(reason)s.", reason=reason)) from None


def _too_large(file: Path, most: int) -> ImportRefused:
    return refuse(
        file,
        _(
            "The file is larger than %(most)s MB.",
            most=most // 1024 // 1024,
        ),
    )


def forbidden(text: str) -> str:
    """The first character that no catalog text may hold, as U+0000, or ""."""
    found = FORBIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


class _Builder:
    """Turns the parser's events into data, refusing what is beyond the subset."""

    def __init__(self, document: Document, events: Any) -> None:
        self.document = document
        self.events = iter(events)
        self.nodes = 0
        self.anchors: dict[str, tuple[Any, int]] = {}

    def build(self) -> Any:
        self._next(StreamStartEvent)
        first = next(self.events)
        if isinstance(first, StreamEndEvent):
            raise refuse(self.document.file, _("The file is empty."))
        data = self._value(next(self.events), ())
        self._next(DocumentEndEvent)
        after = next(self.events)
        if isinstance(after, DocumentStartEvent):
            raise self._refuse(after, _("A file holds one product: remove the second document."))
        return data

    def _next(self, kind: type[Event]) -> Event:
        event = next(self.events)
        assert isinstance(event, kind)
        return event

    def _refuse(self, event: Event, message: str) -> ImportRefused:
        return refuse(self.document.file, message, _start(event)[0])

    def _value(self, event: Event, path: Where) -> Any:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self._refuse(
                event,
                _("The file has more than %(most)s entries.", most=f"{MOST_NODES:,}"),
            )
        if isinstance(event, AliasEvent):
            return self._again(event, path)
        if isinstance(event, CollectionStartEvent | ScalarEvent) and event.tag is not None:
            raise self._refuse(
                event, _("Tags (%(tag)s) are not used here; remove it.", tag=short(event.tag))
            )
        if len(path) >= DEEPEST:
            raise self._refuse(
                event, _("This is nested more than %(most)s levels deep.", most=DEEPEST)
            )
        line, column = _start(event)
        self.document.keys.setdefault(path, line)
        before = self.nodes
        if isinstance(event, ScalarEvent):
            self.document.values[path] = Place(line, column, _style(event))
            value: Any = self._scalar(event)
        elif isinstance(event, MappingStartEvent):
            value = self._mapping(path)
        else:
            value = self._sequence(path)
        anchor = getattr(event, "anchor", None)
        if anchor:
            self.anchors[anchor] = (value, self.nodes - before)
        return value

    def _again(self, event: AliasEvent, path: Where) -> Any:
        """What stands at an anchor (&name), once more; what it holds counts again."""
        if event.anchor not in self.anchors:
            raise self._refuse(
                event, _("“*%(name)s” refers to nothing above it.", name=short(event.anchor))
            )
        value, size = self.anchors[event.anchor]
        self.nodes += size
        if self.nodes > MOST_NODES or len(path) + _height(value) > DEEPEST:
            raise self._refuse(event, _("These references make the file too large; write it out."))
        self.document.keys.setdefault(path, _start(event)[0])
        return value

    def _sequence(self, path: Where) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Where) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise self._refuse(event, _("A key must be a plain word."))
            key = event.value
            here = (*path, key)
            self._check_text(event)
            if key in items:
                first = self.document.keys[here]
                raise self._refuse(
                    event,
                    _(
                        "“%(key)s” is here twice; it stands already on line %(first)s.",
                        key=short(key),
                        first=first,
                    ),
                )
            self.document.keys[here] = _start(event)[0]
            items[key] = self._value(next(self.events), here)
        return items

    def _check_text(self, event: ScalarEvent) -> None:
        if bad := forbidden(event.value):
            raise self._refuse(event, _("The character %(bad)s cannot be in a catalog.", bad=bad))

    def _scalar(self, event: ScalarEvent) -> Any:
        text = event.value
        self._check_text(event)
        if _style(event):
            return text
        if text == "" or text in WORDS:
            return WORDS.get(text)
        if not NUMBER.match(text):
            return text
        if len(text) > LONGEST_NUMBER:
            raise self._refuse(
                event, _("The number %(text)s has too many digits.", text=short(text))
            )
        return int(text) if INTEGER.match(text) else Decimal(text)


def _height(value: Any) -> int:
    """How many levels of lists and maps a value has."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((_height(each) for each in inner), default=0)


def _start(event: Event) -> tuple[int, int]:
    """The line and column where an event begins, from 1."""
    mark = event.start_mark
    assert mark is not None
    return mark.line + 1, mark.column + 1


def _style(event: ScalarEvent) -> str:
    """How a scalar is written: "" plain, or its quote or block sign."""
    style = event.style or ""
    return "" if style == "plain" else style


def _told(error: yaml.MarkedYAMLError, line: str) -> str:
    """The reader's reason in words that help; `line` is the text of the line."""
    problem = error.problem or "it cannot be read"
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return _("There is a tab; indent with spaces.")
    if "mapping values are not allowed" in problem:
        return _("A colon does not fit here. Put a text with a colon in it in quotes.")
    context = f" ({error.context})" if error.context else ""
    return (
        f"This is not valid YAML: {short(problem)}{short(context)}. "
        "Check the indentation, and quote texts with a colon, comma or # in them."
    )
