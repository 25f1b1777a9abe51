"""Who said no is not asked how it was, whichever room would ask; who said yes anywhere is."""

from orders.models import Order
from orders.voices.services import Said
from personalization.people import consent, listening, owned
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose


def wanted(order: Order) -> Said | None:
    """What those whose order this is have said of being asked by mail; among them a no wins, and
    of each the last word counts. None: nothing."""
    said = [consent.decision_of(each, Purpose.RESEARCH, Channel.MAIL) for each in _people(order)]
    found = [each for each in said if each is not None]
    if not found:
        return None
    yes = all(each.granted for each in found)
    return Said(yes, max(each.at for each in found if each.granted is yes))


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
