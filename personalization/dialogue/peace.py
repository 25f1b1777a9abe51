"""Who said no is not asked how it was, whichever room would ask."""

from orders.models import Order
from personalization.people import consent, listening, owned
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose


def wanted(order: Order) -> bool:
    """Whether nobody whose order this is has refused to be asked by mail."""
    placed = Person.objects.filter(pk__in=[listening.of_order(order.pk) or 0])
    people = {*placed, *owned.persons_of(order.customer, [order.email])}
    said = [consent.decision_of(each, Purpose.RESEARCH, Channel.MAIL) for each in people]
    return all(last is None or last.granted for last in said)
