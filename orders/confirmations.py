"""Mails about an order: its confirmation, once printed, that it was changed, canceled, or left."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from configurator.catalog import places
from configurator.catalog.places import About
from configurator.catalog.texts import say
from configurator.shops.embedding import public
from orders import chapters, jobs, mailing, pages, services
from orders.besides import Besides
from orders.models import Job, Order, OrderEvent, Paper
from orders.money import say_money
from orders.papers import confirmation, store

EXACTLY = {"confirmation", "changed"}
"""Mails that tell every choice, besides the picture."""
MORE = {"confirmation", "shipped"}
"""Mails that may say something besides."""


def send_confirmation(job_id: str | UUID) -> bool:
    """Perform the job: print and mail the confirmation of the order in its payload.

    The mail leaves before the record that it did; it goes out twice only if the process dies in
    between, and then with the same Message-ID. A job that is repeated after that sends nothing.
    """
    return jobs.perform_prepared(job_id, _print_and_mail, _record)


def _print_and_mail(job: Job) -> None:
    order = Order.objects.get(pk=job.payload["order"])
    printed = print_confirmation(order)
    if not order.events.filter(kind=OrderEvent.Kind.CONFIRMATION_SENT).exists():
        mail_of(order, printed).send()


def _record(job: Job, _nothing: None) -> None:
    services.record(order_id=UUID(job.payload["order"]), kind=OrderEvent.Kind.CONFIRMATION_SENT)


def print_confirmation(order: Order) -> bytes:
    """The confirmation as a PDF, kept in the store and known by a row."""
    size = confirmation.size_for(order)
    sha = confirmation.name_of(order, size, order.language)
    printed = store.read(sha)
    if printed is None:
        printed = confirmation.render(order, size, order.language)
        store.keep(sha, printed)
    Paper.objects.get_or_create(
        kind=Paper.Kind.CONFIRMATION,
        size=size,
        subject=order.number,
        revision=order.revision,
        defaults={"sha": sha, "order": order},
    )
    return printed


def send_change(job_id: str | UUID) -> bool:
    """Perform the job: print the confirmation of the changed order anew, and mail it."""
    return jobs.perform_prepared(job_id, _print_and_mail_change, lambda _job, _sent: None)


def _print_and_mail_change(job: Job) -> None:
    order = Order.objects.get(pk=job.payload["order"])
    change_mail_of(order, print_confirmation(order), int(job.payload["to"])).send()


def send_cancellation(job_id: str | UUID) -> bool:
    """Perform the job: tell the customer that the order in its payload is canceled."""
    return jobs.perform_prepared(
        job_id,
        lambda job: cancellation_of(Order.objects.get(pk=job.payload["order"])).send(),
        lambda _job, _sent: None,
    )


def send_shipped(job_id: str | UUID) -> bool:
    """Perform the job: tell the customer that the order in its payload has left."""
    return jobs.perform_prepared(
        job_id,
        lambda job: shipped_mail_of(Order.objects.get(pk=job.payload["order"])).send(),
        lambda _job, _sent: None,
    )


def mail_of(order: Order, printed: bytes) -> mailing.Letter:
    """The confirmation in the customer's language, with the PDF."""
    with override(order.language):
        subject = _("Your order %(number)s") % {"number": order.number}
        mail = _mail(order, "confirmation", subject)
    mail.attach(f"{order.number}.pdf", printed, "application/pdf")
    return mail


def change_mail_of(order: Order, printed: bytes, revision: int) -> mailing.Letter:
    """That it is changed, by how much and for when, with the confirmation as it is now."""
    changed = order.events.filter(kind=OrderEvent.Kind.CHANGED, detail__revision=str(revision))
    event = changed.last()
    difference = Decimal(event.detail["difference"]) if event else Decimal(0)
    with override(order.language):
        subject = _("Your order %(number)s is changed") % {"number": order.number}
        mail = _mail(
            order,
            "changed",
            subject,
            mark=f"-{revision}",
            more=difference > 0,
            less=difference < 0,
            difference=say_money(abs(difference), order.currency, order.language),
            off=_changed_discounts(event, order),
        )
    mail.attach(f"{order.number}-{order.revision}.pdf", printed, "application/pdf")
    return mail


def _changed_discounts(event: OrderEvent | None, order: Order) -> list[dict[str, str]]:
    """The codes that take off another amount since: their names, and both amounts."""
    found = event.detail.get("discounts", []) if event else []
    return [
        {
            "name": say(each["name"], order.language),
            "before": say_money(Decimal(each["before"]), order.currency, order.language),
            "after": say_money(Decimal(each["after"]), order.currency, order.language),
        }
        for each in found
    ]


def cancellation_of(order: Order) -> mailing.Letter:
    """That it is canceled, in the customer's language."""
    canceled = order.events.filter(kind=OrderEvent.Kind.CANCELED).last()
    asked = canceled is not None and canceled.detail.get("by") == "customer"
    with override(order.language):
        subject = _("Your order %(number)s is canceled") % {"number": order.number}
        return _mail(order, "canceled", subject, asked=asked)


def shipped_mail_of(order: Order) -> mailing.Letter:
    """That it has left, and how its parcels can be followed, as far as that is known."""
    with override(order.language):
        pickup = bool(order.shipping.get("pickup"))
        subject = _("It is ready for you") if pickup else _("It is on its way")
        return _mail(order, "shipped", subject, parcels=chapters.told(order).parcels)


def _mail(order: Order, name: str, subject: str, mark: str = "", **more: Any) -> mailing.Letter:
    """A mail from the templates of this name, in the present language."""
    shown = mailing.shown_of(order.lines.select_related("specification"), order.currency)
    slugs = tuple(each.line.product for each in shown if each.line)
    said = places.filler().letter(places.MAIL, About(slugs, order.pk)) if name in MORE else None
    besides = Besides.of(said) if said else None
    return mailing.letter(
        name,
        text=f"orders/{name}.txt",
        to=order.email,
        subject=subject,
        key=f"{order.pk}.{name}{mark}",
        shown=shown,
        exactly=name in EXACTLY,
        pictures=besides.pictures if besides else (),
        besides=besides,
        order=order,
        lines=[each.line for each in shown],
        receipt=pages.ordered_sums(order),
        address=pages.address_lines(order),
        billing=pages.billing_lines(order),
        when=pages.when(order),
        link=public(reverse("orders:order", args=[order.token])),
        **more,
    )
