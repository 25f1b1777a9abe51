"""How many pieces are in this browser's cart, for the head of every page; asked only if shown."""

from django.db.models import Sum
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from orders.cart.keys import COOKIE, cart_of


def cart(request: HttpRequest) -> dict[str, object]:
    """`cart_count`: 0 without a cookie, and then nothing is asked."""

    def count() -> int:
        known = COOKIE in request.COOKIES or request.user.is_authenticated
        found = cart_of(request) if known else None
        if found is None:
            return 0
        rows = found.items.filter(removed_at=None, saved=False)
        return int(rows.aggregate(pieces=Sum("quantity"))["pieces"] or 0)

    return {"cart_count": SimpleLazyObject(count)}
