"""Who refused to be asked how it was is not asked after an order either."""

import pytest
from django.core import mail

from orders.models import Job, Order
from orders.voices import services as voices
from personalization.people import consent, contacts
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
