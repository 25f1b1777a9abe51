"""Feeds as Google Merchant and Meta read them, written item by item.

Google: RSS 2.0 with the namespace g, or tab-separated; Meta: CSV. The limits are those of their
published specifications.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from xml.sax.saxutils import escape

from django.conf import settings

from configurator.shops.embedding import public
from personalization.feeds.items import Item, Market, brand
from personalization.feeds.texts import cut, plain

NAMESPACE = "http://base.google.com/ns/1.0"
GOOGLE_TITLE, GOOGLE_DESCRIPTION, TYPE = 150, 5_000, 750
META_TITLE, META_DESCRIPTION = 200, 9_999
GOOGLE_FIELDS = (
    *("id", "title", "description", "link", "image_link", "availability", "availability_date"),
    *("price", "condition", "brand", "mpn", "identifier_exists", "product_type"),
    "custom_label_0",
)
META_FIELDS = (
    *("id", "title", "description", "availability", "condition", "price", "link", "image_link"),
    *("brand", "mpn", "product_type", "custom_label_0"),
)


def google(item: Item) -> dict[str, str]:
    """The fields of an item. It is made once it is ordered: a backorder, with its day."""
    return {
        "id": item.id[:50],
        "title": cut(item.title, GOOGLE_TITLE),
        "description": cut(item.description, GOOGLE_DESCRIPTION),
        "link": item.link,
        "image_link": item.picture,
        "availability": "backorder",
        "availability_date": f"{item.ready_on.isoformat()}T12:00:00Z",
        "price": f"{item.price:.2f} {item.currency}",
        "condition": "new",
        "brand": brand(),
        "mpn": item.mpn[:70],
        "identifier_exists": "yes" if item.mpn else "no",
        "product_type": cut(item.product, TYPE),
        "custom_label_0": item.slug[:100],
    }


def meta(item: Item) -> dict[str, str]:
    """The same for Meta: available for order."""
    return {
        "id": item.id[:100],
        "title": cut(item.title, META_TITLE),
        "description": cut(item.description, META_DESCRIPTION),
        "availability": "available for order",
        "condition": "new",
        "price": f"{item.price:.2f} {item.currency}",
        "link": item.link,
        "image_link": item.picture,
        "brand": brand(),
        "mpn": item.mpn[:70],
        "product_type": cut(item.product, TYPE),
        "custom_label_0": item.slug[:100],
    }


def xml(found: Iterable[Item], market: Market) -> Iterator[str]:
    """RSS 2.0."""
    title = escape(plain(f"{settings.FIRM_NAME} ({market.country}, {market.language})"))
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<rss version="2.0" xmlns:g="{NAMESPACE}">\n<channel>\n<title>{title}</title>\n'
        f"<link>{escape(public('/'))}</link>\n<description>{title}</description>\n"
    )
    for item in found:
        fields = "".join(
            f"<g:{name}>{escape(value)}</g:{name}>\n"
            for name, value in google(item).items()
            if value
        )
        yield f"<item>\n{fields}</item>\n"
    yield "</channel>\n</rss>\n"


def tsv(found: Iterable[Item], _market: Market) -> Iterator[str]:
    """Tab-separated, for Google; texts hold no tabs or line breaks."""
    yield "\t".join(GOOGLE_FIELDS) + "\n"
    for item in found:
        fields = google(item)
        yield "\t".join(fields[name].replace('"', "”") for name in GOOGLE_FIELDS) + "\n"


def meta_csv(found: Iterable[Item], _market: Market) -> Iterator[str]:
    """CSV, for Meta."""
    yield _line(META_FIELDS)
    for item in found:
        fields = meta(item)
        yield _line([fields[name] for name in META_FIELDS])


def _line(values: Iterable[str]) -> str:
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(values)
    return written.getvalue()
