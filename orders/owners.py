"""Whose orders these are: this browser's by its session and its cookie, an account's by their row.

An order's address is never told to anybody else.
"""

import hashlib

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from orders.models import Order

KEPT = 60


def browser_of(request: HttpRequest) -> str:
    """A hash that stays the same for one browser (its CSRF cookie); "" without cookies."""
    cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return hashlib.sha256(cookie.encode()).hexdigest() if cookie else ""


def note_order(request: HttpRequest, token: str) -> None:
    """This browser has the order's address."""
    others = [known for known in known_tokens(request) if known != token]
    request.session["orders"] = [token, *others][:KEPT]


def claim_order(request: HttpRequest, order: Order) -> None:
    """Who placed it has it: this browser, and its account where it is signed in."""
    note_order(request, order.token)
    if request.user.is_authenticated:
        Order.objects.filter(pk=order.pk, customer=None).update(customer=request.user)


def has_order(request: HttpRequest, token: str) -> bool:
    """Whether this browser had the order's address before, or its account has the order."""
    if token in known_tokens(request):
        return True
    user = request.user
    return user.is_authenticated and Order.objects.filter(token=token, customer=user).exists()


def own_orders(request: HttpRequest) -> QuerySet[Order]:
    """The orders of this browser and of its account, latest first."""
    mine = Q(token__in=known_tokens(request))
    if browser := browser_of(request):
        mine |= Q(browser=browser, customer=None)
    if request.user.is_authenticated:
        mine |= Q(customer=request.user)
    return Order.objects.filter(mine).order_by("-placed_at")


def known_tokens(request: HttpRequest) -> list[str]:
    """The addresses of orders that this browser has opened."""
    found = request.session.get("orders", [])
    return [str(token) for token in found] if isinstance(found, list) else []
