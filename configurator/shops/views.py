"""What pages of brands fetch from us: the script, the style sheet, the logo."""

from functools import lru_cache

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from configurator.shops import queries
from configurator.shops.models import Theme
from configurator.shops.themes import mark_of, style_sheet


@require_safe
def script(request: HttpRequest, shop: str) -> HttpResponse:
    """The script that puts the frame into a page of the brand; it finds out the shop by itself."""
    if queries.shop_of(shop) is None:
        raise Http404("no such shop")
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def style(request: HttpRequest, shop: str, theme: str, mark: str) -> HttpResponse:
    """A theme; the mark in the address changes with it."""
    found = _theme(shop, theme)
    response = HttpResponse(style_sheet(found), content_type="text/css; charset=utf-8")
    fresh = mark == mark_of(found)
    response["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return response


@require_safe
def logo(request: HttpRequest, shop: str, theme: str) -> HttpResponseBase:
    """A brand's logo."""
    found = _theme(shop, theme)
    if not found.logo:
        raise Http404("no logo")
    try:
        response = FileResponse(found.logo.open("rb"))
    except OSError:
        raise Http404("no logo") from None
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _theme(shop: str, theme: str) -> Theme:
    known = Theme.objects.filter(shop__code=shop, shop__active=True, code=theme)
    if (found := known.first()) is None:
        raise Http404("no such theme")
    return found


@lru_cache(maxsize=1)
def _script() -> str:
    return (settings.BASE_DIR / "static" / "js" / "embed.js").read_text(encoding="utf-8")
