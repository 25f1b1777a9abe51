"""Events folded into facts: plain functions, so that folding little by little and anew is the same.

The state is plain JSON: counts, sums and moments. What becomes of it depends only on the events in
their order, never on how many were folded at once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from personalization.people.models import Event, Fact, Statement
from personalization.people.purposes import Purpose

State = dict[str, Any]
D, T, B, S = (
    *(Fact.Kind.DEMOGRAPHIC, Fact.Kind.TRANSACTIONAL),
    *(Fact.Kind.BEHAVIORAL, Fact.Kind.STATED),
)
Kind = Event.Kind
ACTS = (
    *(Kind.VIEWED, Kind.BEGAN, Kind.CHOSE, Kind.BLOCKED, Kind.SAVED, Kind.CARTED, Kind.SHARED),
    *(Kind.ORDERED, Kind.CANCELED, Kind.RETURNED, Kind.RATED, Kind.WROTE),
    *(Kind.RECEIVED, Kind.CLICKED),
)
"""What is counted; the first of them tell that somebody was here."""
HERE = frozenset(ACTS[:7]) | {Kind.ORDERED, Kind.RATED, Kind.WROTE, Kind.CLICKED}
COUNTS: dict[str, tuple[str, str]] = {
    Kind.VIEWED: ("views", B),
    Kind.BEGAN: ("designs", B),
    Kind.CHOSE: ("choices", B),
    Kind.BLOCKED: ("blocked", B),
    Kind.SAVED: ("saved", B),
    Kind.CARTED: ("carted", B),
    Kind.SHARED: ("shared", B),
    Kind.ORDERED: ("orders", T),
    Kind.CANCELED: ("canceled", T),
    Kind.RETURNED: ("returned", T),
    Kind.RATED: ("ratings", B),
    Kind.WROTE: ("letters", B),
    Kind.RECEIVED: ("messages", B),
    Kind.CLICKED: ("clicks", B),
}
WEIGHTS = {Kind.VIEWED: 1, Kind.BEGAN: 3, Kind.CHOSE: 1, Kind.CARTED: 5, Kind.ORDERED: 10}
"""How much an act tells which product somebody likes."""


@dataclass(frozen=True)
class Told:
    """One fact; one of the three is its value."""

    kind: str
    name: str
    source: str
    purpose: str
    since: datetime
    text: str = ""
    number: float | None = None
    moment: datetime | None = None


def fold(state: State, events: Iterable[Event]) -> State:
    """The state after these events, which follow those that it holds."""
    for event in events:
        _one(state, event)
    return state


def _one(state: State, event: Event) -> None:
    at = event.at.isoformat()
    if event.kind in COUNTS:
        _note(state.setdefault("counts", {}), event.kind, at)
    if event.kind in HERE:
        state["first_seen"] = min(state.get("first_seen", at), at)
        state["last_seen"] = max(state.get("last_seen", at), at)
    if event.kind in WEIGHTS and event.product:
        liked = state.setdefault("liked", {})
        liked[event.product] = liked.get(event.product, 0) + WEIGHTS[Kind(event.kind)]
        state["product"] = {"last": event.product, "at": at}
    if event.kind == Kind.ORDERED:
        _ordered(state, event, at, 1)
    if event.kind == Kind.CANCELED:
        _ordered(state, event, at, -1)
    if event.kind == Kind.RATED and event.number is not None:
        stars = state.setdefault("stars", {"sum": 0, "count": 0})
        stars["sum"] += event.number
        stars["count"] += 1
        stars["at"] = at
    if event.country:
        state["country"] = {"code": event.country, "at": at, "source": event.source}


def _note(counts: dict[str, Any], kind: str, at: str) -> None:
    count = counts.setdefault(kind, {"n": 0, "since": at})
    count["n"] += 1
    count["last"] = at


def _ordered(state: State, event: Event, at: str, sign: int) -> None:
    amount = (event.amount or Decimal(0)) * sign
    spent = state.setdefault("spent", {})
    spent[event.currency] = str(Decimal(spent.get(event.currency, "0")) + amount)
    state["spent_at"] = at
    if sign > 0:
        state["first_order"] = min(state.get("first_order", at), at)
        state["last_order"] = max(state.get("last_order", at), at)


def facts_of(state: State, statements: Iterable[Statement] = ()) -> list[Told]:
    """What is known, by name."""
    found = [*_counted(state), *_moments(state), *_spent(state), *_liked(state), *_who(state)]
    found += [
        Told(S, each.name, each.source, each.purpose, each.since, each.text, each.number)
        for each in statements
    ]
    return sorted(found, key=lambda told: told.name)


def _events(kind: str, name: str, since: str, **value: Any) -> Told:
    purpose = Purpose.ORDERS if kind == T else Purpose.PERSONALIZATION
    return Told(kind, name, "events", purpose, datetime.fromisoformat(since), **value)


def _counted(state: State) -> Iterator[Told]:
    counts = state.get("counts", {})
    canceled = counts.get(Kind.CANCELED, {"n": 0})["n"]
    for kind, count in counts.items():
        name, about = COUNTS[kind]
        number = count["n"] - (canceled if kind == Kind.ORDERED else 0)
        yield _events(about, name, count["since"], number=float(number))


def _moments(state: State) -> Iterator[Told]:
    for name in ("first_seen", "last_seen", "first_order", "last_order"):
        if name in state:
            kind = T if name.endswith("order") else B
            moment = datetime.fromisoformat(state[name])
            yield _events(kind, name, state[name], moment=moment)


def _spent(state: State) -> Iterator[Told]:
    """Sums by currency; the one with the most orders' money is `spent` itself."""
    spent = state.get("spent", {})
    if spent:
        most = max(sorted(spent), key=lambda code: Decimal(spent[code]))
        yield _events(T, "spent", state["spent_at"], number=float(spent[most]))
        yield _events(T, "currency", state["spent_at"], text=most)


def _liked(state: State) -> Iterator[Told]:
    liked = state.get("liked", {})
    if liked:
        most = max(sorted(liked), key=lambda slug: liked[slug])
        at = state["product"]["at"]
        yield _events(B, "favorite_product", at, text=most)
        yield _events(B, "last_product", at, text=state["product"]["last"])
    if "stars" in state:
        stars = state["stars"]
        mean = stars["sum"] / stars["count"]
        yield _events(B, "stars", stars["at"], number=round(mean, 4))


def _who(state: State) -> Iterator[Told]:
    if "country" in state:
        country = state["country"]
        since = datetime.fromisoformat(country["at"])
        yield Told(D, "country", "order", Purpose.ORDERS, since, text=country["code"])
