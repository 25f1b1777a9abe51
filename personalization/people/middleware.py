"""Whoever sent a request acts while it is answered."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from personalization.people.visitors import answering


class PeopleMiddleware:
    """Stands behind sessions and accounts; reads nothing by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with answering(request):
            return self.get_response(request)
