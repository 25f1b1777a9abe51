"""A brand's shop, and a visitor in a frame of it."""

import re
from typing import Any

import pytest
from django.test import Client

from configurator.shops.models import Shop
from configurator.shops.services import make_demo_shop
from tests.wizard.conftest import backend, lamp, places

__all__ = ["backend", "lamp", "places"]
SITE = "http://localhost:8300"
FRAMED = {"sec-fetch-dest": "iframe"}


class Visitor:
    """A browser that keeps no cookie and shows our pages in a frame."""

    def __init__(self, entry: str = "/in/atelier/en/") -> None:
        self.address = entry

    def _client(self) -> Client:
        return Client(enforce_csrf_checks=True, headers=FRAMED)

    def get(self, address: str = "") -> Any:
        answer = self._client().get(address or self.address, follow=True)
        if answer.redirect_chain:
            self.address = answer.redirect_chain[-1][0]
        assert answer.status_code == 404 or not answer.cookies
        return answer

    def post(self, address: str, page: str, **fields: str) -> Any:
        """Send a form of the page."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        data = {"csrfmiddlewaretoken": token[1], **fields}
        answer = self._client().post(address, data, follow=True)
        assert not answer.cookies
        return answer


@pytest.fixture
def brand(db: None) -> Shop:
    make_demo_shop()
    return Shop.objects.get()


@pytest.fixture
def visitor(brand: Shop, lamp: Any) -> Visitor:
    return Visitor()
