"""A personal code: one each, for its owner alone, gone with what earned it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from configurator.wizard.models import Design
from orders.deals import Wish, promo_of
from orders.models import Job, Order, OrderEvent
from orders.offers import offer as offered
from orders.promo.batches import make_codes
from orders.promo.models import PromoCode
from orders.promo.writing import LETTERS, OWN
from orders.services import Changed, record
from personalization.experiments import services as experiments
from personalization.offering import services
from personalization.offering.models import Grant
from personalization.people import consent, contacts, receipts, visitors
from personalization.people.exchanges import Exchange, Question
from personalization.people.joining import join
from personalization.people.models import Person
from tests.orders import kit
from tests.personalization.offering.kit import offer
from tests.promo.test_codes import seen_with

UNKNOWN = "don’t know this code"


def why(design: Design, code: str, email: str = "") -> str:
    (told,) = promo_of([Wish(offered(design), 1)], [code], email).told
    return told.why


def ordered(design: Design, code: str, email: str = kit.CONTACT.email) -> Order:
    return kit.order(design, seen_with(design, code, email=email), email=email)


def test_one_each_however_often_it_is_asked_for(person: Person) -> None:
    deal = offer(days=7)
    first = services.code_for(person, deal, source="journey:hello")
    assert services.code_for(person, deal) == first
    assert len(first.code.code) == OWN
    assert len(LETTERS) ** OWN > 2**80
    assert (first.code.limit, first.code.personal, first.code.grouped.count("-")) == (1, True, 4)
    assert first.code.ends_at is not None
    left = first.code.ends_at - timezone.now()
    assert timedelta(days=6, hours=23) < left < timedelta(days=7)


def test_it_is_for_whom_its_rule_is_true(person: Person, design: Design) -> None:
    with pytest.raises(services.NotOffered, match="rule"):
        services.code_for(person, offer("orders at least 1"))
    with visitors.acting(person):
        kit.order(design)
    assert services.code_for(person, offer("orders at least 1")).code
    with pytest.raises(services.NotOffered, match="rule"):
        services.code_for(person, offer("nonsense at least 1"))


def test_who_has_shown_no_address_gets_none_unless_that_is_said(person: Person) -> None:
    nobody = Person.objects.create()
    with pytest.raises(services.NotOffered, match="address"):
        services.code_for(nobody, offer())
    assert services.code_for(nobody, offer(reached=False)).code


def test_who_is_held_out_gets_none(person: Person) -> None:
    experiments.hold_out(code=experiments.GLOBAL, name="Nothing", percent=50)
    rows = [Person.objects.create() for _n in range(12)]
    deal = offer(reached=False)
    out = [each for each in rows if experiments.is_held_out(each)]
    assert 0 < len(out) < 12
    for each in out:
        with pytest.raises(services.NotOffered, match="held_out"):
            services.code_for(each, deal)


def test_only_its_owner_can_use_it_and_others_are_told_nothing(
    person: Person, design: Design
) -> None:
    deal = offer()
    code = services.code_for(person, deal).code.code
    other = Person.objects.create()
    contacts.note(person=other, channel="mail", address="other@example.com", proven=True)
    assert why(design, code, kit.CONTACT.email) == ""
    assert UNKNOWN in why(design, code, "other@example.com")
    with visitors.acting(other):
        assert UNKNOWN in why(design, code)
    PromoCode.objects.update(ends_at=timezone.now())
    assert "has ended" in why(design, code, kit.CONTACT.email)
    nothing = why(design, "A" * OWN, "other@example.com")
    assert why(design, code, "other@example.com") == nothing
    with visitors.acting(person):
        assert "has ended" in why(design, code, "work@example.com")


def test_it_is_used_once_in_the_order_of_its_owner(person: Person, design: Design) -> None:
    code = services.code_for(person, offer()).code.code
    shown = seen_with(design, code)
    with pytest.raises(Changed):
        kit.order(design, shown, email="other@example.com")
    assert ordered(design, code).discounts[0]["code"] == code
    again = kit.whole_design()
    assert "used already" in why(again, code, kit.CONTACT.email)
    with pytest.raises(services.NotOffered, match="used"):
        services.code_for(person, Grant.objects.get().offer)


def test_two_browsers_of_one_person_use_one(person: Person, design: Design) -> None:
    other, deal = Person.objects.create(), offer(reached=False)
    codes = [services.code_for(each, deal).code.code for each in (person, other)]
    assert len(set(codes)) == 2
    join(person=other, into=person, why="test")
    ordered(design, codes[0])
    again = kit.whole_design()
    assert "used this code already" in why(again, codes[1], kit.CONTACT.email)


def test_a_code_for_allowing_goes_with_it(person: Person, design: Design) -> None:
    deal = offer(earned_by="marketing")
    with pytest.raises(services.NotOffered, match="not_allowed"):
        services.code_for(person, deal)
    said: dict[str, Any] = {"person": person, "purpose": "marketing", "where": "/you/"}
    for channel in ("mail", "sms"):
        consent.grant(channel=channel, **said)
    code = services.code_for(person, deal).code
    consent.withdraw(channel="sms", **said)
    assert why(design, code.code, kit.CONTACT.email) == ""
    shown = seen_with(design, code.code)
    consent.withdraw(channel="mail", **said)
    assert "was taken back" in why(design, code.code, kit.CONTACT.email)
    with pytest.raises(Changed):
        kit.order(design, shown)
    code.refresh_from_db()
    assert (code.limit, code.used) == (0, 0)
    consent.grant(channel="mail", **said)
    assert services.code_for(person, deal).code.pk != code.pk


def test_a_code_for_a_fact_goes_with_it(person: Person, design: Design) -> None:
    exchange = Exchange.objects.create(code="size", name="Your size", text="So it fits.")
    Question.objects.create(exchange=exchange, code="height", label="Height")
    receipts.give(person=person, exchange=exchange, answers={"height": "180"})
    for_it = services.code_for(person, offer("height > 150")).code
    besides = services.code_for(person, offer("views at least 0")).code
    receipts.take_back(person=person, exchange=exchange)
    for_it.refresh_from_db()
    besides.refresh_from_db()
    assert (for_it.limit, besides.limit) == (0, 1)


def test_what_asks_for_a_fact_that_nobody_tells_any_more_is_for_nobody(
    client: Client, person: Person, design: Design
) -> None:
    """Neither one's own page nor the checkout nor the night breaks on it."""
    deal = offer("height at least 150", holds=True)
    (code,) = make_codes(promotion=deal.promotion, count=1, personal=True)
    Grant.objects.create(person=person, offer=deal, code=code)
    offer("height at least 160")
    session = client.session
    session["person"] = person.pk
    session.save()
    page = client.get("/you/")
    assert page.status_code == 200
    assert "Get my code" not in page.text
    assert "has changed" in why(design, code.code, kit.CONTACT.email)
    services.ask_to_mint(deal)
    assert services.mint_job(Job.objects.get(kind=services.MINT).pk)
    assert Grant.objects.count() == 1


