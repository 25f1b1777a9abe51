"""Reading the parts of a UVL file: the feature tree and the constraints, not yet as rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NoReturn

from configurator.engine.errors import FormatError
from configurator.engine.formats.uvl_tokens import Token
from configurator.engine.model import Scalar

DEEPEST = 60
MOST_DIGITS = 40
GROUPS = ("or", "alternative", "optional", "mandatory")
TYPES = ("String", "Integer", "Real", "Boolean")
COMPARISONS = ("==", "<", ">", "<=", ">=", "!=")


@dataclass
class Group:
    """Features under a parent; between `least` and `most` of them are taken with it."""

    kind: str
    least: int
    most: int
    features: list[Feature] = field(default_factory=list)


@dataclass
class Feature:
    """`path` is how the file writes it; of more than one part, it is a feature of an import.

    `type` is empty or one of TYPES. `copies` are the least and most of a feature cardinality.
    """

    name: str
    line: int | str
    path: tuple[str, ...] = ()
    type: str = ""
    copies: tuple[int, int] | None = None
    attributes: dict[str, Scalar] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    constraints: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """A part of a constraint. Kinds: reference, number, not, and, or, =>, <=>, comparisons,
    + - * /, and call (a function's name in `text`)."""

    kind: str
    line: int | str
    parts: tuple[Part, ...] = ()
    text: str = ""
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Import:
    """Another file, by the parts of its path without suffix."""

    path: tuple[str, ...]
    line: int


class Reader:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self.tokens = list(tokens)
        self.place = 0
        self.depth = 0
        self.imports: dict[tuple[str, ...], Import] = {}

    # steps

    @property
    def token(self) -> Token:
        return self.tokens[min(self.place, len(self.tokens) - 1)]

    def fail(self, wanted: str) -> NoReturn:
        shown = self.token.text or {"newline": "the end of the line"}.get(
            self.token.kind, self.token.kind
        )
        raise FormatError(f"line {self.token.line}: {wanted} is expected, not “{shown[:40]}”.")

    def take(self, *texts: str) -> Token | None:
        """The next token, if it is one of these words."""
        token = self.token
        if token.text in texts and token.kind in ("name", "operator"):
            self.place += 1
            return token
        return None

    def take_kind(self, kind: str) -> Token | None:
        if self.token.kind != kind:
            return None
        self.place += 1
        return self.tokens[self.place - 1]

    def number(self) -> str:
        """A number's digits, of a length that arithmetic can bear."""
        token = self.need_kind("number", "a value")
        if len(token.text) > MOST_DIGITS:
            raise FormatError(
                f"line {token.line}: “{token.text[:20]}…” has more than {MOST_DIGITS} digits."
            )
        return token.text if token.text[0] != "." else "0" + token.text

    def need_kind(self, kind: str, wanted: str) -> Token:
        return self.take_kind(kind) or self.fail(wanted)

    def need(self, text: str) -> Token:
        return self.take(text) or self.fail(f"“{text}”")

    # the file

    def file(self) -> tuple[Feature, list[Part]]:
        """The root feature and the constraints."""
        root: Feature | None = None
        constraints: list[Part] = []
        while not self.take_kind("end"):
            if self.take_kind("newline"):
                continue
            if self.take("namespace"):
                self.path()
            elif self.take("include"):
                self.skip_block()
            elif self.take("imports"):
                self.import_block()
            elif root is None and self.take("features"):
                self.open_block()
                root = self.feature()
                self.need_kind("dedent", "a single root feature")
            elif self.take("constraints"):
                constraints += self.constraint_block()
            else:
                self.fail("“features” or “constraints”")
        if root is None:
            raise FormatError("there is no section “features”.")
        return root, constraints

    def open_block(self) -> None:
        self.need_kind("newline", "a new line")
        self.need_kind("indent", "an indented line")

    def skip_block(self) -> None:
        self.open_block()
        depth = 1
        while depth:
            kind = self.token.kind
            depth += (kind == "indent") - (kind == "dedent")
            self.place += 1

    def import_block(self) -> None:
        """Lines `folder.file as name`; without a name the path is one."""
        self.open_block()
        while not self.take_kind("dedent"):
            line = self.token.line
            path = self.path()
            alias = self.path() if self.take("as") else path
            if alias in self.imports:
                raise FormatError(f"line {line}: “{'.'.join(alias)}” is imported twice.")
            self.imports[alias] = Import(path, line)
            self.need_kind("newline", "the end of the line")

    def constraint_block(self) -> list[Part]:
        self.need_kind("newline", "a new line")
        found: list[Part] = []
        if not self.take_kind("indent"):
            return found
        while not self.take_kind("dedent"):
            found.append(self.constraint())
            self.need_kind("newline", "the end of the line")
        return found

    # features

    def name(self) -> str:
        token = self.token
        if token.kind not in ("name", "quoted"):
            self.fail("a name")
        self.place += 1
        return token.text.strip('"')

    def path(self) -> tuple[str, ...]:
        names = [self.name()]
        while self.take("."):
            names.append(self.name())
        return tuple(names)

    def feature(self) -> Feature:
        token = self.token
        typed = token.text in TYPES and self.tokens[self.place + 1].kind in ("name", "quoted")
        self.place += typed
        path = self.path()
        type_ = token.text if typed and token.text != "Boolean" else ""
        feature = Feature(".".join(path), token.line, path, type_)
        if self.take("cardinality"):
            self.copies(feature)
        if self.take("{"):
            self.attributes(feature)
        self.need_kind("newline", "the end of the line")
        if self.take_kind("indent"):
            while not self.take_kind("dedent"):
                feature.groups.append(self.group())
        return feature

    def copies(self, feature: Feature) -> None:
        """A feature cardinality: how often the feature occurs when it is chosen."""
        found = self.need_kind("cardinality", "a cardinality such as [1..3]")
        low, dots, high = found.text.strip("[] ").partition("..")
        if high.strip() == "*":
            raise FormatError(
                f"line {found.line}: “{feature.name}” may occur any number of times; say how often"
                " at most."
            )
        least, most = int(low[:9]), int((high if dots else low).strip()[:9])
        if most < max(least, 1):
            raise FormatError(f"line {found.line}: {found.text[:40]} cannot be met.")
        feature.copies = None if (least, most) == (1, 1) else (least, most)

    def group(self) -> Group:
        token = self.token
        cardinality = self.take_kind("cardinality")
        word = None if cardinality else self.take(*GROUPS)
        if not cardinality and not word:
            self.fail("a group (mandatory, optional, or, alternative, [n..m])")
        self.open_block()
        features = []
        while not self.take_kind("dedent"):
            features.append(self.feature())
        most = len(features)
        if word:
            least = {"or": 1, "alternative": 1, "optional": 0, "mandatory": most}[word.text]
            return Group(word.text, least, 1 if word.text == "alternative" else most, features)
        assert cardinality
        low, dots, high = cardinality.text.strip("[] ").partition("..")
        least = int(low[:9])
        if dots and high.strip() != "*":
            most = min(most, int(high.strip()[:9]))
        elif not dots:
            most = min(most, least)
        if least > len(features) or most < least:
            shown = cardinality.text[:40]
            raise FormatError(f"line {token.line}: the group {shown} cannot be met.")
        return Group(cardinality.text, least, most, features)

    def attributes(self, feature: Feature) -> None:
        while not self.take("}"):
            if self.take("constraint"):
                feature.constraints.append(self.constraint())
            elif self.token.text == "constraints" and self.take("constraints"):
                self.need("[")
                while not self.take("]"):
                    feature.constraints.append(self.constraint())
                    self.take(",")
            else:
                key = self.name()
                value = self.value()
                if value is not None:
                    feature.attributes[key] = value
            if self.token.text != "}":
                self.need(",")

    def value(self) -> Scalar | None:
        """The value of an attribute; None for lists and nested attributes, which are left out."""
        if self.token.text in (",", "}"):
            return True
        if self.take("true"):
            return True
        if self.take("false"):
            return False
        if string := self.take_kind("string"):
            return string.text[1:-1]
        if self.token.text in ("{", "["):
            self.skip_brackets()
            return None
        if self.take_kind("cardinality"):
            return None
        negative = self.take("-")
        text = ("-" if negative else "") + self.number()
        return Decimal(text) if "." in text else int(text)

    def skip_brackets(self) -> None:
        depth = 0
        while True:
            text = self.token.text
            if self.token.kind in ("end", "newline"):
                self.fail("a closing bracket")
            depth += (text in ("{", "[")) - (text in ("}", "]"))
            self.place += 1
            if depth == 0:
                return

    # constraints, from the loosest operator to the tightest

    def constraint(self) -> Part:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormatError(f"line {self.token.line}: this is nested more than {DEEPEST} deep.")
        found = self._chain(("<=>",), self._implication)
        self.depth -= 1
        return found

    def _implication(self) -> Part:
        return self._chain(("=>",), self._or)

    def _or(self) -> Part:
        return self._many("|", "or", self._and)

    def _and(self) -> Part:
        return self._many("&", "and", self._not)

    def _chain(self, operators: tuple[str, ...], below) -> Part:  # type: ignore[no-untyped-def]
        found: Part = below()
        while token := self.take(*operators):
            found = Part(token.text, token.line, (found, below()))
            self._bounded(found)
        return found

    def _bounded(self, part: Part) -> None:
        depth = 0
        while part.parts:
            part, depth = part.parts[0], depth + 1
        if depth > 4 * DEEPEST:
            raise FormatError(f"line {self.token.line}: this chain is too long.")

    def _many(self, operator: str, kind: str, below) -> Part:  # type: ignore[no-untyped-def]
        found = [below()]
        while self.take(operator):
            found.append(below())
        return found[0] if len(found) == 1 else Part(kind, found[0].line, tuple(found))

    def _not(self) -> Part:
        negations, line = 0, self.token.line
        while self.take("!"):
            negations += 1
        found = self._primary()
        return Part("not", line, (found,)) if negations % 2 else found

    def _primary(self) -> Part:
        """A comparison, a reference, or a constraint in brackets; a comparison is tried first."""
        start, depth = self.place, self.depth
        try:
            left = self._sum()
            if token := self.take(*COMPARISONS):
                return Part(token.text, token.line, (left, self._sum()))
            if left.kind == "reference" and self.tokens[start].text != "(":
                return left
        except FormatError:
            if self.tokens[start].text != "(":
                raise
        self.place, self.depth = start, depth
        if self.take("("):
            found = self.constraint()
            self.need(")")
            return found
        return self.fail("a condition")

    # numbers

    def _sum(self) -> Part:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormatError(f"line {self.token.line}: this is nested more than {DEEPEST} deep.")
        found = self._chain(("+", "-"), self._product)
        self.depth -= 1
        return found

    def _product(self) -> Part:
        return self._chain(("*", "/"), self._number)

    def _number(self) -> Part:
        line = self.token.line
        if self.take("-"):
            return Part("-", line, (Part("number", line, text="0"), self._number()))
        if self.token.kind == "number":
            return Part("number", line, text=self.number())
        if string := self.take_kind("string"):
            return Part("string", line, text=string.text[1:-1])
        if self.take("("):
            found = self._sum()
            self.need(")")
            return found
        path = self.path()
        if len(path) == 1 and path[0] in ("sum", "avg", "len", "floor", "ceil") and self.take("("):
            arguments = [self._reference()]
            while self.take(","):
                arguments.append(self._reference())
            self.need(")")
            return Part("call", line, tuple(arguments), text=path[0])
        return Part("reference", line, path=path)

    def _reference(self) -> Part:
        line = self.token.line
        return Part("reference", line, path=self.path())
