"""What the recommender says to people whose taste is known: how often it is what they like."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Value
from personalization.recommending.advising import ADVISER
from personalization.simulating.crowd import TASTES, Somebody
from personalization.simulating.designing import liked


@dataclass
class Advised:
    """How often something was said, how often it was what somebody of this taste likes best, and
    how often a guess that knows nothing of them would have been."""

    said: int = 0
    right: int = 0
    guessed: float = 0.0
    pleased: set[int] = field(default_factory=set)  # numbers of people, until they are asked

    def hear(
        self,
        who: Somebody,
        product: ReleasedProduct,
        now: Configuration,
        option: OptionInfo,
        values: Collection[Value],
    ) -> Value | None:
        """What is recommended to somebody of an option; None where nothing is."""
        if len(values) < 2 or not ADVISER.knows(product):
            return None
        advice = ADVISER.advice(product, now, option.code, values)
        if advice is None:
            return None
        best = liked(who.habits.taste, product.slug, option)
        alike = [liked(taste, product.slug, option) for taste in range(TASTES)]
        self.said += 1
        self.guessed += max(alike.count(value) for value in values) / TASTES
        if advice.value == best:
            self.right += 1
            self.pleased.add(who.number)
        return advice.value
