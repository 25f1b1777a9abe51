"""A program that asks the shop API about the lamp."""

import json
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from configurator.catalog.released import ReleasedProduct
from tests.wizard.conftest import backend, lamp, places

__all__ = ["backend", "lamp", "places"]
BASE = "/api/shop/v1"


class Program:
    """Sends JSON and knows the mark of the design that it is at."""

    def __init__(self, client: Client) -> None:
        self.client, self.id, self.etag = client, "", ""

    def get(self, path: str, **headers: str) -> Any:
        answer: Any = self.client.get(f"{BASE}/{path}", headers=headers)
        return answer

    def send(self, method: str, path: str, body: Any, **headers: str) -> Any:
        data = body if isinstance(body, str) else json.dumps(body)
        answer: Any = self.client.generic(
            method, f"{BASE}/{path}", data, content_type="application/json", headers=headers
        )
        return answer

    def begin(self, product: str = "lamp", **more: Any) -> dict[str, Any]:
        answer = self.send("POST", "designs", {"product": product, **more})
        assert answer.status_code == 201, answer.content
        self.etag, design = answer["ETag"], told(answer)
        self.id = design["id"]
        return design

    def change(self, verb: str, method: str = "POST", **body: Any) -> Any:
        """Change the design as it was last seen; follow its mark if that worked."""
        headers = {"if-match": self.etag}
        answer = self.send(method, f"designs/{self.id}/{verb}", body, **headers)
        self.etag = answer.get("ETag", self.etag)
        return answer

    def choose(self, option: str, value: Any, **more: Any) -> Any:
        return self.change("choose", option=option, value=value, **more)

    def now(self) -> dict[str, Any]:
        return told(self.get(f"designs/{self.id}"))


def told(answer: Any) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(answer.content)
    return body


@pytest.fixture
def program(lamp: ReleasedProduct, client: Client, settings: LazySettings) -> Program:
    settings.SHOP_API_RATE = settings.SHOP_API_DESIGNS = 0
    return Program(client)
