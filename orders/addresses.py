"""How postal codes look, by country."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WITHOUT = frozenset(
    {
        "AE", "AG", "AO", "AW", "BF", "BI", "BJ", "BO", "BS", "BW", "BZ", "CD", "CF", "CG", "CI",
        "CK", "CM", "DJ", "DM", "ER", "FJ", "GD", "GM", "GQ", "GY", "HK", "JM", "KI", "KM", "KN",
        "KP", "LC", "ML", "MO", "MR", "MW", "NR", "NU", "PA", "QA", "RW", "SB", "SC", "SL", "SR",
        "ST", "SY", "TF", "TG", "TK", "TL", "TO", "TT", "TV", "UG", "VU", "WS", "YE", "ZW"
    }
)  # fmt: skip
"""Countries without postal codes."""

# 0 stands for a digit, A for a letter; a sign may be another one, or be left out.
FORMS = {
    **dict.fromkeys(
        ("AT", "AU", "BE", "BG", "CH", "CY", "DK", "HU", "LI", "LU", "NO", "NZ"), "0000"
    ),
    **dict.fromkeys(("SI", "ZA", "GE", "PH", "TN"), "0000"),
    **dict.fromkeys(
        ("DE", "EE", "ES", "FI", "FR", "HR", "IT", "MC", "MX", "SM", "TR", "UA"), "00000"
    ),
    **dict.fromkeys(("RS", "TH", "MA", "MY", "ID", "KR", "SA", "VA", "BA", "ME"), "00000"),
    **dict.fromkeys(("CN", "IN", "RO", "RU", "SG", "KZ", "VN", "CO"), "000000"),
    **dict.fromkeys(("CZ", "GR", "SE", "SK"), "000 00"),
    "BR": "00000-000",
    "CA": "A0A 0A0",
    "IL": "0000000",
    "IS": "000",
    "JP": "000-0000",
    "MT": "AAA 0000",
    "NL": "0000 AA",
    "PL": "00-000",
    "PT": "0000-000",
}
SPECIAL = {
    "GB": (r"GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", "SW1A 1AA"),
    "IE": (r"[AC-FHKNPRTV-Y][0-9][0-9W] ?[0-9AC-FHKNPRTV-Y]{4}", "D02 AF30"),
    "US": (r"[0-9]{5}(?:-?[0-9]{4})?", "94105"),
    "LT": (r"(?:LT-?)?[0-9]{5}", "LT-01100"),
    "LV": (r"(?:LV-?)?[0-9]{4}", "LV-1010"),
    "AD": (r"AD-?[0-9]{3}", "AD500"),
}
DIGITS, LETTERS = "31008250", "ABCDE"


def needs_postal_code(country: str) -> bool:
    """Whether addresses there have one."""
    return country not in WITHOUT


def check_postal_code_of(text: str, country: str) -> None:
    """Refuse what no postal code of the country looks like, as far as that is known here."""
    known = _pattern(country)
    if known and not re.fullmatch(known[0], text.upper()):
        told = _("A postal code there looks like %(example)s.") % {"example": known[1]}
        raise ValidationError(told)


def _pattern(country: str) -> tuple[str, str] | None:
    """A regular expression of upper-case codes, and an example."""
    if country in SPECIAL:
        return SPECIAL[country]
    form = FORMS.get(country)
    if form is None:
        return None
    return "".join(_sign(sign) for sign in form), _example(form)


def _sign(sign: str) -> str:
    if sign == "0":
        return "[0-9]"
    return "[ -]?" if sign in " -" else "[A-Z]"


def _example(form: str) -> str:
    digits, letters = iter(DIGITS), iter(LETTERS)
    return "".join(next(digits) if c == "0" else next(letters) if c == "A" else c for c in form)
