"""Keeping variants."""

from django.db import transaction
from django.utils import timezone

from personalization.slots.models import Variant


@transaction.atomic
def save(*, variant: Variant) -> Variant:
    """Keep it; pages show it from the next request on."""
    variant.changed_at = timezone.now()
    variant.save()
    return variant


@transaction.atomic
def remove(*, variant: Variant) -> None:
    """It is gone; the next that fits, or the default, stands there."""
    variant.delete()


@transaction.atomic
def switch(*, variant: Variant, on: bool) -> None:
    """Show it, or don't."""
    Variant.objects.filter(pk=variant.pk).update(on=on, changed_at=timezone.now())
