"""Numbers, counts and dates as customers read them."""

from datetime import date
from decimal import Decimal

from babel.dates import format_skeleton
from babel.numbers import format_compact_decimal, format_decimal
from django.utils.translation import gettext as _

from configurator.catalog import measures
from configurator.catalog.configuration import exact
from configurator.wizard.money import babel_locale

ACCENTED = ("À-ž", "À-ÖØ-öø-ž", "À-ÿ", "À-ſ", "Ā-ž", "Ā-ſ")
EXACT_BELOW = 1_000_000
WORDS_BELOW = 10**15
GREAT = {
    "en": {
        **{15: "quadrillion", 18: "quintillion", 21: "sextillion", 24: "septillion"},
        **{27: "octillion", 30: "nonillion", 33: "decillion", 36: "undecillion"},
    },
    "es": {
        **{15: "mil billones", 18: "trillones", 21: "mil trillones", 24: "cuatrillones"},
        **{27: "mil cuatrillones", 30: "quintillones", 33: "mil quintillones"},
    },
    "pl": {
        **{15: "biliarda", 18: "tryliona", 21: "tryliarda", 24: "kwadryliona"},
        **{27: "kwadryliarda", 30: "kwintyliona", 33: "kwintyliarda", 36: "sekstyliona"},
    },
}
"""Names of great numbers by their power of ten, as they follow a decimal fraction."""
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def length(millimeters: float, locale: str, digits: int = 0) -> str:
    """A length as the customer measures: "89 mm", or "3.5\u2033"."""
    if measures.in_inches("mm"):
        return f"{number(Decimal(str(round(millimeters / 25.4, digits + 1))), locale)}\u2033"
    return f"{number(exact(Decimal(str(round(millimeters, digits)))), locale)} mm"


def count_words(count: int, locale: str) -> str:
    """A count in words: exact while small, then "1.9 billion", then "12.5 sextillion"."""
    known = babel_locale(locale)
    if count < EXACT_BELOW:
        return str(format_decimal(count, locale=known))
    if count < WORDS_BELOW:
        words = format_compact_decimal(count, format_type="long", fraction_digits=1, locale=known)
        return str(words)
    power = (len(str(count)) - 1) // 3 * 3
    lead = Decimal(count // 10 ** (power - 1)) / 10
    names = GREAT.get(locale.split("-")[0], {})
    told = str(format_decimal(lead, locale=known))
    if power in names:
        return f"{told} {names[power]}"
    return f"{told} × 10{str(power).translate(SUPERSCRIPT)}"


def number(value: int | Decimal, locale: str) -> str:
    """A measure, without grouping: "900", "2.5"."""
    return str(format_decimal(value, locale=babel_locale(locale), group_separator=False))


def day_words(day: date, locale: str) -> str:
    """A date with its weekday, without the year: "Fri, Dec 18"."""
    return str(format_skeleton("MMMEd", day, locale=babel_locale(locale)))


def characters_words(characters: str) -> str:
    """The inside of a character class in words: "letters, digits, space . & -"."""
    named = {"A-Z": "", "a-z": _("letters"), "0-9": _("digits"), " ": _("space")}
    words, rest = [], characters.replace("\\", "")
    for part, word in named.items():
        if part in rest:
            rest = rest.replace(part, "", 1)
            words += [word] if word else []
    accented = "".join(part for part in ACCENTED if part in rest)
    for part in ACCENTED:
        rest = rest.replace(part, "")
    words += [_("accented letters")] if accented else []
    return ", ".join(words) + (f" {' '.join(dict.fromkeys(rest))}" if rest else "")
