"""Which cart is this browser's: by a cookie of its own, of which the row keeps a hash."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from orders.cart.models import Cart

COOKIE = "cart"
LASTS = timedelta(days=90)
LONGEST = 100  # characters of a cookie that is looked at
SWEPT = 20  # old carts that go when a new one comes


def cart_of(request: HttpRequest) -> Cart | None:
    """The account's cart where one is signed in, else this browser's; None without one."""
    if request.user.is_authenticated:
        return Cart.objects.filter(user=request.user).first()
    return browsers_cart(request)


def browsers_cart(request: HttpRequest) -> Cart | None:
    """This browser's own cart; none that became an account's."""
    token = request.COOKIES.get(COOKIE, "")
    if not token or len(token) > LONGEST:
        return None
    return Cart.objects.filter(key=_hashed(token), user=None).first()


def open_cart(request: HttpRequest) -> tuple[Cart, str]:
    """A new cart, of the account where one is signed in, and what its cookie says. Some that nobody
    used for long are thrown away."""
    old = Cart.objects.filter(used_at__lt=timezone.now() - LASTS).values_list("pk", flat=True)
    Cart.objects.filter(pk__in=list(old[:SWEPT])).delete()
    token = secrets.token_urlsafe(32)
    user = request.user if request.user.is_authenticated else None
    return Cart.objects.create(key=_hashed(token), user=user), token


def give(response: HttpResponse, token: str) -> None:
    """The browser keeps its cart."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=LASTS,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
