"""What a rule reads of somebody."""

import re
from dataclasses import fields, is_dataclass
from typing import Any

from personalization.segments import words
from personalization.segments.language import BadRule, parse

WORD = re.compile(r"[^\W\d]\w*")
KNOWN_OTHERWISE = frozenset(words.NAMES)


def names_in(rule: str) -> frozenset[str]:
    """The facts that a rule reads. Raises BadRule."""
    found: set[str] = set()
    waiting: list[Any] = [parse(rule)] if rule.strip() else []
    while waiting:
        node = waiting.pop()
        if isinstance(name := getattr(node, "name", None), str):
            found.add(name)
        for each in fields(node):
            value = getattr(node, each.name)
            parts = value if isinstance(value, tuple) else (value,)
            waiting += [part for part in parts if is_dataclass(part)]
    return frozenset(found)


def told_in(rule: str) -> frozenset[str]:
    """Of these the ones that people have told about themselves. Of a rule that can't be read (what
    it names is asked no more) all words: what nobody told is nobody's."""
    try:
        return names_in(rule) - KNOWN_OTHERWISE
    except BadRule:
        return frozenset(WORD.findall(rule)) - KNOWN_OTHERWISE
