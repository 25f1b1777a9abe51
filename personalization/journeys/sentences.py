"""A journey in words: what begins it, each of its steps, what ends it."""

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from configurator.catalog.models import Product
from personalization.journeys.plan import (
    BIRTHDAY,
    CAPACITY,
    DAY,
    END,
    EVERY,
    GO,
    IF,
    LEFT,
    MESSAGE,
    NEVER,
    NEXT,
    OFFER,
    PRICE,
    SEGMENT,
    STOP,
    WAIT,
    WEATHER,
    Plan,
    Step,
    Trigger,
)
from personalization.journeys.speaking import text_in
from personalization.offering.models import Offer
from personalization.offering.words import worth
from personalization.people.models import Event
from personalization.people.purposes import Channel, Purpose
from personalization.segments.language import BadRule, parse
from personalization.segments.models import Segment
from personalization.segments.sentences import sentence

DONE = frozenset({"paid", "started", "made", "finished", "reopened", "shipped"})
"""Events that are done to an order, and whose names say so."""
MONDAY = date(2024, 1, 1)
YES, NO = pgettext_lazy("journey", "yes"), pgettext_lazy("journey", "no")
CAME, TOO_LATE = pgettext_lazy("journey", "it came"), pgettext_lazy("journey", "too late")
OUTCOMES = {
    "waited": gettext_lazy("went on"),
    "heard": CAME,
    "timeout": TOO_LATE,
    "yes": YES,
    "no": NO,
    "asked": gettext_lazy("asked for"),
    "offered": gettext_lazy("asked for"),
    "went": gettext_lazy("went on"),
    "end": gettext_lazy("through"),
    "began": gettext_lazy("began"),
    "held": gettext_lazy("held out"),
    "moved": gettext_lazy("moved to another version"),
}
ENDS = {
    "done": pgettext_lazy("journey", "came to the end"),
    "goal": pgettext_lazy("journey", "reached the goal"),
    "ordered": gettext_lazy("ordered the design"),
    "rule": gettext_lazy("left by the rule"),
    "refused": gettext_lazy("took their yes back"),
    "withdrew": gettext_lazy("took back what they told"),
    "objects": gettext_lazy("object to be known"),
    "holdout": pgettext_lazy("journey", "held out, to compare with"),
    "joined": gettext_lazy("were here twice"),
    "gone": gettext_lazy("their step is gone"),
    "stopped": gettext_lazy("the journey was stopped"),
    "taken": gettext_lazy("were taken out"),
    "circle": gettext_lazy("went round in a circle"),
    "failed": pgettext_lazy("journey", "could not go on"),
}


def outcome_name(outcome: str) -> str:
    return str(OUTCOMES.get(outcome, outcome))


def end_name(why: str) -> str:
    return str(ENDS.get(why, why))


def event_name(kind: str) -> str:
    return str(Event.Kind(kind).label) if kind in Event.Kind.values else "…"


def begins(trigger: Trigger) -> str:
    """What brings somebody in."""
    said = _begins(trigger)
    return f"{said} ({product_name(trigger.product)})" if trigger.product else said


def product_name(slug: str) -> str:
    """A product as it is called; its code, where there is none any more."""
    return Product.objects.filter(slug=slug).values_list("name", flat=True).first() or slug


def _begins(trigger: Trigger) -> str:
    number, way = trigger.number, trigger.way
    if trigger.kind == LEFT:
        pattern = ngettext(
            "Somebody has left a design for %(number)d hour",
            "Somebody has left a design for %(number)d hours",
            number,
        )
        return pattern % {"number": number}
    if trigger.kind == SEGMENT:
        name = Segment.objects.filter(slug=trigger.segment).values_list("name", flat=True).first()
        return _("Somebody comes into the segment “%(name)s”") % {"name": name or trigger.segment}
    if trigger.kind == PRICE:
        told = {
            "down": _("A kept design costs less than before"),
            "up": _("A kept design costs more than before"),
        }
        return told.get(way, _("A kept design has another price"))
    if trigger.kind == DAY:
        return _day(number, way)
    if trigger.kind == CAPACITY:
        return _day(number, "sooner")
    if trigger.kind == BIRTHDAY:
        return _("It is their birthday")
    if trigger.kind == WEATHER:
        pattern = _("It is below %(number)s °C where they are")
        above = _("It is above %(number)s °C where they are")
        return (above if way == ">" else pattern) % {"number": number}
    return _event(trigger)


def _day(number: int, way: str) -> str:
    told = {"number": number}
    if way == "sooner":
        pattern = ngettext(
            "A kept design could be ready %(number)d day sooner",
            "A kept design could be ready %(number)d days sooner",
            number,
        )
    elif way == "later":
        pattern = ngettext(
            "A kept design would be ready %(number)d day later",
            "A kept design would be ready %(number)d days later",
            number,
        )
    else:
        pattern = ngettext(
            "The day of a kept design moves by %(number)d day",
            "The day of a kept design moves by %(number)d days",
            number,
        )
    return pattern % told


