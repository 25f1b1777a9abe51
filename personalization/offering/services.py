"""Giving people their code of an offer, one each, however often it is asked for.

grant = offering.code_for(person, offer, source="journey:left-a-design")   # raises NotOffered
grant.code.grouped                                                         # "ACDE-FGHJ-…"
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from orders import jobs
from orders.models import Job
from orders.promo.batches import make_codes
from orders.promo.models import PromoCode, Promotion
from personalization.offering import entitling
from personalization.offering.entitling import NotOffered
from personalization.offering.models import Grant, Offer
from personalization.people import consent, receipts
from personalization.people.models import Person
from personalization.people.profiles import members
from personalization.people.purposes import Channel, Purpose
from personalization.segments import services as segments
from personalization.segments.language import BadRule
from personalization.segments.reading import told_in

__all__ = ["NotOffered", "ask_to_mint", "code_for", "given_to", "offered_to", "save"]

MINT = "offering.mint"
AT_ONCE = 500
"""So many people a job."""


def save(*, offer: Offer, promotion: Promotion) -> Offer:
    """Keep an offer with its promotion."""
    with transaction.atomic():
        promotion.save()
        offer.promotion = promotion
        offer.save()
    return offer


def is_open(offer: Offer) -> bool:
    """Whether there is anything to give now."""
    return entitling.is_open(offer.promotion)


@transaction.atomic
def code_for(person: Person, offer: Offer, *, source: str = "") -> Grant:
    """Their code: the same one however often, and at the same moment, it is asked for.

    Raises NotOffered if it is not for them, or they have used theirs.
    """
    whole = Person.objects.select_for_update().get(pk=person.whole_id)
    known = _given(whole, offer)
    if known is not None and known.code.used:
        raise NotOffered("used")
    if known is not None and known.withdrawn_at is None:
        if not entitling.is_open(offer.promotion) or is_over(known.code):
            raise NotOffered("ended")
        return known
    entitling.check(whole, offer)
    (code,) = make_codes(
        promotion=offer.promotion, count=1, personal=True, ends_at=ends_at(offer, timezone.now())
    )
    receipts.changed_by(person=whole, facts=told_in(offer.rule), what="offer")
    return Grant.objects.create(person=whole, offer=offer, code=code, source=source[:80])


@transaction.atomic
def steer(person: Person, offer: Offer, *, steered: dict[str, Any]) -> Grant:
    """Their code for a choice that brings a design forward; an unused one is for the choice that
    was taken last. Raises NotOffered."""
    grant = code_for(person, offer, source="sooner")
    Grant.objects.filter(pk=grant.pk).update(steered=steered)
    grant.steered = steered
    return grant


def ends_at(offer: Offer, now: datetime) -> datetime | None:
    """Until when a code works that is given now; None: as long as the promotion."""
    return None if offer.days is None else now + timedelta(days=offer.days)


def _given(whole: Person, offer: Offer) -> Grant | None:
    """The code that counts of those that the joined person was given: a used one, or a live one."""
    rows = Grant.objects.filter(offer=offer, person__in=members(whole.pk)).select_related("code")
    found = sorted(rows, key=lambda g: (not g.code.used, g.withdrawn_at is not None, g.pk))
    return found[0] if found else None


def is_over(code: PromoCode) -> bool:
    """Whether its own time is over."""
    return code.ends_at is not None and code.ends_at <= timezone.now()


def given_to(person: Person | None, fits: entitling.Rule | None = None) -> list[Grant]:
    """The codes that somebody can use now; none of an offer of which they have used another."""
    if person is None:
        return []
    theirs = Grant.objects.filter(person__in=members(person.whole_id))
    rows = theirs.select_related("code__promotion", "offer__promotion")
    used = {grant.offer_id for grant in rows if grant.code.used}
    return [
        grant
        for grant in rows
        if grant.withdrawn_at is None
        and grant.offer_id not in used
        and entitling.is_open(grant.code.promotion)
        and not is_over(grant.code)
        and entitling.holds(person, grant.offer, fits)
    ]


def offered_to(person: Person | None, fits: entitling.Rule | None = None) -> list[Offer]:
    """The offers that somebody could have a code of, and has none."""
    if person is None or not consent.allows(person, Purpose.MARKETING, Channel.SITE):
        return []
    theirs = Grant.objects.filter(person__in=members(person.whole_id))
    mine = theirs.filter(Q(withdrawn_at=None) | Q(code__used__gt=0))
    rows = Offer.objects.filter(shown=True, sooner=None, promotion__active=True)
    asked = rows.exclude(pk__in=mine.values("offer")).select_related("promotion")
    return [offer for offer in asked if is_for(person, offer, fits)]


def is_for(
    person: Person, offer: Offer, fits: entitling.Rule | None = None, *, reached: bool = False
) -> bool:
    """Whether they could have a code of it; nothing is asked of codes that they have. `reached`:
    they are known to be outside of the global holdout."""
    try:
        entitling.check(person, offer, fits, reached=reached)
    except NotOffered:
        return False
    return True


@transaction.atomic
def ask_to_mint(offer: Offer) -> None:
    """Have everybody given their code whom it is for and who has none."""
    jobs.enqueue(kind=MINT, queue="render", payload={"offer": offer.pk, "after": 0})


def mint_job(job_id: str | UUID) -> bool:
    """Perform the job: some hundred people; a next job takes those after them."""
    return jobs.perform(job_id, _mint)


def _mint(job: Job) -> None:
    offer = Offer.objects.select_related("promotion").filter(pk=job.payload["offer"]).first()
    if offer is None or not entitling.is_open(offer.promotion):
        return
    try:
        ids = [pk for pk in everybody(offer) if pk > job.payload["after"]][:AT_ONCE]
    except BadRule:  # it names a fact that nobody has told any more
        return
    known = set(
        Grant.objects.filter(offer=offer, person__in=ids).values_list("person_id", flat=True)
    )
    missing = [pk for pk in ids if pk not in known]
    for person in Person.objects.filter(pk__in=missing).order_by("pk"):
        with suppress(NotOffered):
            code_for(person, offer, source="minted")
    if len(ids) == AT_ONCE:
        jobs.enqueue(kind=MINT, queue="render", payload={"offer": offer.pk, "after": ids[-1]})


def everybody(offer: Offer) -> list[int]:
    """The ids of those whom its rule is true of, in their order. Raises BadRule."""
    if offer.rule.strip():
        return sorted(segments.people(offer.rule))
    rows = Person.objects.filter(into=None, quiet=False)
    return list(rows.order_by("pk").values_list("pk", flat=True))
