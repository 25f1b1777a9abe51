"""The pages for requests that can't be read, and for our own failures.

Django's own handlers read the form again to find its CSRF token, so a form that can't be read
made them fail in turn. These read nothing and hold no form.
"""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

logger = logging.getLogger(__name__)

# When not even our page can be drawn: no template, no static file, no translation.
BARE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Something went wrong</title>'
    "<h1>Something went wrong on our side</h1>"
    "<p>Nothing that was saved is lost; please try again in a moment.</p>"
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a form that is larger than any that we have."""
    too_big = isinstance(exception, RequestDataTooBig)
    return _page("400.html", {"too_big": too_big}, 413 if too_big else 400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; the reason is in the log."""
    return _page("500.html", {}, 500)


def _page(template: str, context: dict[str, object], status: int) -> HttpResponse:
    try:
        html: str = render_to_string(template, context)
    except Exception:
        logger.exception("The page %s can't be drawn", template)
        html = BARE
    response = HttpResponse(html, status=status)
    patch_cache_control(response, no_store=True)
    return response
