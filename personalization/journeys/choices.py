"""What marketers choose from in the forms of journeys."""

from collections.abc import Mapping
from itertools import chain, count
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.models import Product
from personalization.journeys import plan as p
from personalization.journeys import ready_made
from personalization.journeys.models import Journey
from personalization.offering.models import Offer
from personalization.people.models import Event
from personalization.segments.models import Segment

Choices = list[tuple[str, str]]
TRIGGERS = {
    p.LEFT: gettext_lazy("A design was left"),
    p.EVENT: gettext_lazy("Somebody does something, or their order gets on"),
    p.SEGMENT: gettext_lazy("Somebody comes into a segment"),
    p.PRICE: gettext_lazy("The price of a kept design changes"),
    p.DAY: gettext_lazy("The day of a kept design changes"),
    p.CAPACITY: gettext_lazy("Capacity opens: a kept design could be ready sooner"),
    p.BIRTHDAY: gettext_lazy("It is somebody’s birthday"),
    p.WEATHER: gettext_lazy("The weather where somebody is"),
}
WAYS = {
    "": gettext_lazy("either way"),
    "down": gettext_lazy("price: lower"),
    "up": gettext_lazy("price: higher"),
    "sooner": gettext_lazy("day: sooner"),
    "later": gettext_lazy("day: later"),
    "<": gettext_lazy("weather: below"),
    ">": gettext_lazy("weather: above"),
}
AGAIN = {
    p.NEVER: gettext_lazy("never"),
    p.DAYS: gettext_lazy("after some days"),
    p.EVERY: gettext_lazy("each time"),
}
UNITS = {
    "minutes": gettext_lazy("minutes"),
    "hours": gettext_lazy("hours"),
    "days": gettext_lazy("days"),
}


When = Mapping[str, tuple[str, tuple[str, ...]]]
WHEN: When = {
    "number": ("kind", (p.LEFT, p.DAY, p.CAPACITY, p.WEATHER)),
    "way": ("kind", tuple(p.WAYS)),
    **dict.fromkeys(("event", "option", "value"), ("kind", (p.EVENT,))),
    "segment": ("kind", (p.SEGMENT,)),
    "product": ("kind", (p.LEFT, p.EVENT, p.PRICE, p.DAY, p.CAPACITY)),
    "again_days": ("again", (p.DAYS,)),
    "goal_product": ("goal", tuple(kind.value for kind in Event.Kind)),
}
"""Of what begins a journey, the fields that count with some choices of another field only."""
WAITS_WHEN: When = {
    "amount": ("how", ("for", "event")),
    "unit": ("how", ("for", "event")),
    "clock": ("how", ("until",)),
    "weekday": ("how", ("until",)),
    "event": ("how", ("event",)),
    "to": ("how", ("event",)),
}


def free_code(name: str) -> str:
    """A code for a journey, made of its name, that no other has."""
    code = slugify(name)[:36].strip("-") or "journey"
    taken = {"new", *Journey.objects.filter(slug__startswith=code).values_list("slug", flat=True)}
    numbered = (f"{code}-{number}" for number in count(2))
    return next(each for each in chain([code], numbered) if each not in taken)


def listed(named: dict[str, Any]) -> Choices:
    return [(code, str(name)) for code, name in named.items()]


def event_choices() -> Choices:
    return [("", "—"), *((kind.value, str(kind.label)) for kind in Event.Kind)]


def segment_choices() -> Choices:
    return [("", "—"), *Segment.objects.values_list("slug", "name")]


def product_choices() -> Choices:
    return [("", "—"), *Product.objects.order_by("name").values_list("slug", "name")]


def goal_choices() -> Choices:
    return [("", "—"), ("design", _("The design is ordered")), *event_choices()[1:]]


def offer_choices() -> Choices:
    rows = Offer.objects.select_related("promotion").order_by("-promotion__active", "-id")[:200]
    return [("", "—"), *((str(row.pk), row.promotion.name) for row in rows)]


def made_choices() -> Choices:
    return [("", _("Nothing: an empty one")), *((m.slug, str(m.name)) for m in ready_made.MADE)]
