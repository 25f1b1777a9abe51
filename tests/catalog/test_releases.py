"""Releases: what differs is told in words, notes are kept, an earlier one can come back."""

import copy

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from configurator.catalog import queries
from configurator.catalog.comparing import compare
from configurator.catalog.drafts import read_content
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Choice, Option, Product, Release, Rule
from tests.catalog.kit import STOOL
from tests.catalog.kit import publish_in_admin as publish
from tests.work import work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def stool() -> Product:
    import_product(file=STOOL)
    return Product.objects.get(slug="stool")


def told(product: Product) -> list[str]:
    live = Release.objects.get(product=product, live=True)
    return [line for group in compare(live.content, read_content(product)) for line in group.lines]


def test_equal_contents_do_not_differ(stool: Product) -> None:
    assert told(stool) == []
    content = read_content(stool)
    assert compare(content, copy.deepcopy(content)) == []


def test_every_change_is_told_in_words(stool: Product) -> None:
    Choice.objects.filter(option__code="wood", code="oak").update(price="30", name_pl="Dębina")
    Choice.objects.filter(option__code="rest_metal", code="brass").delete()
    Rule.objects.filter(code="brass-is-for-oak").delete()
    Rule.objects.filter(code="low-stools-have-no-footrest").update(
        text="footrest requires height > 1"
    )
    Rule.objects.create(
        product=stool, code="fresh", kind="condition", text="not footrest", position=9
    )
    Product.objects.filter(pk=stool.pk).update(base_price="41.00")
    assert told(Product.objects.get(pk=stool.pk)) == [
        "“Stool”: base price is now 41.00, was 40.50",
        "“Wood: Oak”: name [pl] is now Dębina, was Dąb",
        "“Wood: Oak”: price is now 30, was 25",
        "“Metal of the footrest: Brass” is gone.",
        "“low-stools-have-no-footrest”: rule is now footrest requires height > 1, "
        "was footrest requires height >= 500 mm",
        "“fresh” is new: not footrest",
        "“brass-is-for-oak” is gone.",
    ]


def test_combinations_that_are_new_or_gone_are_told(stool: Product) -> None:
    old = read_content(stool)
    new = copy.deepcopy(old)
    table = {"options": ["wood", "footrest"], "rows": [["pine", True], ["oak", False]]}
    for content, rows in ((old, table["rows"]), (new, [["pine", True], ["oak", True]])):
        content["rules"][0].update(rule="", allow={**table, "rows": rows}, forbid=None)
    lines = [line for group in compare(old, new) for line in group.lines]
    code = old["rules"][0]["code"]
    assert lines == [
        f"“{code}”: new combinations: oak + yes",
        f"“{code}”: combinations that are gone: oak + no",
    ]


def test_another_order_and_another_page_are_told(stool: Product) -> None:
    option = Option.objects.get(product=stool, code="footrest")
    option.step = stool.steps.get(code="body")
    option.position = 0
    option.save(update_fields=["step", "position"])
    assert "“Footrest”: step code is now body, was extras" in told(stool)
    assert "The order has changed." in told(stool)


def test_publishing_shows_what_is_new_and_keeps_notes(stool: Product, admin_client: Client) -> None:
    Product.objects.filter(pk=stool.pk).update(base_price="41.00")
    page = reverse("admin:catalog_product_publish", args=[stool.pk])
    assert "“Stool”: base price is now 41.00, was 40.50" in admin_client.get(page).content.decode()
    publish(admin_client, stool, " Spring prices ")
    second = Release.objects.get(live=True)
    assert (second.number, second.notes) == (2, "Spring prices")
    html = admin_client.get(reverse("admin:catalog_release_change", args=[second.pk]))
    assert "What differs from release 1" in html.content.decode()
    assert "base price is now 41.00, was 40.50" in html.content.decode()


def test_an_earlier_release_comes_back_with_one_click(stool: Product, admin_client: Client) -> None:
    Product.objects.filter(pk=stool.pk).update(base_price="41.00")
    publish(admin_client, stool)
    first, second = Release.objects.order_by("number")
    html = admin_client.get(reverse("admin:catalog_release_change", args=[first.pk]))
    back = reverse("admin:catalog_release_revive", args=[first.pk])
    assert back in html.content.decode()
    assert admin_client.post(back).status_code == 302
    work_off()
    assert queries.live_release("stool").number == 1
    assert list(Release.objects.filter(live=True)) == [first]
    assert Product.objects.get(pk=stool.pk).base_price == 41  # the rows stay
    publish(admin_client, stool)
    assert Release.objects.get(live=True).number == 3  # as the second, and not in its place
    assert second.pk != Release.objects.get(live=True).pk


def test_only_who_may_publish_brings_one_back(stool: Product, client: Client) -> None:
    release = Release.objects.get()
    back = reverse("admin:catalog_release_revive", args=[release.pk])
    client.force_login(User.objects.create_user("eve", is_staff=True))
    assert client.post(back).status_code == 403
    assert client.get(back).status_code == 405
