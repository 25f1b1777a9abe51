"""Codes for one use each, made many at a time."""

from django.db import transaction

from orders.promo.models import PromoCode, Promotion
from orders.promo.writing import made

MOST = 5_000  # at a time


def make_codes(*, promotion: Promotion, count: int, start: str = "") -> list[PromoCode]:
    """So many new codes, each for one order; `start` is what all of them begin with."""
    found: set[str] = set()
    with transaction.atomic():
        while len(found) < count:
            fresh = {made(start) for _n in range(count - len(found))}
            found |= fresh - _taken(fresh)
        rows = [PromoCode(promotion=promotion, code=code, limit=1) for code in sorted(found)]
        return PromoCode.objects.bulk_create(rows, batch_size=500)


def _taken(codes: set[str]) -> set[str]:
    listed = sorted(codes)
    taken: set[str] = set()
    for begin in range(0, len(listed), 500):
        rows = PromoCode.objects.filter(code__in=listed[begin : begin + 500])
        taken |= set(rows.values_list("code", flat=True))
    return taken
