"""The pull sheet: what each work center does, batched so that it is set up as seldom as can be.

Operations that need the same set-up stand together: the same operation of the same product with the
same facets (materials, thicknesses, chosen values). Set-ups follow one another so that little
changes from one to the next. Every operation of every work order is on the sheet exactly once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from orders.factory.papers.facts import Facet, Piece, Unit, Work

FAR = date.max


@dataclass(frozen=True)
class Task:
    """One operation of one work order."""

    unit: Unit
    work: Work

    @property
    def key(self) -> tuple[str, str, tuple[Facet, ...]]:
        """What the place must be set up for."""
        return (self.unit.slug, self.work.code, self.work.facets)


@dataclass(frozen=True)
class SetUp:
    """Tasks done one after another without changing anything; rush first, then as they are due."""

    name: str
    facets: tuple[Facet, ...]
    tasks: tuple[Task, ...]

    @property
    def key(self) -> tuple[str, str, tuple[Facet, ...]]:
        return self.tasks[0].key

    @property
    def minutes(self) -> Decimal:
        """The set-up is done once: the longest that any of them needs."""
        return max(task.work.setup for task in self.tasks)

    @property
    def run(self) -> Decimal:
        return sum((task.work.run for task in self.tasks), Decimal(0))

    @property
    def units(self) -> int:
        return sum(task.unit.quantity for task in self.tasks)

    @property
    def saved(self) -> Decimal:
        """Minutes against setting up for every work order by itself."""
        return sum((task.work.setup for task in self.tasks), Decimal(0)) - self.minutes

    @property
    def rush(self) -> bool:
        return any(task.unit.rush for task in self.tasks)

    def parts(self) -> list[Piece]:
        """What all the tasks use, equal parts added up."""
        return added(piece for task in self.tasks for piece in task.work.pieces)


@dataclass(frozen=True)
class Station:
    """What one work center does on one day (None: not planned to a day)."""

    center: str
    name: str
    day: date | None
    setups: tuple[SetUp, ...]

    @property
    def tasks(self) -> list[Task]:
        return [task for setup in self.setups for task in setup.tasks]

    @property
    def saved(self) -> Decimal:
        return sum((setup.saved for setup in self.setups), Decimal(0))

    @property
    def minutes(self) -> Decimal:
        return sum((setup.minutes + setup.run for setup in self.setups), Decimal(0))


def pull(units: Iterable[Unit]) -> list[Station]:
    """Everything that is still to do, by work center and day; the same units, the same sheet."""
    groups: dict[tuple[str, date], list[Task]] = {}
    for unit in sorted(units, key=lambda unit: unit.number):
        for work in unit.works:
            groups.setdefault((work.center, work.day or FAR), []).append(Task(unit, work))
    return [_station(center, day, groups[center, day]) for center, day in sorted(groups)]


def added(pieces: Iterable[Piece]) -> list[Piece]:
    """Equal parts as one with the sum of their quantities; by bin, then as they came."""
    sums: dict[tuple[object, ...], tuple[Piece, Decimal, Decimal]] = {}
    for piece in pieces:
        same = (piece.bin, piece.number, piece.name, piece.material, piece.unit, piece.cut)
        first, quantity, scrap = sums.get(same, (piece, Decimal(0), Decimal(0)))
        sums[same] = (first, quantity + piece.quantity, scrap + piece.scrap)
    return [
        Piece(p.code, p.name, p.number, p.material, quantity, p.unit, p.bin, p.cut, scrap)
        for p, quantity, scrap in sums.values()
    ]


def changes(setups: Sequence[SetUp]) -> int:
    """How much changes along the sequence: facets that come or go, and one for the operation."""
    return sum(distance(a, b) for a, b in pairwise(setups))


def distance(a: SetUp, b: SetUp) -> int:
    return len(set(a.facets) ^ set(b.facets)) + (a.key[:2] != b.key[:2])


def _station(center: str, day: date, tasks: Sequence[Task]) -> Station:
    groups: dict[tuple[str, str, tuple[Facet, ...]], list[Task]] = {}
    for task in sorted(tasks, key=_urgency):
        groups.setdefault(task.key, []).append(task)
    setups = [SetUp(found[0].work.name, key[2], tuple(found)) for key, found in groups.items()]
    name = tasks[0].work.center_name
    return Station(center, name, None if day == FAR else day, tuple(_ordered(setups)))


def _urgency(task: Task) -> tuple[bool, date, str]:
    return (not task.unit.rush, task.unit.due_on, task.unit.number)


def _ordered(setups: Sequence[SetUp]) -> Sequence[SetUp]:
    """Set-ups with rush work before the others, in that order of three with the fewest changes:
    as due, always to the nearest, and by what is needed."""
    rush = [setup for setup in setups if setup.rush]
    rest = [setup for setup in setups if not setup.rush]
    near = _nearest(rush)
    near += _nearest(rest, after=near[-1] if near else None)
    alike = [*sorted(rush, key=_needed), *sorted(rest, key=_needed)]
    return min(([*rush, *rest], near, alike), key=changes)


def _needed(setup: SetUp) -> tuple[str, str, tuple[Facet, ...]]:
    return setup.key


def _nearest(setups: Sequence[SetUp], after: SetUp | None = None) -> list[SetUp]:
    """From `after`, or the most urgent, on always to the one that changes least; then as due."""
    left = list(setups)
    found: list[SetUp] = []
    while left:
        here = found[-1] if found else after
        nearest = min(range(len(left)), key=lambda i: distance(here, left[i]) if here else 0)
        found.append(left.pop(nearest))
    return found
