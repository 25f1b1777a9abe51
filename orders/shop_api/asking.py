"""What may be asked with every request: for which country prices are told."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from configurator.shops import destination
from orders.shop_api.problems import Refused

COUNTRY = "country"


def check(request: HttpRequest) -> None:
    """Refused where a country is asked for to which nothing is sold."""
    asked = request.GET.get(COUNTRY, "")
    known = destination.choices() or [settings.FIRM_COUNTRY]
    if asked and asked.upper() not in known:
        detail = _("Nothing is sold to “%(asked)s”. Ask for one of: %(known)s.")
        told = detail % {"asked": asked[:40], "known": ", ".join(known)}
        raise Refused(422, "bad_input", told, COUNTRY)


def described() -> list[dict[str, Any]]:
    """The parameter, for the document."""
    return [
        {
            "in": "query",
            "name": COUNTRY,
            "required": False,
            "description": "Where it is to go (ISO 3166, two letters): amounts hold the tax of "
            "there. Without, they hold the tax at home.",
            "schema": {
                "type": "string",
                "pattern": "^[A-Za-z]{2}$",
                "title": "Country",
                "examples": ["PL"],
            },
        }
    ]