def _event(trigger: Trigger) -> str:
    name = event_name(trigger.event)
    said = capfirst(name) if trigger.event in DONE else _("Somebody: %(event)s") % {"event": name}
    about = ": ".join(each for each in (trigger.option, trigger.value) if each)
    return f"{said}, {about}" if about else said


def again(plan: Plan) -> str:
    """Whether people come again."""
    if plan.again == NEVER:
        return _("Everybody comes once.")
    if plan.again == EVERY:
        return _("People come again each time.")
    pattern = ngettext(
        "People come again after %(days)d day at the earliest.",
        "People come again after %(days)d days at the earliest.",
        plan.again_days,
    )
    return pattern % {"days": plan.again_days}


def goal(plan: Plan) -> str:
    """What it wants to reach; whoever does goes no further."""
    if not plan.goal:
        return ""
    if plan.goal == "design":
        return _("The design is ordered")
    said = event_name(plan.goal)
    return f"{said} ({product_name(plan.goal_product)})" if plan.goal_product else said


def rule_said(rule: str) -> str:
    """A rule read back in words; as it is written, where it can't be read."""
    try:
        return sentence(parse(rule)) if rule.strip() else "…"
    except BadRule:
        return rule


def said(plan: Plan, step: Step) -> str:
    """One step."""
    if step.kind == WAIT:
        return _wait(step)
    if step.kind == IF:
        return _("If %(condition)s") % {"condition": _condition(step)}
    if step.kind == GO:
        return _("Go on with %(step)s") % {"step": step_name(plan, step.to)}
    if step.kind == STOP:
        return pgettext("journey", "End")
    return _speaks(step)


def _wait(step: Step) -> str:
    if step.how == "until":
        if step.weekday:
            day = date_format(MONDAY.replace(day=1 + int(step.weekday)), "l")
            return _("Wait until %(clock)s on %(day)s") % {"clock": step.clock, "day": day}
        return _("Wait until %(clock)s") % {"clock": step.clock}
    if step.how == "event":
        about = {"event": event_name(step.event), "time": duration(step)}
        return _("Wait for “%(event)s”, %(time)s at most") % about
    return _("Wait %(time)s") % {"time": duration(step)}


def duration(step: Step) -> str:
    """How long a wait is."""
    amount = step.amount
    if step.unit == "minutes":
        pattern = ngettext("%(amount)d minute", "%(amount)d minutes", amount)
    elif step.unit == "hours":
        pattern = ngettext("%(amount)d hour", "%(amount)d hours", amount)
    else:
        pattern = ngettext("%(amount)d day", "%(amount)d days", amount)
    return pattern % {"amount": amount}


def _condition(step: Step) -> str:
    if step.weather is None:
        return rule_said(step.rule)
    degrees = number_format(step.weather)
    if step.sign == ">":
        return _("it is above %(degrees)s °C where they are") % {"degrees": degrees}
    return _("it is below %(degrees)s °C where they are") % {"degrees": degrees}


def _speaks(step: Step) -> str:
    channel = str(Channel(step.channel).label) if step.channel in Channel.values else "…"
    text = text_in(step.texts, "")
    words = text.get("subject") or text.get("text", "").split("\n")[0]
    if step.kind == OFFER:
        return _("Offer %(worth)s: %(channel)s") % {"worth": _worth(step), "channel": channel}
    return f"{channel}: “{words[:80]}”" if words else f"{channel}: …"


def _worth(step: Step) -> str:
    offer = Offer.objects.filter(pk=step.offer or 0).select_related("promotion").first()
    return worth(offer.promotion) if offer else "…"


def purpose_name(step: Step) -> str:
    return str(Purpose(step.purpose).label) if step.purpose in Purpose.values else ""


def step_name(plan: Plan, to: str) -> str:
    """How a step is named where something leads to it."""
    if to == END:
        return _("the end")
    if to == NEXT:
        return _("the next step")
    if to not in plan.places:
        return "…"
    return _("step %(number)d") % {"number": plan.places[to] + 1}


def otherwise(plan: Plan, step: Step) -> str:
    """Where one goes if it is not so; "" where there is nothing to choose."""
    if not step.branches:
        return ""
    where = {"step": step_name(plan, step.to)}
    if step.kind == IF:
        return _("If not: %(step)s") % where
    return _("If it does not come: %(step)s") % where


def kind_name(kind: str) -> str:
    """What a kind of step is called where one adds it."""
    return {
        WAIT: _("Wait"),
        IF: _("Condition"),
        MESSAGE: pgettext("journey", "Message"),
        OFFER: pgettext("journey", "Offer"),
        GO: _("Go to another step"),
        STOP: pgettext("journey", "End"),
    }.get(kind, kind)


def weekdays() -> list[tuple[str, str]]:
    """The days of the week by their numbers; Monday is 0."""
    return [(str(n), date_format(MONDAY.replace(day=1 + n), "l")) for n in range(7)]
