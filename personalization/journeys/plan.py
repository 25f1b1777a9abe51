"""A journey as it is written: what begins it, its steps one after the other, what ends it.

Plain data that goes to JSON and back. Nothing here asks the database.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Self

NEXT, END, START = "next", "end", ""
"""Where one goes on: with the next step, nowhere; and where one is before the first."""
WAIT, IF, MESSAGE, OFFER, GO, STOP = "wait", "if", "message", "offer", "go", "end"
KINDS = (WAIT, IF, MESSAGE, OFFER, GO, STOP)
LEFT, EVENT, SEGMENT, PRICE, DAY, CAPACITY, BIRTHDAY, WEATHER = (
    *("left", "event", "segment", "price"),
    *("day", "capacity", "birthday", "weather"),
)
TRIGGERS = (LEFT, EVENT, SEGMENT, PRICE, DAY, CAPACITY, BIRTHDAY, WEATHER)
WITH_DESIGN = frozenset({LEFT, PRICE, DAY, CAPACITY})
WATCHED = frozenset({PRICE, DAY, CAPACITY})
DESIGN_EVENTS = frozenset({"began", "chose", "blocked", "saved", "carted", "shared"})
ORDER_EVENTS = frozenset(
    {
        *("ordered", "bought", "canceled", "shipped", "returned"),
        *("paid", "started", "made", "finished", "reopened"),
    }
)
WAYS: Mapping[str, tuple[str, ...]] = {
    PRICE: ("", "down", "up"),
    DAY: ("", "sooner", "later"),
    WEATHER: ("", "<", ">"),
}
"""Which ways there are for what begins a journey; "" is either, of the weather below."""
BIRTHDAY_FACT = "birthday"
"""The name by which a birthday is told: text that ends with month and day, like 05-17."""
UNITS: Mapping[str, int] = {"minutes": 1, "hours": 60, "days": 1440}
NEVER, DAYS, EVERY = "never", "days", "every"


class Plain:
    """Goes to JSON without what is as usual, and comes back whatever is missing."""

    def to_json(self) -> dict[str, Any]:
        """Only what differs from the usual."""
        usual = type(self)()
        names = [each.name for each in fields(self)]  # type: ignore[arg-type]
        return {
            name: getattr(self, name)
            for name in names
            if getattr(self, name) != getattr(usual, name)
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Names that are not known are left out."""
        names = {each.name for each in fields(cls)}  # type: ignore[arg-type]
        return cls(**{name: value for name, value in data.items() if name in names})


@dataclass(frozen=True)
class Trigger(Plain):
    """What brings people into it. `number` is hours for LEFT, days for DAY and CAPACITY, degrees
    for WEATHER; `way` is which way a price, a day or degrees go."""

    kind: str = LEFT
    number: int = 4
    event: str = ""
    product: str = ""
    option: str = ""
    value: str = ""
    segment: str = ""
    way: str = ""

    @property
    def has_design(self) -> bool:
        """Whether there is a design to speak of."""
        return self.kind in WITH_DESIGN or (self.kind == EVENT and self.event in DESIGN_EVENTS)

    @property
    def has_order(self) -> bool:
        return self.kind == EVENT and self.event in ORDER_EVENTS


@dataclass(frozen=True)
class Step(Plain):
    """One step; which of the fields count hangs on its kind.

    WAIT: `how` is "for" (`amount` `unit`), "until" (`clock` on `weekday`, by the person's clock) or
    "event" (`event`, for `amount` `unit` at most; `to` is where one goes if it does not come).
    IF: `rule` in the language of segments, or `weather` degrees (`sign`); `to`: where one goes if
    it is not so. MESSAGE and OFFER: what is said (`texts` by language) and how. GO: `to`.
    """

    id: str = ""
    kind: str = WAIT
    how: str = "for"
    amount: int = 1
    unit: str = "days"
    clock: str = "10:00"
    weekday: str = ""  # "0" is Monday; "" any
    event: str = ""
    rule: str = ""
    weather: int | None = None
    sign: str = "<"
    to: str = END
    channel: str = "mail"
    purpose: str = ""
    priority: int = 0
    lasts: int = 3  # days after which it is not said any more
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    picture: bool = True
    offer: int | None = None

    @property
    def speaks(self) -> bool:
        return self.kind in (MESSAGE, OFFER)

    @property
    def minutes(self) -> int:
        """How long a wait for a while, or for an event, is."""
        return self.amount * UNITS.get(self.unit, 1)

    @property
    def waits(self) -> bool:
        """Whether time passes here for certain."""
        return self.kind == WAIT and (self.how == "until" or self.minutes > 0)

    @property
    def branches(self) -> bool:
        return self.kind == IF or (self.kind == WAIT and self.how == "event")


@dataclass(frozen=True)
class Plan:
    """The whole. `goal` is "design" (the design is ordered), a kind of event, or nothing; `leave`
    a rule by which people leave; `holdout` the percentage that is held out to compare with."""

    trigger: Trigger = Trigger()
    steps: tuple[Step, ...] = ()
    again: str = DAYS
    again_days: int = 30
    goal: str = ""
    goal_product: str = ""
    leave: str = ""
    holdout: int = 0

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Plan":
        """The plan that these rows hold."""
        steps = tuple(Step.from_json(each) for each in data.get("steps", []))
        usual = cls()
        rest = {
            name: data.get(name, getattr(usual, name))
            for name in ("again", "again_days", "goal", "goal_product", "leave", "holdout")
        }
        return cls(Trigger.from_json(data.get("trigger", {})), steps, **rest)

    def to_json(self) -> dict[str, Any]:
        return {
            "trigger": self.trigger.to_json(),
            "steps": [step.to_json() for step in self.steps],
            **{
                name: getattr(self, name)
                for name in ("again", "again_days", "goal", "goal_product", "leave", "holdout")
            },
        }

    @cached_property
    def places(self) -> dict[str, int]:
        """Where in the list each step stands."""
        return {step.id: place for place, step in enumerate(self.steps)}

    def step(self, step_id: str) -> Step | None:
        place = self.places.get(step_id)
        return None if place is None else self.steps[place]

    def after(self, step_id: str) -> str:
        """The id of the step that follows in the list, or END."""
        place = 0 if step_id == START else self.places[step_id] + 1
        return self.steps[place].id if place < len(self.steps) else END

    def target(self, step: Step) -> str:
        """Where `to` of a step leads: a step's id or END."""
        return self.after(step.id) if step.to == NEXT else step.to

    def ways(self, step: Step) -> Iterator[str]:
        """Where one may go from a step."""
        if step.kind == STOP:
            yield END
            return
        if step.kind == GO:
            yield self.target(step)
            return
        yield self.after(step.id)
        if step.branches:
            yield self.target(step)

    @cached_property
    def speaking(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.speaks)

    @cached_property
    def purposes(self) -> frozenset[tuple[str, str]]:
        """What for, and by which way, it speaks to people."""
        return frozenset((step.purpose, step.channel) for step in self.speaking)

    @cached_property
    def awaited(self) -> frozenset[str]:
        """Kinds of events that end a wait."""
        return frozenset(s.event for s in self.steps if s.kind == WAIT and s.how == "event")

    def with_steps(self, steps: tuple[Step, ...]) -> "Plan":
        return replace(self, steps=steps)


def source_of(slug: str, step_id: str) -> str:
    """How messages name the step that asks for them."""
    return f"journey:{slug}:{step_id}"
