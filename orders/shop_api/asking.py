"""What may be asked with every request: for which country and in which currency prices are told."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from configurator.catalog.queries import storefront
from configurator.shops import currencies, destination
from orders.shop_api.problems import Refused

COUNTRY, CURRENCY = "country", "currency"


def check(request: HttpRequest) -> None:
    """Refused where a country or a currency is asked for in which nothing is sold."""
    country = request.GET.get(COUNTRY, "").upper()
    known = destination.choices() or [settings.FIRM_COUNTRY]
    if country and country not in known:
        detail = _("Nothing is sold to “%(asked)s”. Ask for one of: %(known)s.")
        raise _refused(COUNTRY, detail, request.GET[COUNTRY], known)
    currency = request.GET.get(CURRENCY, "").upper()
    if currency and currency not in (paid := _currencies()):
        detail = _("Nothing is paid in “%(asked)s”. Ask for one of: %(known)s.")
        raise _refused(CURRENCY, detail, request.GET[CURRENCY], paid)


def _currencies() -> list[str]:
    own = {product.currency for product in storefront()}
    return sorted(own | set(currencies.charged()))


def _refused(name: str, detail: str, asked: str, known: Any) -> Refused:
    told = detail % {"asked": asked[:40], "known": ", ".join(known) or "—"}
    return Refused(422, "bad_input", told, name)


def described() -> list[dict[str, Any]]:
    """The parameters, for the document."""
    return [
        _parameter(
            COUNTRY,
            "Where it is to go (ISO 3166, two letters): amounts hold the tax of there. "
            "Without, they hold the tax at home.",
            {"type": "string", "pattern": "^([A-Za-z]{2})?$", "examples": [settings.FIRM_COUNTRY]},
        ),
        _parameter(
            CURRENCY,
            "In which currency amounts are told and paid (ISO 4217), where the firm charges in "
            "it. Without, it is the product's own.",
            {"type": "string", "pattern": "^([A-Za-z]{3})?$", "examples": _currencies()},
        ),
    ]


def _parameter(name: str, said: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "in": "query",
        "name": name,
        "required": False,
        "description": said,
        "schema": {**schema, "title": name.capitalize()},
    }
