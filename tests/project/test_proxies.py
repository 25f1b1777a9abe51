"""Limits count visitors, not the proxy that they all come by."""

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from project.proxies import ProxiesMiddleware

PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "203.0.113.7", PROXY),
        (1, None, PROXY),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.9, 203.0.113.7", "203.0.113.7"),  # the first was written by the visitor
        (2, "198.51.100.9, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", PROXY),
        (1, "203.0.113.7:40112", "203.0.113.7"),
        (1, "[2001:DB8::7]:443", "2001:db8::7"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "unknown", PROXY),
        (1, "203.0.113.7,", PROXY),
    ],
)
def test_the_address_of_a_visitor(
    settings: LazySettings, proxies: int, forwarded: str | None, found: str
) -> None:
    settings.PROXIES = proxies
    seen = []

    def respond(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    ProxiesMiddleware(respond)(RequestFactory(REMOTE_ADDR=PROXY).get("/", headers=headers))
    assert seen == [found]


def test_it_stands_before_all_that_asks_for_it(settings: LazySettings) -> None:
    assert settings.MIDDLEWARE[0] == "project.proxies.ProxiesMiddleware"
