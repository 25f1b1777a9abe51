"""Two admins at one product: they see each other, and nobody saves over what they never saw."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Choice, Option, Presence, Product, Rule
from tests.catalog.kit import STOOL
from tests.catalog.test_admin import filled
from tests.rows import written_once

pytestmark = pytest.mark.django_db


def import_stool() -> None:
    import_product(file=STOOL)


@pytest.fixture
def stool() -> Product:
    written_once(import_stool)
    return Product.objects.get()


def admin(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser(name))
    return client


def change(model: str, key: int) -> str:
    return reverse(f"admin:catalog_{model}_change", args=[key])


def test_a_row_is_not_saved_over_what_was_never_seen(stool: Product) -> None:
    anna, bob = admin("anna"), admin("bob")
    rule = Rule.objects.get(code="low-stools-have-no-footrest")
    address = change("rule", rule.pk)
    annas, bobs = filled(anna, address), filled(bob, address)
    bobs["text"] = "footrest requires height > 500 mm"
    assert bob.post(address, bobs).status_code == 302
    annas["message_en"] = "Too low for a footrest."
    annas["position"] = "44"
    refused = anna.post(address, annas)
    assert refused.status_code == 200
    html = refused.content.decode().replace("&gt;", ">")
    assert "bob changed this while you had it open." in html
    assert "Stored now: footrest requires height > 500 mm" in html
    assert "Too low for a footrest." in html  # nothing is lost
    assert html.count("Stored now:") == 1  # what only she changed is no question
    rule.refresh_from_db()
    assert rule.text == "footrest requires height > 500 mm"
    again = {
        **annas,
        "seen": _seen(html),
        "theirs": re.findall(r'name="theirs" value="(\w+)"', html),
    }
    assert again["theirs"] == ["text"]
    assert anna.post(address, again).status_code == 302  # knowingly
    rule.refresh_from_db()
    assert rule.text == "footrest requires height > 500 mm"  # which she never touched
    assert rule.message_en == "Too low for a footrest."  # type: ignore[attr-defined]


def test_ones_own_is_saved_where_it_was_chosen(stool: Product) -> None:
    anna, bob = admin("anna"), admin("bob")
    address = change("product", stool.pk)
    annas, bobs = filled(anna, address), filled(bob, address)
    bobs |= {"base_price": "41.00", "base_days": "7"}
    annas |= {"base_price": "42.00", "base_days": "8"}
    assert bob.post(address, bobs).status_code == 302
    html = anna.post(address, annas).content.decode()
    assert html.count("Save what I entered instead") == 2
    again = {"seen": _seen(html), "theirs": ["base_price", "base_days"], "mine": ["base_days"]}
    assert anna.post(address, {**annas, **again}).status_code == 302
    stool.refresh_from_db()
    assert (str(stool.base_price), stool.base_days) == ("41.00", 8)


def test_a_third_version_does_not_make_forget_the_second(stool: Product) -> None:
    anna, bob = admin("anna"), admin("bob")
    address = change("product", stool.pk)
    annas, bobs = filled(anna, address), filled(bob, address)
    assert bob.post(address, {**bobs, "base_price": "41.00"}).status_code == 302
    html = anna.post(address, {**annas, "base_days": "8"}).content.decode()
    assert bob.post(address, {**filled(bob, address), "position": "3"}).status_code == 302
    again = {"seen": _seen(html), "theirs": ["base_price"], "base_days": "8"}
    html = anna.post(address, {**annas, **again}).content.decode()
    theirs = re.findall(r'name="theirs" value="(\w+)"', html)
    assert sorted(theirs) == ["base_price", "position"]
    again = {**again, "seen": _seen(html), "theirs": theirs}
    assert anna.post(address, {**annas, **again}).status_code == 302
    stool.refresh_from_db()
    assert (str(stool.base_price), stool.base_days, stool.position) == ("41.00", 8, 3)


def _seen(html: str) -> str:
    (value,) = re.findall(r'name="seen" value="(\w+)"', html)
    return str(value)


def test_the_same_change_twice_is_no_clash(stool: Product) -> None:
    anna, bob = admin("anna"), admin("bob")
    address = change("product", stool.pk)
    annas, bobs = filled(anna, address), filled(bob, address)
    annas["base_price"] = bobs["base_price"] = "41.00"
    assert bob.post(address, bobs).status_code == 302
    assert anna.post(address, annas).status_code == 302


def test_choices_within_an_option_are_guarded_one_by_one(stool: Product) -> None:
    anna, bob = admin("anna"), admin("bob")
    option = Option.objects.get(code="wood")
    address = change("option", option.pk)
    annas, bobs = filled(anna, address), filled(bob, address)
    prices = [name for name in annas if re.fullmatch(r"choices-\d+-price", name)]
    oak = next(name for name in prices if annas[name] == "25")
    bobs[oak] = "26"
    annas[oak] = "27"
    assert bob.post(address, bobs).status_code == 302
    refused = anna.post(address, annas)
    assert refused.status_code == 200
    assert "Stored now: 26" in refused.content.decode()
    assert Choice.objects.get(code="oak").price == "26"


def test_a_form_without_a_version_is_saved(stool: Product) -> None:
    anna = admin("anna")
    address = change("product", stool.pk)
    data = filled(anna, address)
    del data["seen"]
    Product.objects.update(base_price="39.00")
    assert anna.post(address, data).status_code == 302


def told(client: Client, product: Product, **data: Any) -> str:
    address = reverse("admin:catalog_product_presence", args=[product.pk])
    answer = client.post(address, data)
    assert answer.status_code == 200
    return answer.content.decode()


def test_admins_see_each_other_and_what_they_change(stool: Product) -> None:
    anna, bob = admin("anna"), admin("bob")
    page = change("rule", Rule.objects.get(code="brass-is-for-oak").pk)
    anna.get(page)
    html = bob.get(change("product", stool.pk)).content.decode()
    assert "anna is editing this product too: rule “brass-is-for-oak”." in html
    (since,) = re.findall(r'data-since="(\d+)"', html)
    assert "Changed since" not in html
    choice = Option.objects.get(code="wood")
    address = change("option", choice.pk)
    data = filled(anna, address)
    anna.post(address, {**data, "position": "7"})
    said = told(bob, stool, since=since, page="product")
    assert "anna: option “Wood” changed: position" in said
    assert "Changed since" not in told(anna, stool, since=since)  # own changes are known


def test_who_has_left_is_not_there(stool: Product) -> None:
    anna, bob = admin("anna"), admin("bob")
    told(anna, stool)
    assert "anna is editing" in told(bob, stool)
    Presence.objects.update(at=timezone.now() - timedelta(minutes=2))
    assert "anna" not in told(bob, stool)


def test_bad_signs_of_life_do_no_harm(stool: Product) -> None:
    anna = admin("anna")
    for since in ("", "x", "-1", "9" * 40):
        told(anna, stool, since=since, page="p" * 5000)
    address = reverse("admin:catalog_product_presence", args=[999])
    assert anna.post(address).status_code == 404
    assert anna.get(address).status_code == 405
    assert Client().post(address).status_code == 302
