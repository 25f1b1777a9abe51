"""Texts and paths with options in braces: “Saw {wood}.”, layers/frame-{frame}.png."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from configurator.engine import Value

NAMED = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
"""An option's code in braces."""


def word(value: Value) -> str:
    """A value as the rule language and picture files write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def filled(template: str, values: Mapping[str, Value]) -> str:
    """The path of a picture file for these values; toggles are written yes and no."""
    return str(PurePosixPath(NAMED.sub(lambda found: word(values[found[1]]), template)))
