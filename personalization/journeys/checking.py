"""What is wrong with a journey, told before it goes live: each at its step and field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from django.conf import settings
from django.utils.translation import gettext as _

from personalization.journeys import filling
from personalization.journeys.plan import (
    BIRTHDAY,
    DAYS,
    END,
    EVENT,
    EVERY,
    GO,
    IF,
    KINDS,
    NEVER,
    NEXT,
    OFFER,
    SEGMENT,
    START,
    TRIGGERS,
    UNITS,
    WAIT,
    WAYS,
    WEATHER,
    Plan,
    Step,
)
from personalization.offering.models import Offer
from personalization.offering.services import is_open
from personalization.people.models import Event
from personalization.people.purposes import UNASKED, Channel, Purpose, is_asked
from personalization.segments.language import BadRule, parse
from personalization.segments.models import Segment

MOST_STEPS = 60
LONGEST_TEXT, LONGEST_SUBJECT = 5_000, 120
LONGEST_WAIT = 366 * 1440  # minutes
EVENTS = frozenset(Event.Kind.values)


@dataclass(frozen=True)
class Problem:
    """What is wrong, at a step ("" is the journey itself) and a field of it. What is not `grave`
    is only told."""

    said: str
    step: str = ""
    field: str = ""
    grave: bool = True


def problems(plan: Plan) -> list[Problem]:
    """Everything, in the order of the list."""
    found = [*_of_trigger(plan), *_of_rest(plan)]
    for step in plan.steps:
        found += of_step(plan, step)
    return [*found, *_of_ways(plan)]


# The beginning and the end


def _of_trigger(plan: Plan) -> Iterator[Problem]:
    trigger = plan.trigger
    if trigger.kind not in TRIGGERS:
        yield Problem(_("Choose what it begins with."), field="kind")
    if trigger.kind == EVENT and trigger.event not in EVENTS:
        yield Problem(_("Choose what happens."), field="event")
    if trigger.kind == SEGMENT and not Segment.objects.filter(slug=trigger.segment).exists():
        yield Problem(_("Choose a segment that there is."), field="segment")
    if trigger.way not in WAYS.get(trigger.kind, (trigger.way,)):
        yield Problem(_("Choose a way that what it begins with can go."), field="way")
    low, high = (-50, 60) if trigger.kind == WEATHER else (1, 24 * 60)
    counts = trigger.kind not in (EVENT, SEGMENT, BIRTHDAY, "price")
    if counts and not low <= trigger.number <= high:
        told = _("Write a number from %(low)d to %(high)d.") % {"low": low, "high": high}
        yield Problem(told, field="number")


def _of_rest(plan: Plan) -> Iterator[Problem]:
    if plan.again not in (NEVER, DAYS, EVERY):
        yield Problem(_("Choose whether people may come again."), field="again")
    if plan.again == DAYS and not 1 <= plan.again_days <= 3650:
        told = _("Write a number from %(low)d to %(high)d.") % {"low": 1, "high": 3650}
        yield Problem(told, field="again_days")
    if plan.goal == "design" and not plan.trigger.has_design:
        yield Problem(_("There is no design in this journey that could be ordered."), field="goal")
    elif plan.goal not in ("", "design", *EVENTS):
        yield Problem(_("Choose a goal that there is."), field="goal")
    if plan.goal_product and plan.goal in ("", "design"):
        told = _("Choose a goal that is about a product, like “bought”; or leave this empty.")
        yield Problem(told, field="goal_product")
    if not 0 <= plan.holdout <= 50:
        yield Problem(_("Write a share from 0 to 50 %."), field="holdout")
    yield from _of_rule(plan.leave, "", "leave") if plan.leave else ()
    if not plan.steps:
        yield Problem(_("There is no step yet."))
    elif not plan.speaking:
        yield Problem(_("It says nothing to anybody: add a message."), grave=False)
    if len(plan.steps) > MOST_STEPS:
        yield Problem(_("There are at most %(most)d steps.") % {"most": MOST_STEPS})


def _of_rule(rule: str, step: str, field: str) -> Iterator[Problem]:
    try:
        parse(rule)
    except BadRule as error:
        told = _("Line %(line)s, character %(column)s: %(said)s") % vars(error)
        yield Problem(told, step, field)


# Steps


def of_step(plan: Plan, step: Step) -> list[Problem]:
    """What is wrong with one step."""
    checks = {WAIT: _of_wait, IF: _of_if}
    if step.kind not in KINDS:
        return [Problem(_("There is no such kind of step."), step.id, "kind")]
    found = list(checks[step.kind](plan, step)) if step.kind in checks else []
    if step.speaks:
        found += _of_message(plan, step)
    if step.branches or step.kind == GO:
        found += _of_target(plan, step)
    return found


def _of_wait(plan: Plan, step: Step) -> Iterator[Problem]:
    if step.how == "until":
        try:
            time.fromisoformat(step.clock)
        except ValueError:
            yield Problem(_("Write a time like 10:00."), step.id, "clock")
        if step.weekday not in ("", *"0123456"):
            yield Problem(_("Choose a day of the week."), step.id, "weekday")
        return
    if step.how not in ("for", "event"):
        yield Problem(_("Choose how long it waits."), step.id, "how")
    if step.unit not in UNITS or not 1 <= step.minutes <= LONGEST_WAIT:
        yield Problem(_("A wait is from one minute to a year."), step.id, "amount")
    if step.how == "event" and step.event not in EVENTS:
        yield Problem(_("Choose what it waits for."), step.id, "event")


def _of_if(plan: Plan, step: Step) -> Iterator[Problem]:
    if step.weather is not None:
        if not -50 <= step.weather <= 60 or step.sign not in ("<", ">"):
            yield Problem(_("Write degrees from −50 to 60."), step.id, "weather")
    elif not step.rule.strip():
        yield Problem(_("Write what has to be true."), step.id, "rule")
    else:
        yield from _of_rule(step.rule, step.id, "rule")


def _of_target(plan: Plan, step: Step) -> Iterator[Problem]:
    if step.to == step.id or step.to not in (NEXT, END, *plan.places):
        yield Problem(_("Choose a step where it goes on."), step.id, "to")
    elif step.kind == GO and step.to == NEXT:
        yield Problem(_("It goes on with the next step anyway."), step.id, "to", grave=False)


def _of_message(plan: Plan, step: Step) -> Iterator[Problem]:
    if step.purpose not in Purpose.values:
        yield Problem(_("Say what it is for: by that people allow it."), step.id, "purpose")
    elif step.channel not in Channel.values:
        yield Problem(_("Choose a way to people."), step.id, "channel")
    elif not _can_be_said(step):
        told = _("People are not asked for this by this way; it would never be said.")
        yield Problem(told, step.id, "channel")
    if not 1 <= step.lasts <= 60:
        told = _("Write a number from %(low)d to %(high)d.") % {"low": 1, "high": 60}
        yield Problem(told, step.id, "lasts")
    if not -100 <= step.priority <= 100:
        told = _("Write a number from %(low)d to %(high)d.") % {"low": -100, "high": 100}
        yield Problem(told, step.id, "priority")
    yield from _of_offer(step)
    yield from _of_texts(plan, step)


def _can_be_said(step: Step) -> bool:
    return is_asked(step.purpose, step.channel) or (step.purpose, step.channel) in UNASKED


def _of_offer(step: Step) -> Iterator[Problem]:
    if step.offer is None:
        if step.kind == OFFER:
            yield Problem(_("Choose what it offers."), step.id, "offer")
        return
    offer = Offer.objects.filter(pk=step.offer).select_related("promotion").first()
    if offer is None:
        yield Problem(_("There is no such offer any more."), step.id, "offer")
    elif not is_open(offer):
        told = _("The offer is over; the part with the code is left out.")
        yield Problem(told, step.id, "offer", grave=False)


def _of_texts(plan: Plan, step: Step) -> Iterator[Problem]:
    names = filling.known(plan.trigger, step.offer is not None)
    written = [code for code, _name in settings.LANGUAGES if _has_text(step, code)]
    if not written:
        yield Problem(_("Write what it says."), step.id, f"text_{settings.LANGUAGE_CODE[:2]}")
    for code, name in settings.LANGUAGES:
        text = step.texts.get(code, {})
        if written and code not in written:
            told = _("There are no words in this language yet: %(language)s.") % {"language": name}
            yield Problem(told, step.id, f"text_{code}", grave=False)
            continue
        for field, most in (("subject", LONGEST_SUBJECT), ("text", LONGEST_TEXT)):
            said = text.get(field, "")
            if len(said) > most:
                told = _("Write at most %(most)d characters.") % {"most": most}
                yield Problem(told, step.id, f"{field}_{code}")
            for wrong in filling.wrongs(said, names):
                yield Problem(str(wrong), step.id, f"{field}_{code}")
        if code in written and step.channel == Channel.MAIL and not text.get("subject", "").strip():
            yield Problem(_("A mail has a subject."), step.id, f"subject_{code}")
        if "\n" in text.get("subject", "").strip():
            yield Problem(_("A subject is one line."), step.id, f"subject_{code}")


def _has_text(step: Step, code: str) -> bool:
    return bool(step.texts.get(code, {}).get("text", "").strip())


# The ways from step to step


def _of_ways(plan: Plan) -> Iterator[Problem]:
    for step_id in circles(plan):
        told = _("Here it goes round in a circle without waiting; put a wait into it.")
        yield Problem(told, step_id, "to")
    reached, ended = reachable(plan), ending(plan)
    for step in plan.steps:
        if step.id in reached - ended and _leaps(plan, step):
            told = _(
                "It goes round here for good: give it a way out, a goal or a rule to leave by."
            )
            yield Problem(told, step.id, "to", grave=not (plan.goal or plan.leave))
        if step.id not in reached:
            told = _("Nobody comes to this step; nothing leads here.")
            yield Problem(told, step.id, grave=False)


def reachable(plan: Plan) -> set[str]:
    """The ids of the steps to which a way leads from the beginning."""
    found: set[str] = set()
    border = [plan.after(START)] if plan.steps else []
    while border:
        at = border.pop()
        step = plan.step(at)
        if step is None or at in found:
            continue
        found.add(at)
        border += list(plan.ways(step))
    return found


def ending(plan: Plan) -> set[str]:
    """The ids of the steps from which a way leads to an end."""
    found: set[str] = set()
    while more := {
        step.id
        for step in plan.steps
        if step.id not in found and any(to == END or to in found for to in plan.ways(step))
    }:
        found |= more
    return found


def circles(plan: Plan) -> list[str]:
    """Steps from which one comes back to them without any wait between."""
    found = []
    for begin in plan.steps:
        if begin.waits or not _leaps(plan, begin):
            continue
        seen: set[str] = set()
        border = list(plan.ways(begin))
        while border:
            at = border.pop()
            step = plan.step(at)
            if step is None or at in seen or step.waits:
                continue
            seen.add(at)
            border += list(plan.ways(step))
        if begin.id in seen:
            found.append(begin.id)
    return found


def _leaps(plan: Plan, step: Step) -> bool:
    """Whether one may go back from here."""
    place = plan.places[step.id]
    return any(plan.places.get(to, len(plan.steps)) <= place for to in plan.ways(step))
