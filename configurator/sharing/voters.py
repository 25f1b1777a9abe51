"""Who likes and reports: an account, or the browser of a guest."""

import secrets

from django.http import HttpRequest

from configurator.sharing import gallery


def voter_of(request: HttpRequest, *, make: bool = False) -> str:
    """A name for who asks, the same at every visit; "" for a guest who was not named yet.

    With `make` a guest is named.
    """
    if request.user.is_authenticated:
        return f"u{request.user.pk}"
    known = str(request.session.get("voter", ""))
    if not known and make:
        known = request.session["voter"] = secrets.token_urlsafe(16)
    return known


def adopt(request: HttpRequest) -> None:
    """Whoever has signed in takes along what this browser liked as a guest."""
    guest = str(request.session.pop("voter", ""))
    if guest and request.user.is_authenticated:
        gallery.adopt(guest=guest, account=voter_of(request))
