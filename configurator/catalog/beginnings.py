"""What a shop begins with is put there once: what a firm removed stays removed."""

from collections.abc import Callable

from django.db import transaction

from configurator.catalog.models import Beginning


@transaction.atomic
def once(name: str, make: Callable[[], object]) -> None:
    """Make it if it never was, by this name; what it makes and that it was made stand together."""
    _row, new = Beginning.objects.get_or_create(name=name)
    if new:
        make()


def is_begun(name: str) -> bool:
    """Whether it was there once."""
    return Beginning.objects.filter(name=name).exists()
