"""Numbers in addresses that nothing can have."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

LARGEST = 2**63 - 1
"""Of a database's whole numbers; asked for a larger one, it fails rather than finds nothing."""


class NumbersMiddleware:
    """What an address names by a larger number is not found, whatever is behind it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._respond(request)

    def process_view(
        self, _request: HttpRequest, _view: object, _args: object, named: dict[str, Any]
    ) -> None:
        if any(isinstance(each, int) and each > LARGEST for each in named.values()):
            raise Http404
