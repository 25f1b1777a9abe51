"""Where somebody is and what the weather is like there: context, asked when it is needed, not kept.

The place is the country that an order or a delivery named, never where an address on the network
seems to be. The weather comes from whoever WEATHER names; usually from a record of monthly means.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from personalization.people import profiles
from personalization.people.models import Person


@dataclass(frozen=True)
class Weather:
    """`celsius`: the day's mean; `recorded`: what is usual there, not what is so today."""

    celsius: float
    recorded: bool = False


class Provider(Protocol):
    """Knows the weather of a country (ISO 3166) on a day; None where it does not."""

    def on(self, country: str, day: date) -> Weather | None: ...


class Recorded:
    """Monthly means of the capital, rounded to whole degrees: enough to tell winter from summer."""

    MEANS = {
        "AT": (0, 2, 6, 11, 16, 19, 21, 21, 16, 11, 5, 1),
        "BE": (4, 4, 7, 10, 14, 17, 19, 18, 15, 11, 7, 4),
        "BG": (-1, 1, 6, 11, 16, 19, 22, 22, 17, 11, 6, 1),
        "CH": (0, 1, 5, 9, 13, 17, 19, 18, 14, 10, 4, 1),
        "CY": (11, 11, 14, 18, 23, 27, 30, 30, 27, 23, 17, 12),
        "CZ": (-1, 0, 4, 9, 14, 17, 19, 19, 14, 9, 4, 0),
        "DE": (1, 2, 5, 10, 14, 18, 20, 19, 15, 10, 5, 2),
        "DK": (1, 1, 3, 8, 12, 16, 18, 18, 14, 10, 5, 2),
        "EE": (-3, -4, -1, 5, 10, 14, 18, 17, 12, 7, 2, -1),
        "ES": (6, 8, 11, 13, 17, 23, 26, 26, 21, 15, 10, 7),
        "FI": (-4, -5, -1, 4, 11, 15, 18, 16, 11, 6, 1, -2),
        "FR": (5, 6, 9, 12, 15, 19, 21, 21, 17, 13, 8, 5),
        "GB": (5, 5, 8, 10, 13, 16, 19, 19, 16, 12, 8, 6),
        "GR": (10, 10, 13, 16, 21, 26, 29, 29, 24, 20, 15, 11),
        "HR": (1, 3, 8, 12, 17, 21, 22, 22, 17, 12, 7, 2),
        "HU": (0, 2, 7, 12, 17, 20, 22, 22, 17, 12, 6, 1),
        "IE": (5, 5, 7, 8, 11, 14, 16, 16, 14, 11, 8, 6),
        "IT": (8, 9, 11, 14, 18, 22, 25, 25, 21, 17, 12, 9),
        "LT": (-4, -4, 0, 7, 13, 16, 19, 18, 13, 7, 2, -2),
        "LU": (1, 2, 5, 9, 13, 17, 19, 18, 14, 10, 5, 2),
        "LV": (-3, -3, 1, 7, 12, 16, 19, 18, 13, 8, 3, -1),
        "MT": (13, 13, 14, 16, 20, 24, 27, 27, 25, 21, 18, 14),
        "NL": (4, 4, 6, 9, 13, 16, 18, 18, 15, 11, 7, 4),
        "NO": (-4, -3, 0, 6, 11, 15, 17, 16, 11, 6, 1, -3),
        "PL": (-2, -1, 3, 9, 14, 17, 19, 19, 14, 9, 4, 0),
        "PT": (12, 13, 15, 16, 18, 21, 23, 24, 22, 19, 15, 12),
        "RO": (-1, 1, 6, 12, 17, 21, 23, 23, 18, 11, 5, 1),
        "SE": (-2, -2, 1, 5, 11, 15, 18, 17, 12, 8, 3, 0),
        "SI": (1, 2, 7, 11, 16, 20, 22, 21, 16, 11, 6, 1),
        "SK": (0, 2, 6, 11, 16, 20, 22, 21, 16, 11, 6, 1),
        "UA": (-3, -2, 2, 10, 16, 19, 21, 20, 15, 9, 3, -1),
    }

    def on(self, country: str, day: date) -> Weather | None:
        means = self.MEANS.get(country)
        return Weather(float(means[day.month - 1]), recorded=True) if means else None


def country_of(person: Person) -> str:
    """The country that they last ordered to; "" if they have not."""
    fact = profiles.facts_of(person).get("country")
    return fact.text if fact else ""


def celsius_in(countries: Iterable[str], day: date) -> dict[str, float]:
    """How warm it is in these on a day; those of which it is not known are left out."""
    provider: Provider = import_string(settings.WEATHER)()
    found = {country: provider.on(country, day) for country in countries}
    return {country: there.celsius for country, there in found.items() if there is not None}


def weather_of(person: Person, day: date) -> Weather | None:
    """The weather where somebody is; None if either is not known."""
    country = country_of(person)
    provider: Provider = import_string(settings.WEATHER)()
    return provider.on(country, day) if country else None
