"""Faces for customers' texts."""

import pytest
from django.conf import settings

from configurator.wizard.preview import font_stems, missing_glyphs
from configurator.wizard.preview.fonts import font_path

LETTERS = "AĄĆĘŁŃÓŚŹŻaąćęłńóśźżÁÉÍÑÓÚÜáéíñóúü¿¡0123456789&.'-–"


def test_every_face_has_the_letters_of_our_customers() -> None:
    stems = font_stems()
    assert len(stems) >= 8
    for stem in stems:
        assert missing_glyphs(stem, LETTERS) == [], stem


def test_what_a_face_lacks_is_named_once_and_in_order() -> None:
    assert missing_glyphs("EBGaramond-Regular", "Ana 日本日 😀") == ["日", "本", "😀"]
    assert missing_glyphs("CustomerizeScript", "Жук") == ["Ж", "у", "к"]


def test_spaces_are_never_missing() -> None:
    assert missing_glyphs("DejaVuSans", " \t\n\u00a0") == []


@pytest.mark.parametrize(
    "stem", ["", "../../manage", "/etc/passwd", "No-Such-Face", "a.ttf", "x\0"]
)
def test_an_unknown_face_is_the_default_face(stem: str) -> None:
    assert font_path(stem).name == "DejaVuSans.ttf"


def test_every_face_has_its_licence_beside_it() -> None:
    said = (settings.FONTS_DIR / "README.md").read_text()
    for stem in font_stems():
        assert stem in said
    for licence in (settings.FONTS_DIR / "licenses").iterdir():
        assert licence.name in said
