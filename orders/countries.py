"""Countries by their ISO 3166 codes, named in the language of the reader."""

import unicodedata
from functools import lru_cache

from babel import Locale

from configurator.wizard.money import babel_locale

# Codes that CLDR names and ISO 3166 does not list as countries.
NOT_COUNTRIES = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)


@lru_cache(maxsize=16)
def countries(language: str) -> list[tuple[str, str]]:
    """(code, name) of every country, sorted by name."""
    names = Locale.parse(babel_locale(language)).territories
    known = [
        (code, str(name))
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    ]
    return sorted(known, key=lambda pair: _plain_letters(pair[1]))


def country_name(code: str, language: str) -> str:
    return dict(countries(language)).get(code, code)


def _plain_letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("ł", "l"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
