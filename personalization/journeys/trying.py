"""A journey tried on one person: what each step would decide and say, with time passing as fast as
one reads. Nothing of it is written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from configurator.catalog.queries import released
from configurator.wizard.models import Design, OwnedDesign
from orders.models import Order
from personalization.journeys import asking, sentences, speaking
from personalization.journeys.clocks import ends_at
from personalization.journeys.designs import seen
from personalization.journeys.models import Journey, Place
from personalization.journeys.plan import END, GO, IF, LEFT, START, STOP, WAIT, Plan, Step
from personalization.journeys.weather import colder_or_warmer
from personalization.messages import deciding, foot
from personalization.messages.explaining import explain
from personalization.messages.models import Copy, Message, Verdict
from personalization.messages.providers import Kept
from personalization.people import contacts, profiles
from personalization.people.models import Event, Person
from personalization.people.purposes import is_asked
from personalization.segments import services as segments
from personalization.segments.language import BadRule

ROUNDS = 2
"""How often a trial passes a step, if the journey leads back to it."""


@dataclass
class Tried:
    """One step as it would go: when, and what comes of it. `copy` is what would be carried."""

    at: datetime
    said: str
    decided: str
    number: int = 0
    step: Step | None = None
    copy: Copy | None = None
    because: list[str] = field(default_factory=list)


@dataclass
class Trial:
    """Who is tried, from when on, which awaited events come (by the step's id), and in which
    language they are spoken to."""

    journey: Journey
    plan: Plan
    person: Person
    at: datetime
    comes: Mapping[str, bool] = field(default_factory=dict)
    language: str = ""

    def go(self) -> list[Tried]:
        """All of it; whatever was written on the way is taken back."""
        with transaction.atomic():
            found = list(self._walk(self.place()))
            transaction.set_rollback(True)
        return found

    def look(self, step: Step) -> Copy | None:
        """What one step would carry now."""
        with transaction.atomic():
            found = self._copy(step, self.place(), self.at)
            transaction.set_rollback(True)
        return found

    def place(self) -> Place:
        """Where they would be; not saved. With their latest design or order."""
        trigger = self.plan.trigger
        design = design_of(self.person) if trigger.has_design else None
        order = order_of(self.person) if trigger.has_order else None
        told: dict[str, object] = {"days": max(trigger.number, 1)}
        if design is not None:
            today = seen(design)
            told |= {"before": today.price if today else None}
            told["product"] = released(design.release_id).slug
        elif order is not None and (line := order.lines.first()) is not None:
            told["product"] = released(line.specification.release_id).slug
        return Place(
            journey=self.journey,
            person=self.person,
            occasion="trial",
            design=design,
            order=order,
            told=told,
            due_at=self.at,
            entered_at=self.at,
        )

    # Step by step

    def _walk(self, place: Place) -> list[Tried]:
        now = self.at
        found = [Tried(now, sentences.begins(self.plan.trigger), _("It begins."))]
        if problem := self._cannot_begin(place):
            return [*found, Tried(now, problem, _("It ends here."))]
        if self.plan.trigger.kind == LEFT:
            now += timedelta(hours=self.plan.trigger.number)
        at, times = self.plan.after(START), Counter[str]()
        while (step := self.plan.step(at)) is not None and step.kind != STOP:
            times[at] += 1
            if times[at] > ROUNDS:
                circle = _("It goes round and round.")
                return [*found, Tried(now, circle, _("The trial ends here."))]
            tried = self._try(step, place, now)
            found.append(tried)
            now, at = tried.at, self._next
        return [*found, Tried(now, sentences.said(self.plan, Step(kind=STOP)), "")]

    def _cannot_begin(self, place: Place) -> str:
        if self.plan.trigger.has_design and place.design is None:
            return _("They have no design.")
        if self.plan.trigger.has_order and place.order is None:
            return _("They have no order.")
        return _("They object to being known.") if self.person.quiet else ""

    def _try(self, step: Step, place: Place, now: datetime) -> Tried:
        number = self.plan.places[step.id] + 1
        self._next = self.plan.after(step.id)
        tried = Tried(now, sentences.said(self.plan, step), "", number, step)
        if step.kind == WAIT:
            self._wait(step, tried)
        elif step.kind == IF:
            so = self._is_so(step, now)
            tried.decided = _("It is so.") if so else _("It is not so.")
            self._next = self._next if so else self.plan.target(step)
        elif step.kind == GO:
            self._next = self.plan.target(step)
            tried.decided = sentences.step_name(self.plan, self._next or END)
        else:
            self._speak(step, place, tried)
        return tried

    def _wait(self, step: Step, tried: Tried) -> None:
        if step.how == "event" and self.comes.get(step.id):
            tried.at += timedelta(minutes=max(1, step.minutes // 2))
            tried.decided = _("It comes, let us say, after half the time.")
            return
        tried.at = ends_at(step, tried.at, self.person.time_zone)
        if step.how == "event":
            tried.decided = _("Let us say that it does not come.")
            self._next = self.plan.target(step)

    def _is_so(self, step: Step, now: datetime) -> bool:
        if step.weather is not None:
            people = {self.person.whole_id}
            return bool(colder_or_warmer(people, step.sign, step.weather, now))
        try:
            return segments.matches(step.rule, self.person, now)
        except BadRule:
            return False

    def _speak(self, step: Step, place: Place, tried: Tried) -> None:
        message = self._message(step, place, tried.at)
        address = self._address(message)
        ruling = deciding.rule(message, address, tried.at)
        tried.copy = self._copy(step, place, tried.at)
        if tried.copy is None and ruling.outcome == Verdict.Outcome.SENT:
            ruling = deciding.Ruling(Verdict.Outcome.WITHHELD, Verdict.Reason.NOTHING)
        verdict = Verdict(
            outcome=ruling.outcome,
            reason=ruling.reason,
            until=ruling.until,
            details=ruling.details,
            at=tried.at,
        )
        said = f"{verdict.get_outcome_display()}: {verdict.get_reason_display()}"
        tried.decided = said[:1].upper() + said[1:]
        tried.because = [line for each in explain([verdict]) for line in each.because]

    def _message(self, step: Step, place: Place, now: datetime) -> Message:
        message = asking.message_of(self.journey, step, place, now)
        message.person = self.person
        return message

    def _address(self, message: Message) -> str:
        if message.channel not in deciding.COUNTED:
            return ""
        return contacts.address_of(self.person, message.channel)

    def _copy(self, step: Step, place: Place, now: datetime) -> Copy | None:
        """As a provider would be given it, in their language."""
        message = self._message(step, place, now)
        address = self._address(message)
        with override(self.language or self.person.language):
            words = speaking.words_of(step, place, address, message.key, trial=True)
            if words is None:
                return None
            if words.letter is not None and is_asked(step.purpose, step.channel):
                foot.put(words.letter, message)
            return Kept().carry(message, address, words)


def design_of(person: Person) -> Design | None:
    """The design that somebody last had to do with."""
    ids = profiles.members(person.whole_id)
    events = Event.objects.filter(person__in=ids, design__isnull=False)
    last = events.select_related("design").order_by("-id").first()
    if last is not None:
        return last.design
    owned = OwnedDesign.objects.filter(user__person=person.whole_id)
    row = owned.select_related("design").order_by("-design__updated_at").first()
    return row.design if row else None


def order_of(person: Person) -> Order | None:
    """The order that somebody placed last."""
    ids = profiles.members(person.whole_id)
    events = Event.objects.filter(person__in=ids, order__isnull=False)
    last = events.select_related("order").order_by("-id").first()
    return last.order if last else None


def candidates(plan: Plan, count: int = 12) -> list[Person]:
    """Some people whom it could be tried on, the last seen first."""
    rows = Person.objects.filter(into=None, quiet=False)
    if plan.trigger.has_design:
        rows = rows.filter(events__design__isnull=False)
    elif plan.trigger.has_order:
        rows = rows.filter(events__order__isnull=False)
    return list(rows.distinct().order_by("-seen_at")[:count])
