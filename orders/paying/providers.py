"""The interface behind which payments are made; docs/payments.md tells how to add another way.

A provider is told of a payment by its id, so that telling it twice begins nothing twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from orders.paying.models import Payment, Refund

Words = str | Promise


class ProviderError(Exception):
    """The provider can't be reached, or refuses: nothing has happened, try again later."""


class Forged(Exception):
    """A message that the provider has not signed, or has signed long ago."""


@dataclass(frozen=True)
class Session:
    """A page of the provider's on which a payment is made."""

    reference: str
    address: str


@dataclass(frozen=True)
class Standing:
    """What the provider knows of a payment: "open", "paid" or "expired", and how much of what."""

    state: str
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Told:
    """What the provider told by itself; `key` is its own id of the message."""

    key: str
    kind: str
    reference: str
    standing: Standing


class Provider(Protocol):
    """A way to pay. `first`: nothing is built before it is paid."""

    code: str
    name: Words
    hint: Words
    first: bool

    def offered(self, currency: str) -> bool:
        """Whether customers may choose it."""
        ...

    def expires_at(self, now: datetime) -> datetime | None:
        """Until when it can be paid; None: for ever."""
        ...

    def begin(self, payment: Payment, *, title: str, return_url: str) -> Session | None:
        """A page to pay on, the same one if asked again; None: there is none. ProviderError."""
        ...

    def look(self, payment: Payment) -> Standing:
        """How it stands. ProviderError."""
        ...

    def close(self, payment: Payment) -> Standing:
        """Let it not be paid any more, and how it stands then. ProviderError."""
        ...

    def refund(self, refund: Refund) -> None:
        """Send money back, once however often it is asked. ProviderError."""
        ...

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        """What a message says; Forged if it is not the provider's."""
        ...


def providers() -> dict[str, Provider]:
    """All ways to pay by their codes, as settings name them."""
    found: list[Provider] = [import_string(path)() for path in settings.PAYMENT_PROVIDERS]
    return {provider.code: provider for provider in found}


def provider(code: str) -> Provider:
    """One of them; LookupError."""
    found = providers()
    if code not in found:
        raise LookupError(code)
    return found[code]


def offered(currency: str) -> list[Provider]:
    """What customers may choose from, the usual first."""
    return [each for each in providers().values() if each.offered(currency)]
