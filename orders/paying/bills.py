"""Invoices: numbered without gaps when an order has left, printed once, and mailed."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from configurator.shops.embedding import public
from orders import jobs, mailing, pages
from orders.deals import sums_of
from orders.models import Job, Order
from orders.money import say_money
from orders.numbering import Series, next_number
from orders.papers import confirmation, store, words
from orders.papers.confirmation_layout import lay_out
from orders.paying.models import Invoice, Payment


def issue(job_id: str | UUID) -> bool:
    """Perform the job: number, print and mail the invoice of the order in its payload.

    The number is given once, by a transaction of its own; what is printed and mailed afterwards is
    the same however often it is tried.
    """
    return jobs.perform_prepared(job_id, _print_and_mail, lambda _job, _sent: None)


def _print_and_mail(job: Job) -> None:
    order = Order.objects.get(pk=job.payload["order"])
    invoice = number_for(order)
    _mail(invoice, order, printed(invoice)).send()


def number_for(order: Order) -> Invoice:
    """The order's invoice, numbered now if it has none: a rollback gives the number back."""
    with transaction.atomic():
        Order.objects.select_for_update().get(pk=order.pk)
        found = Invoice.objects.filter(order=order).first()
        if found is not None:
            return found
        today = timezone.localdate()
        owing = order.payments.filter(state=Payment.State.OPEN).exists()
        return Invoice.objects.create(
            number=next_number(Series.INVOICE),
            order=order,
            issued_on=today,
            due_on=today + timedelta(days=settings.INVOICE_DAYS) if owing else None,
        )


def printed(invoice: Invoice) -> bytes:
    """The PDF, as it was first printed."""
    if invoice.sha and (kept := store.read(invoice.sha)) is not None:
        return kept
    data = _draw(invoice)
    sha = hashlib.sha256(data).hexdigest()
    store.keep(sha, data)
    Invoice.objects.filter(pk=invoice.pk).update(sha=sha)
    invoice.sha = sha
    return data


def _draw(invoice: Invoice) -> bytes:
    order = invoice.order
    lines = list(order.lines.select_related("specification"))
    with override(order.language):
        letter = confirmation.letter_of(order, lines, sums_of(order), _link(order), order.language)
        letter = replace(
            letter,
            title=_("Invoice %(number)s") % {"number": invoice.number},
            thanks=_("For you, %(name)s.") % {"name": order.name},
            told=_told(invoice, order),
            note="",
            arrives="",
            closing=" ".join(part for part in (_how_to_pay(invoice, order), _firm()) if part),
        )
        return lay_out(letter, confirmation.size_for(order), order.language)


def _told(invoice: Invoice, order: Order) -> str:
    return _("Invoice of %(issued)s for your order %(number)s, delivered on %(issued)s.") % {
        "issued": words.long_date(invoice.issued_on, order.language),
        "number": order.number,
    }


def _firm() -> str:
    return f"{settings.FIRM_NAME}, {settings.FIRM_DETAILS}" if settings.FIRM_DETAILS else ""


def _how_to_pay(invoice: Invoice, order: Order) -> str:
    if invoice.due_on is None:
        return _("Paid. Thank you!")
    open_sums = order.payments.filter(state=Payment.State.OPEN).values_list("amount", flat=True)
    amount = sum(open_sums, Decimal(0)) or order.total
    said = _("Please transfer %(amount)s by %(day)s, with the number %(number)s.") % {
        "amount": say_money(amount, order.currency, order.language),
        "day": words.long_date(invoice.due_on, order.language),
        "number": invoice.number,
    }
    return f"{said} {settings.BANK_ACCOUNT}".strip()


def _mail(invoice: Invoice, order: Order, data: bytes) -> mailing.Letter:
    with override(order.language):
        lines = order.lines.select_related("specification")
        mail = mailing.letter(
            "invoice",
            text="paying/invoice.txt",
            to=order.email,
            subject=_("Invoice %(number)s") % {"number": invoice.number},
            key=f"{order.pk}.invoice",
            shown=mailing.shown_of(lines, order.currency),
            order=order,
            invoice=invoice,
            receipt=pages.ordered_sums(order),
            pay=_how_to_pay(invoice, order),
            link=_link(order),
        )
    mail.attach(f"{invoice.number}.pdf", data, "application/pdf")
    return mail


def _link(order: Order) -> str:
    return public(reverse("orders:order", args=[order.token]))
