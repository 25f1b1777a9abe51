"""Products: what there is, and all that can be decided about one."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router

from configurator.capacity.promises import desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.models import Release
from configurator.catalog.queries import NoLiveRelease, live_release, released, storefront
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import say
from configurator.wizard.answers import answer_of, completed
from configurator.wizard.limits import knows_prices
from configurator.wizard.preview import describe
from configurator.wizard.screen import count_of, is_pictured, is_priced
from configurator.wizard.tariffs import tariff_of
from configurator.wizard.timing import ready_day
from orders.shop_api import schemas, telling
from orders.shop_api.problems import Refused

router = Router(tags=["products"])
Problems: dict[Any, Any] = {404: schemas.Problem, 429: schemas.Problem}


@router.get("/products", response={200: list[schemas.ProductHead], 429: schemas.Problem})
def list_products(request: HttpRequest) -> Any:
    """What the shop sells, in the shop's order."""
    return [_head(request, product) for product in storefront()]


@router.get("/products/{slug:slug}", response={200: schemas.Product, **Problems})
def get_product(request: HttpRequest, slug: str) -> Any:
    """A product at today's release, with all that can be decided."""
    try:
        return _whole(request, live_release(slug))
    except NoLiveRelease:
        raise Refused(404, "not_found", _("There is no such product."), "slug") from None


@router.get(
    "/products/{slug:slug}/releases/{int:number}", response={200: schemas.Product, **Problems}
)
def get_release(request: HttpRequest, slug: str, number: int) -> Any:
    """A product at a certain release: what a design of that release was made of."""
    known = Release.objects.filter(product__slug=slug, number=min(number, 2**31 - 1))
    release_id = known.values_list("id", flat=True).first()
    if release_id is None:
        raise Refused(404, "not_found", _("There is no such release."), "number")
    return _whole(request, released(release_id))


def _whole(request: HttpRequest, product: ReleasedProduct) -> telling.Record:
    locale = get_language() or "en"
    return {
        **_head(request, product),
        "description": say(product.description, locale),
        "sha": product.sha,
        "steps": telling.steps_of(request, product, locale),
    }


def _head(request: HttpRequest, product: ReleasedProduct) -> telling.Record:
    locale, start = get_language() or "en", Configuration()
    answer, whole = answer_of(product, start), completed(product, start)
    compared = is_priced(product) and knows_prices(product)
    pictured = is_pictured(product)
    address = reverse("wizard:product_picture", args=[product.slug, product.number, "webp"])
    tariff = tariff_of(product)
    least = tariff.gross(answer.total or 0)
    return {
        "slug": product.slug,
        "name": say(product.name, locale),
        "tagline": say(product.tagline, locale),
        "release": product.number,
        "currency": tariff.currency,
        "tax_rate": tariff.tax,
        "price_from": telling.cash(least, tariff.currency, locale) if compared else None,
        "ready_on": ready_day(desk(product), whole),
        "designs": count_of(answer, locale),
        "picture": request.build_absolute_uri(address) if pictured else None,
        "picture_alt": describe(product, product.showcase, locale) if pictured else "",
        "begins": bool(product.begun.choices or product.begun.texts),
        "url": request.build_absolute_uri(reverse("wizard:product", args=[product.slug])),
    }
