"""Rules and formulas as people say them, with the names that they read, written in codes:
“Titanium frame requires 28″ wheels” is `frame is titanium requires wheels is "28in"`.

Only what is not understood as it stands is taken for this, and kept only where it is then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from configurator.catalog.models import Choice, Option, Product
from configurator.catalog.texts import languages
from configurator.engine.language.units import UNITS

MOST_CHOICES = 3_000
LONGEST = 2_000
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
KEPT = """
and or not is in if iff then else of at most least exactly requires implies excludes total less
more than delivery day days later yes no true false none on off min max abs round len floor ceil
count
"""
WORDS = frozenset(KEPT.split())
"""Words of the language itself, which stay what they are."""
UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))


def _in_digits(found: re.Match[str]) -> str:
    return f"{found[1]} {NUMBERS.index(found[2].casefold())} of"


PHRASES: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (rf"\b(at most|at least|exactly) ({'|'.join(NUMBERS)}) of\b", _in_digits),
    (r"\bis (not )?(?:one|any|either) of(?=\s*\{)", r"is \1in"),
    (r"\b(?:must|has to|may only) be\b", "is"),
    (rf"\bis between ([\d.]+)\s+and\s+([\d.]+)\s*({UNIT})(?!\w)", r"in \1 \3..\2 \3"),
    (r"\bis between (.+?) and (?=[\d.])", r"in \1.."),
    (r"\beither\s+", ""),
    (r"\.\s*\Z", ""),
    (r"\A\s*(delivery\b.+\bdays?(?: later)?) if (.+)", r"if \2 then \1"),
    (r"\botherwise\b", "else"),
    (r"^\s*when\b(?=.*\bthen\b)", "if"),
)
VALUE = re.compile(r"\s*(?:(?:is\s+not|is|!=|≠|==?)\s*|(?:is\s+)?(?:not\s+)?in\s*\{[^}]*)\Z", re.I)
COLON, SPACE = re.compile(r":\s*"), re.compile(r"\s+")
PLAIN = re.compile(r"[A-Za-z_]\w*\Z")
MARKS = str.maketrans({"″": '"', "”": '"', "“": '"', "’": "'"})
QUOTES = '"“”'


@dataclass
class Names:
    """What a product's options and their choices are called: folded names, and whose they are."""

    options: dict[str, set[str]] = field(default_factory=dict)
    choices: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.option_at = _matcher(self.options)
        self.choice_at = _matcher(self.choices)


def in_codes(text: str, product: Product) -> str:
    """The text with codes in place of names, and turns of phrase as the language has them."""
    if len(text) > LONGEST:
        return text
    for pattern, instead in PHRASES:
        text = re.sub(pattern, instead, text, flags=re.IGNORECASE | re.DOTALL)
    return "".join(_written(text, names_of(product)))


def names_of(product: Product) -> Names:
    """Choices of a product that has very many are not known by their names."""
    options: dict[str, set[str]] = {}
    choices: dict[str, set[tuple[str, str]]] = {}
    rows = list(Option.objects.filter(product=product))
    codes = {row.pk: row.code for row in rows}
    for row in rows:
        for name in _called(row):
            options.setdefault(name, set()).add(row.code)
    found = Choice.objects.filter(option__in=codes)
    for choice in found[:MOST_CHOICES] if found.count() <= MOST_CHOICES else ():
        for name in _called(choice):
            choices.setdefault(name, set()).add((codes[choice.option_id], choice.code))
    return Names(options, choices)


def _called(row: Option | Choice) -> Iterator[str]:
    for name in (row.code, *(getattr(row, f"name_{language}") for language in languages())):
        if name and (folded := _folded(name)) not in WORDS:
            yield folded


def _folded(words: str) -> str:
    return " ".join(words.translate(MARKS).casefold().split())


def _matcher(names: Iterable[str]) -> re.Pattern[str]:
    """Finds the longest of the names that begins at a place."""
    longest = sorted(names, key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest)
    return re.compile(rf"(?:{either or '(?!)'})(?!\w)", re.IGNORECASE)


def _written(text: str, names: Names) -> Iterator[str]:
    plain = text.translate(MARKS)
    at, subject, since = 0, "", 0
    while at < len(text):
        begins = at == 0 or not (text[at - 1].isalnum() or text[at - 1] == "_")
        quote = 1 if text[at] in QUOTES else 0
        found = _found(plain, at + quote, names, subject, text[since:at]) if begins else None
        if found is None:
            yield text[at]
            at += 1
            continue
        said, about, end = found
        yield said
        if about:
            subject, since = about, end
        at = end + (1 if quote and text[end : end + 1] and text[end] in QUOTES else 0)


def _found(
    text: str, at: int, names: Names, subject: str, between: str
) -> tuple[str, str, int] | None:
    """What is named at a place, in codes; the option, where that alone is; and where it ends."""
    choice = names.choice_at.match(text, at)
    owners = names.choices[_folded(choice[0])] if choice else set()
    if choice and subject and VALUE.match(between):
        for owner, code in owners:
            if owner == subject:
                return _quoted(code), "", choice.end()
    if choice and (pair := _beside(text, choice.end(), names, owners)):
        return pair
    option = names.option_at.match(text, at)
    if option:
        codes = names.options[_folded(option[0])]
        colon = COLON.match(text, option.end())
        value = names.choice_at.match(text, colon.end()) if colon else None
        for name, code in sorted(names.choices[_folded(value[0])]) if value else ():
            if name in codes and value:
                return f"{name} is {_quoted(code)}", "", value.end()
        if len(codes) == 1:
            (only,) = codes
            return only, only, option.end()
    if choice and len(owners) == 1 and choice[0][0].isalpha():
        ((name, code),) = owners
        return f"{name} is {_quoted(code)}", "", choice.end()
    return None


def _beside(
    text: str, end: int, names: Names, owners: set[tuple[str, str]]
) -> tuple[str, str, int] | None:
    """A value before its option: “titanium frame”."""
    gap = SPACE.match(text, end)
    option = names.option_at.match(text, gap.end()) if gap else None
    if option is None:
        return None
    codes = names.options[_folded(option[0])]
    fitting = [owner for owner in owners if owner[0] in codes]
    if len(fitting) != 1:
        return None
    ((name, code),) = fitting
    return f"{name} is {_quoted(code)}", "", option.end()


def _quoted(code: str) -> str:
    return code if PLAIN.match(code) and code.casefold() not in WORDS else f'"{code}"'
