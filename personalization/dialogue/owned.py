"""What somebody wrote here, told and forgotten with all else that is theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Model, Q

from configurator.wizard.models import Design
from orders.models import Order
from personalization.dialogue.models import ChoiceStars, Idea, Thread


def written_to(emails: Iterable[str]) -> list[Model]:
    """Talks and ideas of which whoever gets mail at these addresses is told."""
    found: list[Model] = []
    for email in emails:
        found += Thread.objects.filter(email__iexact=email)
        found += Idea.objects.filter(email__iexact=email)
    return found


def forget(emails: Sequence[str], orders: Iterable[Order], designs: Iterable[Design]) -> None:
    """All talks, ideas and stars of theirs are gone; what hangs on a person goes with them."""
    for row in written_to(emails):
        row.delete()
    here = [*orders]
    Thread.objects.filter(Q(line__order__in=here) | Q(design__in=[*designs])).delete()
    ChoiceStars.objects.filter(line__order__in=here).delete()
