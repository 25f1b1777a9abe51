"""Data as YAML for people and for git: the same text for the same data, a line for each thing.

What importing/loader.py reads back is the same data. Texts are quoted wherever this reader or
another one might take them for something else.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from configurator.catalog.configuration import number_text

PLAIN = re.compile(r"[^\W\d_](?:[\w ./()%*+<>=!'’–—²³·°&|?$^-]*[\w.)%'’²³°?$])?")
"""Texts that mean themselves without quotes, inside of brackets, too."""
WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "none"})
MOST_IN_A_LINE = 40
"""How many plain values a list in brackets has at most."""
Scalar = str | bool | int | Decimal | None


def write_yaml(data: Any) -> str:
    """The text of a document; `data` has maps, lists, texts, numbers, true, false and None."""
    return "\n".join(_lines(data, "")) + "\n"


def _lines(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _entry(f"{indent}{_quoted(key)}:", each, indent)
    else:
        for each in value:
            yield from _item(each, indent)


def _entry(begin: str, value: Any, indent: str) -> Iterator[str]:
    """A key and its value; lists stand as far in as their key."""
    if isinstance(value, list) and value and not _is_short(value):
        yield begin
        yield from _lines(value, indent)
    elif isinstance(value, dict) and value:
        yield begin
        yield from _lines(value, f"{indent}  ")
    elif isinstance(value, str) and _is_block(value):
        yield f"{begin} |-"
        yield from (f"{indent}  {line}" if line else "" for line in value.split("\n"))
    else:
        yield f"{begin} {_inline(value)}"


def _item(value: Any, indent: str) -> Iterator[str]:
    if (isinstance(value, dict) and value) or (isinstance(value, list) and not _is_short(value)):
        lines = _lines(value, f"{indent}  ")
        yield f"{indent}- {next(lines)[len(indent) + 2 :]}"
        yield from lines
    else:
        yield f"{indent}- {_inline(value)}"


def _is_short(value: list[Any]) -> bool:
    return len(value) <= MOST_IN_A_LINE and not any(isinstance(v, dict | list) for v in value)


def _inline(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, dict):
        return "{}"
    return scalar(value)


def scalar(value: Scalar) -> str:
    """A value on a line of its own or between commas."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int | Decimal):
        return number_text(value)
    return _quoted(value)


def _quoted(text: str) -> str:
    if PLAIN.fullmatch(text) and text.casefold() not in WORDS:
        return text
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    code = ord(sign)
    if sign in "\n\t":
        return "\\n" if sign == "\n" else "\\t"
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def _is_block(text: str) -> bool:
    """Whether a text of several lines can be written line by line."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and all(line.isprintable() and line == line.rstrip() for line in lines)
        and bool(lines[0])
        and not lines[0].startswith(" ")
        and bool(lines[-1])
    )
