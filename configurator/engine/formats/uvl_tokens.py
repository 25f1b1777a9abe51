"""The words of a UVL file, with its indentation as tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from configurator.engine.errors import FormatError

LONGEST_LINE = 200_000
MOST_TOKENS = 3_000_000
DEEPEST = 150

WORDS = re.compile(
    r"""(?P<comment>//[^\n]*)
    |(?P<space>[ \t]+)
    |(?P<cardinality>\[\s*\d+\s*(?:\.\.\s*(?:\d+|\*)\s*)?\])
    |(?P<quoted>"[^"\r\n]+")
    |(?P<string>'[^'\r\n]*')
    |(?P<number>\d+\.\d+|\.\d+|\d+)
    |(?P<operator><=>|=>|==|!=|<=|>=|[!&|<>+\-*/(){}\[\],.])
    |(?P<name>[^\W\d][\w#§%?\\';]*)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is newline, indent, dedent, end, or a group of WORDS."""

    kind: str
    text: str
    line: int


def tokens(text: str) -> Iterator[Token]:
    """All tokens; FormatError with the line for what is none."""
    text = _without_block_comments(text)
    indents = [0]
    opened = 0
    total = number = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            raise FormatError(f"line {number} has {len(line):,} characters.")
        found = list(_words(line, number))
        total += len(found)
        if total > MOST_TOKENS:
            raise FormatError(f"there are more than {MOST_TOKENS:,} words.")
        if not found:
            continue
        if opened == 0:
            yield from _indentation(line, number, indents)
        for token in found:
            opened += token.text in ("(", "{", "[")
            opened = max(0, opened - (token.text in (")", "}", "]")))
            yield token
        if opened == 0:
            yield Token("newline", "", number)
    if opened:
        raise FormatError(f"line {number}: a bracket is not closed.")
    for _ in indents[1:]:
        yield Token("dedent", "", number)
    yield Token("end", "", number)


def _without_block_comments(text: str) -> str:
    """Comments /* … */ replaced by their line breaks."""
    return re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)


def _words(line: str, number: int) -> Iterator[Token]:
    place = 0
    while place < len(line):
        found = WORDS.match(line, place)
        if found is None:
            raise FormatError(f"line {number}: “{line[place : place + 20]}” cannot be read.")
        kind = str(found.lastgroup)
        if kind not in ("comment", "space"):
            yield Token(kind, found[0], number)
        place = found.end()


def _indentation(line: str, number: int, indents: list[int]) -> Iterator[Token]:
    width = 0
    for character in line:
        if character == "\t":
            width += 8 - width % 8
        elif character == " ":
            width += 1
        else:
            break
    if width > indents[-1]:
        indents.append(width)
        if len(indents) > DEEPEST:
            raise FormatError(f"line {number}: features are nested more than {DEEPEST} deep.")
        yield Token("indent", "", number)
    while width < indents[-1]:
        indents.pop()
        yield Token("dedent", "", number)
    if width != indents[-1]:
        raise FormatError(f"line {number}: this indentation fits no line above.")
