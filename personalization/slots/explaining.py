"""Why somebody sees something, in words for them."""

from __future__ import annotations

from hashlib import blake2b

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.catalog.queries import released
from configurator.catalog.texts import say
from personalization.segments import language
from personalization.segments.models import Segment
from personalization.segments.sentences import sentence
from personalization.slots.composing import Chosen
from personalization.slots.models import Variant


def reasons(chosen: Chosen) -> list[str]:
    """Each reason as a sentence; none where everybody sees it."""
    variant = chosen.variant
    found = []
    match variant.whom:
        case Variant.Whom.VISIT if chosen.design is not None:
            name = say(released(chosen.design.release_id).name, get_language() or "en")
            found.append(
                _("Because of your design (%(product)s). Who you are plays no part.")
                % {"product": name}
            )
        case Variant.Whom.RULE:
            found.append(_by_rule(variant.rule))
        case Variant.Whom.SEGMENT if variant.segment is not None:
            segment = variant.segment
            by_rule = segment.kind == Segment.Kind.RULE
            found.append(_by_rule(segment.rule) if by_rule else _("We chose it for you by hand."))
    match variant.source:
        case Variant.Source.FINISHED:
            found.append(_("Others finished such designs so. Who you are plays no part."))
        case Variant.Source.TOGETHER:
            found.append(_("It is counted from orders. Who you are plays no part."))
        case Variant.Source.SEEN:
            found.append(_("What you looked at and designed last comes first."))
        case Variant.Source.OFFER if chosen.shown.standing is not None:
            rule = chosen.shown.standing.offer.rule.strip()
            found.append(_by_rule(rule) if rule else _("This offer is for everybody."))
    if chosen.drawn:
        found.append(_("We are trying two ways: this one is yours by lot."))
    return found


KEPT = 600
"""Seconds for which the words of a rule are kept."""


def _by_rule(rule: str) -> str:
    """A rule in words; "" for one that can't be read any more."""
    key = f"slots-said-{get_language()}-{blake2b(rule.encode(), digest_size=12).hexdigest()}"
    said: str | None = cache.get(key)
    if said is None:
        try:
            said = sentence(language.parse(rule))
        except language.BadRule:
            return ""
        cache.set(key, said, KEPT)
    return _("Because this is true of you: %(rule)s") % {"rule": said}
