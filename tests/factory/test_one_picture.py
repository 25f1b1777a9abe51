"""One renderer: the wizard, the link's card, the order, the bench and the papers show one picture.

Compared pixel for pixel where nothing is lost (PNG), byte for byte where one JPEG is shown twice.
"""

import io
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image, ImageChops

from configurator.catalog.configuration import Configuration
from configurator.catalog.importing.service import import_product
from configurator.catalog.queries import released
from configurator.sharing.cards import PICTURED, Card
from configurator.wizard.models import Design
from configurator.wizard.preview import render_picture
from configurator.wizard.preview.rendering import compose
from orders.factory import sheets
from orders.factory.models import WorkOrder
from orders.factory.services import release_work_orders
from orders.papers import pictures
from tests.orders import kit

pytestmark = pytest.mark.django_db


PICTURE = """
picture:
  width: 400
  height: 300
  layers:
    - code: pole
      panel:
        {points: [[195, 100], [205, 100], [205, 260], [195, 260]], fill: "#555555"}
    - code: shade
      panel: {points: [[160, 120], [240, 120], [220, 60], [180, 60]], fill: shade}
    - code: words
      text: {option: engraving, at: [200, 280], size: 20, font: EBGaramond-Italic, effect: emboss}
"""


@pytest.fixture
def work_order(db: None, papers_folder: None, tmp_path: Path) -> WorkOrder:
    """Of a lamp that has a picture."""
    file = tmp_path / "lamp.yaml"
    file.write_text(kit.LAMP.read_text() + PICTURE)
    import_product(file=file, publish=True, by="test")
    return release_work_orders(order_id=kit.order(kit.whole_design()).pk)[0]


def pixels(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and ImageChops.difference(one, other).getbbox() is None


def test_all_show_the_same_picture(client: Client, operator: Client, work_order: WorkOrder) -> None:
    specification = work_order.specification
    whole = Configuration.from_json(specification.content["configuration"])
    product = released(specification.release_id)
    design = Design.objects.get()
    drawn = compose(product, whole, 1440)

    wizard = client.get(f"/d/{design.id}/picture/{design.revision}.png?w=1440").content
    assert same(pixels(wizard), drawn)
    assert same(pixels(render_picture(product, whole, width=1440, format="png")), drawn)

    card = Card(product, whole, "Lamp", "", "")._drawn()
    small = compose(product, whole, PICTURED)
    assert small.size == (PICTURED, card.height), "or it would be cropped"
    assert same(card.crop((0, 0, PICTURED, card.height)), small)

    paper = pictures.product_picture(product, whole)
    order = client.get(f"/o/{work_order.line.order.token}/picture/1.jpg").content
    bench = operator.get(f"/factory/{work_order.number}/picture.jpg?w=1200").content
    assert paper == order == bench
    sheets.note(work_order, sheets.draw(work_order))
    assert paper is not None
    assert paper in operator.get(f"/factory/{work_order.number}/sheet.A4.pdf").content
