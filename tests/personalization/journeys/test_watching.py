"""What nobody does and yet begins a journey: birthdays, the weather, other prices and days."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from configurator.wizard.models import Design
from personalization.journeys import watching
from personalization.journeys.models import Place, Sighting
from personalization.journeys.plan import BIRTHDAY, CAPACITY, DAY, PRICE, WEATHER, Trigger
from personalization.journeys.ticking import tick
from personalization.people import events
from personalization.people.models import Fact, Person, Statement
from tests.orders import kit
from tests.personalization.journeys.conftest import Running, message, somebody

NOON = datetime(2026, 2, 28, 12, tzinfo=UTC)
HOUR, DAYS = timedelta(hours=1), timedelta(days=1)


def watch(now: datetime) -> int:
    with time_machine.travel(now, tick=False):
        return watching.watch(now)


def born(person: Person, day: str) -> Person:
    Statement.objects.create(person=person, name="birthday", text=day, source="page")
    return person


def test_a_birthday_is_once_a_year_by_the_persons_own_calendar(running: Running) -> None:
    running(message("s1"), trigger=Trigger(kind=BIRTHDAY), again="every")
    leap = born(somebody("leap@example.com"), "1992-02-29")
    born(somebody("other@example.com"), "03-01")
    ahead = born(somebody("ahead@example.com", time_zone="Pacific/Kiritimati"), "03-01")
    assert watch(NOON) == 2
    assert set(Place.objects.values_list("person", flat=True)) == {leap.pk, ahead.pk}
    assert watch(NOON + HOUR) == 0  # nobody twice
    assert watch(NOON + 365 * DAYS) == 2  # and again the year after


def test_nobody_is_woken_for_their_birthday(running: Running) -> None:
    running(message("s1"), trigger=Trigger(kind=BIRTHDAY))
    born(somebody(), "02-28")
    night = datetime(2026, 2, 28, 1, tzinfo=UTC)
    watch(night)
    assert Place.objects.get().due_at == datetime(2026, 2, 28, 8, tzinfo=UTC)  # nine in Madrid


def test_the_weather_begins_it_where_it_is_so(running: Running) -> None:
    running(message("s1"), trigger=Trigger(kind=WEATHER, number=5, way="<"), again="days")
    cold, warm = somebody("pl@example.com"), somebody("es@example.com")
    for person, country in ((cold, "PL"), (warm, "ES")):
        about = {"source": "order", "purpose": "orders", "since": NOON}
        Fact.objects.create(
            person=person, kind="demographic", name="country", text=country, **about
        )
    assert watch(NOON) == 1
    assert Place.objects.get().person == cold
    assert watch(NOON + HOUR) == 0
    assert watch(NOON + DAYS) == 0  # not within thirty days


@pytest.fixture
def kept(lamp: None, person: Person) -> Design:
    """A design that somebody keeps."""
    design = kit.whole_design()
    events.append(person=person, kind="saved", product="desk-lamp", design=design)
    return design


@pytest.mark.parametrize(
    ("trigger", "before", "told"),
    [
        (Trigger(kind=PRICE), {"price": 1}, {"before": 1}),
        (Trigger(kind=PRICE, way="up"), {"price": 1}, {"before": 1}),
        (Trigger(kind=PRICE, way="down"), {"price": 1}, None),
        (Trigger(kind=CAPACITY, number=3), {"lead": 5}, {"days": 5}),
        (Trigger(kind=CAPACITY, number=6), {"lead": 5}, None),
        (Trigger(kind=DAY, number=3, way="later"), {"lead": -5}, {"days": 5}),
        (Trigger(kind=DAY, number=3, way="sooner"), {"lead": -5}, None),
        (Trigger(kind=DAY, number=3, product="bike"), {"lead": 5}, None),
    ],
)
def test_a_kept_design_that_changes_begins_it(
    trigger: Trigger,
    before: dict[str, int],
    told: dict[str, int] | None,
    kept: Design,
    running: Running,
) -> None:
    now = kept.updated_at + HOUR
    running(message("s1"), trigger=trigger)
    assert watch(now) == 0  # the first look is none to compare with
    seen = Sighting.objects.get()
    lead = before.get("lead")
    seen.price = before.get("price", seen.price)
    seen.lead = (seen.lead or 0) + lead if lead else seen.lead
    seen.save()
    assert watch(now + HOUR) == 0  # looked at lately
    with time_machine.travel(now, tick=False):
        Sighting.objects.update(at=now - 7 * HOUR)
        came = watching.watch(now)
    assert came == (1 if told else 0)
    if told:
        place = Place.objects.get()
        assert (place.design, {**place.told, "product": ""}) == (kept, {**told, "product": ""})


def test_a_day_that_ends_elsewhere_is_no_change(
    kept: Design, running: Running, settings: Any
) -> None:
    """Days are counted by the firm's clock, by which the day of a design is told."""
    settings.TIME_ZONE = "America/New_York"
    running(message("s1"), trigger=Trigger(kind=CAPACITY, number=1))
    noon = (kept.updated_at + 3 * DAYS).replace(hour=18)
    assert watch(noon) == 0
    assert watch(noon + 8 * HOUR) == 0
    assert Sighting.objects.get().at == noon + 8 * HOUR


def test_what_is_ordered_is_not_watched(kept: Design, running: Running) -> None:
    running(message("s1"), trigger=Trigger(kind=PRICE))
    kit.order(kept)
    watch(kept.updated_at + HOUR)
    assert not Sighting.objects.exists()


def test_watching_is_part_of_going_on(running: Running) -> None:
    running(message("s1"), trigger=Trigger(kind=BIRTHDAY))
    born(somebody(), "02-28")
    with time_machine.travel(NOON, tick=False):
        assert tick() == 2
