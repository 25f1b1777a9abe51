"""Fields and validators that the catalog's models share."""

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CODE = RegexValidator(
    r"^[A-Za-z_][A-Za-z0-9_]*\Z",
    _("Use letters, digits and _ only, beginning with a letter."),
)
LABEL_CODE = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9_.-]*\Z", _("Use letters, digits, . _ and -."))
CURRENCY = RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters, like EUR."))
COUNTRY = RegexValidator(
    r"^[A-Z]{2}(-[A-Z0-9]{1,3})?\Z", _("A country's code like PL, or with a region like DE-BY.")
)
COLOR = RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("Write a color as #rrggbb."))


def formula(
    label: "_StrPromise",
    *,
    blank: bool = True,
    default: str = "",
    help_text: "_StrPromise | str" = "",
) -> "models.TextField[str, str]":
    """A text in the rule language."""
    return models.TextField(
        label, blank=blank, default=default, max_length=4000, help_text=help_text
    )


def measure(
    label: "_StrPromise",
) -> "models.DecimalField[str | int | float | Decimal | None, Decimal | None]":
    """A number with up to three decimals, or nothing."""
    return models.DecimalField(label, max_digits=12, decimal_places=3, null=True, blank=True)


def spec(label: "_StrPromise", help_text: "_StrPromise") -> "models.JSONField[Any, Any]":
    """A map of JSON, empty where nothing is said."""
    return models.JSONField(label, default=dict, blank=True, help_text=help_text)


def decimal_from(text: str, field: str) -> Decimal | None:
    """A number as a person writes it, with point or comma; ValidationError at the field."""
    text = text.strip().replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValidationError({field: _("“%(text)s” is not a number.") % {"text": text[:40]}})
    return number
