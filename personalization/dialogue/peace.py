"""Who said no is not asked how it was, whichever room would ask; who said yes anywhere is."""

from orders.models import Order
from personalization.people import consent, listening, owned
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose


def wanted(order: Order) -> bool | None:
    """What those whose order this is have said of being asked by mail; a no wins. None: nothing."""
    placed = Person.objects.filter(pk__in=[listening.of_order(order.pk) or 0])
    people = {*placed, *owned.persons_of(order.customer, [order.email])}
    said = [consent.decision_of(each, Purpose.RESEARCH, Channel.MAIL) for each in people]
    answers = [last.granted for last in said if last is not None]
    return all(answers) if answers else None
