"""Who comes: people with habits of their own, drawn by a seed. No Django here."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp, inf
from zoneinfo import ZoneInfo

PLACES = (
    # time zone, language, country, how many of a hundred
    ("Europe/Warsaw", "pl", "PL", 35),
    ("Europe/Madrid", "es", "ES", 25),
    ("Europe/Berlin", "en", "DE", 20),
    ("Europe/London", "en", "FR", 10),
    ("America/New_York", "en", "DE", 6),
    ("Asia/Tokyo", "en", "FR", 4),
)
TASTES = 3
"""So many kinds of people there are by what they like."""
TIRE = 0.6
"""So many people tire of the shop in the end; the others always come again."""
STAY = 30
"""So many days they stay on average: on any of them they are as likely to leave as on the first."""


@dataclass(frozen=True)
class Habits:
    """What somebody is like: chances are from 0 to 1, days counted from the first."""

    arrives: float
    visits: float  # chance to come on a day
    designs: float  # chance to design something on a visit
    buys: float  # chance to order on a visit, without anything said to them
    reads: float  # chance that a message is read
    proves: bool  # whether they show that their address is theirs
    own_designs: bool  # whether they allow messages about their designs
    news: bool
    sms: bool
    objects_on: float | None  # the day on which they object to pages made for them
    withdraws_on: float | None  # the day on which they take back what they allowed
    hesitates: float  # chance to take a yes back while a message to them is being written
    taste: int
    tires: float  # how often a day, on average, somebody like them leaves for good
    leaves_on: float  # the day from which they never come of their own accord; infinite: none


@dataclass
class Somebody:
    """One of the crowd, and what the simulation itself noted of them: the truth, which no service
    is asked for."""

    number: int  # from 1
    key: uuid.UUID
    zone: str
    language: str
    country: str
    habits: Habits
    pk: int = 0
    quiet: bool = False
    visited: int = 0
    code: str = ""
    met: dict[str, str] = field(default_factory=dict)  # arms by experiment
    allowed: dict[tuple[str, str], list[tuple[datetime, bool]]] = field(default_factory=dict)
    diary: list[tuple[datetime, str]] = field(default_factory=list)

    @property
    def email(self) -> str:
        return f"person{self.number}@example.com"

    def note(self, at: datetime, text: str) -> None:
        """Something for the diary."""
        self.diary.append((at, text))

    def allows(self, purpose: str, channel: str, at: datetime) -> bool | None:
        """What they had last said at a moment; None: nothing."""
        said = [yes for when, yes in self.allowed.get((purpose, channel), []) if when <= at]
        return said[-1] if said else None


def dice(seed: int, *about: object) -> random.Random:
    """Chances of their own for everything, so that one more throw of one changes no other."""
    return random.Random(":".join(map(str, (seed, *about))))


def crowd(count: int, days: int, seed: int) -> list[Somebody]:
    """So many people, the same for the same numbers."""
    return [_somebody(number, days, seed) for number in range(1, count + 1)]


def _somebody(number: int, days: int, seed: int) -> Somebody:
    lot = dice(seed, "who", number)
    weights = [place[3] for place in PLACES]
    zone, language, country, _weight = lot.choices(PLACES, weights=weights)[0]
    key = uuid.UUID(int=lot.getrandbits(128), version=4)
    return Somebody(number, key, zone, language, country, _habits(lot, days))


def _habits(lot: random.Random, days: int) -> Habits:
    arrives = lot.uniform(0, max(0.3, 0.6 * days))
    return Habits(
        arrives=arrives,
        visits=min(0.9, lot.lognormvariate(-1.5, 0.6)),
        designs=lot.uniform(0.35, 0.75),
        buys=lot.betavariate(1.6, 22),
        reads=lot.uniform(0.5, 0.95),
        proves=lot.random() < 0.85,
        own_designs=lot.random() < 0.7,
        news=lot.random() < 0.5,
        sms=lot.random() < 0.15,
        objects_on=arrives + lot.expovariate(0.15) if lot.random() < 0.06 else None,
        withdraws_on=arrives + lot.expovariate(0.15) if lot.random() < 0.15 else None,
        hesitates=0.03,
        taste=lot.randrange(TASTES),
        tires=(tires := 1 / STAY if lot.random() < TIRE else 0.0),
        leaves_on=arrives + lot.expovariate(tires) if tires else inf,
    )


def never(who: Somebody, chance: float, since: int, days: int) -> float:
    """How likely it is that something does not happen to somebody on any of so many days, which
    happens on a day with this chance while they come; `since` that day, when they may be gone."""
    if who.habits.leaves_on <= since:
        return 1.0
    stays, none = exp(-who.habits.tires), 1.0
    for _day in range(days - 1):  # from the last: a day without it, and they leave or stay
        none = 1 - stays + stays * (1 - chance) * none
    return (1 - chance) * none


def visits_of(who: Somebody, start: datetime, days: int, seed: int) -> Iterator[datetime]:
    """When somebody comes: first as they arrive, then on some days, mostly by day, until they
    leave for good."""
    lot = dice(seed, "visits", who.number)
    yield start + timedelta(days=who.habits.arrives)
    zone = ZoneInfo(who.zone)
    for day in range(int(who.habits.arrives) + 1, days):
        if day >= who.habits.leaves_on:
            return
        if lot.random() < who.habits.visits:
            hour = min(23.9, max(0.0, lot.gauss(16, 5)))
            date = (start + timedelta(days=day)).date()
            midnight = datetime(date.year, date.month, date.day, tzinfo=zone)
            yield (midnight + timedelta(hours=hour)).astimezone(start.tzinfo)
