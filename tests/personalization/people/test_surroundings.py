"""Where somebody is, is where they ordered to; the weather there comes through an interface."""

from datetime import date

import pytest

from personalization.people import events, surroundings
from personalization.people.models import Person
from personalization.people.surroundings import Weather

pytestmark = pytest.mark.django_db
WINTER, SUMMER = date(2026, 1, 10), date(2026, 7, 10)


class Storm:
    def on(self, country: str, day: date) -> Weather:
        return Weather(float(day.day))


def test_the_recorded_weather_of_where_they_ordered_to() -> None:
    person = Person.objects.create()
    assert surroundings.weather_of(person, WINTER) is None
    events.append(person=person, kind="ordered", country="PL")
    cold, warm = (surroundings.weather_of(person, day) for day in (WINTER, SUMMER))
    assert cold is not None
    assert warm is not None
    assert cold.celsius < 5 < 15 < warm.celsius
    assert cold.recorded


def test_another_provider_tells_it(settings: object) -> None:
    settings.WEATHER = f"{__name__}.Storm"  # type: ignore[attr-defined]
    person = Person.objects.create()
    events.append(person=person, kind="ordered", country="PL")
    assert surroundings.weather_of(person, SUMMER) == Weather(10.0)
