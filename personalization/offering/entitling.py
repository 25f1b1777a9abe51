"""For whom an offer is, now."""

from django.utils import timezone

from orders.promo.models import Promotion
from personalization.experiments import services as experiments
from personalization.offering.models import Offer
from personalization.people import consent, contacts
from personalization.people.models import Person
from personalization.people.purposes import ASKED, Channel, Purpose
from personalization.segments import services as segments


class NotOffered(Exception):
    """It is not for them: `why` is one of ended, held_out, not_allowed, rule, address, used."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def check(person: Person, offer: Offer) -> None:
    """Raises NotOffered."""
    if not is_open(offer.promotion):
        raise NotOffered("ended")
    if experiments.is_held_out(person):
        raise NotOffered("held_out")
    if offer.earned_by and not allowed(person, offer.earned_by):
        raise NotOffered("not_allowed")
    if offer.reached and not contacts.address_of(person, Channel.MAIL):
        raise NotOffered("address")
    if not is_true_of(person, offer.rule):
        raise NotOffered("rule")


def is_open(promotion: Promotion) -> bool:
    """Whether there is anything to give now."""
    now = timezone.now()
    begun = promotion.starts_at is None or promotion.starts_at <= now
    over = promotion.ends_at is not None and promotion.ends_at <= now
    left = promotion.limit is None or promotion.used < promotion.limit
    return promotion.active and begun and not over and left


def is_true_of(person: Person, rule: str) -> bool:
    return not rule.strip() or segments.matches(rule, person)


def allowed(person: Person, purpose: str) -> bool:
    """Whether somebody has said yes to it, by any way."""
    return any(
        (last := consent.decision_of(person, purpose, channel)) is not None and last.granted
        for channel in ASKED[Purpose(purpose)]
    )
