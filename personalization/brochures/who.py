"""What a brochure needs to know of somebody: consent, name, address, designs, purchases."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from configurator.wizard.models import Design, OwnedDesign
from orders.models import Order, OrderLine
from personalization.people import consent, contacts
from personalization.people.allowing import among
from personalization.people.models import Decision, Event, Person
from personalization.people.purposes import Channel, Purpose

DESIGNING = ("began", "chose", "saved", "carted", "shared")
MOST = 6  # designs that are looked at
AT_ONCE = 500
Row = TypeVar("Row", bound=Model)


def allows(person: Person) -> bool:
    """Whether brochures may be printed for this person now; holds them within a transaction."""
    return consent.allows(person, Purpose.BROCHURES, Channel.PRINT)


def allowing(persons: Iterable[int]) -> set[int]:
    """Of these persons those who allow it now."""
    return among(persons, Purpose.BROCHURES, Channel.PRINT)


def held(persons: Sequence[Person]) -> set[int]:
    """The same, of persons who are held until the transaction ends: who takes their yes back waits
    for it, or it sees that they did."""
    wholes = sorted({person.whole_id for person in persons})
    rows = Person.objects.select_for_update().filter(pk__in=wholes).order_by("pk")
    list(rows.values_list("pk"))
    return allowing(person.pk for person in persons)


def last_decision() -> int:
    """The number of the last decision of anybody."""
    return Decision.objects.order_by("-id").values_list("id", flat=True).first() or 0


@dataclass(frozen=True)
class Somebody:
    """One person: their orders that stand and their designs that are not ordered, the latest first,
    and the address that they gave for print."""

    person: Person
    orders: Sequence[Order] = ()
    lines: Sequence[OrderLine] = ()
    designs: Sequence[Design] = ()
    given: str = ""

    @property
    def whole(self) -> Person:
        return self.person.into or self.person

    @property
    def language(self) -> str:
        return self.whole.language or "en"

    @property
    def name(self) -> str:
        """As they wrote it in their last order, else in their account; "" if they never did."""
        if self.orders:
            return self.orders[0].name
        user = self.whole.user
        return user.get_full_name() if user is not None else ""

    def address(self, country: str = "") -> tuple[str, ...]:
        """Lines for the post: what they gave for print, else of their last order; () if unknown.

        `country` is what the order's country is called.
        """
        if self.given:
            return tuple(line.strip() for line in self.given.split("\n") if line.strip())
        if not self.orders:
            return ()
        order = self.orders[0]
        place = f"{order.postal_code} {order.city}".strip()
        lines = (order.name, order.company, order.street, place, country)
        return tuple(line for line in lines if line)

    @property
    def country(self) -> str:
        """The ISO code of where they last ordered to."""
        return self.orders[0].country if self.orders else ""


# Read together


def read(persons: Sequence[Person]) -> list[Somebody]:
    """What is known of these persons (with `into` and users), by few queries, in their order."""
    parts = _parts(persons)
    users = {one.user_id: pk for pk, one in _wholes(persons).items() if one.user_id is not None}
    orders = _orders(parts, users)
    bought = _lines(order.pk for some in orders.values() for order in some)
    designs = _designs(parts, users)
    given = contacts.addresses_of(persons, Channel.PRINT)
    return [
        Somebody(
            person,
            orders[person.whole_id],
            [line for order in orders[person.whole_id] for line in bought[order.pk]],
            designs[person.whole_id],
            given.get(person.whole_id, ""),
        )
        for person in persons
    ]


Owners = dict[int, int]
"""Whole persons by the ids of what is theirs: of their parts, or of their accounts."""
Mine = tuple[int, Hashable]  # a whole person, and what is theirs


def _wholes(persons: Sequence[Person]) -> dict[int, Person]:
    return {person.whole_id: person.into or person for person in persons}


def _parts(persons: Sequence[Person]) -> Owners:
    wholes = {person.whole_id: person.whole_id for person in persons}
    rows = Person.objects.filter(into__in=wholes).values_list("pk", "into").order_by()
    return wholes | {pk: into for pk, into in rows if into is not None}


def _orders(parts: Owners, users: Owners) -> dict[int, list[Order]]:
    """The orders of each, those that are canceled left out, the latest first."""
    rows = Event.objects.filter(person__in=parts, kind="ordered").exclude(order=None).order_by()
    found = {(parts[person], order) for person, order in rows.values_list("person", "order")}
    mine = Order.objects.filter(customer__in=users).order_by().values_list("customer", "pk")
    found |= {(users[user], pk) for user, pk in mine if user is not None}
    kept = Order.objects.exclude(state=Order.State.CANCELED)
    return _latest(kept, found, "placed_at")


def _designs(parts: Owners, users: Owners) -> dict[int, list[Design]]:
    """The designs of each that nobody ordered, the latest first."""
    rows = Event.objects.filter(person__in=parts, kind__in=DESIGNING).exclude(design=None)
    told = rows.order_by().values_list("person", "design").distinct()
    found = {(parts[person], design) for person, design in told}
    mine = OwnedDesign.objects.filter(user__in=users).order_by().values_list("user", "design")
    found |= {(users[user], pk) for user, pk in mine}
    return _latest(Design.objects.filter(order_lines=None, change_of=None), found, "updated_at")


def _latest(rows: QuerySet[Row], found: Iterable[Mine], field: str) -> dict[int, list[Row]]:
    """Of what is each one's, the latest by a field that is among these rows."""
    pairs = sorted(found, key=str)
    ids = list(dict.fromkeys(pk for _whole, pk in pairs))
    times: dict[Hashable, Any] = {}
    for start in range(0, len(ids), AT_ONCE):
        part = rows.filter(pk__in=ids[start : start + AT_ONCE]).order_by()
        times |= dict(part.values_list("pk", field))
    of_each: dict[int, list[Any]] = defaultdict(list)
    for whole, pk in pairs:
        if pk in times:
            of_each[whole].append(pk)
    for whole, theirs in of_each.items():
        of_each[whole] = sorted(theirs, key=times.__getitem__, reverse=True)[:MOST]
    wanted = [pk for theirs in of_each.values() for pk in theirs]
    read = rows.model._default_manager.in_bulk(wanted)
    made = {whole: [read[pk] for pk in theirs if pk in read] for whole, theirs in of_each.items()}
    return defaultdict(list, made)


def _lines(orders: Iterable[UUID]) -> dict[UUID, list[OrderLine]]:
    """The lines of each order."""
    found: dict[UUID, list[OrderLine]] = defaultdict(list)
    listed = list(orders)
    if listed:
        rows = OrderLine.objects.filter(order__in=listed).order_by("pk")
        for line in rows.select_related("order", "design"):
            found[line.order_id].append(line)
    return found
