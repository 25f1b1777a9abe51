"""The pages of the wizard: the catalog's steps, long ones in parts that a screen can hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from configurator.catalog.infos import OptionInfo, StepInfo
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import Text, say

LONGEST = 16
"""A step with more options than this is shown in parts of about this many."""


@dataclass(frozen=True)
class Page:
    """A step, or a part of one; `part` counts from 1, 0 if there is only one."""

    code: str
    name: Text
    help: Text
    options: tuple[OptionInfo, ...]
    part: int = 0

    def title(self, locale: str) -> str:
        """The step's name, with the part's number."""
        name = say(self.name, locale)
        return f"{name} {self.part}" if self.part else name


@lru_cache(maxsize=64)
def pages_of(product: ReleasedProduct) -> tuple[Page, ...]:
    """All pages of a product, in order."""
    return tuple(page for step in product.steps for page in _parts(step))


def _parts(step: StepInfo) -> Iterator[Page]:
    count = len(step.options)
    parts = -(-count // LONGEST)
    if parts <= 1:
        yield Page(step.code, step.name, step.help, step.options)
        return
    size = -(-count // parts)
    for index in range(parts):
        options = step.options[index * size : (index + 1) * size]
        yield Page(f"{step.code}.{index + 1}", step.name, step.help, options, index + 1)
