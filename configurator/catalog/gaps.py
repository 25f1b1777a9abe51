"""What can be seen in a content at a glance: texts and pictures that are missing, names twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from configurator.catalog.content import Content, Path
from configurator.catalog.modeling import SPACE_KINDS
from configurator.catalog.picture_sizes import MOST_TOLD, wrong_sizes
from configurator.catalog.texts import FALLBACK, languages, say
from configurator.engine.words import Words as _

Grade = Literal["error", "warning", "hint", "gap"]
"""It cannot be published; it is probably a mistake; it is idle; a text or a picture is missing."""
WORDS = re.compile(r"[^\W\d_]{4}")
"""Texts with words; “42 mm” and “XL” are the same in every language."""


@dataclass(frozen=True)
class Finding:
    """Something found: in words, where it is to be mended, and which rules cause it."""

    grade: Grade
    message: str
    path: Path
    causes: tuple[Path, ...] = ()


def gaps(content: Content) -> list[Finding]:
    """All of them; takes milliseconds."""
    return [*_namesakes(content), *_texts(content), *_pictures(content), *_sizes(content)]


def _sizes(content: Content) -> Iterator[Finding]:
    """Files of layers that would be stretched."""
    try:
        found = list(islice(wrong_sizes(content), MOST_TOLD))
    except (TypeError, AttributeError, ValueError):  # a picture in no order, which is told already
        return
    for path, file, mine, size in found:
        message = _(
            "“%(file)s” has %(mine)s pixels; the picture has %(size)s, so it is stretched.",
            file=file,
            mine=f"{mine[0]} × {mine[1]}",
            size=f"{size[0]} × {size[1]}",
        )
        yield Finding("warning", message, path)


def options_at(content: Content) -> dict[str, tuple[Content, Path]]:
    """Every option by its code, and where it stands."""
    return {
        option["code"]: (option, ("steps", s, "options", o))
        for s, step in enumerate(content["steps"])
        for o, option in enumerate(step["options"])
    }


def _namesakes(content: Content) -> Iterator[Finding]:
    """Options, and choices of one option, that customers cannot tell apart."""
    options = [(option["name"], path) for option, path in options_at(content).values()]
    for name, path, other, language in _twice(options):
        message = _(
            "Two options are called “%(name)s” (%(language)s): customers cannot tell them apart.",
            name=name,
            language=language,
        )
        yield Finding("warning", message, path, (other,))
    for option, path in options_at(content).values():
        choices = [
            (choice["name"], (*path, "choices", index))
            for index, choice in enumerate(option["choices"])
        ]
        for name, here, other, language in _twice(choices):
            message = _(
                "Two choices of “%(option)s” are called “%(name)s” (%(language)s).",
                option=option["name"],
                name=name,
                language=language,
            )
            yield Finding("warning", message, here, (other,))


def _twice(
    named: Iterable[tuple[Mapping[str, str], Path]],
) -> Iterator[tuple[str, Path, Path, str]]:
    """Names that are there twice: the name, where it is again and first, in which languages.

    Those that stand beside each other with one English name are an error, which is told already.
    """
    named = list(named)
    texts = {path: text for text, path in named}
    found: dict[tuple[Path, Path], list[tuple[str, str]]] = defaultdict(list)
    for language in languages():
        first: dict[str, Path] = {}
        for text, path in named:
            name = say(text, language).strip()
            other = first.setdefault(name.casefold(), path)
            if name and other != path and not _is_refused(texts, path, other):
                found[path, other].append((name, language))
    for (path, other), told in found.items():
        yield told[0][0], path, other, ", ".join(language for _name, language in told)


def _is_refused(texts: Mapping[Path, Mapping[str, str]], path: Path, other: Path) -> bool:
    one, two = (say(texts[each], FALLBACK).casefold() for each in (path, other))
    return path[:-1] == other[:-1] and one == two


def _texts(content: Content) -> Iterator[Finding]:
    """Texts that are missing in a language in which most others are there."""
    codes = set(options_at(content))
    texts = {
        say(text, FALLBACK): (path, text)
        for path, text in reversed(list(_all_texts(content, ())))
        if WORDS.search(say(text, FALLBACK)) and say(text, FALLBACK) not in codes
    }
    for language in languages():
        lacking = [words for words, (_path, text) in texts.items() if not text.get(language)]
        if 0 < len(lacking) <= len(texts) / 2:
            for words in lacking:
                message = _(
                    "“%(text)s” is missing in: %(language)s.", text=words[:60], language=language
                )
                yield Finding("gap", message, texts[words][0])
        elif lacking:
            message = _(
                "%(some)s of %(all)s texts are missing in: %(language)s.",
                some=len(lacking),
                all=len(texts),
                language=language,
            )
            yield Finding("gap", message, ("texts", language))


def _given(text: Mapping[str, str]) -> list[str]:
    return [code for code, words in text.items() if words]


def _all_texts(data: Any, path: Path) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Every text of the content, and where it stands."""
    known = set(languages())
    if isinstance(data, dict):
        if data and set(data) <= known and all(isinstance(each, str) for each in data.values()):
            if _given(data):
                yield path, data
            return
        for key, value in data.items():
            yield from _all_texts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _all_texts(value, (*path, index))


def _pictures(content: Content) -> Iterator[Finding]:
    """Choices without a picture or color where others of their option have one.

    What takes nothing, like “without”, needs none.
    """
    for option, path in options_at(content).values():
        if option["kind"] not in SPACE_KINDS:
            continue
        shown = [bool(choice["image"] or choice["swatch"]) for choice in option["choices"]]
        if not any(shown):
            continue
        for index, choice in enumerate(option["choices"]):
            if not shown[index] and choice["needs"] != "nothing":
                message = _(
                    "“%(option)s: %(choice)s” has no picture or color, though others have.",
                    option=option["name"],
                    choice=choice["name"],
                )
                yield Finding("gap", message, (*path, "choices", index))
