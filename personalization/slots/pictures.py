"""Pictures of variants: uploaded, a product's, or that of one of its designs to begin with."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import NoLiveRelease, live_release
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.preview import describe, render_picture
from configurator.wizard.screen import is_pictured
from configurator.wizard.storefront import described
from orders.papers.pictures import as_jpeg
from personalization.slots import uploads

IN_MAIL = 960
"""Pixels; twice of what a mail is wide."""


def picture_of(named: str, locale: str, known: Mapping[str, ReleasedProduct]) -> tuple[str, str]:
    """The address of a picture and what is on it: of "product" or "product/design"; both are ""
    where there is none (any more). `known` are live products that are at hand."""
    if named.startswith(uploads.NAMED):
        sha = named.removeprefix(uploads.NAMED)
        return reverse("page_pictures:picture", args=[sha]), ""
    found = _pictured(named, known)
    if found is None:
        return "", ""
    product, whole, code = found
    if not code:
        args = [product.slug, product.number, "webp"]
        return reverse("wizard:product_picture", args=args), described(product, locale)
    place = [product.slug, product.number, code, "webp"]
    return reverse("wizard:inspiration_picture", args=place), describe(product, whole, locale)


def drawn(named: str, locale: str) -> tuple[bytes, str]:
    """The same picture as a JPEG, to come with a mail, and what is on it; empty where there is
    none (any more)."""
    if named.startswith(uploads.NAMED):
        return _uploaded(named.removeprefix(uploads.NAMED)), ""
    found = _pictured(named, {})
    if found is None:
        return b"", ""
    product, whole, _code = found
    data = render_picture(product, whole, width=IN_MAIL, format="jpeg")
    return data, describe(product, whole, locale)


def _uploaded(sha: str) -> bytes:
    try:
        return as_jpeg(uploads.path_of(sha, IN_MAIL).read_bytes(), IN_MAIL)
    except (ValueError, OSError):
        return b""


def _pictured(
    named: str, known: Mapping[str, ReleasedProduct]
) -> tuple[ReleasedProduct, Configuration, str] | None:
    """The product that is named, the design that is drawn of it, and the code of that."""
    slug, _sign, code = named.partition("/")
    try:
        product = known.get(slug) or live_release(slug) if slug else None
    except NoLiveRelease:
        return None
    if product is None or not is_pictured(product):
        return None
    if not code:
        return product, product.showcase, ""
    found = next((each for each in product.inspirations if each.code == code), None)
    return None if found is None else (product, found.whole, code)
