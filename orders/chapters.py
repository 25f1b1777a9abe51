"""The chapters of an order's story; the workshop, a room above, tells its own through a port."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from orders.models import Order


@dataclass(frozen=True)
class Photo:
    """A photo of the making that is shown to the customer."""

    url: str
    caption: str
    at: datetime


@dataclass(frozen=True)
class Chapter:
    """A piece of the order's story.

    `at` is when it was done, None while it is not; `now` while it is being done, with `done` of
    `steps` behind it. `planned` is the day for which it is planned, in words.
    """

    kind: str
    title: str
    at: datetime | None = None
    now: bool = False
    done: int = 0
    steps: int = 0
    planned: str = ""
    note: str = ""
    photos: Sequence[Photo] = ()


@dataclass(frozen=True)
class Tracking:
    """How a parcel can be followed."""

    carrier: str
    number: str
    link: str


@dataclass(frozen=True)
class Told:
    """What the workshop tells of an order: its stages, photos of no stage, and parcels."""

    stages: Sequence[Chapter] = ()
    photos: Sequence[Photo] = ()
    parcels: Sequence[Tracking] = ()


@dataclass(frozen=True)
class Workshop:
    """Who tells of the making. `mark` changes with all that `tell` says, and costs little."""

    tell: Callable[[Order], Told]
    mark: Callable[[Order], str]


_workshop = Workshop(lambda _order: Told(), lambda _order: "")


def told_by(workshop: Workshop) -> None:
    """The workshop says how to ask it; once, when the program starts."""
    global _workshop
    _workshop = workshop


def told(order: Order) -> Told:
    """What there is to tell of the making."""
    return _workshop.tell(order)


def mark(order: Order) -> str:
    """Changes with all that there is to tell."""
    return _workshop.mark(order)
