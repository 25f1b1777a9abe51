"""Shows our pages within pages of others, and lets pages of others read the shop API.

Browsers keep no cookies for frames of others, or keep them apart. So a visit's cookies are kept
here, by a token in the addresses of its pages (docs/decisions/0014): sessions, CSRF tokens and
carts work as ever, and every check of them with it.
"""

from collections.abc import Callable
from http.cookies import Morsel
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils.cache import patch_vary_headers

from configurator.shops import queries, visits
from configurator.shops.embedding import ADDRESS, CLOSED, Embedding, entry_of

Answering = Callable[[HttpRequest], HttpResponse]
API = "/api/shop/"
READABLE = "ETag, Location, Retry-After"
SENDABLE = "Content-Type, If-Match, If-None-Match, Accept-Language"


class EmbeddingMiddleware:
    """Answers /in/SHOP/LANGUAGE/~VISIT/… with the page at …, as one to be framed."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = ADDRESS.match(request.path_info)
        if not match:
            return self.get_response(request)
        shop = queries.shop_of(match["shop"])
        language, rest = match["language"], match["rest"]
        if shop is None or language not in dict(settings.LANGUAGES) or rest.startswith(CLOSED):
            return self.get_response(request)  # nothing stands there: our own page says so
        theme = queries.theme_of(shop, match["theme"] or "")
        query = request.META.get("QUERY_STRING", "")
        tail = rest + (f"?{query}" if query else "")
        if request.headers.get("Sec-Fetch-Dest") == "document":
            return _away(f"/{tail}")  # opened by itself: a page of ours, with cookies of its own
        if not match["token"]:
            token = visits.new_token()
            entry = entry_of(shop, theme, language)
            return _away(f"{entry}~{token}/{tail}")
        return self._framed(request, Embedding(shop, theme, language, match["token"]), rest)

    def _framed(self, request: HttpRequest, embedding: Embedding, rest: str) -> HttpResponse:
        shop, token = embedding.shop, embedding.token
        kept = visits.cookies_of(shop, token)
        request.COOKIES = {**kept, settings.LANGUAGE_COOKIE_NAME: embedding.language}
        request.embedding = embedding  # type: ignore[attr-defined]
        request.path_info = f"/{rest}"
        outer = get_script_prefix()
        set_script_prefix(embedding.prefix)
        try:
            response = self.get_response(request)
        finally:
            set_script_prefix(outer)
        after = _after(kept, response.cookies)
        response.cookies.clear()
        if after != kept:
            visits.keep_cookies(shop, token, after)
        _frame(response, embedding)
        return response


def _away(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response["Cache-Control"] = "no-store, private"
    patch_vary_headers(response, ["Sec-Fetch-Dest"])
    return response


def _frame(response: HttpResponse, embedding: Embedding) -> None:
    """May be framed by the shop's pages, and by no others."""
    response._csp_update = {"frame-ancestors": embedding.origins}  # type: ignore[attr-defined]
    if response.has_header("X-Frame-Options"):
        del response["X-Frame-Options"]
    patch_vary_headers(response, ["Sec-Fetch-Dest"])


def _after(kept: dict[str, str], new: "dict[str, Morsel[Any]]") -> dict[str, str]:
    """The cookies after an answer: those that it set, without those that it ended."""
    after = dict(kept)
    for name, morsel in new.items():
        if morsel["max-age"] == 0:
            after.pop(name, None)
        else:
            after[name] = morsel.value
    return after


class CrossOriginMiddleware:
    """Lets the pages of known shops call the shop API from the browser, without any cookie."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(API):
            return self.get_response(request)
        origin = request.headers.get("Origin", "").lower()
        asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=204) if asks else self.get_response(request)
        patch_vary_headers(response, ["Origin"])
        if queries.is_known(origin):
            response["Access-Control-Allow-Origin"] = origin
            response["Access-Control-Expose-Headers"] = READABLE
            if asks:
                response["Access-Control-Allow-Methods"] = "GET, POST, PUT"
                response["Access-Control-Allow-Headers"] = SENDABLE
                response["Access-Control-Max-Age"] = "600"
        return response
