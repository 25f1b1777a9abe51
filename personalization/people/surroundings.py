"""Where somebody is and what the weather is like there: context, asked when it is needed, not kept.

The place is the country that an order or a delivery named, never where an address on the network
seems to be. The weather comes from whoever WEATHER names; usually from a record of monthly means.
"""

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
        "DE": (1, 2, 5, 10, 14, 18, 20, 19, 15, 10, 5, 2),
        "ES": (6, 8, 11, 13, 17, 23, 26, 26, 21, 15, 10, 7),
        "FR": (5, 6, 9, 12, 15, 19, 21, 21, 17, 13, 8, 5),
        "GB": (5, 5, 8, 10, 13, 16, 19, 19, 16, 12, 8, 6),
        "IT": (8, 9, 11, 14, 18, 22, 25, 25, 21, 17, 12, 9),
        "PL": (-2, -1, 3, 9, 14, 17, 19, 19, 14, 9, 4, 0),
    }

    def on(self, country: str, day: date) -> Weather | None:
        means = self.MEANS.get(country)
        return Weather(float(means[day.month - 1]), recorded=True) if means else None


def country_of(person: Person) -> str:
    """The country that they last ordered to; "" if they have not."""
    fact = profiles.facts_of(person).get("country")
    return fact.text if fact else ""


def weather_of(person: Person, day: date) -> Weather | None:
    """The weather where somebody is; None if either is not known."""
    country = country_of(person)
    provider: Provider = import_string(settings.WEATHER)()
    return provider.on(country, day) if country else None
