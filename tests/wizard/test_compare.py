"""Up to four designs of a product side by side, their differences marked, one taken over."""

import re
from typing import Any

import pytest
from django.test import Client

from configurator.catalog.released import ReleasedProduct
from configurator.sharing import gallery
from configurator.sharing.services import share
from configurator.wizard.models import Design
from tests.wizard.conftest import Shop, both

pytestmark = pytest.mark.django_db
COMPARE = "/p/lamp/compare/"


def shown(client: Client, *refs: str, **query: str) -> Any:
    response = client.get(COMPARE, {"it": list(refs), **query})
    assert response.status_code == 200
    return response


def rows(response: Any) -> dict[str, tuple[str, ...]]:
    return {
        row.name: tuple(cell.words for cell in row.cells)
        for group in response.context["groups"]
        for row in group.rows
    }


@both
def test_designs_stand_beside_each_other(client: Client, shop: Shop) -> None:
    shop.choose("shade", "brass")
    shop.choose("height", "800")
    mine = f"d.{shop.design.id}"
    response = shown(client, mine, f"{mine}.1", "shop")
    assert rows(response)["Shade"] == ("Brass", "Brass", "Linen")
    assert rows(response)["Height"][0] == "800 mm"
    html = response.content.decode()
    assert "Your design" in html
    assert "compare__differs" in html
    assert html.count("compare__price") == 3


def test_only_what_differs_is_left_on_demand(client: Client, shop: Shop) -> None:
    shop.choose("shade", "brass")
    mine = f"d.{shop.design.id}"
    every = shown(client, mine, f"{mine}.0").content.decode()
    only = shown(client, mine, f"{mine}.0", only="1").content.decode()
    assert re.search(r">\s*Base\b", every)
    assert not re.search(r">\s*Base\b", only)
    assert re.search(r">\s*Shade\b", only)


def test_what_is_not_decided_says_so(client: Client, shop: Shop) -> None:
    shop.choose("shade", "brass")
    html = shown(client, f"d.{shop.design.id}").content.decode()
    assert "not chosen yet" in html


def test_a_link_is_put_beside_as_pasted(client: Client, shop: Shop) -> None:
    shop.choose("shade", "black")
    made = share(design=shop.now(), title="", author="")
    shop.choose("shade", "brass")
    mine = f"d.{shop.design.id}"
    for link in (f"https://example.com/s/{made.token}/", f"/d/{shop.design.id}/?step=body"):
        response = shown(client, f"{mine}.0", link=f"  {link} ")
        assert len(response.context["columns"]) == 2
        assert rows(response)["Shade"][1] in ("Black", "Brass")


def test_designs_of_the_gallery_are_offered(client: Client, shop: Shop) -> None:
    shop.choose("shade", "black")
    entry = gallery.submit(design=shop.now(), title="Midnight", author="Ada")
    assert "Midnight" not in shown(client, "shop").content.decode()
    gallery.approve(entry=entry, by="mo")
    response = shown(client, "shop")
    offers = {offer["name"]: offer["url"] for offer in response.context["offers"]}
    assert rows(client.get(offers["Midnight"]))["Shade"] == ("Linen", "Black")


def test_more_than_four_do_not_fit(client: Client, shop: Shop) -> None:
    for value in ("brass", "black", "linen", "brass", "black"):
        shop.choose("shade", value)
    refs = [f"d.{shop.design.id}.{number}" for number in range(6)]
    response = shown(client, *refs)
    assert len(response.context["columns"]) == 4
    assert "Four stand beside each other" in response.content.decode()


@pytest.mark.parametrize(
    "ref",
    [
        *("d.x", "d.00000000-0000-4000-8000-000000000000", "s.unknown-link-1234", "q.1", "d.", "."),
        *("d.00000000-0000-4000-8000-000000000000.99999999999", "\x00", "shop.1", "é" * 300),
    ],
)
def test_what_names_nothing_is_told_and_left_out(
    client: Client, lamp: ReleasedProduct, ref: str
) -> None:
    response = shown(client, ref, "shop")
    assert len(response.context["columns"]) == 1
    assert "is not there" in response.content.decode()
    assert client.get(COMPARE, {"into": "x"}).status_code == 404


def test_one_is_taken_over_and_undone(client: Client, shop: Shop) -> None:
    shop.choose("shade", "brass")
    shop.choose("shade", "black")
    mine = str(shop.design.id)
    form = {"it": [f"d.{mine}", f"d.{mine}.1"], "into": mine, "take": f"d.{mine}.1"}
    response = client.post(COMPARE, form)
    assert response["Location"] == f"/d/{mine}/"
    assert shop.choices["shade"] == "brass"
    assert shop.choices["base"] == "clamp"
    shop.post("undo")
    assert shop.choices == {"shade": "black"}


def test_without_a_design_a_new_one_begins(client: Client, lamp: ReleasedProduct) -> None:
    response = client.post(COMPARE, {"it": "shop", "take": "shop"})
    design = Design.objects.get()
    assert response["Location"] == f"/d/{design.id}/"
    assert design.state["choices"]
    assert client.post(COMPARE, {"it": "shop", "take": "other"})["Location"].startswith(COMPARE)


def test_own_designs_and_earlier_steps_are_offered(client: Client, shop: Shop) -> None:
    client.get(f"/d/{shop.design.id}/")
    shop.choose("shade", "brass")
    response = shown(client, into=str(shop.design.id))
    offered = " ".join(offer["url"] for offer in response.context["offers"])
    assert f"it=d.{shop.design.id}&" in offered
    assert f"it=d.{shop.design.id}.0" in offered
    assert "it=shop" in offered
