"""The contact sheet: which designs it shows, how it is narrowed, and where they lead."""

import re
from itertools import combinations

import pytest
from django.test import Client
from django.urls import reverse

from configurator.catalog.models import Product, Rule
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.models import Design
from configurator.wizard.studio.drafts import drafted
from configurator.wizard.studio.sampling import chosen, sampled


@pytest.fixture
def row(lamp: ReleasedProduct) -> Product:
    return Product.objects.get(slug="lamp")


def url(row: Product, name: str = "sheet") -> str:
    return reverse(f"admin:catalog_product_{name}", args=[row.pk])


def test_the_designs_are_valid_and_show_every_value_of_the_picture(row: Product) -> None:
    draft = drafted(row)
    assert draft.space is not None
    designs = sampled(draft, {}, 24)
    assert all(draft.space.is_valid(design) for design in designs)
    assert {design["shade"] for design in designs[:8]} == {"linen", "brass", "black"}
    assert {design["engraved"] for design in designs} == {True, False}
    assert len({tuple(sorted(design.items(), key=str)) for design in designs}) == len(designs)
    assert sampled(draft, {}, 24) == designs


def test_pairs_are_covered_by_few_designs() -> None:
    names = "abcdef"
    drawn = [
        {name: bool(number >> place & 1) for place, name in enumerate(names)}
        for number in range(64)
    ]
    found = chosen(drawn, names, 10)  # type: ignore[arg-type]
    pairs = {
        (one, other, design[one], design[other])
        for design in found
        for one, other in combinations(names, 2)
    }
    assert len(pairs) == 15 * 4
    assert len(found) == 10


def test_the_page_comes_at_once_and_its_designs_after_it(
    admin_client: Client, row: Product
) -> None:
    first = admin_client.get(url(row)).content.decode()
    assert "<ol" not in first.split('id="designs"')[1].split("</noscript>")[0]
    (load,) = re.findall(r'data-load="([^"]+)"', first)
    part = admin_client.get(load.replace("&amp;", "&"), headers={"X-Part": "designs"})
    html = part.content.decode()
    assert "<html" not in html
    assert 20 <= html.count('loading="lazy"') <= 24
    picture = re.search(r'img src="([^"]+)"', html)
    assert picture is not None
    answer = admin_client.get(picture[1].replace("&amp;", "&"))
    assert answer.headers["Content-Type"] == "image/webp"


def test_it_is_narrowed_to_designs_with_a_value(admin_client: Client, row: Product) -> None:
    html = admin_client.get(url(row), {"designs": "", "with": "shade:brass"}).content.decode()
    assert html.count("<dt>Shade</dt><dd>Brass</dd>") == html.count('loading="lazy"') > 3
    asked = {"designs": "", "with": "shade:pink", "count": "9999"}
    assert admin_client.get(url(row), asked).content.decode().count('loading="lazy"') > 3
    Rule.objects.create(product=row, code="no", text="shade != brass", position=99)
    html = admin_client.get(url(row), {"designs": "", "with": "shade:brass"}).content.decode()
    assert "No design has this value." in html


def test_rules_that_leave_no_design_are_told(admin_client: Client, row: Product) -> None:
    for code, text in (("one", "engraved"), ("two", "not engraved")):
        Rule.objects.create(product=row, code=code, text=text, position=99)
    html = admin_client.get(url(row), {"designs": ""}).content.decode()
    assert 'class="errornote"' in html


def test_a_design_opens_in_the_wizard_where_the_live_release_allows_it(
    admin_client: Client, row: Product
) -> None:
    sent = {"design": "c.shade=brass&c.engraved=yes"}
    answer = admin_client.post(url(row, "sheet_open"), sent)
    design = Design.objects.get()
    assert answer.headers["Location"] == reverse("wizard:design", args=[design.pk])
    assert design.state["choices"]["shade"] == "brass"
    assert design.state["choices"]["engraved"] is True
    row.releases.update(live=False)
    assert admin_client.post(url(row, "sheet_open"), sent).headers["Location"] == url(row)
    assert Design.objects.count() == 1
