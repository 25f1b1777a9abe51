"""Countries and currencies by their codes: what an admin may write."""

import re

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SEPARATORS = re.compile(r"[\s,;]+")


def country_codes(text: str) -> tuple[str, ...]:
    """The codes in a list: "de, PL" is DE and PL."""
    return tuple(dict.fromkeys(code.upper() for code in SEPARATORS.split(text) if code))


def check_country(code: str) -> None:
    """Refuse what is no country's code."""
    if not _is_country(code):
        raise ValidationError(_("“%(code)s” is no code of a country.") % {"code": code})


def check_countries(text: str) -> None:
    """Refuse lists that name something else than countries."""
    for code in country_codes(text):
        check_country(code)


def check_currency(code: str) -> None:
    """Refuse what is no currency's code."""
    if code not in Locale("en").currencies:
        raise ValidationError(_("“%(code)s” is no code of a currency.") % {"code": code})


def _is_country(code: str) -> bool:
    known = Locale("en").territories
    return len(code) == 2 and code.isalpha() and code.isupper() and code in known
