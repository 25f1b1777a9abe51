"""What came arrives, and is liked as much as its maker deserves."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from orders import services as orders
from orders.models import Order, OrderEvent
from orders.voices import services as voices
from personalization.people import visitors
from personalization.people.models import Person
from personalization.simulating.crowd import Somebody, dice

if TYPE_CHECKING:
    from personalization.simulating.run import Run

ON_THE_WAY = timedelta(days=4)
TRIED = timedelta(days=2)
SAYS = 0.5
STARS = (1, 2, 3, 4, 5)


def weights(slug: str) -> tuple[float, ...]:
    """How often a product gets one to five stars, of one."""
    lot = dice(0, "stars", slug)
    drawn = [lot.uniform(0.5, 4) * star for star in STARS]
    return tuple(each / sum(drawn) for each in drawn)


def true_mean(slug: str) -> float:
    return sum(star * weight for star, weight in zip(STARS, weights(slug), strict=True))


def later(run: Run, who: Somebody, placed: Order) -> None:
    """It is built, sent, and tried."""
    run.at(run.clock.now + ON_THE_WAY, partial(_ship, placed))
    run.at(run.clock.now + ON_THE_WAY + TRIED, partial(_rate, run, who, placed))


def _ship(placed: Order) -> None:
    orders.record(order_id=placed.pk, kind=OrderEvent.Kind.FINISHED)
    orders.record(order_id=placed.pk, kind=OrderEvent.Kind.SHIPPED)


def _rate(run: Run, who: Somebody, placed: Order) -> None:
    lot = dice(run.asked.seed, "rates", placed.number)
    line = placed.lines.select_related("specification__release__product").get()
    if lot.random() >= SAYS:
        return
    slug = line.specification.release.product.slug
    stars = lot.choices(STARS, weights=weights(slug))[0]
    with visitors.acting(Person.objects.get(pk=who.pk)):
        voices.say(line=line, stars=stars, language=who.language)
    who.note(run.clock.now, f"gives {stars} stars for {placed.number}")
