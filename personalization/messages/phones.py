"""Phone numbers as people write them: of their country, or with a code of a country before them."""

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

from orders.countries import countries

LONGEST = 40
SIGNS = frozenset(" \u00a0\u202f\u2009+-‐‑–.()/")
TEXTED = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
HOMES = {"es": "ES", "pl": "PL"}
"""Where whoever reads a language most likely has their phone, if nothing else is known."""


def checked(text: str, country: str) -> str:
    """The number as E.164, like +34600000000; ValidationError says what to change."""
    if not all(letter.isdecimal() or letter in SIGNS for letter in text):
        raise ValidationError(_("Write it in digits, like %s.") % example(country))
    number = _parsed(text, country)
    region = phonenumbers.region_code_for_number(number) or country
    _check_length(number, region)
    if not phonenumbers.is_valid_number(number):
        said = _("There is no such mobile number. They look like this: %s.")
        raise ValidationError(said % example(region))
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.FIXED_LINE:
        said = _("This is a landline. Only mobiles get our texts, with numbers like %s.")
        raise ValidationError(said % example(region))
    if kind not in TEXTED:
        raise ValidationError(_("We can’t text this number. Please write that of a mobile."))
    if settings.SMS_COUNTRIES and region not in settings.SMS_COUNTRIES:
        raise ValidationError(_("We can’t send texts to this country yet."))
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def _parsed(text: str, country: str) -> PhoneNumber:
    try:
        return phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        if error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE:
            said = _("No country has this code. Begin with + and your country’s, like +%s.")
            code = phonenumbers.country_code_for_region(country)
            raise ValidationError(said % code) from error
        long = error.error_type == phonenumbers.NumberParseException.TOO_LONG
        raise ValidationError(_too_long(country) if long else _too_short(country)) from error


def _check_length(number: PhoneNumber, region: str) -> None:
    length = phonenumbers.is_possible_number_with_reason(number)
    if length in (ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY):
        raise ValidationError(_too_short(region))
    if length == ValidationResult.TOO_LONG:
        raise ValidationError(_too_long(region))


def _too_short(region: str) -> str:
    return _("This number is too short. It should look like %s.") % example(region)


def _too_long(region: str) -> str:
    return _("This number is too long. It should look like %s.") % example(region)


def example(country: str) -> str:
    """A mobile's number there, as it is written everywhere."""
    number = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    return shown(number) if number else "+34 612 34 56 78"


def shown(number: "PhoneNumber | str") -> str:
    """A number as people read it."""
    parsed = phonenumbers.parse(number) if isinstance(number, str) else number
    return str(phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL))


def choices(language: str) -> list[tuple[str, str]]:
    """The countries to which we text, with their codes."""
    known = frozenset(settings.SMS_COUNTRIES) or phonenumbers.SUPPORTED_REGIONS
    return [
        (code, f"{name} +{phonenumbers.country_code_for_region(code)}")
        for code, name in countries(language)
        if code in known and code in phonenumbers.SUPPORTED_REGIONS
    ]


def home(country: str, language: str) -> str:
    """Which of them is chosen at first."""
    likely = (country, HOMES.get(language[:2], ""), settings.FIRM_COUNTRY, *settings.SMS_COUNTRIES)
    allowed = settings.SMS_COUNTRIES or phonenumbers.SUPPORTED_REGIONS
    return next((each for each in likely if each in allowed), "")
