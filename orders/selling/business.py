"""VAT numbers of businesses: their form and check digits here, and who owns them from outside.

`settings.VAT_CHECK` names the provider that is asked besides; the one that stands there by default
asks nobody. A provider that can't be reached does not stop an order: what came of the check is kept
with it.
"""

import logging
from dataclasses import asdict, dataclass
from typing import Protocol

import stdnum
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as Invalid

logger = logging.getLogger(__name__)

KNOWN = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
        "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "CH", "GB", "NO"
    }
)  # fmt: skip
"""Countries whose numbers can be checked: the European Union and its neighbors."""
LONGEST = 20
LETTERS = {"EL": "GR"}  # where a number begins with others than the country's code


@dataclass(frozen=True)
class Answer:
    """What is known of a number: `valid` is None if nobody could say."""

    valid: bool | None
    by: str
    name: str = ""  # of the business, where the provider tells it


class Provider(Protocol):
    """Who says whether a number is in use. May raise anything if it can't be reached."""

    def check(self, number: str) -> Answer:
        """What is known of a tidy number."""


class Local:
    """Asks nobody: a number whose check digits are right is taken as right."""

    def check(self, number: str) -> Answer:
        """Right, by its check digits."""
        return Answer(True, "check digits")


def tidy(text: str, country: str = "") -> str:
    """The number with its country's letters and no signs; "" for nothing.

    Letters that are missing are those of `country`. ValidationError says what is wrong.
    """
    compact = "".join(c for c in text.upper() if c.isascii() and c.isalnum())
    if not compact:
        return ""
    code = LETTERS.get(compact[:2], compact[:2])
    if code not in KNOWN and country in KNOWN:
        letters = {land: mark for mark, land in LETTERS.items()}
        code, compact = country, letters.get(country, country) + compact
    if code not in KNOWN:
        told = _("Begin with the letters of the country, like PL5260001246.")
        raise ValidationError(told)
    return _checked(compact, code)


def country_of(number: str) -> str:
    """The country of a tidy number."""
    return LETTERS.get(number[:2], number[:2])


def ask(number: str) -> dict[str, object]:
    """What came of asking about a tidy number, with the moment, as it is kept with the order."""
    asked = provider()
    try:
        answer = asked.check(number)
    except Exception:
        logger.exception("the check of VAT numbers could not be reached")
        answer = Answer(None, type(asked).__name__)
    return {**asdict(answer), "number": number, "at": timezone.now().isoformat(timespec="seconds")}


def provider() -> Provider:
    """Who is asked."""
    made: Provider = import_string(settings.VAT_CHECK)()
    return made


def _checked(compact: str, code: str) -> str:
    """The number, if its form and check digits are right."""
    if len(compact) > LONGEST:
        raise ValidationError(_("This number is too long or too short."))
    module = stdnum.get_cc_module(code.lower(), "vat")
    assert module is not None, code  # KNOWN has no others
    try:
        module.validate(compact)
    except InvalidLength:
        raise ValidationError(_("This number is too long or too short.")) from None
    except InvalidChecksum:
        told = _("Its check digits don’t fit: a digit may be wrong or swapped.")
        raise ValidationError(told) from None
    except Invalid:
        raise ValidationError(_("This is not how numbers of this country look.")) from None
    return compact
