"""Whose orders a browser has opened; an order's address is never told to others than these."""

from django.http import HttpRequest

KEPT = 12


def note_order(request: HttpRequest, token: str) -> None:
    """This browser has the order's address."""
    others = [known for known in _known(request) if known != token]
    request.session["orders"] = [token, *others][:KEPT]


def has_order(request: HttpRequest, token: str) -> bool:
    """Whether this browser had the order's address before."""
    return token in _known(request)


def _known(request: HttpRequest) -> list[str]:
    found = request.session.get("orders", [])
    return [str(token) for token in found] if isinstance(found, list) else []
