"""One person's days as a marketer reads them: what they did, what was decided, shown and sent, and
why; and what is known of them at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from personalization.experiments import services as experiments
from personalization.journeys import sentences
from personalization.journeys.models import Journey, Passage, Place
from personalization.journeys.plan import LEFT, START, Plan
from personalization.messages.explaining import Explained, explain
from personalization.messages.models import Message, Verdict
from personalization.people import consent, profiles
from personalization.people.models import Fact, Person
from personalization.people.naming import name_of
from personalization.people.purposes import Channel, Purpose
from personalization.simulating.crowd import Somebody
from personalization.simulating.run import Outcome
from personalization.simulating.world import NEWS

Entry = tuple[datetime, str]
SOURCE = "journey:"


def lines(outcome: Outcome, number: int) -> Iterator[str]:
    """The diary of the person of this number, by their own clock."""
    with override("en"):
        yield from _lines(outcome.people[number - 1])


def _lines(who: Somebody) -> Iterator[str]:
    zone = ZoneInfo(who.zone)
    yield f"Person {who.number}, {who.zone}, speaks {who.language}. {_told(who)}"
    person = Person.objects.filter(pk=who.pk).first()
    if person is None:
        yield "They have not come yet."
        return
    if experiments.is_held_out(person):
        yield "By lot they are among those for whom nothing is done, to compare with."
    day = ""
    entries = [*who.diary, *_journeys(who), *_messages(who)]
    for at, text in sorted(entries, key=lambda entry: entry[0]):
        local = at.astimezone(zone)
        if (new := f"{local:%a %Y-%m-%d}") != day:
            day = new
            yield day
        yield f"  {local:%H:%M}  {text}"
    yield from _known(person)


def _told(who: Somebody) -> str:
    habits = who.habits
    return (
        f"Comes first on day {int(habits.arrives) + 1} of the run, then on {habits.visits:.0%} of "
        f"the days; designs on {habits.designs:.0%} and orders on {habits.buys:.0%} of the visits; "
        f"reads {habits.reads:.0%} of the messages. "
        f"{'Shows' if habits.proves else 'Does not show'} that their address is theirs."
    )


# journeys


def _journeys(who: Somebody) -> Iterator[Entry]:
    places = Place.objects.filter(person_id=who.pk).select_related("journey", "version")
    for place in places.prefetch_related("passages"):
        plan, name = Plan.from_json(place.version.plan), place.journey.name
        if plan.trigger.kind == LEFT:
            yield place.entered_at, f"“{name}” waits whether they leave this design"
        else:
            yield place.entered_at, f"comes into “{name}”"
        for passage in place.passages.all():
            yield passage.at, f"“{name}”, {_step(plan, passage)}"
        if place.ended_at is not None:
            why = sentences.end_name(place.why or place.state)
            yield place.ended_at, f"“{name}”: {why}"


def _step(plan: Plan, passage: Passage) -> str:
    outcome, step = sentences.outcome_name(passage.outcome), plan.step(passage.step)
    if step is None:
        return f"{'the beginning' if passage.step == START else 'the end'}: {outcome}"
    return f"step {plan.places[step.id] + 1}, {sentences.said(plan, step)}: {outcome}"


# messages


def _messages(who: Somebody) -> Iterator[Entry]:
    rows = Message.objects.filter(person_id=who.pk).select_related("copy")
    for message in rows.prefetch_related("verdicts"):
        name = _named(message)
        about = f"{_channel(message.channel)}, {Purpose(message.purpose).label}"
        yield message.asked_at, f"{name} is to be said ({about})"
        for each in explain(message.verdicts.all()):
            yield each.verdict.at, f"{name} is {_verdict(message, each, who)}"


def _named(message: Message) -> str:
    if message.source.startswith(SOURCE):
        slug = message.source.removeprefix(SOURCE).split(":")[0]
        name = Journey.objects.filter(slug=slug).values_list("name", flat=True).first()
        return f"a message of “{name or slug}”"
    return "a message of news" if message.source == NEWS else f"“{message.source}”"


def _channel(channel: str) -> str:
    return f"by {Channel(channel).label}".lower().replace("sms", "SMS")


def _verdict(message: Message, each: Explained, who: Somebody) -> str:
    row = each.verdict
    said = f"{row.get_outcome_display()}: {row.get_reason_display()}"
    if row.outcome == Verdict.Outcome.SENT and getattr(message, "copy", None):
        said = f"{said}; “{message.copy.subject or message.copy.text[:60]}”"
    if row.outcome == Verdict.Outcome.DELAYED and row.until is not None:
        said += f", until {row.until.astimezone(ZoneInfo(who.zone)):%a %H:%M}"
    facts = [f"{name} {value}" for name, value in each.facts]
    return " ".join([f"{said}.", *each.because, *([f"({', '.join(facts)})"] if facts else [])])


# in the end


def _known(person: Person) -> Iterator[str]:
    """What is known of them now, and what they allow."""
    profiles.refresh(person)
    facts = Fact.objects.filter(person_id=person.pk).order_by("name")
    yield "Known of them in the end: " + (
        "; ".join(f"{name_of(fact.name)} {_value(fact)}" for fact in facts) or "nothing"
    )
    said = [
        f"{Purpose(row.purpose).label} {_channel(row.channel)}: {'yes' if yes else 'no'}"
        for row in person.decisions.order_by("pk").distinct()
        if (yes := consent.allows(person, row.purpose, row.channel)) is not None
    ]
    yield "What they said: " + ("; ".join(dict.fromkeys(said)) or "nothing; nobody writes to them")


def _value(fact: Fact) -> str:
    if fact.moment is not None:
        return date_format(timezone.localtime(fact.moment), "SHORT_DATE_FORMAT")
    return fact.text or f"{fact.number or 0:g}"
