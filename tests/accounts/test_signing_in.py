"""Signing in by a mailed code or a password; nobody learns who has an account."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import OutgoingMail
from orders.models import Job
from tests.accounts.hands import ANA, code_from_mail, post_mails, sign_in, sign_up

pytestmark = pytest.mark.django_db


def test_an_account_needs_an_address_alone(client: Client) -> None:
    page = sign_up(client)
    assert page.redirect_chain[-1][0] == "/account/"
    user = User.objects.get(email=ANA)
    assert not user.has_usable_password()
    assert "ana" not in user.username
    assert not user.is_staff


def test_a_mailed_code_signs_in_on_another_device(client: Client) -> None:
    sign_up(client)
    other = Client()
    page = sign_in(other)
    assert "Signed in as ana@example.com" in page.content.decode()


def test_a_wrong_code_opens_nothing(client: Client) -> None:
    sign_up(client)
    other = Client()
    other.post("/account/login/code/", {"email": ANA})
    page = other.post("/account/login/code/confirm/", {"code": "NOT-IT"})
    assert page.status_code == 200
    assert "Incorrect code" in page.content.decode()
    assert "Signed in as" not in other.get("/account/").content.decode()


def test_a_password_signs_in_too(client: Client) -> None:
    sign_up(client, password="walnut and brass 7")
    other = Client()
    page = other.post(
        "/account/login/", {"login": ANA, "password": "walnut and brass 7"}, follow=True
    )
    assert "Signed in as ana@example.com" in page.content.decode()
    assert other.post("/account/login/", {"login": ANA, "password": "x"}).status_code == 302
    assert Client().post("/account/login/", {"login": ANA, "password": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("address", "field"), [("/account/login/code/", "email"), ("/account/signup/", "email")]
)
def test_nobody_learns_who_has_an_account(client: Client, address: str, field: str) -> None:
    sign_up(client)
    cache.clear()  # it was mailed to a moment ago
    pages = [
        Client().post(address, {field: email}, follow=True) for email in (ANA, "zoe@example.com")
    ]
    known, unknown = (
        page.content.decode().replace(ANA, "…").replace("zoe@example.com", "…") for page in pages
    )
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert _without_tokens(known) == _without_tokens(unknown)
    assert {sent.to[0] for sent in post_mails()} == {ANA, "zoe@example.com"}


def _without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_codes_are_not_guessed_by_trying(client: Client) -> None:
    sign_up(client)
    other = Client()
    other.post("/account/login/code/", {"email": ANA})
    code = code_from_mail()
    for _attempt in range(5):
        other.post("/account/login/code/confirm/", {"code": "AAA-BBB"})
    other.post("/account/login/code/confirm/", {"code": code})
    assert "Signed in as" not in other.get("/account/").content.decode()


def test_many_mails_in_a_row_are_refused_kindly(client: Client) -> None:
    answers = [Client().post("/account/login/code/", {"email": ANA}) for _n in range(8)]
    assert answers[0].status_code == 302
    assert answers[-1].status_code == 200
    assert "field__error" in answers[-1].content.decode()
    assert len(post_mails()) <= 3


def test_trying_many_passwords_is_refused_kindly(client: Client) -> None:
    data = {"login": ANA, "password": "x"}
    pages = [Client().post("/account/login/", data).content.decode() for _n in range(8)]
    assert "Too many failed login attempts" in pages[-1]
    assert "Too many" not in pages[0]


def test_a_code_never_stands_where_staff_could_read_it(client: Client) -> None:
    client.post("/account/signup/", {"email": ANA, "password1": ""})
    job = Job.objects.get()
    assert set(job.payload) == {"mail"}
    code_from_mail()
    assert not OutgoingMail.objects.exists()
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_the_mail_comes_in_the_readers_language(client: Client) -> None:
    client.cookies["django_language"] = "pl"
    client.post("/account/signup/", {"email": ANA, "password1": ""})
    (sent,) = post_mails()
    assert sent.subject.startswith("Twój kod do potwierdzenia adresu")
    assert "Dzień dobry" in sent.body


@pytest.mark.parametrize(
    "email",
    ["", "no", "a@localhost", "a@[127.0.0.1]", "a\r\nBcc: b@example.com", "x" * 300 + "@e.com"],
)
def test_an_address_that_gets_no_mail_is_told_at_the_field(client: Client, email: str) -> None:
    page = client.post("/account/signup/", {"email": email, "password1": ""})
    assert page.status_code == 200
    assert "field__error" in page.content.decode()
    assert not User.objects.exists()
    assert not mail.outbox


def test_customers_are_no_staff(client: Client) -> None:
    sign_up(client)
    assert client.get("/admin/").status_code in (302, 403)
    assert client.get("/factory/").status_code == 403
    assert client.get("/landing/").headers["Location"] == "/account/"


@pytest.mark.parametrize(
    "address",
    ["/account/security/", "/account/email/", "/account/password/", "/account/passkeys/add/"],
)
def test_a_guest_is_led_to_the_customers_sign_in(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/?next=/account/")


def test_a_passkey_does_not_lock_out_other_devices(client: Client) -> None:
    """It is one more way in: a mailed code still does."""
    from allauth.mfa.models import Authenticator

    sign_up(client)
    user = User.objects.get(email=ANA)
    Authenticator.objects.create(user=user, type="webauthn", data={})
    page = sign_in(Client())
    assert "Signed in as ana@example.com" in page.content.decode()


def test_pages_say_what_they_are_without_javascript(client: Client, rf: Any) -> None:
    page = client.get("/account/login/").content.decode()
    assert "Passkeys need JavaScript" in page
    assert 'action="/account/login/code/"' in page


@pytest.mark.parametrize("path", ["login/", "signup/", "login/code/"])
def test_a_field_says_its_label_once(client: Client, path: str) -> None:
    page = client.get(f"/account/{path}", follow=True).content.decode()
    assert "<label" in page
    assert "placeholder" not in page
