"""What picture files may be called: words of names, and everything that a value is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from configurator.catalog.braces import word
from configurator.catalog.configuration import number_text
from configurator.catalog.content import Content
from configurator.catalog.modeling import number_values
from configurator.engine import Value

Words = tuple[str, ...]
YES = frozenset({"yes", "on", "true", "si", "tak", "ja"})
NO = frozenset({"no", "off", "false", "nie", "nein"})
"""What switches are called in file names, besides the words of their values."""
MOST_NUMBERS = 200
"""Of a measure with more values, files are not matched."""
LETTERS = str.maketrans("łøđæœ", "lodao")
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "œ": "oe", "ø": "oe"})


def words(text: str) -> Words:
    """The words of a name: letters and digits, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(word for word in re.split(r"[\W_]+", plain) if word)


def spellings(text: str) -> set[Words]:
    """The words of a name, also as somebody without umlauts writes them."""
    composed = unicodedata.normalize("NFC", text.casefold())
    return {words(text), words(composed.translate(GERMAN))} - {()}


def humps(text: str) -> str:
    """A name with what stands together apart: OakHandle is Oak Handle, 500mm is 500 mm."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=\d)(?=[A-Za-z])", " ", text)


def canonical(said: Words) -> Words:
    """The words of a file with those of switches as layers write them."""
    return tuple("yes" if each in YES else "no" if each in NO else each for each in said)


def names_of(thing: Content) -> set[Words]:
    """What an option or a choice is called: by code, and by name in every language."""
    texts = [thing["code"], *thing["name"].values()]
    return {found for text in texts for found in spellings(text)}


def values_of(option: Content) -> tuple[Value, ...]:
    """The values by which files are named: none of a measure with very many."""
    if option["kind"] == "toggle":
        return (False, True)
    if option["kind"] == "number":
        values = number_values(option)
        return values if len(values) <= MOST_NUMBERS else ()
    return tuple(choice["code"] for choice in option["choices"])


def called(option: Content) -> Iterator[tuple[str, set[Words], bool]]:
    """Each value as targets write it, its names, and whether they mean something alone."""
    if option["kind"] == "choice":
        yield from ((each["code"], names_of(each), True) for each in option["choices"])
    elif option["kind"] == "toggle":
        for on, signs in ((True, YES), (False, NO)):
            yield word(on), {(sign,) for sign in signs}, False
    elif option["kind"] == "number":
        for value in values_of(option):
            if not isinstance(value, str):
                yield word(value), _measures(number_text(value), option["unit"]), False


def _measures(number: str, unit: str) -> set[Words]:
    """A measure with its unit or without: 600, 600mm, 600 mm."""
    plain = words(number)
    found = {plain, (*plain, *words(unit))}
    if unit and plain:
        found.add((*plain[:-1], plain[-1] + "".join(words(unit))))
    return found
