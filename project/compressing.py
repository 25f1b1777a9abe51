"""Compresses pages and JSON on their way; pictures and papers are compressed in themselves."""

from django.http import HttpResponseBase
from django.http.request import HttpRequest
from django.middleware.gzip import GZipMiddleware

KINDS = ("text/", "application/json", "application/problem+json", "image/svg+xml")


class CompressingMiddleware(GZipMiddleware):
    """Django's, which also makes lengths vary so that they give no secrets away, for texts."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if response.streaming or not kind.startswith(KINDS):
            return response
        return super().process_response(request, response)
