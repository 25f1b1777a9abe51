"""Who refused to be asked how it was is not asked after an order either."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from orders.models import Job, Order
from orders.voices import services as voices
from personalization.people import consent, contacts, visitors
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose
from tests.orders import kit


@pytest.mark.parametrize("yes", [True, False])
def test_a_no_counts_also_where_an_order_would_ask(shipped: Order, yes: bool) -> None:
    person = Person.objects.create()
    contacts.note(
        person=person, channel=Channel.MAIL, address=kit.CONTACT.email.upper(), proven=True
    )
    decide = consent.grant if yes else consent.withdraw
    decide(person=person, purpose=Purpose.RESEARCH, channel=Channel.MAIL, where="/you/")
    job = Job.objects.get(kind=voices.INVITE, payload__order=str(shipped.pk))
    assert voices.invite(job.pk)
    assert len(mail.outbox) == int(yes)


@pytest.mark.parametrize("yes", [True, False])
def test_a_yes_with_the_order_is_a_yes_with_its_proof(db: None, yes: bool) -> None:
    kit.import_lamp()
    person = Person.objects.create()
    with visitors.acting(person):
        kit.order(kit.whole_design(), may_ask=yes)
    said = consent.decision_of(person, Purpose.RESEARCH, Channel.MAIL)
    assert (said is not None and said.granted) is yes
    assert said is None or said.where == "order"


def test_the_way_out_of_a_mail_about_an_order_counts_everywhere(db: None, client: Client) -> None:
    kit.import_lamp()
    person = Person.objects.create()
    with visitors.acting(person):
        order = kit.order(kit.whole_design(), may_ask=True)
    url = f"/o/{order.token}/quiet/"
    client.get(url)
    assert consent.allows(person, Purpose.RESEARCH, Channel.MAIL)
    for _time in range(2):
        Client(enforce_csrf_checks=True).post(url, {"List-Unsubscribe": "One-Click"})
    assert not consent.allows(person, Purpose.RESEARCH, Channel.MAIL)
    assert person.decisions.filter(granted=False).count() == 1


def test_a_new_yes_counts_after_the_way_out_and_the_next_no_after_it(
    shipped: Order, client: Client
) -> None:
    person = Person.objects.create()
    contacts.note(person=person, channel=Channel.MAIL, address=kit.CONTACT.email, proven=True)
    about = {"purpose": Purpose.RESEARCH, "channel": Channel.MAIL, "where": "/you/"}
    for _round in range(2):
        client.post(f"/o/{shipped.token}/quiet/")
        assert not voices.may_be_asked(shipped)
        consent.grant(person=person, **about)
        assert voices.may_be_asked(shipped)


def test_a_yes_with_a_later_order_counts_after_the_way_out(shipped: Order, client: Client) -> None:
    client.post(f"/o/{shipped.token}/quiet/")
    Order.objects.filter(pk=shipped.pk).update(may_ask=True)
    shipped.refresh_from_db()
    assert not voices.may_be_asked(shipped)
    shipped.placed_at = timezone.now()
    assert voices.may_be_asked(shipped)
