"""What a brochure needs to know of somebody: consent, name, address, designs, purchases."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from django.db.models import Q, QuerySet

from configurator.wizard.models import Design
from orders.models import Order, OrderLine
from personalization.people import consent, contacts
from personalization.people.allowing import among
from personalization.people.models import Decision, Person
from personalization.people.profiles import members
from personalization.people.purposes import Channel, Purpose

DESIGNING = ("began", "chose", "saved", "carted", "shared")
MOST = 6  # designs that are looked at


def allows(person: Person) -> bool:
    """Whether brochures may be printed for this person now; holds them within a transaction."""
    return consent.allows(person, Purpose.BROCHURES, Channel.PRINT)


def allowing(persons: Iterable[int]) -> set[int]:
    """Of these persons those who allow it now."""
    return among(persons, Purpose.BROCHURES, Channel.PRINT)


def last_decision() -> int:
    """The number of the last decision of anybody."""
    return Decision.objects.order_by("-id").values_list("id", flat=True).first() or 0


class Somebody:
    """One person, read when asked."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @cached_property
    def whole(self) -> Person:
        return self.person.into or self.person

    @cached_property
    def _members(self) -> Sequence[int]:
        return members(self.person.whole_id)

    @cached_property
    def orders(self) -> list[Order]:
        """Their orders that stand, the latest first."""
        mine = Q(happenings__person__in=self._members, happenings__kind="ordered")
        if self.whole.user_id is not None:
            mine |= Q(customer=self.whole.user_id)
        rows: QuerySet[Order] = Order.objects.filter(mine).exclude(state=Order.State.CANCELED)
        return list(rows.order_by("-placed_at").distinct()[:MOST])

    @cached_property
    def lines(self) -> list[OrderLine]:
        """What they bought, the latest first."""
        if not self.orders:
            return []
        rows = OrderLine.objects.filter(order__in=self.orders).select_related(
            "order", "specification", "design"
        )
        return sorted(rows, key=lambda line: line.order.placed_at, reverse=True)

    @cached_property
    def designs(self) -> list[Design]:
        """What they design and have not ordered, the latest first."""
        mine = Q(happenings__person__in=self._members, happenings__kind__in=DESIGNING)
        if self.whole.user_id is not None:
            mine |= Q(owned_by__user=self.whole.user_id)
        rows = Design.objects.filter(mine, order_lines=None, change_of=None)
        return list(rows.order_by("-updated_at").distinct()[:MOST])

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
        given = contacts.address_of(self.person, Channel.PRINT)
        if given:
            return tuple(line.strip() for line in given.split("\n") if line.strip())
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
