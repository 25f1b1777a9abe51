"""Dates, numbers, money and measures as they are printed in one language."""

from datetime import date, datetime
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_datetime_format
from babel.numbers import format_currency, format_decimal
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from orders.papers.pen import Size

# Letter is used by these countries; everybody else prints on A4.
LETTER_COUNTRIES = frozenset({"US", "CA", "MX"})
SIGNS = {"m2": "m²"}


def locale_of(language: str) -> str:
    """`language` as Babel names it ("en" where it knows no such language)."""
    try:
        return str(Locale.parse(language.replace("_", "-"), sep="-"))
    except (ValueError, UnknownLocaleError):
        return "en"


def long_date(day: date, language: str) -> str:
    """Friday, December 4, 2026"""
    return format_date(day, "full", locale=locale_of(language))


def short_date(day: date, language: str) -> str:
    """4 Dec 2026, in the language's order"""
    return format_date(day, "medium", locale=locale_of(language))


def moment(at: datetime, language: str) -> str:
    """4 Dec 2026, 14:05, in local time and the language's order"""
    local, locale = localtime(at).replace(tzinfo=None), locale_of(language)
    joined = str(get_datetime_format("medium", locale=locale)).replace("'", "")
    day, clock = format_date(local, "medium", locale), format_time(local, "short", locale=locale)
    return joined.replace("{1}", day).replace("{0}", clock)


def weekday(day: date, language: str) -> str:
    """Friday"""
    return format_date(day, "EEEE", locale=locale_of(language))


def number(value: Decimal | int, language: str) -> str:
    """12, 2.5, 1,200: no more digits than there are, at most three."""
    return format_decimal(value, "#,##0.###", locale=locale_of(language))


def size(value: Decimal | int, language: str) -> str:
    """1200.5: a measure to cut by, in the language's decimals and without grouping."""
    return format_decimal(value, "#0.###", locale=locale_of(language))


def money(amount: Decimal, currency: str, language: str) -> str:
    """1.234,50 €, with the spaces of the language as plain ones."""
    shown = format_currency(amount, currency, locale=locale_of(language))
    return shown.replace("\u00a0", " ").replace("\u202f", " ")


def amount(value: Decimal, currency: str, language: str) -> str:
    """50 €, or 49,50 €: no cents where there are none."""
    if value % 1:
        return money(value, currency, language)
    locale = Locale.parse(locale_of(language))
    pattern = locale.currency_formats["standard"].pattern.replace("0.00", "0")
    shown = format_currency(value, currency, pattern, locale=locale, currency_digits=False)
    return shown.replace("\u00a0", " ").replace("\u202f", " ")


def unit(code: str) -> str:
    """A unit of quantity as it is printed."""
    return {"pcs": _("pcs"), "set": _("set")}.get(code, SIGNS.get(code, code))


def country(code: str) -> str:
    """A country's name (ISO code) in the language in use."""
    locale = Locale.parse(locale_of(get_language() or "en"))
    return str(locale.territories.get(code.upper(), code))


def paper_size(country: str) -> Size:
    """The paper that is bought in a country (ISO code)."""
    return "letter" if country.upper() in LETTER_COUNTRIES else "A4"
