"""Offers for choices that are ready sooner: told where one designs, given when one is taken, good
for designs with that choice. All is measured at the moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from configurator.catalog.configuration import Configuration
from configurator.engine import Value
from configurator.wizard.models import Design
from configurator.wizard.sooner import Reward, Sooner
from orders.promo.personal import Goods
from personalization.offering import entitling, words
from personalization.offering.models import Grant, Offer
from personalization.people import visitors
from personalization.people.models import Person
from personalization.people.profiles import members

if TYPE_CHECKING:
    from configurator.wizard.screen import Screen


def offers_for(found: Sooner, product_id: int) -> list[Offer]:
    """Open offers for bringing a product forward so much, those that ask for most first."""
    rows = Offer.objects.filter(sooner__lte=found.days, promotion__active=True)
    rows = rows.select_related("promotion").order_by("-sooner", "-pk")
    return [row for row in rows if entitling.is_open(row.promotion) and _is_of(row, product_id)]


def _is_of(offer: Offer, product_id: int) -> bool:
    only = set(offer.promotion.products.values_list("pk", flat=True))
    return not only or product_id in only


def _is_theirs(offer: Offer, person: Person | None) -> bool:
    """Whether it can be promised to whoever looks: to somebody who is nobody yet, only what is for
    all."""
    if person is None:
        return not offer.reached and not offer.rule.strip() and not offer.earned_by
    whole = members(person.whole_id)
    if Grant.objects.filter(offer=offer, person__in=whole, code__used__gt=0).exists():
        return False
    try:
        entitling.check(person, offer)
    except entitling.NotOffered:
        return False
    return True


def reward_for(screen: Screen, found: Sooner) -> Reward | None:
    """What is given for it to whoever looks."""
    offers = offers_for(found, screen.design.release.product_id)
    person = visitors.known() if offers else None
    shown = next((each for each in offers if each.shown and _is_theirs(each, person)), None)
    if shown is None:
        return None
    told = _("With a code: %(worth)s.") % {"worth": words.worth(shown.promotion)}
    return Reward(told, reverse("steering:take", args=[screen.design.pk]))


def refused(grant: Grant, goods: Sequence[Goods]) -> str:
    """Why a code that was given for a choice does not work for these goods; "" if it does."""
    if not grant.steered:
        return ""
    only = set(grant.offer.promotion.products.values_list("pk", flat=True))
    ids = [each.design_id for each in goods if not only or each.product_id in only]
    states = Design.objects.filter(pk__in=[pk for pk in ids if pk]).values_list("state", flat=True)
    if all(_has(state, grant.steered) for state in states):
        return ""
    told = str(grant.steered.get("said", ""))
    return _("This code is for designs with %(choice)s.") % {"choice": told}


def _has(state: dict[str, object], steered: dict[str, object]) -> bool:
    chosen: Value | None = Configuration.from_json(state).choices.get(str(steered["option"]))
    return chosen == steered["value"]
