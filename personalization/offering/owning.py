"""Whose a personal code is, and whether it works for them."""

from django.utils.translation import gettext as _

from orders.promo.personal import Asking
from personalization.offering import entitling, steering
from personalization.offering.models import Grant
from personalization.people import contacts, visitors
from personalization.people.models import Person
from personalization.people.profiles import members
from personalization.people.purposes import Channel


def check(asking: Asking) -> str | None:
    """None if it is nobody's, or not of whoever asks; else why it does not work, "" if it does."""
    rows = Grant.objects.filter(code=asking.row)
    grant = rows.select_related("offer", "person__into").first()
    if grant is None or not _is_theirs(grant.person, asking.email):
        return None
    if grant.withdrawn_at is not None:
        return _("This code works no more: what it was given for was taken back.")
    if _used_another(grant):
        return _("You have used this code already.")
    if not asking.goods:
        return ""
    if grant.offer.holds and not entitling.is_true_of(grant.person, grant.offer.rule):
        return _("This code works no more: what it was given for has changed.")
    return steering.refused(grant, asking.goods)


def _is_theirs(owner: Person, email: str) -> bool:
    """Whether the one who acts is its owner, by their browser or account or by the address that
    they say. Who has said nothing yet may be: it is asked again with the address."""
    acts = visitors.known()
    if acts is not None and acts.whole_id == owner.whole_id:
        return True
    if email:
        return contacts.is_reached_at(owner, Channel.MAIL, email)
    return acts is None or not (acts.user_id or contacts.address_of(acts, Channel.MAIL))


def _used_another(grant: Grant) -> bool:
    """Whether this person, maybe joined of several browsers, has used another code of the offer."""
    whole = members(grant.person.whole_id)
    others = Grant.objects.filter(offer=grant.offer_id, person__in=whole).exclude(pk=grant.pk)
    return others.filter(code__used__gt=0).exists()
