"""What a step asks to be said, for many people at once; who is held out; what is called off."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from personalization.experiments import services as experiments
from personalization.journeys.models import Journey, Place
from personalization.journeys.plan import Plan, Step, source_of
from personalization.messages import services as messages
from personalization.messages.asking import ask_many
from personalization.messages.models import Message
from personalization.people.models import Person

if TYPE_CHECKING:
    from personalization.journeys.crowd import Walker

COMPOSER = "journeys.step"
CALLED_OFF = frozenset({Place.State.GOAL, Place.State.LEFT})
"""Where nothing that was asked for before is to be said any more."""


def ask(journey: Journey, step: Step, group: Sequence["Walker"], now: datetime) -> None:
    """Ask for what a step says, once a place and move: in the transaction of the move."""
    ask_many([message_of(journey, step, walker.place, now) for walker in group])


def message_of(journey: Journey, step: Step, place: Place, now: datetime) -> Message:
    """The message as it is asked for; not saved."""
    return Message(
        key=f"{key_of(place)}{step.id}:{place.moves}",
        person_id=place.person.whole_id,
        purpose=step.purpose,
        channel=step.channel,
        composer=COMPOSER,
        data={"place": place.pk, "version": place.version_id, "step": step.id},
        source=source_of(journey.slug, step.id),
        priority=step.priority,
        due_at=now,
        expires_at=now + timedelta(days=step.lasts),
        asked_at=now,
    )


def key_of(place: Place) -> str:
    """How the keys of all messages of a place begin."""
    return f"journey:{place.pk}:"


def call_off(places: Iterable[Place], by: str = "") -> int:
    """Say nothing of what waits to be said to these, `by` somebody; how many messages."""
    count = 0
    for place in places:
        plan = Plan.from_json(place.version.plan)
        for step in plan.speaking:
            source = source_of(place.journey.slug, step.id)
            count += messages.call_off(source=source, start=key_of(place), by=by)
    return count


def call_off_all(journey: Journey) -> int:
    """Say nothing of what waits in the whole journey; how many messages."""
    steps = {
        step.id
        for plan in journey.versions.values_list("plan", flat=True)
        for step in Plan.from_json(plan).speaking
    }
    return sum(messages.call_off(source=source_of(journey.slug, step)) for step in sorted(steps))


def holdout_of(journey: Journey) -> str:
    """The code of a journey's holdout."""
    return f"journey-{journey.slug}"


def held_out(journey: Journey, people: Sequence[Person]) -> set[int]:
    """Those of them for whom nothing is to be done, so that it can be told what it brings."""
    return experiments.held_of(people, holdout_of(journey))
