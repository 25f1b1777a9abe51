"""Offers for choices that are ready sooner: they work for what they were given for."""

from collections.abc import Sequence

from orders.promo.personal import Goods
from personalization.offering.models import Grant


def refused(grant: Grant, goods: Sequence[Goods]) -> str:
    """Why a code that was given for a choice does not work for these goods; "" if it does."""
    return ""
