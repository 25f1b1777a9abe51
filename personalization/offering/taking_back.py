"""Codes go with what earned them, unless they were used."""

from django.utils import timezone

from orders.promo.models import PromoCode
from personalization.offering import entitling
from personalization.offering.models import Grant, Offer
from personalization.people.profiles import members
from personalization.people.withdrawing import Withdrawal
from personalization.segments.language import BadRule
from personalization.segments.reading import names_in


def hear(withdrawal: Withdrawal) -> None:
    """Void what a withdrawal takes back, in its transaction."""
    whole = members(withdrawal.person.whole_id)
    rows = Grant.objects.filter(person__in=whole, withdrawn_at=None).select_related("offer")
    for grant in rows.order_by("code_id"):
        if _rests_on(grant.offer, withdrawal):
            withdraw(grant)


def _rests_on(offer: Offer, withdrawal: Withdrawal) -> bool:
    if offer.earned_by and offer.earned_by == withdrawal.purpose:
        return not entitling.allowed(withdrawal.person, offer.earned_by)
    try:
        return bool(withdrawal.facts & names_in(offer.rule))
    except BadRule:  # it names a fact that nobody has told any more
        return bool(withdrawal.facts)


def withdraw(grant: Grant) -> None:
    """The code is void. Of an order that uses it at this moment and this, one wins."""
    PromoCode.objects.filter(pk=grant.code_id, used=0).update(limit=0)
    Grant.objects.filter(pk=grant.pk).update(withdrawn_at=timezone.now())
