"""A customer's words on a picture: where they stand, and how they sit on the material."""

import io

import pytest
from PIL import Image

from configurator.catalog.configuration import Configuration
from configurator.wizard.preview import render_picture
from tests.wizard.drawings import CHOICES, COLOR, LID, NAME, WIDTH, box, ink, picture, scene, words
from tests.wizard.preview_double import product

pytestmark = pytest.mark.usefixtures("rooms")


def test_a_text_is_written_around_its_place() -> None:
    drawn = ink(picture(words(), texts={"words": "Zażółć"}))
    across = [x for x, _y in drawn]
    assert abs((min(across) + max(across)) / 2 - 200) < 4
    assert max(across) - min(across) > 90


def test_no_text_no_ink() -> None:
    assert not ink(picture(words()))
    assert not ink(picture(words(), texts={"words": "  \n "}))


def test_a_long_text_shrinks_to_its_width() -> None:
    drawn = ink(picture(words(max_width=120), texts={"words": "A rather long inscription"}))
    across = [x for x, _y in drawn]
    assert 90 < max(across) - min(across) <= 122


def test_a_turned_text_is_higher_than_wide() -> None:
    drawn = ink(picture(words(rotate=90), texts={"words": "Monogram"}))
    across, down = [x for x, _y in drawn], [y for _x, y in drawn]
    assert max(down) - min(down) > 3 * (max(across) - min(across))


def test_a_bent_text_rises_in_the_middle() -> None:
    drawn = ink(picture(words(curve=120, size=24), texts={"words": "HHHHHHHHHHHH"}))
    across = [x for x, _y in drawn]
    left, right = min(across), max(across)
    middle = (left + right) // 2
    top_of_middle = min(y for x, y in drawn if abs(x - middle) < 12)
    top_of_end = min(y for x, y in drawn if x < left + 12)
    assert top_of_middle < top_of_end - 15


@pytest.mark.parametrize("effect", ["emboss", "foil", "blind_emboss"])
def test_effects_leave_a_mark_of_their_own(effect: str) -> None:
    base = {"code": "p", "panel": {**box("0", "0", "400", "300"), "fill": "#8a5a3a"}}
    text = words(effect=effect, color="#d4af37")["layers"][0]
    printed = words(effect="print", color="#d4af37")["layers"][0]
    plain = picture(scene(base))
    pressed = picture(scene(base, text), texts={"words": "AB"})
    assert pressed.tobytes() != plain.tobytes()
    assert pressed.tobytes() != picture(scene(base, printed), texts={"words": "AB"}).tobytes()


def test_a_text_option_that_does_not_apply_is_not_written() -> None:
    hidden = {**NAME, "when": "lid"}
    configuration = Configuration(CHOICES, {"words": "Secret"}, {})
    data = render_picture(
        product(words(), [COLOR, WIDTH, LID, hidden]), configuration, width=400, format="png"
    )
    assert not ink(Image.open(io.BytesIO(data)).convert("RGB"))


def test_control_characters_and_strange_letters_never_break_a_picture() -> None:
    for text in ("\x00\x1b[31m", "👩‍👩‍👧", "אבג", "\ud7ff", "x" * 5000):
        picture(words(max_width=100), texts={"words": text})
