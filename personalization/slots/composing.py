"""What one visitor gets on one page: at each place, the first variant that fits them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from configurator.catalog import places
from configurator.catalog.configuration import Configuration
from configurator.catalog.places import NOTHING, About
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.entering import write_value
from configurator.wizard.models import Design
from personalization.segments.models import Segment
from personalization.slots import crediting
from personalization.slots.models import Variant
from personalization.slots.sources import Shown, shown_by
from personalization.slots.visiting import Looking, Visitor

ATTRIBUTE = "composed"
Key = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Chosen:
    """A variant for somebody, with what it shows of others' orders. `design`: the one of their
    visit that it is shown for. `drawn`: an experiment's lot had a part in it."""

    variant: Variant
    shown: Shown
    design: Design | None = None
    drawn: bool = False

    @property
    def personal(self) -> bool:
        """Whether not everybody gets it."""
        whom = self.variant.whom != Variant.Whom.EVERYBODY
        return whom or self.drawn or self.variant.source != Variant.Source.HAND


class Composition:
    """Decides each place of a page once."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.products: dict[str, ReleasedProduct] = {}
        self._chosen: dict[Key, Chosen | None] = {}
        self._now = timezone.now()
        self._variants: dict[str, list[Variant]] | None = None

    def choose(self, place: str, about: About = NOTHING) -> Chosen | None:
        """What stands at a place; None: what the page has for everybody."""
        key = (place, about.products)
        if key not in self._chosen:
            self._chosen[key] = self._first(place, about)
        return self._chosen[key]

    def _first(self, place: str, about: About) -> Chosen | None:
        variants = self._all().get(place, [])
        if tried := next((each for each in variants if each.pk == self.visitor.tried), None):
            return Chosen(tried, shown_by(tried, self.visitor, about) or Shown())
        for variant in variants:
            if variant.product and variant.product not in about.products:
                continue
            if place == places.MAIL and not (variant.must_be_said or self.visitor.written_to):
                continue
            if (found := self._fitting(variant, about)) is not None:
                return found
        return None

    def _all(self) -> dict[str, list[Variant]]:
        """The variants whose time is now, by place, the most important first."""
        if self._variants is None:
            self._variants = {}
            wanted = Q(on=True) | Q(pk=self.visitor.tried)
            for variant in Variant.objects.filter(wanted).select_related("segment"):
                if variant.is_due(self._now) or variant.pk == self.visitor.tried:
                    self._variants.setdefault(variant.place, []).append(variant)
            self.visitor.expect(_rules(self._variants))
        return self._variants

    def _fitting(self, variant: Variant, about: About) -> Chosen | None:
        """The variant for this visitor; the lot is drawn last, so that only those are in an
        experiment for whom it makes a difference."""
        design = None
        if variant.whom == Variant.Whom.VISIT:
            design = next((each for each in self.visitor.designs if suits(variant, each)), None)
            if design is None:
                return None
        elif variant.knows_people and not self._meant(variant):
            return None
        shown = shown_by(variant, self.visitor, about)
        if shown is None:
            return None
        drawn = bool(variant.experiment)
        if drawn and self.visitor.arm(variant.experiment) != variant.arm:
            return None
        self._credit(variant)
        return Chosen(variant, shown, design, drawn)

    def _credit(self, variant: Variant) -> None:
        rule, person = rule_of(variant), self.visitor.known
        if rule and person is not None and self.visitor.seen:
            crediting.note(variant, rule, person)

    def _meant(self, variant: Variant) -> bool:
        if variant.whom == Variant.Whom.RULE:
            fits = self.visitor.fits(variant.rule)
        else:
            fits = variant.segment is not None and self.visitor.is_in(variant.segment)
        return fits and self.visitor.reached


def _rules(variants: Mapping[str, Sequence[Variant]]) -> Iterator[str]:
    for each in (one for some in variants.values() for one in some):
        if rule := rule_of(each):
            yield rule


def rule_of(variant: Variant) -> str:
    """The rule by which it is shown, its own or its segment's; "" where there is none."""
    if variant.whom == Variant.Whom.RULE:
        return variant.rule
    segment = variant.segment if variant.whom == Variant.Whom.SEGMENT else None
    return segment.rule if segment is not None and segment.kind == Segment.Kind.RULE else ""


def suits(variant: Variant, design: Design) -> bool:
    """Whether a design is the one that a variant asks for."""
    return of_product(variant, design) and _chosen(variant.visit_choice, design)


def of_product(variant: Variant, design: Design) -> bool:
    wanted = variant.visit_product
    return not wanted or released(design.release_id).slug == wanted


def _chosen(wanted: str, design: Design) -> bool:
    """“frame = titanium”: the value as it is written in the catalog; yes and no for switches."""
    if not wanted:
        return True
    option, _sign, value = (part.strip() for part in wanted.partition("="))
    found = Configuration.from_json(design.state).choices.get(option)
    return found is not None and write_value(found) == value


def composition_of(request: HttpRequest) -> Composition:
    """The composition of the page that answers a request; the same while it is answered."""
    found = getattr(request, ATTRIBUTE, None)
    if not isinstance(found, Composition):
        found = Composition(Looking(request))
        setattr(request, ATTRIBUTE, found)
    return found


def put_first(items: Sequence[str], first: Sequence[str]) -> list[str]:
    """All the items, those named first in front, in their order."""
    known = [each for each in first if each in items]
    return [*dict.fromkeys(known), *(each for each in items if each not in known)]
