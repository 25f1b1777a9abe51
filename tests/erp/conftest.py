from typing import Any

import pytest
from django.test import Client

from orders.erp import tokens
from orders.erp.models import ApiToken
from tests.factory.conftest import order, papers_folder, work_order

__all__ = ["order", "papers_folder", "work_order"]


def client_with(scope: str) -> Client:
    """A program with a token of this scope."""
    _token, key = tokens.make_token(name="erp", scope=scope)
    return Client(headers={"authorization": f"Bearer {key}"})


@pytest.fixture
def reader(db: Any) -> Client:
    return client_with(ApiToken.Scope.READ)


@pytest.fixture
def writer(db: Any) -> Client:
    return client_with(ApiToken.Scope.WRITE)
