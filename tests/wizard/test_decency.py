"""Coarse words and emoji: found in disguise, and never in the middle of a name."""

import pytest
from django.conf import LazySettings

from configurator.wizard.decency import coarse_word, emoji_in


@pytest.mark.parametrize(
    "text",
    [
        *("fuck", "F U C K", "f.u.c.k", "FUCKYOU", "fuuuck you", "mother fucker", "ｆｕｃｋ"),
        *("sh1t", "$h!t", "shiiit", "For shit, Bob", "Fück", "sh_it"),
        *("coño", "pu7a", "hijo puta", "MIERDA"),
        *("kurwa", "Kur.wa", "g0wno", "gówno", "wkurwiony", "zajebisty"),
    ],
)
def test_coarse_words_are_found(text: str) -> None:
    assert coarse_word(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Scunthorpe", "Penistone", "Essex", "Sussex", "Clitheroe", "Lightwater"),
        *(
            "Hancock",
            "Cockburn",
            "Dick",
            "Dickens",
            "Fanny",
            "Cuntz",
            "Sluter",
            "Fagan",
            "Pissarro",
        ),
        *("Concha", "Analía", "Zorrilla", "Putin", "Putnam", "Computadora", "Dolores", "Bastardo"),
        *("Kurowski", "Sukanya", "Cipriano", "Hujan", "Zbigniew", "Chujko", "Kutasi", "Łucja"),
        *("A55", "455", "B00B1E5 no", "Assisi", "Classic", "Shiitake", "Matsushita", "Arsenal"),
        *("É. M. K.", "A. M. K.", "", "   ", "–", "1 2 3"),
    ],
)
def test_names_and_ordinary_words_are_left_alone(text: str) -> None:
    assert coarse_word(text) == ""


def test_the_word_is_told_as_it_was_written() -> None:
    assert coarse_word("Oh, $h!t happens") == "$h!t"


def test_the_firm_decides(settings: LazySettings) -> None:
    settings.TEXT_PROFANITY = "allow"
    settings.TEXT_EMOJI = "allow"
    assert coarse_word("fuck") == ""
    assert emoji_in("😀") == []


def test_emoji_are_told_each_once_and_whole() -> None:
    found = emoji_in("Ana 😀😀 👨‍👩‍👧 ❤️ ♥ ★ ✂ 1️⃣ 👍🏽")
    assert found == ["😀", "👨‍👩‍👧", "❤️", "1️⃣", "👍🏽"]
