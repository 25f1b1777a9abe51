"""Signing in by a mailed link: on any device, once, not for long."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.accounts.hands import ANA, post_mails, sign_in, sign_up

pytestmark = pytest.mark.django_db


def link_from_mail() -> str:
    """The way into the account in the only mail that waits."""
    (sent,) = post_mails()
    found = re.search(r"https?://[^/\s]+(/account/enter/\S+)", sent.body)
    assert found, sent.body
    return found[1]


def mailed(client: Client) -> str:
    client.post("/account/login/code/", {"email": ANA})
    return link_from_mail()


def signed_in(client: Client) -> bool:
    return "Signed in as" in client.get("/account/").content.decode()


def test_a_link_signs_in_on_another_device_once(client: Client) -> None:
    sign_up(client)
    link = mailed(Client())
    phone = Client()
    assert ANA in phone.get(link).content.decode()
    assert not signed_in(phone)  # following it is not enough
    phone.post(link)
    assert signed_in(phone)
    third = Client()
    page = third.post(link, follow=True)
    assert "This link was used, or is too old" in page.content.decode()
    assert not signed_in(third)


def test_a_link_grows_old(client: Client) -> None:
    sign_up(client)
    link = mailed(Client())
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        late = Client()
        late.post(link)
        assert not signed_in(late)


def test_signing_in_by_the_code_uses_the_link_up(client: Client) -> None:
    sign_up(client)
    link = mailed(Client())
    sign_in(Client())
    late = Client()
    late.post(link)
    assert not signed_in(late)


@pytest.mark.parametrize("change", ["altered", "closed", "garbage"])
def test_a_wrong_link_opens_nothing(client: Client, change: str) -> None:
    sign_up(client)
    link = mailed(Client())
    if change == "altered":
        link = link.replace("/enter/", "/enter/x")
    elif change == "garbage":
        link = "/account/enter/%00%F0:1:2/"
    else:
        User.objects.update(is_active=False)
    other = Client()
    assert other.post(link).status_code == 302
    assert not signed_in(other)
