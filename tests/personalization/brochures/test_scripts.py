"""Right-to-left names as they are drawn from left to right."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.papers import fonts
from personalization.brochures import gathering
from personalization.brochures.card.scripts import joined, visual


@pytest.mark.parametrize("text", ["Zażółć", "José Ángel", "", "12 (3)", "Łódź – Kraków"])
def test_what_reads_to_the_right_stays(text: str) -> None:
    assert visual(text) == text


def test_hebrew_is_turned_and_numbers_and_brackets_are_not() -> None:
    assert visual("שרה") == "הרש"
    assert visual("שרה 12") == "12 הרש"
    assert visual("שרה (Sara)") == "(Sara) הרש"
    assert visual("Sara שרה כהן") == "Sara ןהכ הרש"


def test_arabic_letters_join() -> None:
    assert [unicodedata.name(each).rsplit(" ", 2)[-2] for each in joined("محمد")] == [
        *("INITIAL", "MEDIAL", "MEDIAL", "FINAL")
    ]
    assert unicodedata.name(joined("دم")[1]).endswith("ISOLATED FORM")
    assert joined("لا") == "ﻻ"
    assert fonts.missing(visual("الأندلسي محمد عبد الله")) == []


@given(st.text(st.characters(codec="utf-8", categories=("L", "Nd", "Zs", "Mn")), max_size=30))
def test_nothing_is_lost(text: str) -> None:
    letters = sorted(unicodedata.normalize("NFKD", text))
    assert sorted(unicodedata.normalize("NFKD", visual(text))) == letters


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Anna’s bike", "Anna’s bike"),
        ("🚲 Anna’s bike ❤️ 👩\u200d🔧", "Anna’s bike"),
        ("האופניים שלי 🚲", "האופניים שלי"),
        ("20° north", "20° north"),
        ("日本の自転車", ""),
        ("🚲", ""),
    ],
)
def test_a_name_is_printed_without_pictures_that_our_fonts_do_not_have(
    written: str, said: str
) -> None:
    assert gathering.printed(written) == said
