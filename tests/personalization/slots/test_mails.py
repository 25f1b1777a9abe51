"""Mails about an order say what pages do: products, designs, recommendations, an offer's code."""

from typing import Any

import pytest

from configurator.catalog import places
from configurator.catalog.models import Product
from orders import confirmations
from orders.mailing import Letter
from orders.models import Order
from personalization.offering.models import Grant
from personalization.people import consent, contacts, visitors
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose
from personalization.recommending import home
from tests.orders import kit
from tests.personalization.offering.kit import offer
from tests.personalization.slots.conftest import variant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]
HOW: dict[str, Any] = {"purpose": Purpose.MARKETING, "channel": Channel.MAIL, "where": "/you/"}


@pytest.fixture
def person(db: None) -> Person:
    made = Person.objects.create()
    contacts.note(person=made, channel="mail", address=kit.CONTACT.email, proven=True)
    consent.grant(person=made, **HOW)
    return made


@pytest.fixture
def order(person: Person, settings: Any, tmp_path: Any) -> Order:
    settings.PAPERS_DIR = tmp_path / "papers"
    kit.import_lamp()
    with visitors.acting(person):
        return kit.order(kit.whole_design())


def both(letter: Letter) -> tuple[str, str]:
    ((html, _kind),) = letter.alternatives
    return str(html), str(letter.body)


def mail(order: Order) -> Letter:
    return confirmations.mail_of(order, b"%PDF")


def test_products_and_designs_come_with_their_pictures(order: Order, settings: Any) -> None:
    variant(places.MAIL, "Go on with", items=["stool/bed", "lamp", "stool/gone"], picture="lamp")
    before = len(mail(order).pictures)
    letter = mail(order)
    site = settings.SITE_URL.rstrip("/")
    for part in both(letter):
        assert f"{site}/p/stool/#design-bed" in part
        assert f"{site}/p/lamp/" in part
        assert "By the bed" in part
        assert "gone" not in part
    html, _words = both(letter)
    named = [each.name for each in letter.pictures if each.name.startswith("besides")]
    assert len(named) == 3
    assert before == len(letter.pictures)
    for each in letter.pictures:
        assert f"cid:{each.name}" in html
        assert each.data.startswith(b"\xff\xd8")
    said = letter.message().as_bytes()
    assert said.count(b"Content-ID: <besides") == 3


def test_what_is_recommended_tells_why(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    stool = Product.objects.get(slug="stool")
    found = [home.Companion(stool.pk, 6)]
    monkeypatch.setattr(home, "companions", lambda _ids, _most=3: found)
    variant(places.MAIL, "Goes with it", source="together")
    for part in both(mail(order)):
        assert "6 customers ordered it, too" in part
        assert "It is counted from orders." in part
        assert "/p/stool/" in part


def test_an_offer_comes_with_their_code_the_same_in_every_mail(
    order: Order, person: Person
) -> None:
    variant(places.MAIL, "For next time", source="offer")
    offer(why="Because you ordered")
    first, second = both(mail(order)), both(mail(order))
    grant = Grant.objects.get()
    assert grant.source == "mail"
    for part in (*first, *second):
        assert grant.code.grouped in part
        assert "10 % off" in part
        assert "Because you ordered" in part
        assert "/you/leave/" in part


def test_who_wants_no_news_gets_no_offer_whatever_is_said_of_it(
    order: Order, person: Person
) -> None:
    consent.withdraw(person=person, **HOW)
    variant(places.MAIL, "For next time", source="offer", needed=True)
    offer()
    assert all("For next time" not in part for part in both(mail(order)))
    assert not Grant.objects.exists()
