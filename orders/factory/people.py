"""Who somebody is in the factory."""

from django.contrib.auth.models import AnonymousUser, User

from orders.factory.roles import LEAD, STAFF

Person = User | AnonymousUser


def is_staff(user: Person) -> bool:
    """Whether this person works in the factory."""
    return _is_one_of(user, STAFF)


def is_lead(user: Person) -> bool:
    """Whether this person leads the factory."""
    return _is_one_of(user, (LEAD,))


def _is_one_of(user: Person, groups: tuple[str, ...]) -> bool:
    if not user.is_active or user.is_anonymous:
        return False
    return user.is_superuser or user.groups.filter(name__in=groups).exists()
