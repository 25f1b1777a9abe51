"""How what was ordered is rated: what people were not happy with is recommended less.

A vote tells what was chosen, stars how it was once it was there. A value that is rated below the
product's own average counts for less votes, the less the worse; what is rated well is no more than
it was chosen. Without stars nothing changes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp

from configurator.catalog.configuration import value_to_json
from configurator.catalog.opinions import Opinion, Opinions
from configurator.engine import Value

FEWEST = 5
"""People who gave stars, before they count at all."""
STRENGTH = 1.0
"""A value rated a star below the average has exp(-1) of its votes."""
BELOW = 0.5
"""So many stars below the average something is told to be rated badly."""


@dataclass(frozen=True)
class Tastes:
    """Opinions by (option, value as text), and the average of all of them."""

    opinions: Mapping[tuple[str, str], Opinion] = field(default_factory=dict)
    usual: float = 0.0

    @classmethod
    def of(cls, found: Opinions) -> Tastes:
        """Those of which enough people have said anything."""
        total = sum(each.count for each in found.values.values())
        if not total:
            return cls()
        usual = sum(each.count * each.mean for each in found.values.values()) / total
        kept = {key: each for key, each in found.values.items() if each.count >= FEWEST}
        return cls(kept, usual)

    def opinion(self, option: str, value: Value) -> Opinion | None:
        return self.opinions.get((option, text_of(value))) if self.opinions else None

    def less(self, option: str, value: Value) -> float:
        """The part of its votes that counts: 1, or less where it is rated below the average."""
        found = self.opinion(option, value)
        return 1.0 if found is None else weight_of(found.fair, self.usual)

    def disliked(self, option: str, value: Value) -> Opinion | None:
        """What people say of it, if it is clearly worse than of the rest."""
        found = self.opinion(option, value)
        return found if found is not None and found.fair <= self.usual - BELOW else None

    @property
    def mark(self) -> int:
        """The same as long as nothing else is said."""
        return hash((self.usual, frozenset(self.opinions.items())))


def weight_of(fair: float, usual: float) -> float:
    return exp(STRENGTH * min(0.0, fair - usual))


def text_of(value: Value) -> str:
    """A value as the text by which opinions are kept: a code as it is, anything else as JSON."""
    written = value_to_json(value)
    return written if isinstance(written, str) else json.dumps(written)
