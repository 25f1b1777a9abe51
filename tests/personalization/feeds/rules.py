"""What Google Merchant Center and Meta publish about the fields of a product feed, as a validator.

Google: "Product data specification"; Meta: "Product feed specifications for catalogs". Written
anew from the published rules, so that the feed is not held against its own constants.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

Fields = Mapping[str, str]
PRICE = re.compile(r"(0|[1-9]\d*)\.\d{2} [A-Z]{3}")
ID = re.compile(r"[A-Za-z0-9_-]{1,50}")
TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
GOOGLE_REQUIRED = (
    *("id", "title", "description", "link", "image_link", "availability", "price"),
    *("condition", "brand", "identifier_exists"),
)
META_REQUIRED = (
    *("id", "title", "description", "availability", "condition", "price"),
    *("link", "image_link", "brand"),
)
GOOGLE_LONGEST = {
    **{"id": 50, "title": 150, "description": 5_000, "link": 2_000, "image_link": 2_000},
    **{"brand": 70, "mpn": 70, "product_type": 750, "custom_label_0": 100},
}
META_LONGEST = {
    **{"id": 100, "title": 200, "description": 9_999, "brand": 100, "mpn": 100},
    **{"product_type": 750, "custom_label_0": 100},
}
GOOGLE_AVAILABILITY = {"in_stock", "out_of_stock", "preorder", "backorder"}
META_AVAILABILITY = {
    *("in stock", "out of stock", "preorder", "available for order", "discontinued"),
}
CONDITIONS = {"new", "refurbished", "used"}


def google_problems(items: Iterable[Fields], now: datetime) -> list[str]:
    """All that Google would refuse or warn of."""
    found = list(items)
    return [
        *_unique(found),
        *(
            problem
            for item in found
            for problem in (
                *_common(item, GOOGLE_REQUIRED, GOOGLE_LONGEST),
                *_google(item, now),
            )
        ),
    ]


def meta_problems(items: Iterable[Fields]) -> list[str]:
    """All that Meta would refuse or warn of."""
    found = list(items)
    return [
        *_unique(found),
        *(
            problem
            for item in found
            for problem in (*_common(item, META_REQUIRED, META_LONGEST), *_meta(item))
        ),
    ]


def _unique(items: list[Fields]) -> list[str]:
    counted = Counter(item.get("id", "") for item in items)
    return [f"id {name!r} {n} times" for name, n in counted.items() if n > 1]


def _common(item: Fields, required: Iterable[str], longest: Mapping[str, int]) -> list[str]:
    name, wrong = item.get("id", "?"), []
    wrong += [f"{field} is missing" for field in required if not item.get(field)]
    wrong += [f"{f} is too long" for f, most in longest.items() if len(item.get(f, "")) > most]
    wrong += [f"{field} has markup" for field, text in item.items() if TAG.search(text)]
    wrong += [f"{field} has control characters" for field, t in item.items() if CONTROL.search(t)]
    wrong += [f"{field} has spaces around it" for field, t in item.items() if t != t.strip()]
    if not ID.fullmatch(item.get("id", "")):
        wrong.append("id is not of letters, digits, hyphens and underscores")
    if not PRICE.fullmatch(item.get("price", "")):
        wrong.append(f"price {item.get('price')!r}")
    elif Decimal(item["price"].split()[0]) <= 0:
        wrong.append("price is not above 0")
    for field in ("link", "image_link"):
        parts = urlsplit(item.get(field, ""))
        if parts.scheme not in ("http", "https") or not parts.netloc or " " in parts.geturl():
            wrong.append(f"{field} is no address")
    if not item.get("image_link", "").isascii() or not item.get("link", "").isascii():
        wrong.append("an address is not encoded (RFC 3986)")
    if item.get("condition") not in CONDITIONS:
        wrong.append("condition")
    if item.get("title", "").isupper() and len(item.get("title", "")) > 20:
        wrong.append("title in capitals")
    return [f"{name}: {each}" for each in wrong]


def _google(item: Fields, now: datetime) -> list[str]:
    wrong = []
    if item.get("availability") not in GOOGLE_AVAILABILITY:
        wrong.append("availability")
    if item.get("availability") in ("preorder", "backorder"):
        day = datetime.fromisoformat(item.get("availability_date", "1900-01-01T00:00:00Z"))
        if not now < day <= now + timedelta(days=366):
            wrong.append("availability_date is not within a year")
    known = bool(item.get("mpn") or item.get("gtin"))
    if item.get("identifier_exists") != ("yes" if known else "no"):
        wrong.append("identifier_exists")
    return [f"{item.get('id')}: {each}" for each in wrong]


def _meta(item: Fields) -> list[str]:
    wrong = []
    if item.get("availability") not in META_AVAILABILITY:
        wrong.append(f"{item.get('id')}: availability")
    return wrong
