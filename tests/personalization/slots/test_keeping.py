"""What browsers keep of pages, what is kept here for all, and that nothing of one is another's."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from configurator.catalog import places
from configurator.catalog.places import NOBODY, filled_by
from personalization.people import consent, events
from personalization.people.models import Event
from personalization.people.purposes import Channel, Purpose
from personalization.slots.filling import Slots
from tests.personalization.slots.conftest import begun, person_of, variant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop")]


def mark(answer: Any) -> str:
    return str(answer.headers["ETag"]).removeprefix("W/")


@pytest.mark.parametrize("path", ["/", "/p/lamp/"])
def test_a_page_that_says_the_same_is_not_sent_again(client: Client, path: str) -> None:
    client.get(path)  # from here on the browser has its secret
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": mark(first)})
    assert (again.status_code, again.content) == (304, b"")
    variant(places.HOME, "News")
    variant(places.PRODUCT, "News")
    changed = client.get(path, headers={"if-none-match": mark(first)})
    assert changed.status_code == 200
    assert "News" in changed.content.decode()


def test_forms_of_a_kept_page_are_still_taken(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get("/p/lamp/")
    first = strict.get("/p/lamp/")
    token = first.content.decode().split('csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert strict.get("/p/lamp/", headers={"if-none-match": mark(first)}).status_code == 304
    posted = strict.post("/p/lamp/start/", {"csrfmiddlewaretoken": token})
    assert posted.status_code == 302


def test_a_mark_is_no_other_browsers_and_no_other_languages(client: Client) -> None:
    client.get("/")
    kept = {"if-none-match": mark(client.get("/"))}
    other = Client()
    other.get("/")
    assert other.get("/", headers=kept).status_code == 200
    assert client.get("/", headers={**kept, "accept-language": "pl"}).status_code == 200


def test_no_shared_cache_keeps_what_is_somebodys(client: Client) -> None:
    variant(places.HOME, "Only for you", whom="rule", rule="designs at least 1")
    variant(places.PRODUCTS, source="seen")
    begun(client, "stool", shade="brass")
    for browser in (client, Client()):
        for path in ("/", "/p/lamp/"):
            answer = browser.get(path)
            assert "private" in answer.headers["Cache-Control"]
            assert "public" not in answer.headers["Cache-Control"]
            assert {"Cookie", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))
    assert "Only for you" in client.get("/").content.decode()
    page = Client().get("/").content.decode()
    assert "Only for you" not in page
    assert page.index("/p/lamp/") < page.index("/p/stool/")


def test_what_was_found_out_is_kept_until_somebody_does_something(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    variant(places.HOME, "Twice", whom="rule", rule="count(saved) >= 1", priority=90)
    variant(places.HOME, "Once", whom="rule", rule="designs at least 1 and orders < 99")
    begun(client, shade="brass")
    assert "Once" in client.get("/").content.decode()
    with django_assert_max_num_queries(20):
        assert "Once" in client.get("/").content.decode()
    events.append(person=person_of(client), kind=Event.Kind.SAVED)
    assert "Twice" in client.get("/").content.decode()
    person, purpose = person_of(client), Purpose.PERSONALIZATION
    consent.withdraw(person=person, purpose=purpose, channel=Channel.SITE, where="/you/")
    assert "Twice" not in client.get("/").content.decode()


def test_without_anybody_who_fills_places_the_shop_stands(client: Client) -> None:
    variant(places.OPENING, "Filled")
    filled_by(NOBODY)
    try:
        for path in ("/", "/p/lamp/", "/cart/"):
            page = client.get(path).content.decode()
            assert "Filled" not in page
    finally:
        filled_by(Slots())
    assert "Filled" in client.get("/").content.decode()
