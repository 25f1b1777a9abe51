"""What stands behind errors: a content without the rows that are wrong, so that the rest of it can
be examined, too. Places stay as they are: a row that is taken out leaves one that says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from configurator.catalog.content import Content, Path, options_of

NOTHING: dict[str, dict[str, Any]] = {
    "rules": {"rule": "1 = 1", "allow": None, "forbid": None},
    "prices": {"when": "", "amount": "0"},
    "parts": {},
    "operations": {},
    "coverage": {},
}
"""The kinds of rows that can be taken out, and what says nothing in their place."""
MADE = frozenset({"parts", "operations", "coverage"})
"""Statements about parts and operations speak of all of them: none is examined without the rest."""


def rows_at(paths: Iterable[Path]) -> frozenset[Path]:
    """The rows that can be taken out at these places; a picture is one row."""
    found: set[Path] = set()
    for path in paths:
        match path:
            case (str(kind), int(index), *_) if kind in NOTHING:
                found.add((kind, index))
            case ("picture", *_):
                found.add(("picture",))
    return frozenset(found)


def without(content: Content, rows: Iterable[Path]) -> Content:
    """The content as if these rows said nothing."""
    left = deepcopy(content)
    made = False
    for kind, *index in rows:
        if kind == "picture":
            left["picture"] = {}
        elif kind in MADE:
            made = True
        else:
            left[str(kind)][index[0]].update(NOTHING[str(kind)])
    if made:
        _unmade(left)
    return left


def _unmade(content: Content) -> None:
    for kind in MADE:
        content[kind] = []
    for option in options_of(content):
        option["needs"] = ""
        for choice in option["choices"]:
            choice["needs"] = ""
