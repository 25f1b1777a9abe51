"""Codes are not found by trying: who has written many that there are not waits a while."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from orders.owners import browser_of
from orders.promo.models import PromoCode
from orders.promo.personal import is_foreign

WINDOW = 900  # seconds


@dataclass(frozen=True)
class Asked:
    """The codes that are looked at; none while `slowed`."""

    codes: tuple[str, ...] = ()
    slowed: bool = False


def asked(request: HttpRequest, codes: Sequence[str], by: str | None = None) -> Asked:
    """What somebody wrote, unless they tried too many; unknown ones count, each once. `by` tells
    who, where that is not the browser."""
    if not codes:
        return Asked()
    who = browser_of(request) if by is None else by
    keys = _keys(request, who)
    if any(int(cache.get(key, 0)) >= most for key, most in keys.items()):
        return Asked(slowed=True)
    rows = PromoCode.objects.filter(code__in=codes)
    known = {row.code for row in rows if not is_foreign(row)}
    for code in set(codes) - known:
        if cache.add(f"promo:seen:{who}:{code}", 1, WINDOW):
            for key in keys:
                _count(key)
    return Asked(tuple(codes))


def _keys(request: HttpRequest, who: str) -> dict[str, int]:
    """What is counted, and up to how many."""
    address = request.META.get("REMOTE_ADDR", "")
    found = {f"promo:from:{address}": int(settings.PROMO_TRIES_PER_ADDRESS)}
    if who:
        found[f"promo:by:{who}"] = int(settings.PROMO_TRIES)
    return found


def _count(key: str) -> None:
    cache.add(key, 0, WINDOW)
    try:
        cache.incr(key)
    except ValueError:  # it was dropped in between
        cache.add(key, 1, WINDOW)
