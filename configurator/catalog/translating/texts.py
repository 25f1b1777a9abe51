"""The texts of rows: what they are called, what they say in each language, and how to change it."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
from collections.abc import Iterator
from typing import Any

from configurator.catalog.models import Choice, Operation, Option, Part, Product
from configurator.catalog.rows import text_of
from configurator.catalog.texts import FALLBACK, languages, say
from configurator.catalog.translating.kinds import (
    ANSWERED,
    CHECKS,
    COVERAGE,
    GUIDE,
    GUIDED,
    WRITTEN,
    Field,
    TextKind,
)


@dataclasses.dataclass
class Text:
    """One text of a row. `place` is its column; in JSON checks.0, coverage.CODE, guide.Q.name."""

    kind: TextKind
    row: Any
    place: str
    field: Field
    said: dict[str, str]
    errors: dict[str, str] = dataclasses.field(default_factory=dict)
    typed: dict[str, str] = dataclasses.field(default_factory=dict)  # what was sent and not saved

    @property
    def id(self) -> str:
        """How forms name it."""
        return f"{self.kind.name}-{self.row.pk}-{self.place}"

    @property
    def key(self) -> str:
        """How files name it, in every shop the same: choices/wood/oak/name."""
        row = self.row
        codes = [] if isinstance(row, Product) else [row.code]
        if isinstance(row, Choice):
            codes = [row.option.code, *codes]
        return "/".join([self.kind.part, *codes, *self.place.split(".", 1)])

    @property
    def named(self) -> str:
        """The thing of which it is a text."""
        if isinstance(self.row, Choice):
            return f"{_name(self.row.option)}: {_name(self.row)}"
        return _name(self.row)

    @property
    def missing(self) -> list[str]:
        """The languages in which it should say something, and does not."""
        said = {code for code, words in self.said.items() if words}
        return [code for code in languages() if code not in said] if said else []

    @property
    def mark(self) -> str:
        """Tells, language by language, whether somebody else has changed it."""
        return ",".join(f"{code}:{mark_of(self.said.get(code, ''))}" for code in languages())


def plain(words: str) -> str:
    """A text as it is compared: browsers send line ends of two characters."""
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()


def mark_of(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def texts_of(kind: TextKind, row: Any, codes: frozenset[str]) -> Iterator[Text]:
    """The texts of a row, also those that say nothing yet. `codes` are those of the options."""
    for each in kind.fields:
        said = {code: plain(words) for code, words in text_of(row, each.name).items()}
        if isinstance(row, Part) and each.name == "material" and said.get(FALLBACK) in codes:
            continue
        yield Text(kind, row, each.name, each, said)
    yield from written_texts(kind, row)


def written_texts(kind: TextKind, row: Any) -> Iterator[Text]:
    """The texts that stand in JSON; what is in no order is left to its own page."""
    if isinstance(row, Operation) and isinstance(row.checks, list):
        for index, check in enumerate(row.checks):
            if isinstance(check, str | dict):
                place = f"{CHECKS}.{index + 1}"
                yield Text(kind, row, place, WRITTEN[CHECKS], _as_text(check))
    if isinstance(row, Product) and isinstance(row.coverage, list):
        for statement in row.coverage:
            if isinstance(statement, dict) and statement.get("message"):
                place = f"{COVERAGE}.{statement.get('code')}"
                said = _as_text(statement["message"])
                yield Text(kind, row, place, WRITTEN[COVERAGE], said)

    if isinstance(row, Product) and isinstance(row.guide, list):
        yield from _guide_texts(kind, row)


def _guide_texts(kind: TextKind, row: Product) -> Iterator[Text]:
    """`guide.rain.name` is a question's, `guide.rain.often.name` an answer's."""
    for thing, place, fields in _guide_things(row.guide):
        for name, each in fields.items():
            if name == "name" or thing.get(name):
                said = _as_text(thing.get(name) or {})
                yield Text(kind, row, f"{GUIDE}.{place}.{name}", each, said)


def _guide_things(guide: list[Any]) -> Iterator[tuple[dict[str, Any], str, dict[str, Field]]]:
    for question in guide:
        if isinstance(question, dict):
            code = str(question.get("code"))
            yield question, code, GUIDED
            for answer in question.get("answers") or ():
                if isinstance(answer, dict):
                    yield answer, f"{code}.{answer.get('code')}", ANSWERED


def _as_text(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        return {FALLBACK: plain(value)}
    return {code: plain(words) for code, words in value.items() if isinstance(words, str) and words}


def put(text: Text, changes: dict[str, str]) -> None:
    """Let the row say it, not saved."""
    row, (place, _dot, inner) = text.row, text.place.partition(".")
    if not inner:
        for code, words in changes.items():
            setattr(row, f"{place}_{code}", words)
        if FALLBACK in changes:
            setattr(row, place, changes[FALLBACK])
        return
    said = {code: words for code, words in {**text.said, **changes}.items() if words}
    if place == CHECKS:
        row.checks = [said if i == int(inner) - 1 else each for i, each in enumerate(row.checks)]
    elif place == GUIDE:
        row.guide = copy.deepcopy(row.guide)
        where, _dot, name = inner.rpartition(".")
        for thing, code, _fields in _guide_things(row.guide):
            if code == where:
                thing[name] = said
    else:
        row.coverage = [
            {**each, "message": said}
            if isinstance(each, dict) and str(each.get("code")) == inner
            else each
            for each in row.coverage
        ]


def _name(row: Any) -> str:
    for field_name in ("name", "label"):
        if hasattr(row, f"{field_name}_{FALLBACK}"):
            return say(text_of(row, field_name), FALLBACK) or str(getattr(row, "code", row))
    return str(row.code)


def option_codes(product: Product) -> frozenset[str]:
    return frozenset(Option.objects.filter(product=product).values_list("code", flat=True))
