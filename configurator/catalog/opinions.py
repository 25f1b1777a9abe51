"""How the values of a product are liked; a room above gathers it, and says so through a port."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Opinion:
    """So many stars on average, by so many people. `fair` is the average as it should be counted
    on while few have said anything: drawn towards that of the whole product."""

    count: int
    mean: float
    fair: float


@dataclass(frozen=True)
class Opinions:
    """Of a product as a whole, and of its values as (option, value as text)."""

    whole: Opinion | None = None
    values: Mapping[tuple[str, str], Opinion] = field(default_factory=dict)


Teller = Callable[[str], Opinions]


def _nobody_knows(_slug: str) -> Opinions:
    return Opinions()


_tell: Teller = _nobody_knows


def told_by(teller: Teller) -> None:
    """Who gathers opinions; once, when the program starts."""
    global _tell
    _tell = teller


def opinions(slug: str) -> Opinions:
    """How the product of this address is liked."""
    return _tell(slug)
