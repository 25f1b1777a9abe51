"""All that is kept about a person: found from their account, orders and designs by the models'
own relations, so that what is added to the product is found, too."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db.models import ForeignObjectRel, Model, Q, QuerySet

from configurator.sharing.models import Entry
from configurator.wizard.models import Design, OwnedDesign
from orders.models import Order
from orders.quotes.models import Quote
from personalization.dialogue import owned as dialogue
from personalization.people import owned

NOT_ABOUT_PEOPLE = frozenset({"admin", "auth", "contenttypes", "sessions", "catalog", "capacity"})
"""Apps whose rows are not followed; an account's own row is where the search begins."""
OF_THE_FACTORY = frozenset({"factory.sharedphoto", "factory.parcel"})
"""Of the factory's rows, those that are about the customer."""


@dataclass(frozen=True)
class Person:
    """An account, or whoever gets mail at an address; `designs` are of the browser that asks."""

    user: User | None
    emails: tuple[str, ...]
    designs: tuple[UUID, ...] = ()

    @property
    def orders(self) -> QuerySet[Order]:
        """Orders of the account, and those that were confirmed to the proven addresses."""
        mine = Q(pk=None)
        for email in self.emails:
            mine |= Q(email__iexact=email)
        if self.user is not None:
            mine |= Q(customer=self.user)
        return Order.objects.filter(mine)

    @property
    def own_designs(self) -> QuerySet[Design]:
        """Designs that this person keeps or has ordered, or that are changes of their orders."""
        mine = Q(pk__in=self.designs) | Q(order_lines__order__in=self.orders)
        mine |= Q(change_of__line__order__in=self.orders)
        if self.user is not None:
            mine |= Q(pk__in=OwnedDesign.objects.filter(user=self.user).values("design"))
        return Design.objects.filter(mine).distinct()


def person_of(user: User | None, email: str = "", designs: Iterable[UUID | str] = ()) -> Person:
    """The person behind an account, or behind an address that was proven by a mail to it."""
    if user is None and email:
        owner = EmailAddress.objects.filter(email__iexact=email, verified=True).first()
        user = owner.user if owner else None
    emails = {email.lower()} if email else set()
    if user is not None:
        known = EmailAddress.objects.filter(user=user, verified=True)
        emails |= {address.email.lower() for address in known}
    ids = tuple(UUID(str(design)) for design in designs)
    return Person(user, tuple(sorted(emails)), ids)


def written_to(emails: Iterable[str]) -> list[Model]:
    """Quotes for whoever gets mail at these addresses; designs in the gallery, talks and ideas of
    which they are to be told."""
    found: list[Model] = []
    for email in emails:
        found += Quote.objects.filter(contact__email__iexact=email)
        found += Entry.objects.filter(email__iexact=email)
    return found + dialogue.written_to(emails)


def rows_of(person: Person) -> Iterator[Model]:
    """Every row about a person, each once: what hangs on their account, orders and designs."""
    seen: set[tuple[str, Any]] = set()
    waiting: list[Model] = [*person.orders, *person.own_designs, *written_to(person.emails)]
    waiting += owned.persons_of(person.user, person.emails)
    if person.user is not None:
        waiting.append(person.user)
    while waiting:
        row = waiting.pop()
        key = (row._meta.label_lower, row.pk)
        if key in seen:
            continue
        seen.add(key)
        yield row
        for relation in _below(row):
            waiting += _related(row, relation)


def _below(row: Model) -> list[ForeignObjectRel]:
    found = [each for each in row._meta.related_objects if not each.many_to_many]
    return [each for each in found if _is_about_people(each)]


def _is_about_people(relation: ForeignObjectRel) -> bool:
    meta = relation.related_model._meta
    if meta.app_label == "factory":
        return meta.label_lower in OF_THE_FACTORY
    return meta.app_label not in NOT_ABOUT_PEOPLE


def _related(row: Model, relation: ForeignObjectRel) -> list[Model]:
    rows = relation.related_model._default_manager.filter(**{relation.field.name: row})
    return list(rows)
