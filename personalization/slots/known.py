"""The places that there are, what may stand there, and what everybody gets otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from configurator.catalog import places

WORDS, ORDER, DESIGNS = "words", "order", "designs"
"""What fills a place: words (with a picture and a link, or found by others' orders), the order of
the products, the order of the designs to begin with."""


@dataclass(frozen=True)
class Place:
    """A place as marketers know it. `about_product`: it may be limited to one product."""

    code: str
    name: str | Promise
    otherwise: str | Promise
    kind: str = WORDS
    about_product: bool = False
    pictured: bool = True


_ALL = (
    Place(
        places.OPENING,
        _("Home page: the opening"),
        _("“Designed by you, made for you.”, with the first design to begin with."),
    ),
    Place(
        places.PRODUCTS,
        _("Home page: the order of the products"),
        _("As the catalog has them."),
        ORDER,
        pictured=False,
    ),
    Place(
        places.DESIGNS,
        _("Home page and products: the designs to begin with"),
        _("As the catalog has them. The first of the first product is the picture of the opening."),
        DESIGNS,
        pictured=False,
    ),
    Place(places.HOME, _("Home page: below the opening"), _("Nothing.")),
    Place(places.PRODUCT, _("A product’s page"), _("Nothing."), about_product=True),
    Place(places.CART, _("The cart"), _("Nothing."), about_product=True),
    Place(places.ORDER, _("The page of an order"), _("Nothing."), about_product=True),
    Place(
        places.MAIL,
        _("Mails about an order"),
        _("Nothing."),
        about_product=True,
    ),
)
PLACES: Mapping[str, Place] = {each.code: each for each in _ALL}
