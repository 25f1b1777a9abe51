"""Codes for one use each, made many at a time."""

from datetime import datetime

from django.db import transaction

from orders.promo.models import PromoCode, Promotion
from orders.promo.writing import MADE, OWN, made

MOST = 10_000  # at a time


def make_codes(
    *,
    promotion: Promotion,
    count: int,
    start: str = "",
    personal: bool = False,
    ends_at: datetime | None = None,
) -> list[PromoCode]:
    """So many new codes, each for one order; `start` is what all of them begin with. `personal`
    ones are long, and work for nobody until somebody is said to own them."""
    letters = OWN if personal else MADE
    found: set[str] = set()
    with transaction.atomic():
        while len(found) < count:
            fresh = {made(start, letters) for _n in range(count - len(found))}
            found |= fresh - _taken(fresh)
        about = {"promotion": promotion, "limit": 1, "personal": personal, "ends_at": ends_at}
        rows = [PromoCode(code=code, **about) for code in sorted(found)]
        return PromoCode.objects.bulk_create(rows, batch_size=500)


def _taken(codes: set[str]) -> set[str]:
    listed = sorted(codes)
    taken: set[str] = set()
    for begin in range(0, len(listed), 500):
        rows = PromoCode.objects.filter(code__in=listed[begin : begin + 500])
        taken |= set(rows.values_list("code", flat=True))
    return taken
