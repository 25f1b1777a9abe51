"""One person's days: what they did, and what was decided, shown and sent, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from personalization.journeys.models import Place
from personalization.journeys.plan import Plan
from personalization.messages.models import Message, Verdict
from personalization.simulating.crowd import Somebody
from personalization.simulating.run import Outcome

Entry = tuple[datetime, str]


def lines(outcome: Outcome, number: int) -> Iterator[str]:
    """The diary of the person of this number, by their own clock."""
    who = outcome.people[number - 1]
    zone = ZoneInfo(who.zone)
    yield f"Person {who.number}, {who.zone}, speaks {who.language}. {_told(who)}"
    day = ""
    for at, text in sorted(
        [*who.diary, *_journeys(who), *_messages(who)], key=lambda entry: entry[0]
    ):
        local = at.astimezone(zone)
        if (new := f"{local:%a %Y-%m-%d}") != day:
            day = new
            yield day
        yield f"  {local:%H:%M}  {text}"


def _told(who: Somebody) -> str:
    habits = who.habits
    return (
        f"Comes on {habits.visits:.0%} of the days, designs on {habits.designs:.0%} and orders on "
        f"{habits.buys:.0%} of the visits; reads {habits.reads:.0%} of the messages."
    )


def _journeys(who: Somebody) -> Iterator[Entry]:
    places = Place.objects.filter(person_id=who.pk).select_related("journey", "version")
    for place in places.prefetch_related("passages"):
        plan, name = Plan.from_json(place.version.plan), place.journey.name
        yield place.entered_at, f"comes into the journey {name}"
        for passage in place.passages.all():
            step = plan.step(passage.step)
            yield passage.at, f"{name}: {step.kind if step else 'start'}, {passage.outcome}"
        if place.ended_at is not None:
            why = f", {place.why}" if place.why else ""
            yield place.ended_at, f"{name}: {place.get_state_display()}{why}"


def _messages(who: Somebody) -> Iterator[Entry]:
    for message in Message.objects.filter(person_id=who.pk).prefetch_related("verdicts"):
        yield (
            message.asked_at,
            f"{message.source} wants to say something by {message.channel} ({message.purpose})",
        )
        for verdict in message.verdicts.all():
            yield verdict.at, _verdict(message, verdict, who)


def _verdict(message: Message, verdict: Verdict, who: Somebody) -> str:
    said = f"{message.source}: {verdict.get_outcome_display()}, {verdict.get_reason_display()}"
    if verdict.outcome == Verdict.Outcome.DELAYED and verdict.until is not None:
        said += f"; until {verdict.until.astimezone(ZoneInfo(who.zone)):%a %H:%M}"
    facts = ", ".join(f"{name} {value}" for name, value in verdict.details.items())
    return f"{said} ({facts})" if facts else said
