"""The grammar of the rule language, and the tree that it gives, not yet checked for meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.exceptions import VisitError

from configurator.engine.errors import ExpressionError
from configurator.engine.language.units import UNITS
from configurator.engine.words import Words as _
from configurator.engine.words import either

MAX_LENGTH = 200_000
WRITTEN = re.compile(r"\W")
MAX_DEPTH = 60

GRAMMAR = r"""
start: _expression
_expression: iff | _implication
iff: _implication IFF _expression
_implication: requires | excludes | _either
requires: _either REQUIRES _implication
excludes: _either EXCLUDES _implication
_either: or_ | _both
or_: _both (OR _both)+
_both: and_ | _negation
and_: _negation (AND _negation)+
_negation: not_ | _relation
not_: NOT _negation
_relation: compare | member | range_ | delivery | _sum
compare: _sum (EQ | NE | LE | GE | LT | GT) _sum
member: _sum (NOT | IS_NOT)? IN "{" _listed "}"
range_: _sum (NOT | IS_NOT)? IN _sum ".." _sum
delivery: DELIVERY NUMBER DAYS
_listed: _sum ("," _sum)*
_sum: sum_ | _product
sum_: _product ((PLUS | MINUS) _product)+
_product: product | _unary
product: _unary ((TIMES | DIVIDE) _unary)+
_unary: negative | _atom
negative: MINUS _unary
_atom: number | code | name | attribute | total | call | group | choice | conditional | quantified
number: NUMBER UNIT?
code: STRING
name: NAME
attribute: (NAME | STRING) "." (NAME | STRING)
total: TOTAL (NAME | STRING)
call: NAME "(" (_expression ("," _expression)*)? ")"
group: "(" _expression ")"
choice: IF _expression THEN _expression ELSE _expression
conditional: IF _expression THEN _expression
quantified: (AT_MOST | AT_LEAST | EXACTLY) _sum OF "{" _expression ("," _expression)* "}"

IFF.3: /iff\b/i
REQUIRES.3: /(requires|implies)\b/i
EXCLUDES.3: /excludes\b/i
OR.3: /or\b/i
AND.3: /and\b/i
NOT.3: /not\b/i
IN.5: /(is\s+)?in\b/i
IS_NOT.6: /is\s+not(?=\s+in\b)/i
IF.3: /if\b/i
THEN.3: /then\b/i
ELSE.3: /else\b/i
OF.3: /of\b/i
AT_MOST.4: /at\s+most\b/i
AT_LEAST.4: /at\s+least\b/i
EXACTLY.3: /exactly\b/i
TOTAL.4: /total(?=\s+(?!(?:and|or|not|i[fn]|iff|requires|implies|excludes|then|else|of)\b)[\w"“])/i
DELIVERY.6: /delivery\s*(is\s+)?(at\s+least|>=|≥)(?=\s*\d+\s*(working\s+)?days?\b)/i
DAYS.6: /(working\s+)?days?\b(\s+later\b)?/i
NE.5: /!=|≠|is\s+not\b(?!\s+in\b)/i
LE.5: /<=|≤|is\s+at\s+most\b/i
GE.5: />=|≥|is\s+at\s+least\b/i
LT.5: /<|is\s+less\s+than\b/i
GT.5: />|is\s+more\s+than\b/i
EQ.4: /==|=|is\b(?!\s+(not|in)\b)/i
PLUS: "+"
MINUS: "-" | "−"
TIMES: "*" | "×"
DIVIDE: "/"
NUMBER: /\d+(\.\d+)?/
UNIT.4: /(UNITS)(?!\w)/
NAME: /[A-Za-z_][A-Za-z0-9_]*/
STRING: /"[^"\n]*"/ | /“[^”\n]*”/
%ignore /\s+/
"""

MEANINGS = {
    "NUMBER": _("a number"),
    "NAME": _("a name"),
    "STRING": _("a quoted code"),
    "RPAR": "“)”",
    "RBRACE": "“}”",
    "LBRACE": "“{”",
    "DAYS": "“days”",
    "THEN": "“then”",
    "OF": "“of”",
    "$END": _("the end"),
}


@dataclass(frozen=True, slots=True)
class Raw:
    """A node of the tree as written: its grammar rule, its place, its parts (Raw or Token)."""

    kind: str
    line: int
    column: int
    parts: tuple[Any, ...]
    depth: int


class _Builder(Transformer[Token, Raw]):
    """Makes Raw nodes bottom-up while the text is parsed, so that no deep tree ever exists."""


def _raw(kind: str, children: Sequence[Any]) -> Raw:
    first = children[0] if children else None
    line, column = (first.line or 1, first.column or 1) if first is not None else (1, 1)
    depth = 1 + max((part.depth for part in children if isinstance(part, Raw)), default=0)
    if depth > MAX_DEPTH:
        raise ExpressionError(
            _(
                "This is nested more than %(max_depth)s levels deep; split it into several rules.",
                max_depth=MAX_DEPTH,
            ),
            line,
            column,
        )
    return Raw(kind, line, column, tuple(children), depth)


def _rule_callback(kind: str) -> Callable[[Any, list[Any]], Raw]:
    return lambda _builder, children: _raw(kind, children)


KINDS = (
    *("iff", "requires", "excludes", "or_", "and_", "not_", "compare", "member", "range_"),
    *("delivery", "sum_", "product", "negative", "number", "code", "name", "attribute", "total"),
    *("call", "group", "choice", "conditional", "quantified"),
)
for _kind in KINDS:
    setattr(_Builder, _kind, _rule_callback(_kind))


@lru_cache(maxsize=1)
def _parser() -> Lark:
    units = "|".join(sorted(UNITS, key=len, reverse=True))
    grammar = GRAMMAR.replace("(UNITS)", f"({units})")
    return Lark(grammar, parser="lalr", lexer="contextual", transformer=_Builder())


def read(text: str) -> Raw:
    """Parse `text`; raises ExpressionError with the place of the first thing that does not fit."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            _(
                "This text has %(count)s characters; the most that a rule may have is "
                "%(max_length)s. Use a table, or split it.",
                count=f"{len(text):,}",
                max_length=f"{MAX_LENGTH:,}",
            )
        )
    if not text.strip():
        raise ExpressionError(_("The text is empty; a rule or formula is expected here."))
    _check_nesting(text)
    try:
        tree: Any = _parser().parse(text)
    except UnexpectedInput as error:
        raise _unexpected(text, error) from None
    except VisitError as error:
        raise error.orig_exc from None
    root = tree.children[0]
    assert isinstance(root, Raw)
    return root


