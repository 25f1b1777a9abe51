"""Feeds and their pictures for everybody; hashed audiences for marketers, by POST alone."""

from operator import itemgetter

from django.conf import settings
from django.contrib.auth.models import User
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from configurator.catalog.queries import storefront
from configurator.sharing.models import Entry
from configurator.sharing.queries import Shown
from configurator.shops.embedding import public
from configurator.wizard.screen import is_pictured
from configurator.wizard.views.pictures import release_or_404
from orders.countries import countries
from orders.selling.taxes import sold_to
from personalization.feeds import audiences, formats, pictures, serving
from personalization.feeds.items import Market
from personalization.feeds.models import Export
from personalization.people.marketers import marketer

KINDS: dict[tuple[str, str], tuple[serving.Write, str]] = {
    ("google", "xml"): (formats.xml, "application/rss+xml; charset=utf-8"),
    ("google", "tsv"): (formats.tsv, "text/tab-separated-values; charset=utf-8"),
    ("meta", "csv"): (formats.meta_csv, "text/csv; charset=utf-8"),
}
SHOWN = 30  # exports that are listed
KEPT = 24 * 3600


# Feeds


@require_safe
def feed(request: HttpRequest, format: str, market: str, kind: str) -> HttpResponseBase:
    """A feed for a market, as pl-eur-en; unchanged, only that is said."""
    chosen = _market(market)
    if (format, kind) not in KINDS or chosen is None:
        raise Http404("no such feed")
    write, content_type = KINDS[format, kind]
    name = serving.mark(chosen, f"{format}.{kind}")
    tag = f'"{name[:32]}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        unchanged = HttpResponseNotModified()
        unchanged["ETag"] = tag
        return unchanged
    file = serving.stored(chosen, kind, name, write).open("rb")
    response = FileResponse(file, content_type=content_type)
    response["ETag"] = tag
    patch_cache_control(response, public=True, max_age=serving.FRESH)
    return response


def _market(text: str) -> Market | None:
    """The market of an address, if the shop sells there in that currency and speaks so."""
    parts = text.split("-")
    if len(parts) != 3:
        return None
    country, currency, language = parts[0].upper(), parts[1].upper(), parts[2].lower()
    known = language in dict(settings.LANGUAGES) and country in sold_to()
    sold = any(product.currency == currency for product in storefront())
    return Market(country, currency, language) if known and sold else None


def _picture(data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type="image/jpeg")
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


@require_safe
def picture(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
    """The square picture of a design that a product begins with."""
    product = release_or_404(slug, number)
    known = {each.code: each.whole for each in product.inspirations}
    shown = product.showcase if code == "start" else known.get(code)
    if shown is None or not is_pictured(product):
        raise Http404("no such design")
    return _picture(pictures.square(product, shown))


@require_safe
def design_picture(request: HttpRequest, link: str) -> HttpResponse:
    """The square picture of a design in the gallery."""
    rows = Entry.objects.filter(share__token=link, state=Entry.State.SHOWN)
    entry = rows.filter(share__revoked_at=None).select_related("share").first()
    if entry is None:
        raise Http404("not in the gallery")
    shown = Shown(entry.share)
    if not is_pictured(shown.product):
        raise Http404("without a picture")
    return _picture(pictures.square(shown.product, shown.whole))


# The marketer's page


@require_safe
@marketer("feeds.view_export")
def ads(request: HttpRequest) -> HttpResponse:
    """The addresses of the feeds, and the audiences."""
    return _page(request)


def _page(request: HttpRequest, *, wrong: str = "") -> HttpResponse:
    currencies = sorted({product.currency for product in storefront()})
    chosen = _chosen(request, currencies)
    names = dict(countries(get_language() or "en"))
    context = {
        "market": chosen,
        "countries": sorted(
            ((code, names.get(code, code)) for code in sold_to()), key=itemgetter(1)
        ),
        "currencies": currencies,
        "languages": settings.LANGUAGES,
        "addresses": _addresses(chosen),
        "allowing": len(audiences.who_allow()),
        "formats": [
            (code, name, len(audiences.removable(code))) for code, name in Export.Format.choices
        ],
        "exports": audiences.lists(SHOWN),
        "kept_days": audiences.KEPT.days,
        "wrong": wrong,
    }
    return render(request, "feeds/ads.html", context, status=422 if wrong else 200)


def _chosen(request: HttpRequest, currencies: list[str]) -> Market:
    """The market that was asked for, else that at home."""
    language = get_language() or "en"
    home = Market(settings.FIRM_COUNTRY, currencies[0] if currencies else "EUR", language)
    asked = "-".join(request.GET.get(part, "") for part in ("country", "currency", "language"))
    return _market(asked) or home


def _addresses(market: Market) -> list[tuple[str, str]]:
    name = f"{market.country}-{market.currency}-{market.language}".lower()
    return [
        (
            f"{format.capitalize()} {kind.upper()}",
            public(reverse("feeds:feed", args=[format, name, kind])),
        )
        for format, kind in KINDS
    ]


@require_POST
@marketer("feeds.add_export")
def audience(request: HttpRequest) -> HttpResponse:
    """The hashes of all who allow ads now, or of those to take back, as a file."""
    acts = {"audience": audiences.export, "removal": audiences.removal}
    format, kind = request.POST.get("format", ""), request.POST.get("kind", "")
    if format not in audiences.FORMATS or kind not in acts:
        return _page(request, wrong=_("Choose a format, and what the list is for."))
    assert isinstance(request.user, User)
    return _file(acts[kind](format=format, by=request.user), f"{format}-{kind}.csv")


@require_POST
@marketer("feeds.add_export")
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """A list of removals once more: the network may not have taken it in."""
    export = get_object_or_404(Export, pk=pk, kind=Export.Kind.REMOVAL)
    assert isinstance(request.user, User)
    told = audiences.removal_again(export=export, by=request.user)
    day = timezone.localtime(export.at).date().isoformat()
    return _file(told, f"{export.format}-removal-{day}.csv")


def _file(told: str, name: str) -> HttpResponse:
    response = HttpResponse(told, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
