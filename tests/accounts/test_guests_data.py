"""Whoever has no account shows by a mail whose data it is."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts import erasing
from accounts.models import DataRequest, OutgoingMail
from tests.accounts.hands import order_in, post_mails
from tests.accounts.keeping import archive, close, holders, perform

pytestmark = pytest.mark.usefixtures("folders", "lamp")


def proof_of(email: str, browser: Client) -> str:
    browser.post("/account/data/", {"email": email})
    sent = [each for each in post_mails() if each.to == [email]]
    return str(sent[-1].body.split("/account/data/mailed/")[1].split("/")[0])


def test_a_guest_shows_by_a_mail_whose_data_it_is(client: Client) -> None:
    order = order_in(client)
    close(order)
    proof = proof_of(order.email, Client())
    page = client.get(f"/account/data/mailed/{proof}/").content.decode()
    assert order.email in page
    client.post("/account/data/export/", {"proof": proof})
    assert order.number in archive(client).read("data.json").decode()
    client.post("/account/data/erase/", {"proof": proof, "sure": "1"})
    perform(erasing.ERASE)
    post_mails()
    assert holders(order.email) == set()
    assert mail.outbox[-1].to == [order.email]


def test_without_the_proof_nothing_is_told_or_done(client: Client) -> None:
    order = order_in(Client())
    for proof in ("", "x", "x:y:z", proof_of(order.email, Client())[:-1] + "_"):
        data = {"proof": proof, "sure": "1"}
        assert client.post("/account/data/export/", data).status_code == 410
        assert client.post("/account/data/erase/", data).status_code == 410
    assert not DataRequest.objects.exists()


def test_a_proof_ends_after_an_hour(client: Client, monkeypatch: Any) -> None:
    order = order_in(Client())
    proof = proof_of(order.email, Client())
    monkeypatch.setattr("accounts.views.data.HOUR", -1)
    assert client.get(f"/account/data/mailed/{proof}/").status_code == 410


def test_a_mailbox_is_not_filled(client: Client) -> None:
    answers = [Client().post("/account/data/", {"email": "x@example.com"}) for _n in range(6)]
    assert answers[0].status_code == 302
    assert answers[-1].status_code == 429
    assert OutgoingMail.objects.count() == 4
