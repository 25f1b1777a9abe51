"""The names and titles that people give, checked as what is engraved is checked."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from configurator.catalog.infos import OptionInfo
from configurator.sharing.models import AUTHOR, TITLE
from configurator.wizard.entering import read_text
from configurator.wizard.errors import BadInput

LONGEST_EMAIL = 254

NO_MARKUP = "^<>{}"
"""As the inside of a character class: all but what begins or ends markup."""


def read_line(field: str, entered: str, longest: int) -> str:
    """One line of text without markup; BadInput (of configurator.wizard.errors) says what is not
    allowed in it, and names the field as its option."""
    return read_text(_as_option(field, longest), entered)


def read_title(entered: str) -> str:
    """What a design is called; "" if it has no name of its own."""
    return read_line("title", entered, TITLE)


def read_author(entered: str) -> str:
    """Under which name somebody shows a design; "" for nobody's."""
    return read_line("author", entered, AUTHOR)


def read_email(entered: str) -> str:
    """Where somebody is told; "" for nowhere."""
    email = entered.strip()
    if not email:
        return ""
    try:
        if len(email) > LONGEST_EMAIL:
            raise ValidationError("too long")
        validate_email(email)
    except ValidationError:
        said = _("This is no email address we can write to. Correct it, or leave it out.")
        raise BadInput("email", email[:LONGEST_EMAIL], said) from None
    return email


def _as_option(code: str, longest: int) -> OptionInfo:
    return OptionInfo(
        code=code,
        step="",
        name={},
        help={},
        kind="text",
        control="text",
        when=None,
        price="",
        lead_days=0,
        unit="",
        minimum=None,
        maximum=None,
        step_size=None,
        required=False,
        max_length=longest,
        characters=NO_MARKUP,
        placeholder={},
        accept=(),
        max_bytes=None,
        minimum_pixels=None,
        choices=(),
    )
