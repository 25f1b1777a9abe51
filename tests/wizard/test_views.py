"""A picture with several views: customers look at each, and stay on it while they choose."""

import re

import pytest
from django.test import Client

from configurator.catalog.models import Product
from configurator.catalog.publishing import publish
from configurator.catalog.queries import live_release
from configurator.catalog.released import ReleasedProduct
from configurator.wizard import services
from configurator.wizard.preview.rendering import view_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def design(lamp: ReleasedProduct) -> str:
    """The address of a design of a lamp that has a front and a back."""
    product = Product.objects.get(slug="lamp")
    views = [{"code": "front", "name": {"en": "Front"}}, {"code": "back", "name": {"en": "Back"}}]
    product.picture = {**product.picture, "views": views}
    product.save()
    shade = product.layers.get(code="shade")
    shade.spec = {**shade.spec, "views": ["front"]}
    shade.save()
    publish(product=product)
    return f"/d/{services.start_design(slug='lamp').pk}/"


def test_the_page_offers_the_views_and_shows_the_first(client: Client, design: str) -> None:
    html = client.get(design).content.decode()
    assert '<a class="views__link" href="?step=body&amp;view=front" aria-current="true">' in html
    assert '<a class="views__link" href="?step=body&amp;view=back">' in html
    back = client.get(design, {"view": "back"}).content.decode()
    assert 'href="?step=body&amp;view=back" aria-current="true"' in back
    (src,) = re.findall(r'id="picture" src="([^"]+)"', back)
    front, other = (client.get(f"{src.split('?')[0]}?w=480&view={v}") for v in ("front", "back"))
    assert front.content != other.content
    assert front.headers["ETag"] != other.headers["ETag"]
    assert client.get(f"{src.split('?')[0]}?w=480&view=x").content == front.content


def test_a_choice_stays_on_the_view(client: Client, design: str) -> None:
    fields = {"set": "shade:black", "revision": "0", "step": "body", "view": "back"}
    html = client.post(f"{design}choose/", fields, headers={"HX-Request": "true"}).content.decode()
    assert re.search(r'data-src="[^"]+view=back"', html)
    assert '<input type="hidden" name="view" value="back">' in html
    assert "?step=extras&amp;view=back" in html
    answer = client.post(f"{design}choose/", {**fields, "revision": "1", "set": "shade:linen"})
    assert "step=body&view=back#o-shade" in answer.headers["Location"]


def test_a_picture_with_one_view_offers_none(client: Client, lamp: ReleasedProduct) -> None:
    html = client.get(f"/d/{services.start_design(slug='lamp').pk}/", {"view": "x"})
    assert "views__link" not in html.content.decode()
    assert 'name="view"' not in html.content.decode()


def test_a_view_is_offered_where_the_design_has_it(client: Client, lamp: ReleasedProduct) -> None:
    product = Product.objects.get(slug="lamp")
    product.picture = {
        **product.picture,
        "views": [
            {"code": "front", "name": {"en": "Front"}},
            {"code": "dark", "name": {"en": "Dark"}, "when": "shade = black"},
        ],
    }
    product.save()
    publish(product=product)
    design = services.start_design(slug="lamp")
    fields = {"set": "shade:linen", "revision": "0", "step": "body", "view": "dark"}
    client.post(f"/d/{design.pk}/choose/", fields)
    html = client.get(f"/d/{design.pk}/", {"view": "dark"}).content.decode()
    assert "views__link" not in html
    client.post(f"/d/{design.pk}/choose/", {**fields, "revision": "1", "set": "shade:black"})
    html = client.get(f"/d/{design.pk}/", {"view": "dark"}).content.decode()
    assert 'view=dark" aria-current="true"' in html


def test_a_close_up_has_names_of_its_own(lamp: ReleasedProduct) -> None:
    product = Product.objects.get(slug="lamp")
    near = {"code": "near", "name": {"en": "Near"}, "define": {"zoom": "2"}}
    product.picture = {
        **product.picture,
        "define": {**product.picture.get("define", {}), "zoom": "1", "twice": "zoom * 2"},
        "views": [{"code": "all", "name": {"en": "All"}}, near],
    }
    product.save()
    publish(product=product)
    released = live_release("lamp")
    values = [
        view_of(released, released.showcase, 300, view).values["twice"] for view in ("all", "near")
    ]
    assert values == [2, 4]
