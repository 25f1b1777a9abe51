"""Promotions for tests."""

from decimal import Decimal
from typing import Any

from orders.promo.models import PromoCode, Promotion


def promotion(code: str, code_limit: int | None = None, **terms: Any) -> Promotion:
    """Ten percent off, with one code, unless told otherwise."""
    usual = {"name_en": "Spring", "kind": Promotion.Kind.PERCENT, "percent": Decimal(10)}
    made = Promotion.objects.create(**{**usual, **terms})
    PromoCode.objects.create(promotion=made, code=code, limit=code_limit)
    return made
