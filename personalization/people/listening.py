"""What happens in the shop, written down as an event of whoever did it."""

from uuid import UUID

from django.utils.translation import get_language

from configurator.catalog import happenings
from configurator.catalog.happenings import Happening
from orders.models import Order
from personalization.people import consent, events, visitors, zones
from personalization.people.models import Event, Person
from personalization.people.purposes import Channel, Purpose

DONE_FOR_THEM = frozenset(
    {
        *(happenings.SHIPPED, happenings.RETURNED, happenings.PAID, happenings.STARTED),
        *(happenings.MADE, happenings.FINISHED, happenings.REOPENED),
    }
)
"""What others do to a customer's order: it is the customer's all the same, whoever acts."""
OF_THE_ORDER = DONE_FOR_THEM | {happenings.CANCELED}


def hear(happening: Happening) -> None:
    """One event, in the transaction of its cause; nothing if it is nobody's, or they object."""
    if happening.kind == happenings.PUBLISHED:
        return
    person = _whose(happening)
    if person is not None:
        events.append(
            person=person,
            kind=happening.kind,
            seen=happening.kind not in DONE_FOR_THEM,
            product=happening.product,
            design_id=happening.design,
            order_id=happening.order,
            option=happening.option,
            value=happening.value[:60],
            amount=happening.amount,
            currency=happening.currency,
            number=happening.number,
            country=happening.country,
        )
        if happening.kind == happenings.ORDERED:
            _ordered(person, happening)


def _ordered(person: int, happening: Happening) -> None:
    """What comes with an order: where its clock is supposed to be, and a yes to being asked."""
    if happening.country:
        zones.suppose(person=person, country=happening.country)
    if happening.order and Order.objects.filter(pk=happening.order, may_ask=True).exists():
        consent.grant(
            person=Person.objects.get(pk=person),
            purpose=Purpose.RESEARCH,
            channel=Channel.MAIL,
            where="order",
            how="with the order",
            language=get_language() or "",
        )


def _whose(happening: Happening) -> int | None:
    if happening.kind in OF_THE_ORDER and happening.order is not None:
        return of_order(happening.order)
    found = visitors.current_id()
    if found is None and happening.order is not None:
        return of_order(happening.order)
    return found


def of_order(order_id: UUID | str) -> int | None:
    """The id of the person whose order it is: who placed it, or its account's."""
    placed = Event.objects.filter(order_id=order_id, kind=Event.Kind.ORDERED)
    found = placed.values_list("person_id", flat=True).first()
    if found is not None:
        return int(found)
    customer = Order.objects.filter(pk=order_id).values("customer_id")
    return (
        Person.objects.filter(user__in=customer, user__isnull=False)
        .values_list("pk", flat=True)
        .first()
    )
