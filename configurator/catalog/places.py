"""Places on pages and in mails that a room above may fill for whoever looks.

Rooms below ask with what the page is about, and nothing about who looks. While nobody fills a
place, everybody gets the default, which is the page's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.safestring import SafeString

from configurator.catalog.released import ReleasedProduct

OPENING = "home.opening"
PRODUCTS = "home.products"
DESIGNS = "designs"
HOME = "home.more"
PRODUCT = "product.more"
CART = "cart.more"
ORDER = "order.more"
MAIL = "mail.order"


@dataclass(frozen=True)
class About:
    """What a page or a mail is about: products by their slugs, an order."""

    products: tuple[str, ...] = ()
    order: UUID | None = None


NOTHING = About()


@dataclass(frozen=True)
class Tile:
    """Something in a mail besides what it is about: a product, a design, an offer. `picture` is a
    JPEG, `code` one of theirs; texts are plain, `more` are lines of them."""

    name: str
    text: str = ""
    why: str = ""
    price: str = ""
    link: str = ""
    code: str = ""
    until: str = ""
    more: tuple[str, ...] = ()
    picture: bytes = b""
    alt: str = ""


@dataclass(frozen=True)
class Words:
    """What stands at a place: texts are plain, `picture` and `link` are addresses. In mails `why`
    says why it is there, and `leave` is where to go to get no more of it; pictures come with them:
    `drawn` is a JPEG."""

    title: str
    text: str = ""
    button: str = ""
    link: str = ""
    picture: str = ""
    alt: str = ""
    why: str = ""
    leave: str = ""
    drawn: bytes = b""
    tiles: tuple[Tile, ...] = ()


class Filler:
    """Who fills places. As it stands here nobody does."""

    def words(self, request: HttpRequest, place: str) -> Words | None:
        """Words instead of those that are there."""
        return None

    def part(self, request: HttpRequest, place: str, about: About) -> SafeString:
        """A part of the page, ready to stand there; "" for none."""
        return SafeString("")

    def why(self, request: HttpRequest, place: str) -> SafeString:
        """Why this visitor sees what fills a place; "" where everybody does."""
        return SafeString("")

    def products(
        self, request: HttpRequest, products: Sequence[ReleasedProduct]
    ) -> Sequence[ReleasedProduct]:
        """All products, in the order in which they are shown."""
        return products

    def designs(self, request: HttpRequest, product: str, codes: Sequence[str]) -> Sequence[str]:
        """All of a product's designs to begin with, in the order in which they are shown."""
        return codes

    def letter(self, place: str, about: About) -> Words | None:
        """What a mail about an order says besides, in the active language; addresses are whole."""
        return None


NOBODY = Filler()
_filler: Filler = NOBODY


def filled_by(filler: Filler) -> None:
    """Say who fills the places; once, when the program starts."""
    global _filler
    _filler = filler


def filler() -> Filler:
    """Who fills the places now."""
    return _filler
