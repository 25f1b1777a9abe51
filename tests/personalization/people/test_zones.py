"""By which clock somebody lives: said by them, or as is usual where they order to."""

from typing import Any

import pytest
from django.test import Client

from configurator.catalog.happenings import ORDERED, Happening, tell
from personalization.people import visitors, zones
from personalization.people.models import Person


@pytest.mark.parametrize(
    ("country", "zone"),
    [("PL", "Europe/Warsaw"), ("ES", "Europe/Madrid"), ("AQ", ""), ("XX", ""), ("", "")],
)
def test_a_country_has_its_clock_where_that_is_clear(country: str, zone: str) -> None:
    assert zones.zone_of_country(country) == zone


def test_every_usual_zone_is_one_that_there_is() -> None:
    assert set(zones.USUAL.values()) <= set(zones.names())


@pytest.mark.django_db
def test_an_order_tells_where_somebody_lives_until_they_say_it_themselves() -> None:
    person = Person.objects.create()
    with visitors.acting(person):
        tell(Happening(ORDERED, country="PL"))
        person.refresh_from_db()
        assert person.time_zone == "Europe/Warsaw"
        assert zones.choose(person=person, name="Asia/Tokyo")
        tell(Happening(ORDERED, country="ES"))
    person.refresh_from_db()
    assert person.time_zone == "Asia/Tokyo"


@pytest.mark.django_db
def test_the_page_keeps_a_clock_and_nothing_else(client: Client, db: Any) -> None:
    client.post("/you/decide/", {"allow": [], "time_zone": "Europe/Madrid"})
    person = Person.objects.get()
    assert person.time_zone == "Europe/Madrid"
    assert b"<option selected>Europe/Madrid</option>" in client.get("/you/").content
    others: list[dict[str, Any]] = [{}, {"time_zone": "../../etc/passwd"}]
    for other in others:
        client.post("/you/decide/", other)
        person.refresh_from_db()
        assert person.time_zone == "Europe/Madrid"
    client.post("/you/decide/", {"allow": [], "time_zone": ""})
    person.refresh_from_db()
    assert person.time_zone == ""
