"""The design that the shop shows of a product, and beginning with it."""

from pathlib import Path

import pytest
from django.test import Client

from configurator.catalog.importing.service import import_product
from configurator.wizard.models import Design
from tests.wizard.conftest import LAMP, Shop

pytestmark = pytest.mark.django_db

SHOWCASE = "  position: 1\n  showcase: {shade: brass, base: heavy, cable: plain}\n"


@pytest.fixture
def shown(tmp_path: Path) -> None:
    """The lamp, shown in brass."""
    text = LAMP.read_text(encoding="utf-8")
    file = tmp_path / "product.yaml"
    file.write_text(text.replace("  position: 1\n", SHOWCASE), encoding="utf-8")
    import_product(file=file)


@pytest.mark.usefixtures("shown")
def test_the_shop_tells_what_the_design_in_the_picture_costs(client: Client) -> None:
    for page in ("/", "/p/lamp/"):
        html = client.get(page).content.decode()
        assert "€123" in html
        assert "€196.80" in html  # 100 + 40 + 20, and 23 %
        assert "Shade Brass" in html
    assert "Start from this design" in html


@pytest.mark.usefixtures("shown")
def test_beginning_with_it_can_be_undone(client: Client) -> None:
    response = client.post("/p/lamp/start/", {"begin": "showcase"})
    design = Design.objects.get()
    assert response["Location"] == f"/d/{design.id}/"
    assert design.state["choices"] == {"shade": "brass", "base": "heavy", "cable": "plain"}
    assert [event.kind for event in design.events.all()] == ["start", "showcase"]
    assert "Brass" in client.get(response["Location"]).content.decode()
    shop = Shop(client, design)
    shop.choose("shade", "linen")
    shop.post("undo")
    shop.post("undo")
    assert shop.choices == {}
    shop.post("redo")
    assert shop.choices["shade"] == "brass"


@pytest.mark.usefixtures("lamp")
def test_products_without_a_showcase_begin_empty(client: Client) -> None:
    html = client.get("/p/lamp/").content.decode()
    assert "Start from this design" not in html
    assert "As shown" not in html
    client.post("/p/lamp/start/", {"begin": "showcase"})
    assert Design.objects.get().revision == 0
