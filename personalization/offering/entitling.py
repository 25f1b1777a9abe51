"""For whom an offer is, now."""

from collections.abc import Callable

from django.utils import timezone

from orders.promo.models import Promotion
from personalization.experiments import services as experiments
from personalization.offering.models import Offer
from personalization.people import consent, contacts
from personalization.people.models import Person
from personalization.people.purposes import ASKED, Channel, Purpose
from personalization.segments import services as segments
from personalization.segments.language import BadRule


class NotOffered(Exception):
    """It is not for them: `why` is one of ended, held_out, not_allowed, rule, address, used."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


Rule = Callable[[str], bool]
"""Whether a rule is true of somebody: a page that has found it out says so itself."""


def check(person: Person, offer: Offer, fits: Rule | None = None, *, reached: bool = False) -> None:
    """Raises NotOffered; `reached`: they are known to be outside of the global holdout."""
    if not is_open(offer.promotion):
        raise NotOffered("ended")
    if not reached and experiments.is_held_out(person):
        raise NotOffered("held_out")
    if offer.earned_by and not allowed(person, offer.earned_by):
        raise NotOffered("not_allowed")
    if offer.reached and not contacts.address_of(person, Channel.MAIL):
        raise NotOffered("address")
    if not _fits(person, offer, fits):
        raise NotOffered("rule")


def holds(person: Person, offer: Offer, fits: Rule | None = None) -> bool:
    """Whether a code that they have works yet, by what has to stay true of them."""
    return not offer.holds or _fits(person, offer, fits)


def _fits(person: Person, offer: Offer, fits: Rule | None) -> bool:
    return not offer.rule.strip() or (fits or (lambda rule: is_true_of(person, rule)))(offer.rule)


def is_open(promotion: Promotion) -> bool:
    """Whether there is anything to give now."""
    now = timezone.now()
    begun = promotion.starts_at is None or promotion.starts_at <= now
    over = promotion.ends_at is not None and promotion.ends_at <= now
    left = promotion.limit is None or promotion.used < promotion.limit
    return promotion.active and begun and not over and left


def is_true_of(person: Person, rule: str) -> bool:
    """Of nobody, if it names a fact that nobody has told any more."""
    try:
        return not rule.strip() or segments.matches(rule, person)
    except BadRule:
        return False


def allowed(person: Person, purpose: str) -> bool:
    """Whether somebody has said yes to it, by any way."""
    return any(
        (last := consent.decision_of(person, purpose, channel)) is not None and last.granted
        for channel in ASKED[Purpose(purpose)]
    )
