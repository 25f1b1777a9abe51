"""Offers for tests."""

from typing import Any

from orders.promo.models import Promotion
from personalization.offering.models import Offer


def offer(rule: str = "", *, terms: dict[str, Any] | None = None, **how: Any) -> Offer:
    """Ten percent for everybody, unless told otherwise."""
    usual = {"name_en": "For you", "kind": Promotion.Kind.PERCENT, "percent": 10}
    promotion = Promotion.objects.create(**{**usual, **(terms or {})})
    return Offer.objects.create(promotion=promotion, rule=rule, **how)
