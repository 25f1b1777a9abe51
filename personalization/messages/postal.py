"""Where somebody gets letters: the address that they gave for print, or of their last order."""

from django.db.models import Q

from orders.countries import country_name
from orders.models import Order
from personalization.people import contacts
from personalization.people.models import Person
from personalization.people.profiles import members
from personalization.people.purposes import Channel

LONGEST = 254


def address_of(person: Person) -> str:
    """The lines for the envelope; "" if none is known."""
    return contacts.address_of(person, Channel.PRINT) or _of_last_order(person)


def _of_last_order(person: Person) -> str:
    whole = person.into or person
    mine = Q(happenings__person__in=members(whole.pk), happenings__kind="ordered")
    if whole.user_id is not None:
        mine |= Q(customer=whole.user_id)
    rows = Order.objects.filter(mine).exclude(state=Order.State.CANCELED).exclude(street="")
    order = rows.order_by("-placed_at").first()
    if order is None:
        return ""
    place = f"{order.postal_code} {order.city}".strip()
    lines = (
        order.name,
        order.company,
        order.street,
        place,
        country_name(order.country, person.language),
    )
    return "\n".join(line for line in lines if line)[:LONGEST]
