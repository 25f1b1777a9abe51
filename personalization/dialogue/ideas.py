"""What customers would like to be able to choose: proposed, looked at, voted on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from configurator.catalog.models import Product
from personalization.dialogue import naming
from personalization.dialogue.asking import Asker, checked
from personalization.dialogue.models import Idea, Vote
from personalization.people import wholes
from personalization.people.models import Person

LONGEST_IDEA = 200
MOST_WAITING = 10
"""So many ideas of one person wait to be looked at, at most."""


def propose(*, product: Product, option: str, words: str, asker: Asker) -> Idea:
    """Keep an idea; whoever proposes it votes for it. ValidationError by field."""
    words, email, author = checked(words=words, email=asker.email, author=asker.author)
    words = " ".join(words.split())
    if len(words) > LONGEST_IDEA:
        raise ValidationError(
            {"words": _("Write at most %(most)d characters.") % {"most": LONGEST_IDEA}}
        )
    live = naming.live(product)
    if option and (live is None or option not in live.options):
        raise ValidationError({"option": _("Choose what it is about.")})
    mine = Idea.objects.filter(person=asker.person, state=Idea.State.NEW)
    if asker.person is not None and mine.count() >= MOST_WAITING:
        raise ValidationError(
            {"words": _("We have not looked at all of your ideas yet. Please wait for us.")}
        )
    with transaction.atomic():
        idea = Idea.objects.create(
            product=product,
            option=option,
            words=words,
            person=asker.person,
            email=email,
            author=author,
            language=asker.language,
        )
        if asker.person is not None:
            Vote.objects.create(idea=idea, person_id=asker.person.whole_id)
    return idea


def vote(*, idea: Idea, person: Person) -> bool:
    """Want it, too; or not any more. Whether there is a vote now."""
    if idea.state not in Idea.VOTABLE:
        raise ValidationError(_("It is decided already."))
    if voted(idea, person).delete()[0]:
        return False
    try:
        with transaction.atomic():
            Vote.objects.create(idea=idea, person_id=person.whole_id)
    except IntegrityError:  # the same click twice
        pass
    return True


def voted(idea: Idea, person: Person) -> QuerySet[Vote]:
    """Somebody's votes, also from before they were known to be one person."""
    rows = Vote.objects.filter(idea=idea)
    return rows.filter(wholes.of(person.whole_id))


def shown(product: Product | None = None) -> QuerySet[Any]:
    """What everybody may see, the most wanted first; a person counts once."""
    rows = Idea.objects.filter(state__in=Idea.SHOWN)
    if product is not None:
        rows = rows.filter(product=product)
    return counted(rows).order_by("-wanted", "proposed_at")


def counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With `wanted`: how many people want it."""
    whole = Coalesce("votes__person__into_id", "votes__person_id")
    found: QuerySet[Any] = rows.annotate(wanted=Count(whole, distinct=True))
    return found
