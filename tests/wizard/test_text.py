"""Writing texts: what is allowed prints as it is; what is not is named at the field."""

import pytest

from tests.wizard.conftest import Shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def engraved(shop: Shop) -> None:
    shop.choose("engraved", "yes")


def write(shop: Shop, text: str, *, htmx: bool = True, **form: str) -> tuple[int, str]:
    response = shop.post("text", htmx=htmx, option="words", text=text, step="extras", **form)
    return response.status_code, response.content.decode()


def texts(shop: Shop) -> dict[str, str]:
    return dict(shop.now().state["texts"])


def test_a_text_is_saved_priced_and_shown(shop: Shop) -> None:
    status, html = write(shop, "Zażółć")
    assert status == 200
    assert texts(shop) == {"words": "Zażółć"}
    assert 'value="Zażółć"' in html
    assert "€131.61" in html  # (100 + 4 + 6 × 0.50) + 23 %


def test_without_javascript_it_returns_to_the_field(shop: Shop) -> None:
    response = shop.post("text", htmx=False, option="words", text="Ada", step="extras")
    assert response.status_code == 303
    assert response["Location"].endswith("?step=extras#o-words")


def test_blanks_and_composition_are_normalized(shop: Shop) -> None:
    write(shop, "  Zoe\u0301  ")
    assert texts(shop) == {"words": "Zoé"}


def test_an_empty_text_leaves_it_open(shop: Shop) -> None:
    write(shop, "Ada")
    status, _html = write(shop, "   ")
    assert status == 200
    assert texts(shop) == {}


def test_markup_is_only_letters(shop: Shop) -> None:
    status, html = write(shop, "<b>x'&y")
    assert status == 200
    assert texts(shop) == {"words": "<b>x'&y"}
    assert "<b>x" not in html
    assert "&lt;b&gt;x&#x27;&amp;y" in html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Elf Letters", "At most 10 characters; these are 11."),
        ("x" * 200_000, "At most 10 characters; these are 200000."),
        ("Ada!", "We can’t write “!” here."),
        ("{{ 1 }}", "“{” “}”"),
        ("日本", "“日” “本”"),
        ("😀", "Emoji can’t be made here: “😀”"),
        ("a👨‍👩‍👧b", "“👨‍👩‍👧”"),
        ("fé–", "We can’t write “–” here. Possible: “-” for “–”."),
        ("Sh1thead", "We’d rather not make “Sh1thead”."),
        ("a\nb", "Write it on one line."),
        ("a\u2028b", "Write it on one line."),
        ("a\x00b", "invisible character (U+0000) at place 2"),
        ("a\u202eb", "invisible character (U+202E) at place 2"),
        ("a\u200bb", "invisible character (U+200B) at place 2"),
        ("a\x1bb", "invisible character (U+001B) at place 2"),
        ("e" + "\u0301" * 200, "too many marks"),
    ],
)
def test_what_cannot_be_written_is_named_and_kept_in_the_field(
    shop: Shop, text: str, words: str
) -> None:
    write(shop, "before")
    for htmx in (True, False):
        status, html = write(shop, text, htmx=htmx)
        assert status == 422
        assert words in html
        assert 'aria-invalid="true"' in html
    assert texts(shop) == {"words": "before"}
    if text.isascii() and text.isprintable() and len(text) < 30:
        assert f'value="{text}"' in html


def test_a_text_for_another_kind_of_option_is_refused(shop: Shop) -> None:
    for option in ("shade", "print", "nonsense", ""):
        response = shop.post("text", option=option, text="Ada")
        assert response.status_code == 422


def test_a_typeface_that_lacks_a_letter_says_which(shop: Shop) -> None:
    shop.choose("typeface", "sans")
    write(shop, "aŉ")
    shop.choose("typeface", "round")
    html = shop.get(step="extras").content.decode()
    assert "This typeface has no “ŉ”. These have it: Sans." in html
    assert "step--needs" in html


def test_a_hidden_text_is_kept_but_does_not_count(shop: Shop) -> None:
    write(shop, "Ada")
    html = shop.choose("engraved", "no", step="extras").content.decode()
    assert "€123" in html
    assert texts(shop) == {"words": "Ada"}
    assert 'value="Ada"' in shop.choose("engraved", "yes", step="extras").content.decode()
