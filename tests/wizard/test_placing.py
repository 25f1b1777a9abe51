"""Placing a picture on the product: by fields, by buttons, undone, kept in one renderer."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from configurator.catalog import queries
from configurator.catalog.configuration import Configuration
from configurator.catalog.importing.service import import_product
from configurator.catalog.placements import AS_IT_IS, Placement, placement_of, written
from configurator.catalog.released import ReleasedProduct
from configurator.wizard import services
from configurator.wizard.answers import completed
from configurator.wizard.models import Design
from configurator.wizard.preview import picture_key, render_picture
from configurator.wizard.preview.inks import plates
from configurator.wizard.preview.placed import placed_artwork
from configurator.wizard.preview.plain_ground import is_plain, without_ground
from configurator.wizard.proofing import GOOD, SMALL, SOFT, proof_of
from tests.wizard.conftest import LAMP, Shop

pytestmark = pytest.mark.django_db

PLACE = """
    - code: art
      artwork:
        option: print
        box: [20, 20, 100, 50]
        width_mm: 50.8
        height_mm: 25.4
        bleed_mm: 2
        inks: 2
"""


@pytest.fixture
def poster(db: None, tmp_path: Path) -> ReleasedProduct:
    """The lamp with a place for a picture: 2 by 1 inch, printed in two inks."""
    file = tmp_path / "lamp.yaml"
    file.write_text(LAMP.read_text() + PLACE)
    import_product(file=file, publish=True, by="test")
    return queries.live_release("lamp")


@pytest.fixture
def design(poster: ReleasedProduct) -> Design:
    return services.start_design(slug=poster.slug, language="en")


def logo(size: tuple[int, int] = (200, 100)) -> Image.Image:
    """A dark ring on white, with an enclosed white middle."""
    image = Image.new("RGB", size, "white")
    drawn = ImageDraw.Draw(image)
    wide, high = size
    drawn.ellipse((wide * 0.3, high * 0.1, wide * 0.7, high * 0.9), fill="#7a1f1f")
    drawn.ellipse((wide * 0.45, high * 0.4, wide * 0.55, high * 0.6), fill="white")
    return image


def alpha(image: Image.Image, at: tuple[int, int]) -> int:
    found = image.getchannel("A").getpixel(at)
    assert isinstance(found, int)
    return found


def upload(shop: Shop, image: Image.Image | None = None) -> str:
    written_ = io.BytesIO()
    (image or logo()).save(written_, "PNG")
    file = SimpleUploadedFile("x.png", written_.getvalue())
    assert shop.post("file", option="print", step="extras", file=file).status_code == 200
    return reference(shop)


def reference(shop: Shop) -> str:
    return str(shop.now().state["files"]["print"])


def place(shop: Shop, **fields: Any) -> str:
    response = shop.post("place", option="print", step="extras", **fields)
    return response.content.decode()


def test_the_fields_place_it_and_undo_takes_that_back(shop: Shop) -> None:
    plain = upload(shop)
    place(shop, x="12.5", y="-3", scale="150", angle="-20", left="10", ground="15")
    placed = placement_of(reference(shop))
    assert placed == Placement(x=125, y=-30, scale=150, angle=-20, left=10, ground=15)
    shop.post("undo")
    assert reference(shop) == plain
    shop.post("redo")
    assert placement_of(reference(shop)) == placed


def test_without_javascript_it_returns_to_the_field(shop: Shop) -> None:
    upload(shop)
    response = shop.post("place", htmx=False, option="print", step="extras", do="fill")
    assert response.status_code == 303
    assert response["Location"].endswith("#o-print")


@pytest.mark.parametrize(
    ("button", "start", "expected"),
    [
        ("fit", {"scale": 300, "x": 40, "angle": 5}, {}),
        ("center", {"scale": 300, "x": 40, "y": 9}, {"scale": 300}),
        ("turn", {"angle": 170}, {"angle": -100}),
        ("larger", {}, {"scale": 115}),
        ("smaller", {"scale": 5}, {"scale": 5}),
        ("clear", {}, {"ground": 12}),
        ("ground", {"ground": 30}, {}),
        ("nonsense", {"x": 3}, {"x": 3}),
    ],
)
def test_buttons(shop: Shop, button: str, start: dict[str, int], expected: dict[str, int]) -> None:
    sha = upload(shop)
    begun = replace(AS_IT_IS, **start)
    edit = services.Edit(shop.now().id, shop.now().revision)
    services.place_file(edit=edit, option="print", placement=begun)
    place(shop, do=button)
    assert reference(shop) == written(sha, replace(AS_IT_IS, **expected))


@pytest.mark.parametrize(
    ("field", "entered", "words"),
    [
        ("scale", "0", "Size: enter a number from 5 to 1000."),
        ("scale", "NaN", "Size: enter"),
        ("x", "1e9", "To the right: enter a number from -150 to 150."),
        ("angle", "", "Turn: enter"),
        ("left", "<b>", "From the left: enter"),
        ("ground", "61", "Background: enter"),
    ],
)
def test_a_number_that_can_not_be_is_told_and_shown_again(
    shop: Shop, field: str, entered: str, words: str
) -> None:
    before = upload(shop)
    page = place(shop, **{"y": "7", field: entered})
    assert words in page
    assert reference(shop) == before
    assert 'name="y" value="7"' in page


def test_something_of_the_picture_stays(shop: Shop) -> None:
    upload(shop)
    assert "At least a tenth" in place(shop, left="60", right="35")


def test_there_must_be_a_picture(shop: Shop) -> None:
    assert "Choose a picture file first." in place(shop, do="fit")
    assert shop.post("place", option="nothing").status_code == 422


def test_two_tabs_do_not_move_it_unseen(shop: Shop) -> None:
    upload(shop)
    old = str(shop.now().revision)
    place(shop, x="10")
    response = shop.post("place", option="print", x="50", revision=old, tab="bbbbbbbbbbbb")
    assert response.status_code == 409
    assert placement_of(reference(shop)).x == 100


def test_another_picture_is_another_look(shop: Shop, poster: ReleasedProduct) -> None:
    """Two customers with the same choices and different pictures see each their own."""
    looks = set()
    for color in ("white", "gray"):
        upload(shop, Image.new("RGB", (200, 100), color))
        looks.add(picture_key(poster, Configuration.from_json(shop.now().state)))
    place(shop, x="10")
    looks.add(picture_key(poster, Configuration.from_json(shop.now().state)))
    assert len(looks) == 3


def test_the_product_shows_it_where_it_lies(shop: Shop, poster: ReleasedProduct) -> None:
    upload(shop, Image.new("RGB", (200, 100), "#0000ff"))

    def blue(x: int, y: int) -> bool:
        whole = completed(poster, Configuration.from_json(shop.now().state))
        data = render_picture(poster, whole, width=400, format="png")
        found = Image.open(io.BytesIO(data)).convert("RGB").getpixel((x, y))
        assert isinstance(found, tuple)
        return found[2] > 200 and found[0] < 60

    assert blue(70, 45)
    assert blue(22, 22)
    assert not blue(122, 45)
    place(shop, scale="50")
    assert blue(70, 45)
    assert not blue(30, 25)
    place(shop, scale="50", x="25", y="25")
    assert blue(110, 65)
    assert not blue(60, 40)
    place(shop, scale="50", x="60", y="0")  # what runs over the place is not made
    assert blue(118, 45)
    assert not blue(122, 45)
    place(shop, scale="100", x="0", angle="90")
    assert blue(70, 25)
    assert not blue(30, 45)


def proof(poster: ReleasedProduct, shop: Shop) -> tuple[int, str]:
    whole = completed(poster, Configuration.from_json(shop.now().state))
    found = proof_of(poster, whole, "print", reference(shop))
    assert found is not None
    return found.dpi, found.verdict


@pytest.mark.parametrize(
    ("size", "scale", "expected"),
    [
        ((400, 200), "100", (200, GOOD)),
        ((400, 200), "101", (198, SOFT)),
        ((200, 100), "100", (100, SOFT)),
        ((200, 100), "102", (98, SMALL)),
        ((198, 99), "100", (99, SMALL)),
    ],
)
def test_the_resolution_is_checked_at_the_size_chosen(
    shop: Shop,
    poster: ReleasedProduct,
    size: tuple[int, int],
    scale: str,
    expected: tuple[int, str],
) -> None:
    upload(shop, logo(size))
    page = place(shop, scale=scale) if scale != "100" else shop.get(step="extras").content.decode()
    assert proof(poster, shop) == expected
    assert f"{expected[0]} dpi" in page
    assert f"proof--{expected[1]}" in page


def test_cropping_keeps_the_pixels_an_inch_in_mind(shop: Shop, poster: ReleasedProduct) -> None:
    """Half of the picture in the same place has half the pixels an inch."""
    upload(shop, logo((400, 200)))
    place(shop, left="25", right="25", top="25", bottom="25")
    assert proof(poster, shop) == (100, SOFT)


def test_bleed(shop: Shop) -> None:
    upload(shop, logo((400, 200)))
    assert "run 2 mm over" in shop.get(step="extras").content.decode()
    assert "run 2 mm over" not in place(shop, do="fill")
    assert "run 2 mm over" not in place(shop, scale="80")
    assert "Cut off on the right: " in place(shop, scale="80", x="30")


def test_what_is_transparent_needs_no_bleed(shop: Shop) -> None:
    clear = Image.new("RGBA", (400, 200))
    ImageDraw.Draw(clear).rectangle((40, 40, 200, 160), fill="#7a1f1f")
    upload(shop, clear)
    assert "run 2 mm over" not in shop.get(step="extras").content.decode()
    assert "run 2 mm over" in place(shop, x="-9")
    assert "Cut off on the left: " in place(shop, x="-25")


def test_a_plain_ground_goes_and_comes_back() -> None:
    ring = logo().convert("RGBA")
    assert is_plain(ring)
    cut = without_ground(ring, 12)
    assert alpha(cut, (2, 2)) == 0
    assert alpha(cut, (65, 50)) == 255
    assert alpha(cut, (100, 50)) == 255, "what is enclosed is no ground"
    assert not is_plain(cut)
    assert not is_plain(Image.effect_noise((80, 80), 90).convert("RGBA"))


def test_a_large_ground_is_reached_around_thin_lines() -> None:
    big = logo((2400, 1200)).convert("RGBA")
    ImageDraw.Draw(big).rectangle((1500, 100, 2200, 1100), outline="#000000", width=5)
    cut = without_ground(big, 12)
    assert alpha(cut, (5, 1190)) == 0
    assert alpha(cut, (1850, 600)) == 255, "inside the frame"


def test_inks() -> None:
    art = logo((400, 200)).convert("RGBA")
    ImageDraw.Draw(art).rectangle((5, 5, 60, 60), fill="#1f4a7a")
    three = plates(art, 3)
    assert [plate.color for plate in three] == [(0x7A, 31, 31), (31, 0x4A, 0x7A), (255, 255, 255)]
    assert abs(sum(plate.share for plate in three) - 1) < 1e-6
    one = plates(art, 1)
    assert len(one) == 1
    assert one[0].mask.getpixel((130, 100)) == 255
    assert one[0].mask.getpixel((398, 198)) == 0, "light stays bare"
    two = Image.new("RGBA", (90, 90), "#7a1f1f")
    two.paste("#1f4a7a", (0, 0, 45, 90))
    two.paste("white", (40, 40, 50, 50))
    (both,) = plates(two, 1)
    assert (both.mask.getpixel((2, 2)), both.mask.getpixel((80, 80))) == (255, 255)
    assert both.mask.getpixel((45, 45)) == 0, "a small light spot stays bare"
    flat = plates(Image.new("RGBA", (9, 9), "#203040"), 1)
    assert flat[0].share == 1
    assert plates(Image.new("RGBA", (9, 9)), 4) == []


def test_the_inks_are_shown_and_named(shop: Shop) -> None:
    upload(shop, logo((400, 200)))
    page = shop.get(step="extras").content.decode()
    assert "dark red" in page
    assert "#7a1f1f" in page
    assert "white" in page
    plate = shop.get("artwork/print/", ink="1")
    assert Image.open(io.BytesIO(plate.content)).mode == "RGBA"
    for wrong in ("0", "3", "x", "-1", "999999"):
        assert shop.get("artwork/print/", ink=wrong).status_code == 404


def test_the_product_is_drawn_in_the_inks_of_the_process(shop: Shop) -> None:
    ref = upload(shop, Image.linear_gradient("L").resize((400, 200)).convert("RGB"))
    drawn = placed_artwork(ref, (100, 50), 2)
    assert len(drawn.getcolors(9999) or ()) > 2, "edges are smoothed"
    assert len(placed_artwork(ref, (400, 200), 2).getcolors(9999) or ()) == 2


def test_what_is_dragged_is_cut_as_it_is_placed(shop: Shop) -> None:
    upload(shop, logo((400, 200)))
    place(shop, left="50", ground="12")
    ghost = Image.open(io.BytesIO(shop.get("artwork/print/", cut="1").content))
    assert ghost.size == (200, 200)
    assert alpha(ghost, (199, 199)) == 0


def test_placing_keeps_to_the_design_of_its_link(shop: Shop) -> None:
    upload(shop)
    shop.design.id = uuid4()
    response = shop.client.post(f"/d/{shop.design.id}/place/", {"option": "print"})
    assert response.status_code == 404


def test_references_that_are_not_well_written_are_the_picture_as_it_is() -> None:
    sha = "a" * 64
    assert placement_of(f"{sha}@1,2") == AS_IT_IS
    assert placement_of(f"{sha}@9999,0,0,0,0,0,0,0,99") == Placement(x=1500, scale=5, ground=60)
    assert placement_of(written(sha, Placement(x=-7))) == Placement(x=-7)
