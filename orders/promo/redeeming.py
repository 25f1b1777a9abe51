"""Using up codes with an order, never more often than they may be; and giving them back.

The counters are raised by an UPDATE that looks at the limit itself: of many buyers at the same
moment so many get it as are left, whatever each has read before.
"""

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from orders.models import Order
from orders.promo import personal
from orders.promo.applying import used_by
from orders.promo.models import PromoCode, Promotion, Redemption

ROOM = Q(limit=None) | Q(used__lt=F("limit"))


class UsedUp(Exception):
    """Somebody else was faster."""


def redeem(order: Order, codes: Sequence[PromoCode]) -> None:
    """Use these codes with a new order, in the caller's transaction. Raises UsedUp."""
    for row in sorted(codes, key=lambda row: (row.promotion_id, row.pk)):  # always in one order
        promotion = row.promotion
        take(Promotion.objects.filter(pk=promotion.pk, active=True))
        take(PromoCode.objects.filter(pk=row.pk))
        # Holding the promotion's row, nobody else of the same email is between.
        if promotion.once_per_person and used_by(promotion, order.email):
            raise UsedUp(row.code)
        if personal.refused(personal.Asking(row, order.email)):
            raise UsedUp(row.code)
        Redemption.objects.create(promotion=promotion, code=row, order=order)


def take(row: QuerySet[Promotion] | QuerySet[PromoCode]) -> None:
    """Count one more, if there is room. Raises UsedUp."""
    if not row.filter(ROOM).update(used=F("used") + 1):
        raise UsedUp


def give_back(order: Order) -> None:
    """The order is canceled: others may use its codes, in the caller's transaction."""
    standing = order.redemptions.filter(given_back_at=None).order_by("promotion_id", "code_id")
    for used in standing:
        mine = Redemption.objects.filter(pk=used.pk, given_back_at=None)
        if not mine.update(given_back_at=timezone.now()):
            continue
        Promotion.objects.filter(pk=used.promotion_id, used__gt=0).update(used=F("used") - 1)
        PromoCode.objects.filter(pk=used.code_id, used__gt=0).update(used=F("used") - 1)
