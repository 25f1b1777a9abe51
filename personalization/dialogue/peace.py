"""Who said no is not asked how it was, whichever room would ask; who said yes anywhere is."""

from orders.models import Order
from personalization.people import consent, listening, owned
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose


def wanted(order: Order) -> bool | None:
    """What those whose order this is have said of being asked by mail; a no wins. None: nothing."""
    said = [consent.decision_of(each, Purpose.RESEARCH, Channel.MAIL) for each in _people(order)]
    answers = [last.granted for last in said if last is not None]
    return all(answers) if answers else None


def leave(order: Order) -> None:
    """Who left by the way out of such a mail has taken back their yes, wherever they gave it."""
    for person in _people(order):
        if consent.allows(person, Purpose.RESEARCH, Channel.MAIL):
            about = {"purpose": Purpose.RESEARCH, "channel": Channel.MAIL, "where": "order"}
            consent.withdraw(person=person, how="one click", **about)


def _people(order: Order) -> list[Person]:
    placed = Person.objects.filter(pk__in=[listening.of_order(order.pk) or 0])
    found = {*placed, *owned.persons_of(order.customer, [order.email])}
    return sorted(found, key=lambda person: person.pk)
