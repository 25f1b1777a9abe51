"""Who may come through the door."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from orders.erp import tokens
from orders.erp.models import ApiToken

pytestmark = pytest.mark.django_db
URL = "/api/v1/work-orders"


def answer(key: str) -> int:
    return Client().get(URL, headers={"authorization": f"Bearer {key}"}).status_code


def test_a_token_opens_the_door_and_notes_its_use() -> None:
    token, key = tokens.make_token(name="erp", scope="read")
    assert answer(key) == 200
    token.refresh_from_db()
    assert token.last_used_at is not None
    assert key not in str(vars(token))


@pytest.mark.parametrize("key", ["", "cz_", "cz_" + "a" * 43, "\x00", "x" * 10_000, "cz_ż"])
def test_what_is_no_key_opens_nothing(key: str) -> None:
    told = Client().get(URL, headers={"authorization": f"Bearer {key}".encode().decode("latin-1")})
    assert told.status_code == 401
    assert told.json()["code"] == "unauthorized"
    assert told["WWW-Authenticate"] == "Bearer"


def test_no_header_and_other_schemes_open_nothing() -> None:
    assert Client().get(URL).status_code == 401
    assert Client().get(URL, headers={"authorization": "Basic YTpi"}).status_code == 401


def test_a_session_is_no_token() -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    assert client.get(URL).status_code == 401


def test_a_revoked_token_opens_nothing() -> None:
    token, key = tokens.make_token(name="erp", scope="read")
    tokens.revoke(token=token)
    assert answer(key) == 401


def test_a_token_ends() -> None:
    end = timezone.now() + timedelta(days=30)
    _token, key = tokens.make_token(name="erp", scope="read", expires_at=end)
    assert answer(key) == 200
    with time_machine.travel(end + timedelta(seconds=1)):
        assert answer(key) == 401


def test_the_admin_shows_a_key_once() -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    form = {"name": "SAP", "scope": "read", "expires_at_0": "", "expires_at_1": ""}
    page = client.post("/admin/erp/apitoken/add/", form, follow=True).content.decode()
    key = page.partition("never shown again: ")[2].partition("<")[0]
    assert answer(key) == 200
    assert key not in client.get("/admin/erp/apitoken/").content.decode()
    token = ApiToken.objects.get()
    assert token.created_by is not None
    form = {"action": "revoke", "_selected_action": str(token.pk)}
    client.post("/admin/erp/apitoken/", form)
    assert answer(key) == 401
