"""A language of brackets: what is marked for translation stands in [ ], and nothing else does.

It is never written down: it takes the place of English while a test runs. What of a page stands
outside of brackets was not marked.
"""

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import trans_real

from configurator.wizard import storefront
from configurator.wizard.views import responding
from personalization.slots import filling

TOLD = ("title", "alt", "placeholder", "aria-label", "aria-description", "content", "label")
"""Attributes that people read or hear."""
WORDS = ("name", "tagline", "description", "help", "label", "message", "placeholder", "unit_name")
SILENT = {"script", "style", "svg", "code", "template", "kbd"}
NOT_WORDS = re.compile(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
    r"|\b(?:Customerize(?: Workshop)?|mm|cm|in|AM|PM|PNG|JPEG|WEBP|MB|EUR|VAT|en|es|pl|at|x|w)\b"
    r"|\S+@\S+|https?://[^\s<]+|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{6,64}\b|\b[A-Z]{2}\d+\b|&\w+;",
)
"""Dates and times (Babel's words), units, names of formats, the firm, addresses."""


class Brackets(gettext.NullTranslations):
    """Every marked text in brackets."""

    def language(self) -> str:
        return "en"

    def to_language(self) -> str:
        return "en"

    def gettext(self, message: str) -> str:
        text = message.rpartition("\x04")[2]
        return f"[{text}]" if text.strip() else text

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@contextmanager
def speaking_brackets() -> Iterator[None]:
    """English is in brackets meanwhile."""
    kept = trans_real._translations.get("en")  # type: ignore[attr-defined]
    trans_real._translations["en"] = Brackets()  # type: ignore[attr-defined]
    _forget()
    trans_real.activate("en")
    try:
        yield
    finally:
        if kept is None:
            del trans_real._translations["en"]  # type: ignore[attr-defined]
        else:
            trans_real._translations["en"] = kept  # type: ignore[attr-defined]
        trans_real.deactivate()
        _forget()


def _forget() -> None:
    """What was rendered in the other English."""
    responding._remembered_option.cache_clear()
    storefront.described.cache_clear()
    storefront.inspirations_of.cache_clear()
    storefront.piece_html.cache_clear()
    filling._kept_part.cache_clear()
    filling._kept_why.cache_clear()


def bracketed(product: Path) -> str:
    """A product file whose own texts are in brackets, as if translated."""
    return yaml.safe_dump(_walked(yaml.safe_load(product.read_text("utf-8")), ""))


def _walked(part: Any, key: str) -> Any:
    if isinstance(part, dict):
        if key in WORDS:
            return {code: f"[{text}]" for code, text in part.items()}
        return {name: _walked(each, name) for name, each in part.items()}
    if isinstance(part, list):
        return [_walked(each, key) for each in part]
    return f"[{part}]" if key in WORDS and isinstance(part, str) else part


class _Reader(HTMLParser):
    """The text of a page in reading order; what is said in attributes, apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.said: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        silent = tag in SILENT or known.get("translate") == "no"
        if tag == "select" and "country" in str(known.get("name")):
            silent = True  # the names of countries are Babel's
        if silent and tag not in ("meta", "input", "img"):
            self._silent.append(tag)
        if self._silent:
            return
        self.text.append(" ")
        spoken = tag != "meta" or known.get("name") in ("description",)
        names = TOLD if spoken else ()
        self.said += [str(known[name]) for name in names if known.get(name)]
        if tag == "input" and known.get("type") in ("submit", "button"):
            self.said.append(str(known.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text.append(data)


def unmarked(page: str, given: tuple[str, ...] = ()) -> list[str]:
    """The words of a page outside of brackets; `given`: what customers have written themselves."""
    reader = _Reader()
    reader.feed(page)
    return [word for text in ("".join(reader.text), *reader.said) for word in _bare(text, given)]


def unmarked_in_text(text: str, given: tuple[str, ...] = ()) -> list[str]:
    """The same for a mail or the text of a paper."""
    return list(_bare(text, given))


def _bare(text: str, given: tuple[str, ...]) -> Iterator[str]:
    outside, depth = [], 0
    for character in text:
        depth += (character == "[") - (character == "]")
        if depth <= 0 and character not in "[]":
            outside.append(character)
        elif character in "[]":
            outside.append(" ")
    rest = "".join(outside)
    for own in sorted(given, key=len, reverse=True):
        rest = rest.replace(own, " ")
    rest = NOT_WORDS.sub(" ", rest)
    for found in re.findall(r"[^\W\d_]{2,}[^\n]{0,40}", rest):
        yield " ".join(found.split())
