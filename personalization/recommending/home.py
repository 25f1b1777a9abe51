"""What a home page may show: from the designs of this visit, with nothing about who it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Lower

from configurator.catalog.configuration import Configuration
from configurator.catalog.models import Product
from configurator.catalog.opinions import opinions
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.limits import FREE, knows_prices
from configurator.wizard.models import Design
from orders.models import OrderLine
from personalization.recommending.advising import ADVISER, FEWEST
from personalization.recommending.gathering import COUNTED
from personalization.recommending.tastes import weight_of

LOOKED_AT = 5
"""So many more are looked at, so that one that is rated well takes the place of another."""
MIDDLE = 3.0
"""Stars below which a product is not liked."""


@dataclass(frozen=True)
class Finished:
    """A design of the visit, finished as others did."""

    design: Design
    product: ReleasedProduct
    configuration: Configuration


@dataclass(frozen=True)
class Companion:
    """Another product that so many customers have ordered, too."""

    product_id: int
    customers: int


def finished(designs: Iterable[Design], most: int = 3) -> list[Finished]:
    """The designs as others would go on; those of which nothing is known are left out."""
    found = []
    for design in designs:
        product = released(design.release_id)
        now = Configuration.from_json(design.state)
        if not now.choices or not knows_prices(product) or not ADVISER.knows(product):
            continue
        whole = ADVISER.whole(product, now, FREE)
        if whole is not None:
            found.append(Finished(design, product, whole))
        if len(found) == most:
            break
    return found


def companions(product_ids: Collection[int], most: int = 3) -> list[Companion]:
    """What customers who ordered one of these products ordered besides, the most frequent first,
    less what they are not happy with; never of fewer than five customers."""
    ordered = OrderLine.objects.filter(order__state__in=COUNTED).annotate(by=Lower("order__email"))
    product = "specification__release__product"
    theirs = ordered.filter(**{f"{product}__in": product_ids}).exclude(by="").values("by")
    rows = (
        ordered.filter(by__in=theirs)
        .exclude(**{f"{product}__in": product_ids})
        .values_list(product)
        .annotate(customers=Count("by", distinct=True))
        .filter(customers__gte=FEWEST)
        .order_by("-customers", product)
    )
    found = list(rows[: most + LOOKED_AT])
    slugs = dict(Product.objects.filter(pk__in=[pk for pk, _n in found]).values_list("pk", "slug"))
    liked = {pk: _liked(slug) for pk, slug in slugs.items()}
    found.sort(key=lambda row: -row[1] * liked.get(row[0], 1.0))
    return [Companion(product_id, customers) for product_id, customers in found[:most]]


def _liked(slug: str) -> float:
    """The part of its customers that counts: 1, or less where the product is rated badly."""
    whole = opinions(slug).whole
    return 1.0 if whole is None or whole.count < FEWEST else weight_of(whole.fair, MIDDLE)
