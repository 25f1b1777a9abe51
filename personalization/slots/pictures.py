"""Pictures of variants: uploaded, a product's, or that of one of its designs to begin with."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from configurator.catalog.queries import NoLiveRelease, live_release
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.preview import describe
from configurator.wizard.screen import is_pictured
from configurator.wizard.storefront import described
from personalization.slots import uploads


def picture_of(named: str, locale: str, known: Mapping[str, ReleasedProduct]) -> tuple[str, str]:
    """The address of a picture and what is on it: of "product" or "product/design"; both are ""
    where there is none (any more). `known` are live products that are at hand."""
    if named.startswith(uploads.NAMED):
        sha = named.removeprefix(uploads.NAMED)
        return reverse("page_pictures:picture", args=[sha]), ""
    slug, _sign, code = named.partition("/")
    if not slug:
        return "", ""
    try:
        product = known.get(slug) or live_release(slug)
    except NoLiveRelease:
        return "", ""
    if not is_pictured(product):
        return "", ""
    if not code:
        args = [product.slug, product.number, "webp"]
        return reverse("wizard:product_picture", args=args), described(product, locale)
    found = next((each for each in product.inspirations if each.code == code), None)
    if found is None:
        return "", ""
    place = [product.slug, product.number, code, "webp"]
    return reverse("wizard:inspiration_picture", args=place), describe(product, found.whole, locale)
