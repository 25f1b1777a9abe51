"""A work order's artwork for the machines: as it came, as placed at true size, ink by ink."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from PIL import Image, ImageDraw

from configurator.catalog.importing.service import import_product
from configurator.catalog.placements import Placement
from configurator.wizard import services as wizard
from configurator.wizard.models import Artwork, Design
from configurator.wizard.preview import keep_artwork, keep_original, open_artwork
from orders.factory import sheets
from orders.factory.models import WorkOrder
from orders.factory.services import release_work_orders
from tests.factory.conftest import signed_in
from tests.factory.reading import text
from tests.orders import kit

pytestmark = pytest.mark.django_db

STEP = """
  - code: print
    name: Print
    options:
      - {code: art, name: Your picture, kind: file, required: true}
rules:"""
PICTURE = """
picture:
  width: 400
  height: 300
  layers:
    - code: art
      artwork: {option: art, box: [20, 20, 100, 50], width_mm: 50.8, height_mm: 25.4, inks: 2}
"""


def photo() -> bytes:
    image = Image.new("RGB", (400, 200), "white")
    ImageDraw.Draw(image).rectangle((100, 50, 299, 149), fill="#7a1f1f")
    to = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "my address"
    image.save(to, "JPEG", quality=95, subsampling=0, exif=exif)
    return to.getvalue()


@pytest.fixture
def work_order(db: None, papers_folder: None, tmp_path: Path, settings: LazySettings) -> WorkOrder:
    """Of a lamp with a picture, scaled to half in its place, its ground taken away."""
    settings.MEDIA_ROOT = tmp_path / "media"
    file = tmp_path / "lamp.yaml"
    file.write_text(kit.LAMP.read_text().replace("\nrules:", STEP, 1) + PICTURE)
    import_product(file=file, publish=True, by="test")
    design = with_picture(kit.whole_design())
    return release_work_orders(order_id=kit.order(design).pk)[0]


def with_picture(design: Design) -> Design:
    artwork = open_artwork(io.BytesIO(photo()), originals=True)
    keep_artwork(artwork)
    Artwork.objects.create(
        sha=artwork.sha,
        width=400,
        height=200,
        media_type=artwork.media_type,
        size=1,
        original=keep_original(artwork),
        original_type=artwork.original_type,
    )
    edit = wizard.Edit(design.pk, design.revision)
    design = wizard.attach_file(edit=edit, option="art", sha=artwork.sha).design
    edit = wizard.Edit(design.pk, design.revision)
    placement = Placement(scale=50, x=100, ground=12)
    return wizard.place_file(edit=edit, option="art", placement=placement).design


def taken(client: Client, work_order: WorkOrder, kind: str) -> tuple[str, bytes]:
    response = client.get(f"/factory/{work_order.number}/artwork/art/{kind}/")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    return response["Content-Type"], response.content


def test_the_original_is_there_without_metadata(operator: Client, work_order: WorkOrder) -> None:
    kind, data = taken(operator, work_order, "original")
    assert kind == "image/jpeg"
    assert b"my address" not in data
    assert Image.open(io.BytesIO(data)).tobytes() == Image.open(io.BytesIO(photo())).tobytes()


def test_it_is_there_as_placed_at_true_size(operator: Client, work_order: WorkOrder) -> None:
    _kind, data = taken(operator, work_order, "placed")
    image = Image.open(io.BytesIO(data))
    assert image.size == (1200, 600)  # 2 by 1 inch
    assert image.info["dpi"] == pytest.approx((600, 600), abs=0.1)
    assert image.getchannel("A").getbbox() == pytest.approx((570, 225, 870, 375), abs=4)


def test_there_is_a_plate_for_each_ink(operator: Client, work_order: WorkOrder) -> None:
    _kind, data = taken(operator, work_order, "inks")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("inks.csv").decode())))
        plate = Image.open(io.BytesIO(archive.read(rows[0]["plate"])))
    assert plate.mode == "1"
    assert plate.size == (1200, 600)
    assert (plate.getpixel((720, 300)), plate.getpixel((5, 5))) == (0, 255)
    assert rows[0]["name"] == "dark red"
    assert taken(operator, work_order, "inks")[1] == data, "the same is the same archive"


def test_the_sheet_says_how_it_lies(operator: Client, work_order: WorkOrder) -> None:
    sheets.note(work_order, sheets.draw(work_order))
    words = text(operator.get(f"/factory/{work_order.number}/sheet.A4.pdf").content)
    for said in ("50.8 × 25.4 mm", "true size", "scaled to 50 %", "background removed", "2 colors"):
        assert said in words
    page = operator.get(f"/factory/{work_order.number}/").text
    assert f"/factory/{work_order.number}/artwork/art/inks/" in page


def test_only_what_is_there_and_only_for_the_factory(
    operator: Client, client: Client, work_order: WorkOrder
) -> None:
    base = f"/factory/{work_order.number}/artwork"
    for path in ("art/nothing/", "shade/original/", "nothing/original/"):
        assert operator.get(f"{base}/{path}").status_code == 404
    assert operator.get("/factory/WO-0-0/artwork/art/original/").status_code == 404
    assert client.get(f"{base}/art/original/").status_code == 302
    assert signed_in("").get(f"{base}/art/original/").status_code in (403, 404)