def _check_nesting(text: str) -> None:
    depth = 0
    for index, character in enumerate(text):
        if character in "({":
            depth += 1
        elif character in ")}":
            depth -= 1
        if depth > MAX_DEPTH:
            line = text.count("\n", 0, index) + 1
            raise ExpressionError(
                _(
                    "Brackets are nested more than %(max_depth)s deep; split this into several "
                    "rules.",
                    max_depth=MAX_DEPTH,
                ),
                line,
                index - text.rfind("\n", 0, index),
            )


def _unexpected(text: str, error: UnexpectedInput) -> ExpressionError:
    line, column = error.line, error.column
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        lines = text.rstrip().splitlines()
        wanted = _wanted(set(error.expected))
        return ExpressionError(
            _("The text ends too early%(wanted)s.", wanted=wanted), len(lines), len(lines[-1]) + 1
        )
    if isinstance(error, UnexpectedToken):
        return ExpressionError(
            _(
                "“%(token)s” does not fit here%(wanted)s.",
                token=error.token,
                wanted=_wanted(set(error.expected)),
            ),
            line,
            column,
        )
    assert isinstance(error, UnexpectedCharacters)
    found = text[error.pos_in_stream or 0]
    if found in '"“':
        return ExpressionError(_("This quotation is not closed."), line, column)
    if found.isdigit() or found.isalpha():
        at = error.pos_in_stream or 0
        begun = len(WRITTEN.split(text[:at])[-1])  # of “año” the reader knows the first letter
        word, column = text[at - begun :].split(maxsplit=1)[0][:40], column - begun
        return ExpressionError(
            _(
                "“%(word)s” does not fit here%(wanted)s.",
                word=word,
                wanted=_wanted(set(error.allowed or ())),
            ),
            line,
            column,
        )
    return ExpressionError(_("“%(found)s” has no meaning in a rule.", found=found), line, column)


def _wanted(expected: set[str]) -> str:
    if {"NUMBER", "NAME"} <= expected:
        return _("; a name or a number is expected")
    known = sorted(MEANINGS[kind] for kind in expected if kind in MEANINGS and kind != "$END")
    if not known or len(known) > 3:
        return ""
    return _("; expected %(words)s", words=either(known))
