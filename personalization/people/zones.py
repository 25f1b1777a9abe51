"""By which clock somebody lives: as they say, else as is usual where they order to."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global

from personalization.people.models import Person

USUAL = {
    **{"AU": "Australia/Sydney", "BR": "America/Sao_Paulo", "CA": "America/Toronto"},
    **{"CN": "Asia/Shanghai", "CY": "Asia/Nicosia", "DE": "Europe/Berlin", "ES": "Europe/Madrid"},
    **{"MX": "America/Mexico_City", "NZ": "Pacific/Auckland", "PT": "Europe/Lisbon"},
    **{"UA": "Europe/Kyiv", "US": "America/New_York"},
}
"""Where most people live, of countries with several zones."""


@cache
def names() -> tuple[str, ...]:
    """All zones that one may choose, by continent and place."""
    return tuple(sorted(name for name in available_timezones() if _is_place(name)))


def _is_place(name: str) -> bool:
    return "/" in name and not name.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))


def choose(*, person: Person, name: str) -> bool:
    """They live by this clock; "" leaves it open. Whether that is new: names that there are not
    change nothing."""
    if name and name not in names():
        return False
    rows = Person.objects.filter(pk=person.whole_id).exclude(time_zone=name)
    return bool(rows.update(time_zone=name))


def suppose(*, person: int, country: str) -> None:
    """Until they say so themselves, they live where they order to."""
    name = zone_of_country(country)
    if name:
        Person.objects.filter(pk=person, time_zone="").update(time_zone=name)


def zone_of_country(country: str) -> str:
    """The only zone of a country, or that of most people there; "" where neither is known."""
    if country in USUAL:
        return USUAL[country]
    found = get_global("territory_zones").get(country, [])
    return found[0] if len(found) == 1 and _exists(found[0]) else ""


def _exists(name: str) -> bool:
    return ZoneInfo(name).key in names()
