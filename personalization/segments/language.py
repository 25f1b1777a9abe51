"""Rules about people, in the rule language of the catalog: read, checked, and made a tree.

    orders at least 2 and last_order within 90 days
    count(viewed, "touring-bicycle", 30 days) >= 3 and not did(ordered, 365 days)
    sum(ordered, 365 days) > 500 or country in {PL, ES}
    did(chose, frame = titanium, 14 days) and height at least 180
    temperature < 5 and count(viewed, ridge-tent) > 0

Facts are numbers, words, or moments (“within 90 days”). Of events one may `count` them, `sum` their
money, or ask whether somebody `did` one; with a product, an option's value, a number of days.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import NoReturn

from django.utils.translation import gettext as _

from configurator.catalog.wording import told
from configurator.engine import ExpressionError
from configurator.engine.language.grammar import Raw, read
from configurator.engine.language.resolve import NEGATIONS
from personalization.segments import hints, words

LONGEST = 2_000
MOST_DAYS = 36_500
WITHIN = re.compile(r"\b([A-Za-z_]\w*)\s+(not\s+)?within\s+(\d+)\s*(days?|hours?)\b", re.IGNORECASE)
SHORT = re.compile(
    r"(?<=[\w)])(?<!\bnot)(?<!\band)(?<!\bor)(?<!\bis)\s+"
    r"(at least|at most|more than|less than)\s+(?=[\d(.])",
    re.IGNORECASE,
)
DAYS = {"day": 1.0, "days": 1.0, "hour": 1 / 24, "hours": 1 / 24, "h": 1 / 24}


class BadRule(Exception):
    """What is wrong, in words, and where."""

    def __init__(self, said: str, line: int = 1, column: int = 1) -> None:
        super().__init__(said)
        self.said, self.line, self.column = said, line, column


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Fact:
    """A number that is known of somebody; 0 where it is not."""

    name: str


@dataclass(frozen=True)
class Age:
    """So many days ago a moment was; endless where there was none."""

    name: str


@dataclass(frozen=True)
class Events:
    """How many events, or how much money; `days` 0: of all time."""

    kind: str
    what: str  # count, sum or did
    product: str = ""
    option: str = ""
    value: str = ""
    days: float = 0


@dataclass(frozen=True)
class Sum:
    """`signs` are + and -, or * and /, one for each part."""

    parts: tuple["Node", ...]
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Compare:
    """`sign` is one of = < <= > >= and !=."""

    left: "Node"
    sign: str
    right: "Node"


@dataclass(frozen=True)
class OneOf:
    """A word that is one of these."""

    name: str
    values: frozenset[str]


@dataclass(frozen=True)
class Has:
    """A yes or no of the person itself."""

    name: str


@dataclass(frozen=True)
class Both:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Either:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class No:
    part: "Node"


Node = Number | Fact | Age | Events | Sum | Compare | OneOf | Has | Both | Either | No
CONDITIONS = (Compare, OneOf, Has, Both, Either, No)
SIGNS = {"EQ": "=", "NE": "!=", "LT": "<", "LE": "<=", "GT": ">", "GE": ">="}
SWAPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def parse(text: str) -> Node:
    """The checked tree. Raises BadRule."""
    try:
        return _of_the_house(text)
    except BadRule:
        return _parsed(text, words.known())


@lru_cache(maxsize=1024)
def _of_the_house(text: str) -> Node:
    """A rule that needs none of the names that people have told: read once. Raises BadRule."""
    return _parsed(text, words.NAMES)


def _parsed(text: str, known: Mapping[str, str]) -> Node:
    if len(text) > LONGEST:
        raise BadRule(_("Write at most %(most)d characters.") % {"most": LONGEST})
    try:
        return Reader(known).condition(read(_whole(text)))
    except ExpressionError as error:
        near = error.suggestion or hints.nearest(text, error.line, error.column)
        hint = _(" Did you mean “%(word)s”?") % {"word": near}
        said = told(error.message) + (hint if near else "")
        raise BadRule(said, error.line, error.column) from None


def _whole(text: str) -> str:
    """The short ways to write, written out."""

    def age(match: re.Match[str]) -> str:
        name, no, number, unit = match.groups()
        return f"days_since({name}) {'>' if no else '<='} {number} {unit}"

    return SHORT.sub(r" is \1 ", WITHIN.sub(age, text))


class Reader:
    """Makes checked nodes of raw ones; `known` are the names and their kinds."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self.known = known

    def condition(self, raw: Raw) -> Node:
        node = self.node(raw)
        if isinstance(node, Events) and node.what == "did":
            return Compare(node, ">", Number(0))
        if not isinstance(node, CONDITIONS):
            _fail(raw, _("This is a number; compare it, like “orders at least 2”."))
        return node

    def number(self, raw: Raw) -> Node:
        node = self.node(raw)
        if isinstance(node, CONDITIONS):
            _fail(raw, _("A number is expected here."))
        return node

    def node(self, raw: Raw) -> Node:
        if raw.kind == "group":
            return self.node(raw.parts[0])
        if raw.kind in ("or_", "and_"):
            parts = tuple(self.condition(part) for part in raw.parts if isinstance(part, Raw))
            return Either(parts) if raw.kind == "or_" else Both(parts)
        if raw.kind == "not_":
            return No(self.condition(raw.parts[1]))
        if raw.kind in ("name", "code"):
            return self._name(raw)
        if raw.kind == "number":
            return self._number(raw)
        if raw.kind in ("sum_", "product"):
            return self._sum(raw)
        if raw.kind == "negative":
            return Sum((Number(0), self.number(raw.parts[1])), ("+", "-"))
        method = {"compare": self._compare, "member": self._member, "call": self._call}
        if raw.kind not in method:
            _fail(raw, _("Of people one says “and”, “or”, “not” and compares; not this."))
        return method[raw.kind](raw)

    def _number(self, raw: Raw) -> Node:
        unit = str(raw.parts[1]) if len(raw.parts) > 1 else "days"
        if unit not in DAYS:
            _fail(raw, _("Only days and hours are understood here."))
        return Number(float(str(raw.parts[0])) * DAYS[unit])

    def _name(self, raw: Raw) -> Node:
        name = _word(raw)
        kind = self.known.get(name)
        if kind is None:
            near = get_close_matches(name, self.known, 1)
            said = _("Nothing is known by the name “%(name)s”.") % {"name": name}
            raise ExpressionError(said, raw.line, raw.column, near[0] if near else "")
        if kind == words.TOGGLE:
            return Has(name)
        if kind == words.MOMENT:
            said = _("“%(name)s” is a day; write “%(name)s within 90 days”.") % {"name": name}
            _fail(raw, said)
        if kind == words.TEXT:
            said = _("“%(name)s” is a word; write “%(name)s = …” or “%(name)s in {…}”.")
            _fail(raw, said % {"name": name})
        return Fact(name)

    def _sum(self, raw: Raw) -> Node:
        parts = tuple(self.number(part) for part in raw.parts if isinstance(part, Raw))
        names = {"PLUS": "+", "MINUS": "-", "TIMES": "*", "DIVIDE": "/"}
        signs = [names[part.type] for part in raw.parts if not isinstance(part, Raw)]
        return Sum(parts, ("+" if raw.kind == "sum_" else "*", *signs))

    def _compare(self, raw: Raw) -> Node:
        left, operator, right = raw.parts
        sign = SIGNS[operator.type]
        if self._is_text(right) and not self._is_text(left):
            left, right = right, left
            sign = SWAPPED.get(sign, sign)
        if self._is_text(left):
            if sign not in ("=", "!="):
                _fail(raw, _("A word is equal or not; it is not more or less."))
            same = OneOf(_word(left), frozenset({self._value(right)}))
            return No(same) if sign == "!=" else same
        return Compare(self.number(left), sign, self.number(right))

    def _is_text(self, raw: Raw) -> bool:
        return raw.kind in ("name", "code") and self.known.get(_word(raw)) == words.TEXT

    def _value(self, raw: Raw) -> str:
        if raw.kind in ("name", "code") or (raw.kind == "number" and len(raw.parts) == 1):
            return _word(raw)
        _fail(raw, _("A word is expected here, like PL or “touring-bicycle”."))

    def _member(self, raw: Raw) -> Node:
        subject, *rest = raw.parts
        if not self._is_text(subject):
            if subject.kind == "name" and _word(subject) not in self.known:
                self._name(subject)
            _fail(raw, _("Only words are in a list, like “country in {PL, ES}”."))
        values = frozenset(self._value(part) for part in rest if isinstance(part, Raw))
        no = any(not isinstance(part, Raw) and part.type in NEGATIONS for part in rest)
        found = OneOf(_word(subject), values)
        return No(found) if no else found

    def _call(self, raw: Raw) -> Node:
        what = str(raw.parts[0]).lower()
        parts = [part for part in raw.parts[1:] if isinstance(part, Raw)]
        if what == "days_since" and len(parts) == 1:
            if self.known.get(_word(parts[0])) != words.MOMENT:
                said = _("“%(name)s” is no day.") % {"name": _word(parts[0])}
                _fail(parts[0], said)
            return Age(_word(parts[0]))
        if what not in ("count", "sum", "did") or not parts:
            _fail(raw, _("There are “count”, “sum” and “did”, of an event."))
        kind = _word(parts[0])
        if kind not in words.EVENTS:
            near = get_close_matches(kind, words.EVENTS, 1)
            said = _("There is no event “%(name)s”.") % {"name": kind}
            raise ExpressionError(said, parts[0].line, parts[0].column, near[0] if near else "")
        return self._events(kind, what, parts[1:])

    def _events(self, kind: str, what: str, parts: list[Raw]) -> Node:
        given: dict[str, str] = {}
        days = 0.0
        for part in parts:
            if part.kind == "number":
                if len(part.parts) < 2:
                    _fail(part, _("How many days? Write “90 days”."))
                node = self._number(part)
                days = node.value if isinstance(node, Number) else 0.0
                if not 0 < days <= MOST_DAYS:
                    said = _("Write a number from %(low)d to %(high)d.")
                    _fail(part, said % {"low": 1, "high": MOST_DAYS})
            elif part.kind == "compare" and part.parts[1].type == "EQ":
                given |= {"option": _word(part.parts[0]), "value": self._value(part.parts[2])}
            elif part.kind in ("name", "code"):
                given["product"] = _word(part)
            else:
                _fail(part, _("Here go a product, an option = value, or a number of days."))
        return Events(kind, what, days=days, **given)


def _word(raw: Raw) -> str:
    """The name, code or number as it is written; "" of anything else."""
    if raw.kind in ("name", "code", "number"):
        return str(raw.parts[0]).strip('"“”')
    return ""


def _fail(raw: Raw, said: str) -> NoReturn:
    raise ExpressionError(said, raw.line, raw.column)
