"""An offer with a code of one's own for each, and people who try somebody else's."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from orders.models import Order
from orders.promo.models import Promotion
from personalization.offering import services as offering
from personalization.offering.models import Grant, Offer
from personalization.people.models import Person
from personalization.simulating import effects
from personalization.simulating.crowd import Somebody, dice

if TYPE_CHECKING:
    from personalization.simulating.run import Run

NAME = "Ten percent"
STEALS = 0.3
"""So often somebody who orders tries a code of somebody else."""


def make() -> Offer:
    """Ten percent for whoever has looked at something."""
    promotion = Promotion(name=NAME, kind=Promotion.Kind.PERCENT, percent=Decimal(10))
    return offering.save(offer=Offer(rule="views at least 1", why=NAME), promotion=promotion)


def give(run: Run, who: Somebody, person: Person) -> None:
    """The page gives somebody their code, and some order for it."""
    try:
        grant = offering.code_for(person, run.offer, source="sim-offer")
    except offering.NotOffered as error:
        who.note(run.clock.now, f"is given no code: {error.why}")
        return
    who.code = grant.code.code
    who.note(run.clock.now, f"is given the code {grant.code.grouped}")
    run.meets(who, effects.OFFER)


def codes_of(run: Run, who: Somebody, for_it: bool) -> tuple[str, ...]:
    """What somebody writes into the field for codes: their own where they order for it, and now
    and then one of somebody else, which must not work."""
    if for_it:
        return (who.code,) if who.code else ()
    lot = dice(run.asked.seed, "steals", who.number, len(run.ledger.bought))
    others = [each.code for each in run.people if each.code and each is not who]
    return (lot.choice(others),) if others and lot.random() < STEALS else ()


def broken(people: dict[int, Somebody]) -> int:
    """Codes that came into more than one order or into somebody else's, and people with several."""
    owners = {
        code: people[person].email
        for code, person in Grant.objects.values_list("code__code", "person_id")
    }
    seen: set[str] = set()
    count = Grant.objects.count() - Grant.objects.values("person", "offer").distinct().count()
    for email, discounts in Order.objects.values_list("email", "discounts"):
        for each in discounts:
            code = each["code"]
            count += code in seen or owners.get(code) != email
            seen.add(code)
    return count
