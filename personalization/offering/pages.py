"""What the pages of offers show, gathered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import get_language

from configurator.catalog import queries as catalog
from configurator.catalog.configuration import Configuration
from configurator.catalog.models import Product
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.wizard.money import percent
from orders.margins import Bearing, bearing
from orders.models import OrderLine
from orders.money import say_money
from orders.promo.applying import Goods, worth
from orders.promo.models import Redemption
from personalization.offering import services, words
from personalization.offering.models import Grant, Offer
from personalization.people.models import Person
from personalization.segments import language as rules
from personalization.segments.sentences import sentence

ORDERED, SHOWN = 6, 100


def own_offers(person: Person) -> list[words.Own]:
    """What somebody has, and what they could have."""
    given = [words.own(grant.offer, grant) for grant in services.given_to(person)]
    return given + [words.own(offer) for offer in services.offered_to(person)]


def said(rule: str) -> str:
    """A rule in words; of one that is wrong by now, the rule itself."""
    try:
        return sentence(rules.parse(rule)) if rule.strip() else ""
    except rules.BadRule:
        return rule


def rows() -> list[dict[str, Any]]:
    """All offers with what came of them."""
    offers = Offer.objects.select_related("promotion").annotate(
        given=Count("grants"), used=Count("grants", filter=Q(grants__code__used__gt=0))
    )
    return [
        {
            "offer": offer,
            "worth": words.worth(offer.promotion),
            "who": said(offer.rule),
            "state": words.state(offer.promotion),
            "until": words.until(offer.promotion.ends_at),
        }
        for offer in offers[:200]
    ]


@dataclass(frozen=True)
class Example:
    """What an offer takes off a design that there is."""

    name: str
    about: str
    price: str
    costs: str
    known: bool
    lowest: str
    says: str
    gives: str
    less: bool
    margin: str  # of the price; "" where not all costs are known
    margin_with: str  # of what stays of the price


def examples(offer: Offer) -> list[Example]:
    """Designs that were ordered last, and those that the shop shows."""
    wanted = set(offer.promotion.products.values_list("pk", flat=True))
    found = []
    for product_id, product, configuration, about in _designs(wanted):
        money = offer.promotion.kind != "percent" and offer.promotion.amount is not None
        if money and product.currency != offer.promotion.currency:
            continue
        found.append(_example(offer, product_id, product, configuration, about))
    return found


def _designs(wanted: set[int]) -> Iterator[tuple[int, ReleasedProduct, Configuration, str]]:
    lines = OrderLine.objects.select_related("order", "specification", "design__release")
    if wanted:
        lines = lines.filter(design__release__product__in=wanted)
    for line in lines.order_by("-pk")[:ORDERED]:
        product = catalog.released(line.specification.release_id)
        configuration = Configuration.from_json(line.specification.content["configuration"])
        yield line.design.release.product_id, product, configuration, line.order.number
    ids = dict(Product.objects.values_list("slug", "pk"))
    for product in catalog.storefront():
        product_id = ids[product.slug]
        if not wanted or product_id in wanted:
            yield product_id, product, product.showcase, ""


def _example(
    offer: Offer, product_id: int, product: ReleasedProduct, design: Configuration, about: str
) -> Example:
    net = sum((line.amount for line in product.price_lines(design)), Decimal(0))
    found: Bearing = bearing(product, design, product_id=product_id, quantity=1, net=net)
    full, off = worth(offer.promotion, [Goods(product_id, net, found.bearable)])
    language = get_language() or "en"

    def money(amount: Decimal) -> str:
        return say_money(amount, product.currency, language)

    return Example(
        name=say(product.name, language),
        about=about,
        price=money(net),
        costs=money(found.cost.amount),
        known=found.cost.known,
        lowest=money(found.lowest),
        says=money(full),
        gives=money(off),
        less=off < full,
        margin=_margin(net, found),
        margin_with=_margin(net - off, found),
    )


def _margin(net: Decimal, found: Bearing) -> str:
    """What stays of a price after the costs, in percent."""
    if not found.cost.known or net <= 0:
        return ""
    share = (net - found.cost.amount) * 100 / net
    return f"{percent(share.quantize(Decimal(1)), get_language() or 'en')} %"


def results(offer: Offer) -> dict[str, Any]:
    """How many have it, how many used it, and what that came to, by currency."""
    grants = offer.grants.all()
    now = timezone.now()
    over = Q(code__used=0, withdrawn_at=None, code__ends_at__lte=now)
    used = Redemption.objects.filter(promotion=offer.promotion, given_back_at=None)
    orders = used.values("order__currency").annotate(n=Count("order"), net=Sum("order__net"))
    language = get_language() or "en"
    return {
        "given": grants.count(),
        "used": grants.filter(code__used__gt=0).count(),
        "ended": grants.filter(over).count(),
        "withdrawn": grants.exclude(withdrawn_at=None).count(),
        "orders": [
            (row["n"], say_money(row["net"], row["order__currency"], language))
            for row in orders.order_by("order__currency")
        ],
    }


def grants(offer: Offer) -> list[Grant]:
    """Who has it, the latest first, with the order in which they used it."""
    rows = offer.grants.select_related("person__into", "code")
    found = list(rows.prefetch_related("code__redemptions__order")[:SHOWN])
    return found
