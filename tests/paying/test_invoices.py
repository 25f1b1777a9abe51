"""Invoices: once an order has left, numbered without gaps, printed once."""

import io
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from pypdf import PdfReader

from configurator.wizard.models import Design
from orders import services as ordering
from orders.models import Job, Order, OrderEvent
from orders.papers import store
from orders.paying import bills
from orders.paying.models import Invoice
from tests.orders import kit
from tests.paying.test_card import ordered, pay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def papers(settings: Any, tmp_path: Any) -> None:
    settings.PAPERS_DIR = tmp_path
    settings.BANK_ACCOUNT = "IBAN PL61 1090 1014 0000 0712 1981 2874"


def shipped(order: Order) -> Job:
    for kind in (OrderEvent.Kind.STARTED, OrderEvent.Kind.FINISHED, OrderEvent.Kind.SHIPPED):
        ordering.record(order_id=order.pk, kind=kind)
    return Job.objects.get(kind="paying.issue_invoice", payload={"order": str(order.pk)})


def words_of(data: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return " ".join(text.split())


def test_what_is_to_be_paid_says_how_and_by_when(design: Design, client: Client) -> None:
    order = ordered(design, "invoice")
    assert client.get(f"/o/{order.token}/invoice.pdf").status_code == 404
    assert bills.issue(shipped(order).pk)
    (sent,) = mail.outbox
    invoice = Invoice.objects.get()
    said = words_of(sent.attachments[0].content)
    assert invoice.number in said
    assert order.number in said
    assert "IBAN PL61 1090 1014 0000 0712 1981 2874" in said
    assert "Please transfer" in sent.body
    page = client.get(f"/o/{order.token}/").content.decode()
    assert f"/o/{order.token}/invoice.pdf" in page
    assert client.get(f"/o/{order.token}/invoice.pdf").content == store.read(invoice.sha)


def test_what_was_paid_by_card_says_so(design: Design) -> None:
    order = ordered(design)
    pay(order)
    bills.issue(shipped(order).pk)
    (sent,) = mail.outbox
    assert "Paid. Thank you!" in words_of(sent.attachments[0].content)
    assert Invoice.objects.get().due_on is None


def test_an_invoice_is_the_same_however_often_it_is_asked_for(
    design: Design, settings: Any
) -> None:
    order = ordered(design, "invoice")
    first = bills.printed(bills.number_for(order))
    settings.BANK_ACCOUNT = "another bank"
    assert bills.printed(bills.number_for(order)) == first
    assert Invoice.objects.count() == 1


def test_numbers_have_no_gaps(design: Design) -> None:
    first = bills.number_for(ordered(design, "invoice"))
    other = ordered(kit.started({**kit.CHOICES, "shade": "linen"}, "two"), "invoice")
    with transaction.atomic():
        bills.number_for(other)
        transaction.set_rollback(True)
    second = bills.number_for(other)
    assert int(second.number[-5:]) == int(first.number[-5:]) + 1
