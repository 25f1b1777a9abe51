"""Who an account, or whoever is reached at a proven address, is here; and forgetting them."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.db.models import Q

from configurator.wizard.models import Design
from orders.models import Order
from personalization.people import profiles
from personalization.people.models import Contact, Event, Person
from personalization.people.purposes import Channel


def persons_of(user: User | None, emails: Iterable[str]) -> list[Person]:
    """All persons that are one with this account, or with who has these addresses for certain."""
    proven = Contact.objects.filter(
        channel=Channel.MAIL, address__in=[*emails], proven_at__isnull=False
    )
    first = Q(pk__in=proven.values("person"))
    if user is not None:
        first |= Q(user=user)
    wholes = {person.whole_id for person in Person.objects.filter(first)}
    return list(Person.objects.filter(Q(pk__in=wholes) | Q(into__in=wholes)).order_by("pk"))


def forget(
    user: User | None, emails: Sequence[str], orders: Iterable[Order], designs: Iterable[Design]
) -> None:
    """These persons are gone with all that is known of them, and so are everybody's events about
    these orders and designs, and addresses, proven or not."""
    persons = persons_of(user, emails)
    Contact.objects.filter(channel=Channel.MAIL, address__in=[*emails]).delete()
    about = Event.objects.filter(Q(order__in=[*orders]) | Q(design__in=[*designs]))
    touched = set(about.values_list("person_id", flat=True)) - {person.pk for person in persons}
    about.delete()
    Person.objects.filter(pk__in=[person.pk for person in persons]).delete()
    for person in Person.objects.filter(pk__in=touched):
        profiles.rebuild(person)
