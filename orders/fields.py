"""Checks of what people write into the order form; each message says what to change."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, validate_email
from django.utils.translation import gettext as _

from orders.papers.fonts import missing

MOST_MARKS = 2  # combining marks on one letter
SHOWN = 6  # characters named in a message
POSTAL_CODE = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z -]*[0-9A-Za-z])?\Z")


def clean_line(text: str) -> str:
    """One line, composed (NFC), with single spaces; ValidationError names what can't stay."""
    text = unicodedata.normalize("NFC", text).strip()
    if any(c in "\n\r\v\f" or unicodedata.category(c) in ("Zl", "Zp") for c in text):
        raise ValidationError(_("Write it on one line."))
    _check_hidden(text)
    _check_letters(text)
    return " ".join(text.split())


def clean_lines(text: str) -> str:
    """A text of several lines, checked in the same way."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    _check_hidden(text.replace("\n", " ").replace("\t", " "))
    _check_letters(text)
    return text


def check_has_letters(text: str) -> None:
    """Refuse a name of nothing but signs."""
    if not any(c.isalpha() for c in text):
        raise ValidationError(_("Write a name with letters."))


def check_mail_goes_out(address: str) -> None:
    """Refuse addresses on this machine or by number; mail to them would go to our own network.

    What is no address at all is told by the field's own check, and only once.
    """
    domain = address.rpartition("@")[2]
    if ("." not in domain or domain.startswith("[")) and _is_address(address):
        raise ValidationError(EmailValidator.message)


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def check_postal_code(text: str) -> None:
    """Letters, digits, spaces and hyphens, as all countries' postal codes."""
    if not POSTAL_CODE.match(text):
        raise ValidationError(_("Use letters, digits, spaces and hyphens only, like 31-008."))


def _check_hidden(text: str) -> None:
    """Refuse control characters, direction overrides, private and unassigned characters."""
    for place, character in enumerate(text, 1):
        if unicodedata.category(character).startswith("C"):
            raise ValidationError(
                _("There is an invisible character (U+%(code)s) at place %(place)s. Remove it.")
                % {"code": f"{ord(character):04X}", "place": place}
            )


def _check_letters(text: str) -> None:
    """Refuse stacked marks, and what the fonts of our papers lack."""
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MOST_MARKS:
            raise ValidationError(_("There are too many marks on one letter."))
    if lacking := missing(text):
        shown = " ".join(f"“{c}”" for c in lacking[:SHOWN])
        raise ValidationError(
            _("We can't print %(characters)s on your papers. Write it in other letters.")
            % {"characters": shown}
        )