def test_what_was_taken_back_does_not_come_back_with_a_canceled_order(
    person: Person, design: Design
) -> None:
    said: dict[str, Any] = {"person": person, "purpose": "marketing", "channel": "mail"}
    consent.grant(where="/you/", **said)
    code = services.code_for(person, offer(earned_by="marketing")).code
    order = ordered(design, code.code)
    consent.withdraw(where="/you/", **said)
    record(order_id=order.pk, kind=OrderEvent.Kind.CANCELED, detail={"by": "unpaid"})
    again = kit.whole_design()
    assert "was taken back" in why(again, code.code, kit.CONTACT.email)


def test_one_that_has_to_hold_is_asked_again(person: Person, design: Design) -> None:
    deal = offer("orders at most 0", holds=True)
    code = services.code_for(person, deal).code.code
    assert why(design, code, kit.CONTACT.email) == ""
    with visitors.acting(person):
        kit.order(kit.whole_design())
    assert "has changed" in why(design, code, kit.CONTACT.email)


def test_codes_of_somebody_who_is_forgotten_work_for_nobody(person: Person, design: Design) -> None:
    code = services.code_for(person, offer()).code.code
    Person.objects.all().delete()
    assert UNKNOWN in why(design, code, kit.CONTACT.email)


def test_trying_codes_of_others_counts_as_trying(
    client: Client, design: Design, person: Person, settings: Any
) -> None:
    settings.PROMO_TRIES_PER_ADDRESS = 2
    other = Person.objects.create()
    contacts.note(person=other, channel="mail", address="other@example.com", proven=True)
    deal = offer()
    codes = [services.code_for(person, each).code.code for each in (deal, offer(), offer())]
    session = client.session
    session["person"] = other.pk
    session.save()
    for code in codes:
        sent = kit.form_of(design, promo=code, recalculate="1")
        shown = client.post(kit.place_url(design.pk), sent)
    assert "Those were many codes" in shown.text
