"""Messages that can be told in other languages later: a text whose parts are known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

WORDS, WITH = "say", "with"
"""How words are kept in JSON: {"say": "… %(name)s …", "with": {"name": "Frame"}}."""


class Words(str):
    """A message in English, which remembers its template and what was put into it.

    Whoever imports it as `_` has its templates collected for translation. Values are words,
    plain text, or texts by language ({"en": …}).
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        values = {name: _plain(value) for name, value in values.items()}
        shown = {name: _english(value) for name, value in values.items()}
        self = super().__new__(cls, template % shown if values else template)
        self.template = template
        self.values = values
        return self

    def __add__(self, more: str) -> Words:
        return joined("", [self, more])

    def __reduce__(self) -> tuple[object, ...]:
        return rebuilt, (kept(self),)


def joined(separator: str, parts: Iterable[str]) -> Words:
    """Words one after the other."""
    told = [part for part in parts if part]
    names = {f"n{index}": part for index, part in enumerate(told)}
    return Words(separator.join(f"%({name})s" for name in names), **names)


_ = Words


def either(parts: Iterable[str]) -> str:
    """One or the other."""
    told, *more = parts
    for part in more:
        told = _("%(one)s or %(other)s", one=told, other=part)
    return told


def listed(parts: Iterable[str]) -> str:
    """One after the other, the last with “and”."""
    *first, last = parts
    return _("%(list)s and %(last)s", list=joined(", ", first), last=last) if first else last


def kept(message: object) -> object:
    """A message as JSON; what is no message is kept as it is."""
    if isinstance(message, Words):
        values = {name: kept(value) for name, value in message.values.items()}
        return {WORDS: message.template, WITH: values}
    return message if isinstance(message, dict | str) else str(message)


def rebuilt(data: object) -> str:
    """The message of what was kept."""
    if isinstance(data, dict) and WORDS in data:
        return Words(data[WORDS], **{name: _part(value) for name, value in data[WITH].items()})
    return str(data)


def _part(value: object) -> object:
    return rebuilt(value) if isinstance(value, str) or WORDS in dict(value) else value  # type: ignore[call-overload]


def _plain(value: object) -> object:
    """What an error says, without its place."""
    return value.args[0] if isinstance(value, Exception) and value.args else value


def _english(value: object) -> object:
    if isinstance(value, dict):
        return value.get("en") or next((text for text in value.values() if text), "")
    return value
