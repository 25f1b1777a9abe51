"""What nobody does and yet happens to people: birthdays, the weather, and other prices and days of
designs that they keep. Looked at now and then."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from configurator.wizard.models import Design
from orders.ordered_designs import as_they_are
from personalization.journeys import weather
from personalization.journeys.designs import Seen, seen
from personalization.journeys.entering import Coming, enter
from personalization.journeys.listening import running
from personalization.journeys.models import Cursor, Journey, Sighting
from personalization.journeys.plan import (
    BIRTHDAY,
    BIRTHDAY_FACT,
    CAPACITY,
    DAY,
    PRICE,
    WATCHED,
    WEATHER,
    Plan,
    Trigger,
)
from personalization.messages.quiet import zone_of
from personalization.people.models import Event, Fact, Person, Statement

Kind = Event.Kind
HOURLY = timedelta(hours=1)
KEPT_DAYS = timedelta(days=90)
LOOKED = timedelta(hours=6)
"""A kept design is looked at again after so long."""
AT_ONCE = 25  # designs a look
MORNING = time(9)


def watch(now: datetime | None = None) -> int:
    """Look at what is to be looked at; how many came."""
    now = now or timezone.now()
    live = running()
    triggers = {each: Plan.from_json(each.live.plan).trigger for each in live if each.live}
    came = 0
    daily = {j: t for j, t in triggers.items() if t.kind in (BIRTHDAY, WEATHER)}
    if daily and _is_time("daily", HOURLY, now):
        for journey, trigger in daily.items():
            with transaction.atomic():
                found = _birthdays(now) if trigger.kind == BIRTHDAY else _weather(trigger, now)
                came += enter(journey, found, now)
    watched = {j: t for j, t in triggers.items() if t.kind in WATCHED}
    return came + (_look_at_designs(watched, now) if watched else 0)


@transaction.atomic
def _is_time(name: str, every: timedelta, now: datetime) -> bool:
    """Whether it is time to look again; then it is noted. A clock set back is no reason to wait."""
    row, new = Cursor.objects.select_for_update().get_or_create(name=name, defaults={"at": now})
    if not new and row.at is not None and row.at <= now < row.at + every:
        return False
    row.at = now
    row.save(update_fields=["at"])
    return True


# Days


def _birthdays(now: datetime) -> Iterator[Coming]:
    """Whose birthday it is where they are; who was born on a leap day has theirs the day before."""
    rows = Statement.objects.filter(name=BIRTHDAY_FACT).select_related("person__into")
    for row in rows.iterator(chunk_size=500):
        whole = row.person.into or row.person
        zone = zone_of(whole.time_zone, row.person.time_zone, settings.TIME_ZONE)
        today = now.astimezone(zone).date()
        leap = (today + timedelta(days=1)).month == 3 and today.month == 2
        days = {f"{today:%m-%d}"} | ({"02-29"} if leap else set())
        if row.text.strip()[-5:] in days and not whole.quiet:
            morning = datetime.combine(today, MORNING, tzinfo=zone)
            yield Coming(whole.pk, f"birthday:{today.year}", now, max(morning, now))


def _weather(trigger: Trigger, now: datetime) -> Iterator[Coming]:
    facts = Fact.objects.filter(name="country").exclude(text="")
    listed = sorted(set(facts.values_list("text", flat=True)))
    there = weather.countries(trigger.way or "<", trigger.number, now, listed)
    rows = facts.filter(text__in=there, person__quiet=False).values_list("person", flat=True)
    for person in rows.iterator(chunk_size=2_000):
        yield Coming(person, f"weather:{now:%Y-%m-%d}", now, now)


# Designs that are kept


def _look_at_designs(journeys: dict[Journey, Trigger], now: datetime) -> int:
    came = 0
    for design, person in _kept(now):
        found = seen(design)
        with transaction.atomic():
            came += _look(design, person, found, journeys, now)
    return came


def _kept(now: datetime) -> list[tuple[Design, int]]:
    """Some designs that somebody keeps and has not ordered, the longest not looked at first, and
    whose they are."""
    kept = Event.objects.filter(
        kind__in=(Kind.SAVED, Kind.CARTED), at__gt=now - KEPT_DAYS, design__isnull=False
    )
    latest = dict(
        kept.order_by().values("design").annotate(last=Max("id")).values_list("design", "last")
    )
    fresh = Sighting.objects.filter(at__gt=now - LOOKED, at__lte=now)
    rest = set(latest) - set(fresh.values_list("design", flat=True))
    before = dict(Sighting.objects.filter(design__in=list(rest)[:500]).values_list("design", "at"))
    never = datetime.min.replace(tzinfo=now.tzinfo)
    chosen = sorted(rest, key=lambda pk: before.get(pk, never))[:AT_ONCE]
    designs = Design.objects.filter(pk__in=chosen).exclude(as_they_are()).in_bulk()
    owners = _owners([latest[pk] for pk in designs])
    return [(design, owners[pk]) for pk, design in designs.items() if pk in owners]


def _owners(events: list[int]) -> dict[UUID, int]:
    rows = Event.objects.filter(pk__in=events).select_related("person")
    return {row.design_id: row.person.whole_id for row in rows if row.design_id is not None}


def _look(
    design: Design, person: int, found: Seen | None, journeys: dict[Journey, Trigger], now: datetime
) -> int:
    """Compare with what was seen before, let people in, and remember what is seen now."""
    Person.objects.select_for_update().filter(pk=person).first()
    before = Sighting.objects.filter(design=design).first()
    price = found.price if found else None
    lead = (found.ready_on - timezone.localdate(now)).days if found and found.ready_on else None
    came = 0
    if before is not None and found is not None:
        for journey, trigger in journeys.items():
            told = _change(trigger, before, price, lead)
            fits = trigger.product in ("", found.product.slug)
            if told is not None and fits:
                about = {"product": found.product.slug, **told}
                occasion = f"{trigger.kind}:{design.pk}:{price}:{now:%Y-%m-%d}"
                coming = Coming(person, occasion, now, now, design=design.pk, told=about)
                came += enter(journey, [coming], now)
    seen_now = {"price": price, "lead": lead, "at": now}
    Sighting.objects.update_or_create(design=design, defaults=seen_now)
    return came


def _change(
    trigger: Trigger, before: Sighting, price: int | None, lead: int | None
) -> dict[str, int] | None:
    """What has changed, if it is what a journey begins with."""
    if trigger.kind == PRICE:
        if price is None or before.price is None or price == before.price:
            return None
        way = "down" if price < before.price else "up"
        return {"before": before.price} if trigger.way in ("", way) else None
    if lead is None or before.lead is None:
        return None
    sooner = before.lead - lead
    least = max(trigger.number, 1)
    if trigger.kind == CAPACITY:
        return {"days": sooner} if sooner >= least else None
    way = "sooner" if sooner > 0 else "later"
    fits = trigger.kind == DAY and abs(sooner) >= least and trigger.way in ("", way)
    return {"days": abs(sooner)} if fits else None
