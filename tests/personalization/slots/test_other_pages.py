"""Places on a product's page, in the cart, on an order's page, and in mails about it."""

from typing import Any

import pytest
from django.test import Client

from configurator.catalog import places
from configurator.catalog.configuration import Configuration
from configurator.catalog.models import Product
from configurator.catalog.queries import released
from configurator.wizard.answers import completed
from orders import confirmations
from orders.models import Order
from personalization.people import consent, visitors
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose
from personalization.recommending import home
from tests.orders import kit
from tests.personalization.slots.conftest import begun, person_of, variant

pytestmark = pytest.mark.django_db


def test_a_products_page_shows_what_is_meant_for_it(client: Client, shop: None) -> None:
    variant(places.PRODUCT, "Bulbs for it", product="lamp")
    assert "Bulbs for it" in client.get("/p/lamp/").content.decode()
    assert "Bulbs for it" not in client.get("/p/stool/").content.decode()


@pytest.fixture
def together(shop: None, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Six who ordered a lamp have a stool as well; how often that was counted."""
    stool, asked = Product.objects.get(slug="stool"), []

    def companions(ids: list[int], most: int = 3) -> list[home.Companion]:
        asked.append(ids)
        return [] if stool.pk in ids else [home.Companion(stool.pk, 6)]

    monkeypatch.setattr(home, "companions", companions)
    return asked


def test_what_is_ordered_together_is_counted_and_kept(client: Client, together: list[Any]) -> None:
    variant(places.PRODUCT, "Goes with it", source="together", priority=90)
    variant(places.PRODUCT, "Something else", priority=10)
    page = client.get("/p/lamp/").content.decode()
    assert "Goes with it" in page
    assert "6 customers ordered it, too" in page
    assert 'href="/p/stool/"' in page
    client.get("/p/lamp/")
    assert len(together) == 1
    assert "Something else" in client.get("/p/stool/").content.decode()  # nothing goes with it


def test_who_wants_no_recommendations_gets_none(client: Client, together: list[Any]) -> None:
    variant(places.PRODUCT, "Goes with it", source="together")
    begun(client)
    person, purpose = person_of(client), Purpose.RECOMMENDATIONS
    consent.withdraw(person=person, purpose=purpose, channel=Channel.SITE, where="/you/")
    assert "Goes with it" not in client.get("/p/lamp/").content.decode()


def test_a_design_of_the_visit_is_finished_as_others_did_by_one_press(
    client: Client, shop: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    variant(places.HOME, "Others went on like this", source="finished")
    design = begun(client, shade="linen")
    assert "Others went on" not in client.get("/").content.decode()  # nothing is known
    product = released(design.release_id)
    whole = completed(product, Configuration({**design.state["choices"], "base": "heavy"}))
    found = [home.Finished(design, product, whole)]
    monkeypatch.setattr(home, "finished", lambda _designs: found)
    monkeypatch.setattr("configurator.wizard.advising.knows", lambda _product: True)
    page = client.get("/").content.decode()
    assert "Base: Heavy foot" in page
    assert "Who you are plays no part." in page
    form = page.split(f'action="/d/{design.pk}/finish/"')[1].split("</form>")[0]
    assert f'name="revision" value="{design.revision}"' in form
    posted = client.post(f"/d/{design.pk}/finish/", {"revision": design.revision, "by": "others"})
    assert posted.status_code in (302, 303)
    design.refresh_from_db()
    assert "base" in design.state["choices"]
    assert "Others went on" not in client.get("/").content.decode()  # nothing is open any more


def test_a_cart_without_anything_and_one_with_a_lamp(client: Client, shop: None) -> None:
    variant(places.CART, "For every cart", priority=1)
    variant(places.CART, "For lamps", product="lamp")
    assert "For every cart" in client.get("/cart/").content.decode()
    design = begun(client, shade="linen")
    client.post(f"/d/{design.pk}/finish/", {"revision": design.revision})
    client.post(f"/cart/add/{design.pk}/", {"quantity": 1})
    assert "For lamps" in client.get("/cart/").content.decode()


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create()


@pytest.fixture
def order(person: Person, settings: Any, tmp_path: Any) -> Order:
    settings.PAPERS_DIR = tmp_path
    kit.import_lamp()
    with visitors.acting(person):
        return kit.order(kit.whole_design())


def test_an_orders_page_is_composed_for_whoever_looks(client: Client, order: Order) -> None:
    variant(places.ORDER, "For its customer", whom="rule", rule="orders at least 1", priority=90)
    variant(places.ORDER, "For everybody", product="desk-lamp")
    url = f"/o/{order.token}/"
    assert "For everybody" in client.get(url).content.decode()
    session = client.session
    session["person"] = Person.objects.get().pk
    session.save()
    assert "For its customer" in client.get(url).content.decode()


def mail(order: Order) -> str:
    letter = confirmations.mail_of(order, b"%PDF")
    ((html, _kind),) = letter.alternatives
    words = str(letter.body)
    assert ("Besides" in str(html)) == ("Besides" in words)
    return str(html) + words


def test_a_mail_about_an_order_says_more_only_to_who_wants_it(order: Order, person: Person) -> None:
    variant(places.MAIL, "Besides", link="desk-lamp", whom="rule", rule="orders at least 1")
    assert "Besides" not in mail(order)
    how = {"purpose": Purpose.MARKETING, "channel": Channel.MAIL, "where": "/you/"}
    consent.grant(person=person, **how)
    told = mail(order)
    assert "/p/desk-lamp/" in told
    assert "Because this is true of you" in told
    assert "/you/leave/" in told
    consent.withdraw(person=person, **how)
    assert "Besides" not in mail(order)


def test_what_belongs_to_the_order_is_in_every_mail_about_it(order: Order) -> None:
    variant(places.MAIL, "Besides", needed=True)
    told = mail(order)
    assert "Besides" in told
    assert "/you/leave/" not in told
