"""One run: customers come, the floor works, until everything that was ordered is finished."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from uuid import UUID

import time_machine
from celery import current_app
from django.utils import timezone

from configurator.capacity.calendar import DAY
from orders.factory.models import WorkOrder
from orders.factory.simulation import clock, customers
from orders.factory.simulation.customers import Market
from orders.factory.simulation.shop import Shop, Troubles
from orders.models import Job, Order

MOST_DAYS = 20
"""So many times the days of ordering may pass until all is finished."""


@dataclass(frozen=True)
class Asked:
    """What is to be simulated. Without `orders`, as many as give the `load` (of 1)."""

    days: int = 20
    orders: int | None = None
    load: float = 0.85
    seed: int = 1
    rush: float = 0.05
    papers: bool = False
    begins: date = date(2026, 3, 2)
    troubles: Troubles = field(default_factory=Troubles)


@dataclass
class Outcome:
    """What came of it; `minutes` is when orders came, from and to, and when all was over."""

    asked: Asked
    market: Market
    shop: Shop
    placed: dict[UUID, int]
    turned_away: int
    minutes: tuple[int, int, int]
    load: float


Progress = Callable[[int, int], None]


def simulate(asked: Asked, progress: Progress) -> Outcome:
    """Run it. The same `asked` on the same catalog gives the same outcome."""
    dice = random.Random(asked.seed)
    current_app.loader.import_default_modules()
    start = clock.midnight(asked.begins)
    with time_machine.travel(clock.moment(start), tick=False) as traveller:
        market = customers.market(dice)
        shop = Shop(customers.calendars(), asked.troubles, dice)
        arrivals, load = _arrivals(asked, market, shop, dice, start)
        placed: dict[UUID, int] = {}
        run = _Run(asked, market, shop, dice, placed)
        for number, minute in enumerate(arrivals):
            shop.at(minute, partial(run.customer, number))
        end = start + asked.days * DAY
        now = start
        while shop.events:
            now, _tie, what = heapq.heappop(shop.events)
            if now > start + asked.days * DAY * MOST_DAYS:
                break
            traveller.move_to(clock.moment(now))
            what(now)
            progress(len(placed) + run.turned_away, len(shop.seen.finished))
    return Outcome(asked, market, shop, placed, run.turned_away, (start, end, now), load)


def _arrivals(
    asked: Asked, market: Market, shop: Shop, dice: random.Random, start: int
) -> tuple[list[int], float]:
    """The minutes at which customers order, by day and night, and the load that they make."""
    days = [asked.begins + timedelta(days=n) for n in range(asked.days)]
    working = max(1, sum(any(h.shifts(day) for h in shop.hours.values()) for day in days))
    full = market.full_rate * working
    count = asked.orders if asked.orders is not None else round(full * asked.load)
    minutes = sorted(start + dice.randrange(asked.days * DAY) for _each in range(count))
    return minutes, count / full if full else 0.0


@dataclass
class _Run:
    """The customers' side of a run."""

    asked: Asked
    market: Market
    shop: Shop
    dice: random.Random
    placed: dict[UUID, int]
    turned_away: int = 0

    def customer(self, number: int, now: int) -> None:
        line = self.market.pick(self.dice)
        order = customers.order(line, self.dice, self.asked.rush, number)
        if order is None:
            self.turned_away += 1
            return
        self.placed[order.pk] = now
        self.perform(order)
        for work_order in WorkOrder.objects.filter(line__order=order).select_related("line__order"):
            self.shop.take_in(work_order, now)

    def perform(self, order: Order) -> None:
        """What Celery would do now: the job that releases the order, and papers if wanted."""
        for kind in ("factory.release_work_orders", "factory.render_build_sheet"):
            if kind == "factory.render_build_sheet" and not self.asked.papers:
                continue
            due = Job.objects.filter(kind=kind, state=Job.State.DUE, due_at__lte=timezone.now())
            for job in list(due):
                current_app.tasks[kind](str(job.pk))
