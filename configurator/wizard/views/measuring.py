"""How a customer measures and counts: in mm or inches, in which currency, with whose tax."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate
from django.utils.translation.trans_real import parse_accept_lang_header

from configurator.catalog import measures
from configurator.shops import currencies, destination
from configurator.wizard.views.responding import only

COOKIE, CURRENCY, COUNTRY = "measures", "currency", "country"
YEAR = 365 * 86_400
INCH_REGIONS = ("us", "lr", "mm")
"""Countries in which furniture is measured in inches."""
SHOP_API = "/api/shop/"
STAFF = ("/admin/", "/factory/", "/api/", "/landing/")
LANDING = ("/p/", "/s/")
"""Pages to which ads lead: their addresses may say for which country (`?country=`), and in which
language (`?language=`), so that they tell what the ad told."""


class MeasuresMiddleware:
    """Tells the pages of customers how theirs are measured; staff and programs: in the unit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _language_of(request)
        if language:
            activate(language)
            request.LANGUAGE_CODE = language
        with (
            measures.using(system_of(request)),
            currencies.using(currency_of(request)),
            destination.using(country_of(request)),
        ):
            response = self.get_response(request)
        _remember(request, response, language)
        return response


def _lands(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and request.path_info.startswith(LANDING)


def _language_of(request: HttpRequest) -> str:
    """The language that the address of a landing page asks for, if we speak it."""
    asked = request.GET.get("language", "").lower() if _lands(request) else ""
    return asked if asked in dict(settings.LANGUAGES) else ""


def _landed_in(request: HttpRequest) -> str:
    """The country that the address of a landing page asks for, if there are prices for it."""
    asked = request.GET.get("country", "").upper() if _lands(request) else ""
    return asked if asked and asked in destination.choices() else ""


def _remember(request: HttpRequest, response: HttpResponse, language: str) -> None:
    """Whoever comes by an ad goes on as they came, unless they have chosen otherwise before."""
    if (country := _landed_in(request)) and COUNTRY not in request.COOKIES:
        remember_country(response, country)
    if language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax")


def system_of(request: HttpRequest) -> measures.System:
    """What was chosen, else what the region of the first language asked for measures in."""
    if request.path_info.startswith(STAFF):
        return "mm"
    chosen = request.COOKIES.get(COOKIE, "")
    if chosen in ("mm", "in"):
        return "in" if chosen == "in" else "mm"
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    first = asked[0][0] if asked else ""
    return "in" if first.partition("-")[2] in INCH_REGIONS else "mm"


def currency_of(request: HttpRequest) -> str:
    """What was chosen, else the currency of the region asked for; "" for staff. Programs of shops
    say it with every request (`?currency=`)."""
    if request.path_info.startswith(SHOP_API):
        return request.GET.get("currency", "").upper()
    if request.path_info.startswith(STAFF):
        return ""
    if (chosen := request.COOKIES.get(CURRENCY)) is not None:
        return chosen if len(chosen) == 3 and chosen.isascii() and chosen.isalpha() else ""
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return currencies.of_region(asked[0][0]) if asked else ""


def country_of(request: HttpRequest) -> str:
    """Where it is to go, as it was chosen; "" for home and staff. Programs of shops say it with
    every request (`?country=`)."""
    if request.path_info.startswith(SHOP_API):
        asked = request.GET.get("country", "").upper()
        return asked if asked in destination.choices() and asked != settings.FIRM_COUNTRY else ""
    chosen = _landed_in(request) or request.COOKIES.get(COUNTRY, "")
    known = len(chosen) == 2 and chosen.isascii() and chosen.isalpha()
    if not known or chosen == settings.FIRM_COUNTRY or request.path_info.startswith(STAFF):
        return ""
    return chosen.upper()


@only("POST")
def choose_country(request: HttpRequest) -> HttpResponse:
    """Choose where it is to go: prices are told with the tax of there."""
    response, country = redirect(_back(request)), request.POST.get("country", "")
    remember_country(response, country)
    if country in destination.choices():
        destination.tell(request, country)
    return response


def remember_country(response: HttpResponse, country: str) -> None:
    """For the next pages, if there are prices for it."""
    if country in destination.choices():
        response.set_cookie(COUNTRY, country, max_age=YEAR, samesite="Lax", httponly=True)


@only("POST")
def choose_currency(request: HttpRequest) -> HttpResponse:
    """Choose in which currency amounts are told, too; none by "-"."""
    chosen = request.POST.get("currency", "")
    response = redirect(_back(request))
    known = chosen if chosen in currencies.choices() else "-"
    response.set_cookie(CURRENCY, known, max_age=YEAR, samesite="Lax", httponly=True)
    currencies.tell(request, "" if known == "-" else known)
    return response


@only("POST")
def measure(request: HttpRequest) -> HttpResponse:
    """Choose, and go back to where one was."""
    chosen = "in" if request.POST.get("measures") == "in" else "mm"
    response = redirect(_back(request))
    response.set_cookie(COOKIE, chosen, max_age=YEAR, samesite="Lax", httponly=True)
    return response


def _back(request: HttpRequest) -> str:
    host = {request.get_host()}
    for address in (request.headers.get("Referer", ""), request.POST.get("next", "")):
        if address.startswith(("/", "http")) and url_has_allowed_host_and_scheme(
            address, host, request.is_secure()
        ):
            return address
    return reverse("wizard:home")
