"""An offer at a place: theirs by its rules, with their code or the button that gives it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from configurator.catalog import places
from configurator.catalog.models import Product
from orders.promo.models import PromoCode, Promotion
from personalization.offering import services as offering
from personalization.offering.models import Grant, Offer
from personalization.people import consent, contacts
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose
from personalization.slots.models import Variant
from tests.personalization.offering.kit import offer
from tests.personalization.slots.conftest import begun, person_of, variant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]
BUTTON = "Get my code"


@pytest.fixture
def person(client: Client) -> Person:
    """This browser, of which something is known."""
    begun(client)
    found = person_of(client)
    contacts.note(person=found, channel="mail", address="eva@example.com", proven=True)
    return found


@pytest.fixture
def shown(person: Person) -> Variant:
    return variant(places.HOME, "For you", source="offer")


def home(client: Client, **headers: str) -> str:
    return client.get("/", headers=headers).content.decode()


def test_nobody_known_gets_the_default(client: Client) -> None:
    variant(places.HOME, "For you", source="offer", priority=90)
    variant(places.HOME, "For everybody", priority=1)
    offer()
    page = home(client)
    assert "For everybody" in page
    assert BUTTON not in page


def test_the_button_gives_the_code_and_then_the_code_stands_there(
    client: Client, shown: Variant, person: Person
) -> None:
    made = offer(why="Because you came", terms={"ends_at": timezone.now() + timedelta(days=9)})
    page = home(client)
    assert "10 % off" in page
    assert "Because you came" in page
    assert "This offer is for everybody." in page
    assert "until" in page
    assert f'action="/you/offers/{made.pk}/"' in page or BUTTON in page
    action = page.split('action="')[1:]
    (claim,) = [each.split('"')[0] for each in action if each.startswith("/you/offers/")]
    assert client.post(claim).status_code == 302
    page = home(client)
    assert Grant.objects.get().code.grouped in page
    assert BUTTON not in page


def test_it_tells_what_it_gives_on_a_product(client: Client, shown: Variant) -> None:
    lamp = Product.objects.get(slug="lamp")
    offer(terms={"percent": Decimal(50)}).promotion.products.add(lamp)
    page = home(client)
    assert "as in its picture:" in page
    assert "Stool as in its picture" not in page


@pytest.mark.parametrize(
    "how",
    [
        {"active": False},
        {"ends_at": timezone.now() - timedelta(days=1)},
        {"starts_at": timezone.now() + timedelta(days=1)},
        {"limit": 1, "used": 1},
    ],
)
def test_none_that_is_over_or_sold_out(
    client: Client, shown: Variant, person: Person, how: dict[str, Any]
) -> None:
    mine = offering.code_for(person, made := offer())
    assert mine.code.grouped in home(client)
    Promotion.objects.filter(pk=made.promotion_id).update(**how)
    page = home(client)
    assert mine.code.grouped not in page
    assert BUTTON not in page


def test_none_that_is_used_even_if_it_was_taken_back(
    client: Client, shown: Variant, person: Person
) -> None:
    mine = offering.code_for(person, offer())
    PromoCode.objects.update(used=1)
    assert BUTTON not in home(client)
    Grant.objects.filter(pk=mine.pk).update(withdrawn_at=timezone.now())
    page = home(client)
    assert BUTTON not in page
    assert mine.code.grouped not in page


def test_only_to_whom_it_is_for(client: Client, shown: Variant, person: Person) -> None:
    offer("orders at least 1")
    assert BUTTON not in home(client)
    Offer.objects.update(rule="views at least 0")
    page = home(client)
    assert BUTTON in page
    assert "Because this is true of you" in page
    consent.withdraw(person=person, purpose=Purpose.MARKETING, channel=Channel.SITE, where="/you/")
    assert BUTTON not in home(client)


def test_who_asks_not_to_be_known_gets_none(client: Client, shown: Variant) -> None:
    offer()
    assert BUTTON not in home(client, **{"sec-gpc": "1"})


def test_the_one_that_is_named_or_what_ends_first(
    client: Client, shown: Variant, person: Person
) -> None:
    soon = timezone.now() + timedelta(days=2)
    late = offer(terms={"name_en": "Autumn"})
    offer(terms={"name_en": "Flash", "ends_at": soon})
    assert "Flash" in home(client)
    Variant.objects.update(offer=late)
    page = home(client)
    assert "Autumn" in page
    assert "Flash" not in page


def test_on_a_products_page_only_what_is_for_it(client: Client, person: Person) -> None:
    variant(places.PRODUCT, "For you", source="offer")
    offer().promotion.products.add(Product.objects.get(slug="stool"))
    assert BUTTON not in client.get("/p/lamp/").content.decode()
    assert BUTTON in client.get("/p/stool/").content.decode()


def test_browsers_get_the_page_again_when_the_offer_changes(
    client: Client, shown: Variant, person: Person
) -> None:
    mine = offering.code_for(person, offer())
    first = client.get("/")
    assert "private" in first["Cache-Control"]
    assert client.get("/", headers={"if-none-match": first["ETag"]}).status_code == 304
    PromoCode.objects.filter(pk=mine.code_id).update(used=1)
    again = client.get("/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert mine.code.grouped not in again.content.decode()
    other = Client().get("/").content.decode()
    assert mine.code.grouped not in other
