"""A number in an address may be any: one that nothing can have is not found."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = pytest.mark.django_db
HUGE = 10**30
UUID = "5e0cfb8b-0000-4000-8000-000000000000"


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Every address with a number in it, the number huge."""
    for each in resolver.url_patterns:
        route = getattr(each.pattern, "_route", "")
        whole = before + route
        if isinstance(each, URLResolver):
            yield from addresses(each, whole)
        elif isinstance(each, URLPattern) and "<int:" in whole:
            yield whole


def filled(route: str) -> str:
    """The address that a route describes, with a sample in place of each part."""
    parts: list[str] = []
    for piece in route.split("<"):
        kind, colon, rest = piece.partition(":")
        if not colon:
            parts.append(piece)
            continue
        value = {"int": str(HUGE), "uuid": UUID}.get(kind, "x")
        parts.append(value + rest.partition(">")[2])
    return "".join(parts)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_number_that_nothing_can_have_is_not_found(method: str) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("all", password="build-exactly-that"))
    routes = sorted(set(addresses(get_resolver())))
    assert len(routes) > 30
    wrong = []
    for route in routes:
        answer: Any = getattr(client, method)(filled(route))
        if answer.status_code >= 500:
            wrong.append((route, answer.status_code))
    assert wrong == []
