"""The interface speaks Spanish and Polish, whole: every text of the sources is translated."""

import gettext
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

LANGUAGES = ("es", "pl")
ROOMS = ("accounts", "configurator", "orders", "personalization", "project")
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0-9.]*[a-z]|%%")
TAG = re.compile(r"<[^>]+>")
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.S)
"""Read as Python, the rest of the line would belong to it."""
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
Key = tuple[str | None, str]  # context, text (the singular one)


@cache
def catalog(language: str) -> Catalog:
    path = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as source:
        return read_po(source, locale=language)


def translated(language: str) -> list[Message]:
    return [message for message in catalog(language) if message.id]


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def forms(message: Message) -> tuple[str, ...]:
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ())


@cache
def speaker(language: str) -> gettext.GNUTranslations:
    """The catalog as Django uses it, compiled."""
    compiled = BytesIO()
    write_mo(compiled, catalog(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def texts_of(source: str) -> Iterator[Key]:
    for _line, found, _comments, context in extract(
        "python", BytesIO(source.encode()), keywords=KEYWORDS
    ):
        yield context, found if isinstance(found, str) else found[-2 if len(found) > 1 else -1]


def texts_of_template(source: str) -> Iterator[Key]:
    """Django turns a template into calls of gettext among blanked words; we read them as Python."""
    return texts_of(" ".join(templatize(COMMENT.sub("", source)).split()))


def sources() -> Iterator[Path]:
    for room in ROOMS:
        yield from (settings.BASE_DIR / room).rglob("*.py")
    for kind in ("*.html", "*.txt"):
        yield from (settings.BASE_DIR / "templates").rglob(kind)


@cache
def marked() -> frozenset[Key]:
    """Every text which the sources mark for translation."""
    found: set[Key] = set()
    for path in sources():
        if "demo" in path.parts:
            continue
        read = texts_of if path.suffix == ".py" else texts_of_template
        found.update(read(path.read_text(encoding="utf-8")))
    return frozenset(found)


def test_reading_finds_every_kind_of_mark() -> None:
    template = """{% load i18n %}{% comment %}How it is read.{% endcomment %}
      <p title="{% translate 'Where it goes' %}">{{ x|default:_("in") }}
      {% blocktranslate with n=name %}Hello {{ n }}, 5 %{% endblocktranslate %}
      {% blocktranslate count n=3 %}One day{% plural %}{{ n }} days{% endblocktranslate %}</p>"""
    assert set(texts_of_template(template)) == {
        (None, "Where it goes"),
        (None, "in"),
        (None, "Hello %(n)s, 5 %%"),
        (None, "One day"),
    }
    python = 'pgettext_lazy("order", "done")\nngettext("%(n)d day", "%(n)d days", n)\n_("a" "b")\n'
    assert set(texts_of(python)) == {("order", "done"), (None, "%(n)d day"), (None, "ab")}
    assert len(marked()) > 400


def test_gettext_has_only_names_that_makemessages_knows() -> None:
    aliases = {
        alias
        for path in sources()
        for alias in re.findall(r"import n?p?n?gettext\w* as (\w+)", path.read_text("utf-8"))
    }
    assert aliases <= KEYWORDS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_marked_text_is_translated(language: str) -> None:
    known = {(message.context or None, singular(message)) for message in translated(language)}
    missing = sorted(text for context, text in marked() - known)
    assert missing == [], "`make messages` collects them; then translate them in locale/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_empty_or_doubtful(language: str) -> None:
    found = [
        singular(message)
        for message in translated(language)
        if message.fuzzy or not all(form.strip() for form in forms(message))
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_every_form_of_the_language(language: str) -> None:
    plural = [message for message in translated(language) if message.pluralizable]
    assert plural
    assert catalog(language).num_plurals == {"es": 3, "pl": 4}[language]
    for message in plural:
        assert len(forms(message)) == catalog(language).num_plurals, singular(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_tags_are_the_same(language: str) -> None:
    for message in translated(language):
        said = message.id if isinstance(message.id, str) else message.id[-1]
        for place, form in enumerate(forms(message)):
            wanted, found = set(PLACEHOLDER.findall(said)), set(PLACEHOLDER.findall(form))
            if message.pluralizable and place == 0:
                assert found <= wanted, form  # "one day" needs no number
            elif "python-format" in message.flags:
                assert found == wanted, form
            assert TAG.findall(form) == TAG.findall(said), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_end_alike(language: str) -> None:
    for message in translated(language):
        for form in forms(message):
            assert form[-1:].isspace() == singular(message)[-1:].isspace(), form
            assert form.endswith((".", "!", "?", "”")) or not singular(message).endswith("."), form


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "za 1 dzień"),
        (2, "za 2 dni"),
        (5, "za 5 dni"),
    ],
)
def test_polish_counts_days(number: int, said: str) -> None:
    told = speaker("pl").ngettext("in %(n)d day", "in %(n)d days", number) % {"n": number}
    assert told == said


@pytest.mark.parametrize(
    ("number", "form"), [(1, 0), (2, 1), (4, 1), (5, 2), (12, 2), (22, 1), (25, 2), (101, 2)]
)
def test_polish_chooses_among_its_forms(number: int, form: int) -> None:
    one, few, many = "wiersz", "wiersze", "wierszy"
    catalogs = Catalog(locale="pl")
    catalogs.mime_headers = catalog("pl").mime_headers
    catalogs.add(("row", "rows"), (one, few, many, "wiersza"))
    compiled = BytesIO()
    write_mo(compiled, catalogs)
    compiled.seek(0)
    assert (
        gettext.GNUTranslations(compiled).ngettext("row", "rows", number)
        == ((one, few, many)[form])
    )


@pytest.mark.parametrize(("language", "said"), [("es", "Revisar"), ("pl", "Sprawdź")])
def test_the_button_to_the_review_is_a_verb(language: str, said: str) -> None:
    assert speaker(language).gettext("Review") == said
