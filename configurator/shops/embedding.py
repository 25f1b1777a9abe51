"""Pages within pages of others: their addresses, and what is known about where they stand."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix

from configurator.shops.models import Shop, Theme, origins_in

ADDRESS = re.compile(
    r"/in/(?P<shop>[-\w]{1,50})(?:\.(?P<theme>[-\w]{1,50}))?/(?P<language>[a-z]{2})"
    r"(?:/~(?P<token>[-\w]{32}))?/(?P<rest>.*)\Z",
    re.ASCII | re.DOTALL,
)
"""/in/SHOP.THEME/LANGUAGE/~VISIT/ and the address of any page of the shop."""
CLOSED = (
    *("admin/", "login/", "logout/", "landing/", "factory/", "account/"),
    *("api/", "in/", "language/"),
)
"""What is never shown within pages of others: rooms of staff, and whoever signs in."""


@dataclass(frozen=True)
class Embedding:
    """Where a page is shown."""

    shop: Shop
    theme: Theme | None
    language: str
    token: str

    @property
    def origins(self) -> list[str]:
        return origins_in(self.shop.origins)

    @property
    def prefix(self) -> str:
        """What stands before every address of the visit."""
        return f"{entry_of(self.shop, self.theme, self.language)}~{self.token}/"


def entry_of(shop: Shop, theme: Theme | None, language: str) -> str:
    """Where a visit begins."""
    named = f".{theme.code}" if theme else ""
    return f"/in/{shop.code}{named}/{language}/"


def embedding_of(request: HttpRequest) -> Embedding | None:
    """Where the page of a request is shown; None for pages of their own."""
    found: Embedding | None = getattr(request, "embedding", None)
    return found


def public(address: str) -> str:
    """A page's address as others may be told it: whole, and without the visit."""
    prefix = get_script_prefix()
    path = f"/{address[len(prefix) :]}" if address.startswith(prefix) else address
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def whole_address(request: HttpRequest, address: str) -> str:
    """The same, at the host that was asked where the page stands by itself."""
    return public(address) if embedding_of(request) else request.build_absolute_uri(address)
