"""Forgetting somebody: all but what the law makes us keep of their orders (docs/accounts.md)."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import CASCADE
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import artwork, exporting, mails
from accounts.designs import erase as erase_design
from accounts.models import DataRequest, OutgoingMail
from accounts.person import person_of, rows_of
from configurator.sharing.models import Entry
from configurator.wizard.models import Design, OwnedDesign
from orders import jobs
from orders.models import Job, Order, OrderLine
from orders.quotes.models import Quote, QuoteLine
from orders.voices.models import Voice
from personalization.brochures import services as brochures
from personalization.dialogue import owned as dialogue
from personalization.people import owned

ERASE, CLOSE = "accounts.erase", "accounts.forget_order"
CLOSED = (Order.State.SHIPPED, Order.State.CANCELED)
LATER = timedelta(days=1)

KEPT_OF_ORDERS = frozenset(
    {
        *("number", "state", "language", "name", "company", "vat_number", "vat_check"),
        *("street", "postal_code", "city", "country", "currency", "shipping", "discounts"),
        *("billing_name", "billing_street", "billing_postal_code", "billing_city"),
        *("billing_country", "terms_version"),
    }
)
"""Of an order, besides its sums and days: what an invoice must say, for as long as tax law asks."""
KEPT_WITH_ORDERS = frozenset({"orders.orderline", "orders.specification", "orders.paper"})
"""Rows that are kept with an order: what was sold, and the papers about it."""
KEPT_BOOKS = frozenset({"paying.payment", "paying.refund", "paying.notice"})
"""The books: what was paid, when and by which way."""


def ask(asked: DataRequest) -> None:
    """Have somebody forgotten; their account opens nothing from this moment on."""
    with transaction.atomic():
        if asked.user is not None:
            User.objects.filter(pk=asked.user.pk).update(is_active=False)
        jobs.enqueue(kind=ERASE, queue="mail", payload={"request": str(asked.pk)})


def erase(job_id: str | UUID) -> bool:
    """Perform the job: forget whoever asked for it, all in one transaction."""
    return jobs.perform(job_id, _erase)


def forget_order(job_id: str | UUID) -> bool:
    """Perform the job: forget of an order what is not kept, once it is over."""
    return jobs.perform(job_id, lambda job: _forget_later(_order(job)))


def _order(job: Job) -> Order:
    return Order.objects.get(pk=job.payload["order"])


def _erase(job: Job) -> None:
    asked = DataRequest.objects.filter(pk=job.payload["request"]).first()
    if asked is None:
        return
    person = person_of(asked.user, asked.email, asked.designs)
    pictures = artwork.shas_of(rows_of(person))
    orders, designs = list(person.orders), list(person.own_designs)
    dialogue.forget(person.emails, orders, designs)
    brochures.forget(owned.persons_of(person.user, person.emails))
    owned.forget(person.user, person.emails, orders, designs)
    for design in designs:
        _forget_design(design, person.user)
    if person.user is not None:
        _end_sessions(person.user)
        person.user.delete()
    Voice.objects.filter(line__order__in=orders).delete()
    _forget_quotes({asked.email, *person.emails})
    for order in orders:
        _forget_later(order)
    for each in DataRequest.objects.filter(email__in=[asked.email, *person.emails]):
        exporting.drop(each.pk)
        each.delete()
    for email in {asked.email, *person.emails}:
        OutgoingMail.objects.filter(to__iexact=email).delete()
        Entry.objects.filter(email__iexact=email).update(email="")
    artwork.drop_unused(pictures)
    with override(asked.language):
        mails.post_template(
            to=asked.email, subject=_("Your data is deleted"), template="erased", orders=len(orders)
        )


def _forget_design(design: Design, user: User | None) -> None:
    """Gone with all its steps and links; of one that was ordered only what was ordered stays, and
    what somebody else's account keeps is theirs."""
    OwnedDesign.objects.filter(design=design, user=user).delete()
    if OwnedDesign.objects.filter(design=design).exists():
        return
    if erase_design(design):
        return
    for relation in design._meta.related_objects:
        if relation.on_delete is CASCADE:
            rows = relation.related_model._default_manager.filter(**{relation.field.name: design})
            rows.delete()
    line = OrderLine.objects.filter(design=design).order_by("pk").last()
    ordered = line or OrderLine.objects.filter(changes__design=design).first()
    state = ordered.specification.content["configuration"] if ordered else {}
    Design.objects.filter(pk=design.pk).update(
        name="",
        state=state,
        **{key: {} for key in ("limits", "locked", "notice", "place")},
        undo_to=None,
        redo_to=None,
    )


def _forget_quotes(emails: set[str]) -> None:
    """Gone, with the copies of designs that nobody ordered."""
    for email in emails:
        quotes = Quote.objects.filter(contact__email__iexact=email)
        designs = [line.design for line in QuoteLine.objects.filter(quote__in=quotes)]
        quotes.delete()
        for design in designs:
            _forget_design(design, None)


def _forget_later(order: Order) -> None:
    """An order that is over keeps what an invoice says; one that is not is finished first."""
    if order.state not in CLOSED:
        payload = {"order": str(order.pk)}
        jobs.enqueue(kind=CLOSE, queue="mail", payload=payload, due_at=timezone.now() + LATER)
        return
    order.events.update(detail={})
    Order.objects.filter(pk=order.pk).update(
        email="", note="", browser="", customer=None, token=secrets.token_urlsafe(24)
    )


def _end_sessions(user: User) -> None:
    """Every browser is signed out, and forgets what it knew."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
