"""How much one visitor may write, so that nobody's inbox is filled."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from orders.owners import browser_of

WINDOW = 3600  # seconds


def may_write(request: HttpRequest) -> bool:
    """Whether one more may be written from here; counts it."""
    address = request.META.get("REMOTE_ADDR", "")
    keys = {f"dialogue:from:{address}": int(settings.TALKS_PER_ADDRESS)}
    if browser := browser_of(request):
        keys[f"dialogue:by:{browser}"] = int(settings.TALKS_PER_BROWSER)
    if any(int(cache.get(key, 0)) >= most for key, most in keys.items()):
        return False
    for key in keys:
        cache.add(key, 0, WINDOW)
        try:
            cache.incr(key)
        except ValueError:  # it was dropped in between
            cache.add(key, 1, WINDOW)
    return True
