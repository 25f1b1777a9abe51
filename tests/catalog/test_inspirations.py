"""Designs that the shop shows to begin with: written, checked, kept in files, recorded."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from configurator.catalog.configuration import Configuration
from configurator.catalog.drafts import read_content
from configurator.catalog.exporting.service import product_yaml
from configurator.catalog.importing.errors import ImportRefused
from configurator.catalog.importing.service import import_product
from configurator.catalog.inspirations import record
from configurator.catalog.models import Inspiration, Product
from configurator.catalog.queries import live_release
from tests.orders import kit

pytestmark = pytest.mark.django_db

LAMP = Path(__file__).parents[1] / "orders" / "lamp.yaml"
READING = """
inspirations:
  - code: reading
    name: {en: Reading, es: Lectura, pl: Do czytania}
    text: {en: For the night., es: Para la noche., pl: Na noc.}
    design: {shade: glass, height: 500, engraved: true, engraving: "Ox 7"}
"""


def file_with(folder: Path, more: str) -> Path:
    file = folder / "lamp.yaml"
    file.write_text(LAMP.read_text(encoding="utf-8") + more, encoding="utf-8")
    return file


def test_a_release_shows_them_completed(tmp_path: Path) -> None:
    import_product(file=file_with(tmp_path, READING))
    (shown,) = live_release("desk-lamp").inspirations
    assert (shown.name["pl"], shown.text["en"]) == ("Do czytania", "For the night.")
    assert shown.begun.choices == {"shade": "glass", "height": 500, "engraved": True}
    assert shown.begun.texts == {"engraving": "Ox 7"}
    assert "dimmer" in shown.whole.choices


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("shade: glass", "shade: gold", "gold"),
        ("shade: glass", "shades: glass", "There is no option “shades”"),
        ("height: 500", "height: 333", "333"),
        ("engraved: true", "engraved: false", "does not apply"),
        ("code: reading", "code: reading\n    colour: red", "colour"),
    ],
)
def test_what_can_not_be_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    file = file_with(tmp_path, READING.replace(old, new))
    with pytest.raises(ImportRefused) as refused:
        import_product(file=file)
    assert told in str(refused.value)


def test_values_that_exclude_each_other_are_refused(tmp_path: Path) -> None:
    file = file_with(
        tmp_path, READING.replace("shade: glass, height: 500", "shade: linen, height: 600")
    )
    with pytest.raises(ImportRefused, match="No design can have"):
        import_product(file=file)


def test_files_say_what_the_rows_say(tmp_path: Path) -> None:
    import_product(file=file_with(tmp_path, READING))
    product = Product.objects.get()
    content = read_content(product)
    again = tmp_path / "again.yaml"
    again.write_text(product_yaml(content), encoding="utf-8")
    Inspiration.objects.all().delete()
    import_product(file=again)
    assert read_content(Product.objects.get()) == content


def test_one_press_keeps_a_design_to_begin_with(tmp_path: Path, admin_client: Client) -> None:
    kit.import_lamp()
    design = kit.whole_design()
    page = admin_client.post(f"/d/{design.pk}/record/", {"as": "inspiration"})
    kept = Inspiration.objects.get()
    assert page.headers["Location"] == f"/admin/catalog/inspiration/{kept.pk}/change/"
    assert kept.design["shade"] == "glass"
    assert kept.design["engraving"] == kit.TEXT
    second = record(
        product_id=kept.product_id,
        product=live_release("desk-lamp"),
        configuration=Configuration({"shade": "linen"}),
    )
    assert second.code != kept.code
    assert admin_client.get(page.headers["Location"]).status_code == 200


def test_the_admin_refuses_values_that_are_not_there(tmp_path: Path, admin_client: Client) -> None:
    import_product(file=file_with(tmp_path, READING))
    row = Inspiration.objects.get()
    form: dict[str, Any] = {
        **{"product": row.product_id, "code": "reading", "position": 0, "name_en": "Reading"},
        **{"design": "shade = gold\nheight = 500"},
    }
    page = admin_client.post(f"/admin/catalog/inspiration/{row.pk}/change/", form)
    assert page.status_code == 200
    assert "gold" in page.content.decode()
    row.refresh_from_db()
    assert row.design["shade"] == "glass"
