"""How moves are read from requests and answered: as a page, or as JSON to a tablet's kept taps."""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control

LONGEST_KEY = 64
Told = dict[str, Any]


def fresh(response: HttpResponse) -> HttpResponse:
    """Never from a cache: going back shows the state as it is."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def is_tap(request: HttpRequest) -> bool:
    """Whether a tablet sends a tap that it keeps until it is answered."""
    return request.headers.get("Accept", "").startswith("application/json")


def told_of(request: HttpRequest) -> Told:
    """Who moves, with which key, and for how many seconds the tap was on its way."""
    return {
        "by": request.user,
        "key": request.POST.get("key", "").replace("\x00", "")[:LONGEST_KEY],
        "ago": _seconds(request.POST.get("ago", "")),
    }


def answer(told: str, *, status: int = 200, url: str = "", poll: str = "") -> HttpResponse:
    """What a tablet is told of its tap, where to go on, and what to ask to hear of changes."""
    return fresh(JsonResponse({"told": told, "url": url, "poll": poll}, status=status))


def _seconds(text: str) -> float:
    try:
        seconds = float(text[:20])
    except ValueError:
        return 0.0
    return seconds if math.isfinite(seconds) else 0.0
