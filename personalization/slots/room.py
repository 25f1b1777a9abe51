"""Places and their variants, as marketers read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from personalization.segments import language
from personalization.segments.sentences import sentence
from personalization.slots import catalog
from personalization.slots.known import PLACES, Place
from personalization.slots.models import Variant


@dataclass(frozen=True)
class Row:
    """A variant in the list. `state` is "on", "off", "later", "over" or "broken"."""

    variant: Variant
    whom: str | Promise
    lot: str
    state: str


@dataclass(frozen=True)
class PlaceRow:
    place: Place
    rows: list[Row]


def places() -> list[PlaceRow]:
    """All places, each with its variants, the most important first."""
    now, names = timezone.now(), dict(catalog.product_choices())
    lots = dict(catalog.arm_choices())
    found: dict[str, list[Row]] = {}
    for variant in Variant.objects.select_related("segment"):
        found.setdefault(variant.place, []).append(_row(variant, names, lots, now))
    return [PlaceRow(place, found.get(code, [])) for code, place in PLACES.items()]


def _row(variant: Variant, names: dict[str, str], lots: dict[str, str], now: datetime) -> Row:
    whom, broken = _whom(variant, names)
    lot = f"{variant.experiment}/{variant.arm}" if variant.experiment else ""
    return Row(variant, whom, lots.get(lot, lot), "broken" if broken else _state(variant, now))


def _state(variant: Variant, now: datetime) -> str:
    if not variant.on:
        return "off"
    if variant.since and now < variant.since:
        return "later"
    return "on" if variant.is_due(now) else "over"


def _whom(variant: Variant, names: dict[str, str]) -> tuple[str | Promise, bool]:
    """For whom it is, in words; and whether that can't be told any more."""
    match variant.whom:
        case Variant.Whom.SEGMENT:
            if variant.segment is None:
                return _("A segment that is gone: nobody."), True
            return variant.segment.name, False
        case Variant.Whom.RULE:
            try:
                return sentence(language.parse(variant.rule)), False
            except language.BadRule as error:
                return error.said, True
        case Variant.Whom.VISIT:
            what = names.get(variant.visit_product, variant.visit_product or _("any product"))
            told = f"{what}, {variant.visit_choice}" if variant.visit_choice else what
            return _("Whoever designs in this visit: %(what)s") % {"what": told}, False
    return Variant.Whom.EVERYBODY.label, False
