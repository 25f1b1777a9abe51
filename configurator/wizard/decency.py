"""What a text is not made with: coarse words and emoji, as the firm's settings say.

Words are compared whole, so that Scunthorpe is a town. See words/README.md for the lists.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

from django.conf import settings

REFUSE, NOTE, ALLOW = "refuse", "note", "allow"
WORDS = Path(__file__).with_name("words")
LEET = str.maketrans("01345789@$!|€", "oieastbgasiie")
PLAIN = str.maketrans("łøđ", "lod")
SHORTEST_DISGUISE = 4
"""Letters; a shorter word is only itself: "A55" is a road."""
SPLIT = re.compile(r"[^\w@$!|€]+|_+")
_FACE = "(?:[\U0001f000-\U0001faff]|[\u2190-\u2bff]\ufe0f)[\ufe0f\U0001f3fb-\U0001f3ff]*"
EMOJI = re.compile(f"{_FACE}(?:\u200d{_FACE})*|[0-9#*]\ufe0f?\u20e3")


def emoji_in(text: str) -> list[str]:
    """The emoji of a text, each once, if the firm does not make them."""
    if settings.TEXT_EMOJI == ALLOW:
        return []
    return list(dict.fromkeys(found[0] for found in EMOJI.finditer(text)))


def coarse_word(text: str) -> str:
    """The first coarse word as it is written in the text, or ""."""
    if settings.TEXT_PROFANITY == ALLOW:
        return ""
    words = [word for word in SPLIT.split(text) if word]
    return next((said for said in _candidates(words) if _is_coarse(said)), "")


def _candidates(words: list[str]) -> Iterator[str]:
    """Every word; single letters in a row as one; and two words together."""
    yield from words
    for single, run in groupby(words, key=lambda word: len(word) == 1):
        if single:
            yield "".join(run)
    for one, other in pairwise(words):
        if len(one) > 1 and len(other) > 1:
            yield one + other


def _is_coarse(word: str) -> bool:
    whole, stems = _lists()
    return any(
        form in whole or any(form.startswith(stem) for stem in stems) for form in _forms(word)
    )


def _forms(word: str) -> Iterator[str]:
    """What a word may be meant to be: its letters, without disguise, without repetition."""
    plain = _letters(word)
    yield plain
    if len(plain) < SHORTEST_DISGUISE:
        return
    bare = plain.translate(LEET)
    for form in (bare, plain.replace("1", "l").translate(LEET)):
        if form.isalpha():
            yield form
            yield "".join(letter for letter, _run in groupby(form))


def _letters(word: str) -> str:
    """Small letters without accents; full-width and other dress taken off."""
    spread = unicodedata.normalize("NFKD", word.casefold()).translate(PLAIN)
    return "".join(c for c in spread if not unicodedata.combining(c))


@cache
def _lists() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words, and stems with which words begin."""
    lines = [
        line.strip()
        for file in sorted(WORDS.glob("*.txt"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    whole = {_letters(line) for line in lines if not line.endswith("*")}
    stems = {_letters(line[:-1]) for line in lines if line.endswith("*")}
    return frozenset(whole), tuple(sorted(stems))
