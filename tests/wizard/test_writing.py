"""A text while it is typed: seen on the product, measured, its missing letters named."""

import io

import pytest
from django.conf import LazySettings
from PIL import Image

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.answers import completed
from configurator.wizard.preview import render_picture
from configurator.wizard.preview.anchors import Line
from configurator.wizard.writing import set_in
from tests.wizard.conftest import Shop

pytestmark = pytest.mark.django_db

LINE = Line(font="DejaVuSans", size=100, max_width=400, letter_mm=14.6, width_mm=0)


@pytest.fixture(autouse=True)
def engraved(shop: Shop) -> None:
    shop.choose("engraved", "yes")
    shop.choose("typeface", "sans")


def look(shop: Shop, text: str) -> str:
    response = shop.get("look/", option="words", text=text)
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_seen_as_it_will_be_saved(shop: Shop, lamp: ReleasedProduct) -> None:
    tried = shop.get("look/picture.png", option="words", text="Ada", w="720").content
    assert "words" not in shop.now().state["texts"], "nothing is saved"
    plain = shop.get(f"picture/{shop.now().revision}.png", w="720").content
    shop.post("text", option="words", text="Ada")
    saved = shop.get(f"picture/{shop.now().revision}.png", w="720").content
    assert tried == saved != plain
    whole = completed(lamp, Configuration.from_json(shop.now().state))
    assert render_picture(lamp, whole, width=720, format="png") == saved


def test_what_can_not_be_written_is_told_and_has_no_picture(shop: Shop) -> None:
    assert "At most 10 characters; these are 11." in look(shop, "x" * 11)
    assert "11 / 10" in look(shop, "x" * 11)
    assert "We can’t write “!” here." in look(shop, "Ada!")
    assert shop.get("look/picture.webp", option="words", text="Ada!").status_code == 204
    assert shop.get("look/picture.gif", option="words", text="Ada").status_code == 404


@pytest.mark.parametrize("option", ["shade", "print", "nothing", ""])
def test_other_options_are_not_there(shop: Shop, option: str) -> None:
    for path in ("look/", "look/picture.webp"):
        assert shop.get(path, option=option, text="Ada").status_code == 404


def test_no_typeface_is_praised_for_what_is_refused(shop: Shop) -> None:
    shop.choose("typeface", "round")
    page = look(shop, "Ada 😀")
    assert "Emoji can’t be made here" in page
    assert "This typeface has no" not in page


def test_missing_letters_are_named_one_by_one(shop: Shop) -> None:
    shop.choose("typeface", "round")
    page = look(shop, "ŉĿa")
    assert "This typeface has no “ŉ”. These have it: Sans." in page
    assert "“a”" not in page


def test_hostile_texts_are_only_letters(shop: Shop) -> None:
    page = look(shop, "<b>&'")
    assert "<b>" not in page
    for text in ("\x00", "\u202e", "y" * 200_000, "e" + "\u0301" * 300, "{% x %}", "=cmd|x"):
        assert "field__error" in look(shop, text)


def test_the_firm_may_only_note_coarse_words(shop: Shop, settings: LazySettings) -> None:
    settings.TEXT_PROFANITY = "note"
    assert "may offend" in look(shop, "shit")
    assert shop.post("text", option="words", text="shit").status_code == 200


def test_measures_follow_from_the_height_of_capitals() -> None:
    short = set_in(LINE, "HH")
    assert short.fit == 1
    assert short.letter_mm == 14.6
    assert short.width_mm == pytest.approx(2 * 15.04 * 1.0, abs=1)
    assert short.room_mm == pytest.approx(80, abs=1)
    long = set_in(LINE, "H" * 20)
    assert long.width_mm == pytest.approx(long.room_mm)
    assert long.letter_mm < 5


def test_kerning_counts() -> None:
    assert set_in(LINE, "AVAV").width_mm < sum(set_in(LINE, each).width_mm for each in "AVAV")


def test_a_picture_of_a_text_is_a_picture(shop: Shop) -> None:
    data = shop.get("look/picture.webp", option="words", text="Ada", w="480").content
    assert Image.open(io.BytesIO(data)).size == (480, 360)
