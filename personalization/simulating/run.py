"""One run: people come, design, allow, order and take back; what is due meanwhile is done."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from time import perf_counter, process_time
from typing import TypeVar
from zoneinfo import ZoneInfo

from configurator.catalog.models import Release
from orders.models import Order
from personalization.experiments.models import Experiment
from personalization.recommending.advising import ADVISER
from personalization.simulating import acts, forecasting, offers, pages, saying, world
from personalization.simulating.advised import Advised
from personalization.simulating.clock import Clock, simulated
from personalization.simulating.crowd import Somebody, crowd, dice, visits_of
from personalization.simulating.effects import Bought, Chance, Ledger, Treatment
from personalization.simulating.forecasting import Forecast
from personalization.simulating.killing import Fleet
from personalization.simulating.working import Hands, Post, Workers

BEGINS = datetime(2026, 3, 9, tzinfo=ZoneInfo("UTC"))
"""So that the clocks of Europe change within a month."""
NEWS_EVERY = timedelta(days=6)
Told = TypeVar("Told")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Asked:
    """What is to be simulated."""

    people: int
    days: int
    seed: int = 1
    kill: bool = False  # workers, at random moments


@dataclass
class Outcome:
    """What came of it: the truth, and when the shop's reports are to be read."""

    asked: Asked
    people: list[Somebody]
    ledger: Ledger
    trials: dict[str, Experiment]
    ends: datetime
    asked_for: int = 0  # messages
    turned_away: int = 0
    hesitated: set[int] = field(default_factory=set)
    seconds: list[tuple[float, float]] = field(default_factory=list)  # by every day
    jobs: int = 0
    kills: int = 0
    advised: Advised = field(default_factory=Advised)
    forecast: Forecast | None = None


class Run:
    """The state of a run, and what happens in it."""

    def __init__(self, asked: Asked, clock: Clock) -> None:
        self.asked, self.clock = asked, clock
        self.slugs = sorted(
            Release.objects.filter(live=True).values_list("product__slug", flat=True)
        )
        self.people = crowd(asked.people, asked.days, asked.seed)
        self.by_pk: dict[int, Somebody] = {}
        self.ledger = Ledger()
        self.trials = world.make(asked.days)
        self.offer = offers.make()
        pages.make()
        self.ends = BEGINS + timedelta(days=asked.days)
        self.agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self.post = Post(lambda message: acts.receive(self, self.by_pk[message.person_id], message))
        self.workers: Workers = Hands(self.clock, self.post)
        self.asked_for = self.turned_away = 0
        self.hesitated: set[int] = set()
        self.begins = BEGINS
        self.advised = Advised()
        self.forecast: Forecast | None = None

    def at(self, moment: datetime, what: Callable[[], None]) -> None:
        """Have something happen then, if the run lasts so long."""
        if moment < self.ends:
            heapq.heappush(self.agenda, (moment, len(self.agenda) + self._tie(), what))

    _ties = 0

    def _tie(self) -> int:
        self._ties += 1_000_000
        return self._ties

    def plan(self) -> None:
        """Write all visits, changes of mind and news into the agenda."""
        for who in self.people:
            for moment in visits_of(who, BEGINS, self.asked.days, self.asked.seed):
                self.at(moment, partial(acts.visit, self, who))
            for day, what in (
                (who.habits.objects_on, acts.object_),
                (who.habits.withdraws_on, acts.withdraw),
            ):
                if day is not None:
                    self.at(BEGINS + timedelta(days=day), partial(what, self, who))
        if (told := forecasting.moment(BEGINS, self.asked.days)) is not None:
            self.at(told, partial(forecasting.tell, self))
        moment = BEGINS + timedelta(days=1, hours=8)
        while moment < self.ends:
            self.at(moment, partial(acts.tell_news, self))
            moment += NEWS_EVERY

    def go(self, until: datetime) -> None:
        """What happens until then."""
        while self.agenda and self.agenda[0][0] < until:
            moment, _tie, what = heapq.heappop(self.agenda)
            self.workers.until(moment)
            self.clock.to(moment)
            what()
        self.workers.until(until)

    # effects

    def meets(self, who: Somebody, treatment: Treatment, share: float = 1.0) -> None:
        """Somebody meets a treatment now, `share` of it: the lot says whether it does anything."""
        count = len(self.ledger.chances_of(who.pk, [treatment.name]))
        lot = dice(self.asked.seed, treatment.name, who.number, count)
        probability = treatment.chance * share
        fired = lot.random() < probability
        later = timedelta(hours=lot.uniform(0.2, treatment.hours))
        chance = Chance(treatment.name, who.pk, self.clock.now + later, probability, fired)
        self.ledger.chances.append(chance)
        self.at(chance.at, partial(self._comes_true, who, chance))

    def _comes_true(self, who: Somebody, chance: Chance) -> None:
        chance.seen = not who.quiet
        if chance.fired:
            acts.order(self, who, chance)

    def bought(self, who: Somebody, placed: Order, why: Chance | None) -> None:
        amount, off = float(placed.total), sum(Decimal(x["net"]) for x in placed.discounts)
        before = amount * float((placed.net + off) / placed.net)
        bought = Bought(who.pk, self.clock.now, amount, before, why, not who.quiet)
        self.ledger.bought.append(bought)

    # who works

    def begin(self) -> None:
        """Workers come; those that are to be killed as what they do is ready to be done."""
        if self.asked.kill:
            minds = partial(acts.change_minds, self)
            self.workers = Fleet(self.clock, self.post, self.asked.seed, minds)


def simulate(
    asked: Asked,
    tell: Callable[[Outcome], Told],
    progress: Progress = lambda _day, _orders: None,
) -> Told:
    """Run it in the database that there is; what `tell` says of it while it is still the end of the
    run. The same `asked` gives the same outcome."""
    with simulated(BEGINS) as clock:
        ADVISER.forget()
        run = Run(asked, clock)
        run.plan()
        with saying.watched(partial(acts.hesitate, run)):
            seconds = list(_days(run, progress))
        return tell(_outcome(run, seconds))


def _days(run: Run, progress: Progress) -> Iterator[tuple[float, float]]:
    """Day after day: the seconds that went by, and those that this process worked."""
    run.begin()
    try:
        for day in range(1, run.asked.days + 1):
            began, worked = perf_counter(), process_time()
            run.go(BEGINS + timedelta(days=day))
            progress(day, len(run.ledger.bought))
            yield perf_counter() - began, process_time() - worked
    finally:
        run.workers.close()


def _outcome(run: Run, seconds: list[tuple[float, float]]) -> Outcome:
    return Outcome(
        asked=run.asked,
        people=run.people,
        ledger=run.ledger,
        trials=run.trials,
        ends=run.ends,
        asked_for=run.asked_for,
        turned_away=run.turned_away,
        hesitated=run.hesitated,
        seconds=seconds,
        jobs=run.workers.done,
        kills=run.workers.kills,
        advised=run.advised,
        forecast=run.forecast,
    )
