"""How often a browser or an address may have a mail sent, so that nobody's mailbox is filled."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

RATES = {"mail": "20/h/ip,4/h/key"}


def may_mail(request: HttpRequest, email: str) -> bool:
    """Whether one more mail may go to this address, asked for from here; counts it."""
    used = ratelimit.consume(
        request, app="accounts", action="mail", config=RATES, key=email.lower()
    )
    return bool(used)
