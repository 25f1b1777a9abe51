"""What a customer's hands do: begin a design, read the mails, sign in."""

import re
from typing import Any

from django.core import mail
from django.test import Client

from accounts import mails
from configurator.wizard.models import Design
from orders.models import Job, Order
from tests.orders import kit

ANA = "ana@example.com"
ADDRESS = {
    "name": "Ana Ñ",
    "company": "",
    "street": "Ulica 7",
    "postal_code": "31-008",
    "city": "Kraków",
    "country": "PL",
}


def post_mails() -> list[Any]:
    """Let the mails go that wait; those that went."""
    before = len(mail.outbox)
    for job in Job.objects.filter(kind=mails.SEND, state=Job.State.DUE):
        assert mails.send(job.pk)
    return mail.outbox[before:]


def code_from_mail() -> str:
    """The code in the only mail that waits."""
    (sent,) = post_mails()
    found = re.search(r"^([A-Z0-9]+(-[A-Z0-9]+)*)$", sent.body, re.MULTILINE)
    assert found, sent.body
    return found[1]


def sign_up(client: Client, email: str = ANA, password: str = "") -> Any:
    """Create an account, and confirm its address."""
    client.post("/account/signup/", {"email": email, "password1": password})
    return client.post("/account/email/confirm/", {"code": code_from_mail()}, follow=True)


def sign_in(client: Client, email: str = ANA) -> Any:
    """Sign in by a mailed code."""
    client.post("/account/login/code/", {"email": email})
    return client.post("/account/login/code/confirm/", {"code": code_from_mail()}, follow=True)


def design_begun(client: Client) -> Design:
    """A design that this browser begins, with one choice."""
    client.post("/p/desk-lamp/start/")
    design = Design.objects.latest("created_at")
    data = {"option": "shade", "value": "glass", "revision": design.revision}
    client.post(f"/d/{design.pk}/choose/", data)
    design.refresh_from_db()
    assert design.revision > 0
    return design


def order_in(client: Client, email: str = "zofia@example.com") -> Order:
    """An order that this browser places."""
    design = kit.whole_design()
    client.get(f"/d/{design.pk}/review/")
    client.post(kit.place_url(design.pk), kit.form_of(design, email=email))
    return Order.objects.latest("placed_at")
