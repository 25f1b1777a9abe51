"""Where it is colder or warmer than so many degrees today: for triggers and conditions."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from personalization.people.models import Fact
from personalization.people.surroundings import celsius_in


def countries(sign: str, celsius: int, now: datetime, among: Iterable[str]) -> list[str]:
    """Those of these countries where today is below ("<") or above (">") so many degrees."""
    there = celsius_in(among, timezone.localdate(now))
    return [
        country
        for country, today in there.items()
        if (today < celsius if sign == "<" else today > celsius)
    ]


def colder_or_warmer(people: set[int], sign: str, celsius: int, now: datetime) -> set[int]:
    """Those of these whole persons whose country has such weather; who is nowhere is left out."""
    facts = Fact.objects.filter(name="country", person__in=people)
    where = dict(facts.values_list("person", "text"))
    there = set(countries(sign, celsius, now, sorted(set(where.values()))))
    return {person for person, country in where.items() if country in there}
