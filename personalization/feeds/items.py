"""What is for sale, as feeds tell it: designs that products begin with, and designs of the gallery.

A price is what somebody in the country pays for the design, with their tax; only products in the
currency asked for are told, as no other price would be true.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from configurator.capacity.promises import Desk, desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import storefront
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.engine import EngineError
from configurator.sharing.models import Entry
from configurator.sharing.queries import Shown
from configurator.shops.embedding import public
from configurator.wizard.screen import is_pictured, is_priced
from configurator.wizard.timing import ready_day
from orders.selling.taxes import rate_there
from personalization.feeds.texts import cut

SLUG, CODE = 24, 24
LATEST = timedelta(days=364)  # no feed takes a day later than in a year
GALLERY = 5_000  # designs, the most liked first


@dataclass(frozen=True)
class Market:
    """For whom a feed is."""

    country: str
    currency: str
    language: str


@dataclass(frozen=True)
class Item:
    """One thing to sell. `mpn` is empty for what exists once."""

    id: str
    title: str
    description: str
    link: str
    picture: str
    price: Decimal
    currency: str
    ready_on: date
    product: str
    slug: str
    mpn: str


def items(market: Market) -> Iterator[Item]:
    """Everything for a market, product by product."""
    for product in storefront():
        if product.currency == market.currency and is_priced(product) and is_pictured(product):
            yield from _beginnings(product, market)
    yield from _gallery(market)


def _beginnings(product: ReleasedProduct, market: Market) -> Iterator[Item]:
    """The showcase, and the designs that the shop shows besides."""
    at = desk(product)
    name = say(product.name, market.language)
    about = say(product.description, market.language) or say(product.tagline, market.language)
    page = _landing(reverse("wizard:product", args=[product.slug]), market)
    yield _item(product, product.showcase, at, market, "start", name, about, page)
    for each in product.inspirations:
        title = f"{name} – {say(each.name, market.language)}"
        text = say(each.text, market.language) or about
        link = f"{page}#design-{each.code}"
        yield _item(product, each.whole, at, market, each.code, title, text, link)


def _item(
    product: ReleasedProduct,
    whole: Configuration,
    at: Desk,
    market: Market,
    code: str,
    title: str,
    text: str,
    link: str,
) -> Item:
    key = key_of(product.slug, code)
    picture = reverse("feeds:picture", args=[product.slug, product.number, code])
    return Item(
        id=key,
        title=title,
        description=text or title,
        link=link,
        picture=public(picture),
        price=price_in(product, whole, market.country),
        currency=product.currency,
        ready_on=_no_later(ready_day(at, whole)),
        product=say(product.name, market.language),
        slug=product.slug,
        mpn=key,
    )


def _landing(path: str, market: Market) -> str:
    """A page's address at which it tells the same price, in the same language, to whoever comes."""
    return f"{public(path)}?country={market.country}&language={market.language}"


def price_in(product: ReleasedProduct, whole: Configuration, country: str) -> Decimal:
    """What the design costs there, with tax as an order rounds it."""
    net = sum((line.amount for line in product.price_lines(whole)), Decimal(0))
    there = rate_there(country)
    rate = product.tax_rate if there is None else there
    return (net * (1 + rate / 100)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def key_of(slug: str, code: str) -> str:
    """The id of a product's design: the same for good, and no other's, however long both are."""
    if len(slug) <= SLUG and len(code) <= CODE and "_" not in slug:
        return f"{slug}_{code}"
    whole = hashlib.sha256(f"{slug} {code}".encode()).hexdigest()[:10]
    return f"{slug[:SLUG]}-{code[: CODE - len(whole)]}-{whole}"


def _no_later(day: date) -> date:
    return min(day, timezone.localdate() + LATEST)


def _gallery(market: Market) -> Iterator[Item]:
    """Designs that their owners put into the gallery and a moderator let in."""
    rows = Entry.objects.filter(state=Entry.State.SHOWN, currency=market.currency)
    rows = rows.filter(share__revoked_at=None).select_related("share").order_by("-likes", "-id")
    for entry in rows[:GALLERY]:
        item = _of_gallery(entry, market)
        if item is not None:
            yield item


def _of_gallery(entry: Entry, market: Market) -> Item | None:
    shown = Shown(entry.share)
    try:
        product, whole = shown.today, shown.new_whole
        if product is None or whole is None or not is_priced(product) or not is_pictured(product):
            return None
        ready = ready_day(desk(product), whole)
    except EngineError:
        return None
    name = say(product.name, market.language)
    about = say(product.description, market.language) or say(product.tagline, market.language)
    return Item(
        id=f"design-{entry.pk}",  # without an underscore: no product's
        title=f"{entry.title} – {name}",
        description=about or entry.title,
        link=_landing(reverse("sharing:shared", args=[entry.share.token]), market),
        picture=public(reverse("feeds:design_picture", args=[entry.share.token])),
        price=price_in(product, whole, market.country),
        currency=product.currency,
        ready_on=_no_later(ready),
        product=name,
        slug=product.slug,
        mpn="",
    )


def brand() -> str:
    return cut(settings.FIRM_NAME, 70)
