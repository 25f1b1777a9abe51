"""Who gets a page: a visitor with the designs of their visit, somebody who gets a mail, or nobody.

A page asks each thing once. Nobody, and whoever objects, gets what needs to know nothing of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from django.http import HttpRequest

from configurator.wizard.models import Design
from configurator.wizard.owning import unordered_designs
from personalization.experiments import services as experiments
from personalization.people import consent, visitors
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose
from personalization.segments import language
from personalization.segments import services as segments
from personalization.segments.models import Segment

AT_MOST = 8
"""So many designs of a visit are looked at, the latest first."""


class Visitor:
    """Somebody, or nobody; `seen` says that this is the moment at which they see it. `tried` is
    the id of a variant that is shown to them whoever it is for."""

    tried: int | None = None

    def __init__(self, person: Person | None, *, seen: bool = True) -> None:
        self._person, self.seen = person, seen

    @property
    def person(self) -> Person | None:
        return self._person

    @property
    def designs(self) -> Sequence[Design]:
        """The designs of this visit, the latest first."""
        return ()

    @cached_property
    def known(self) -> Person | None:
        """Who they are, if pages may be made for them."""
        person = self.person
        allowed = person is not None and consent.allows(
            person, Purpose.PERSONALIZATION, Channel.SITE
        )
        return person if allowed else None

    @cached_property
    def advised(self) -> bool:
        """Whether something may be recommended to them."""
        return consent.allows(self.person, Purpose.RECOMMENDATIONS, Channel.SITE)

    @cached_property
    def written_to(self) -> bool:
        """Whether a mail may tell them more than it must."""
        return consent.allows(self.person, Purpose.MARKETING, Channel.MAIL)

    @cached_property
    def reached(self) -> bool:
        """Whether they are among those for whom something is done at all (the global holdout);
        written down as met where this is the moment."""
        if self.known is None:
            return False
        if self.seen:
            return experiments.reach(self.known, experiments.GLOBAL)
        return not experiments.is_held_out(self.known)

    def fits(self, rule: str) -> bool:
        """Whether a rule is true of them; not where it is none (any more)."""
        if self.known is None:
            return False
        try:
            return segments.matches(rule, self.known)
        except language.BadRule:
            return False

    def is_in(self, segment: Segment) -> bool:
        if segment.kind == Segment.Kind.RULE:
            return self.fits(segment.rule)
        return self.known is not None and segments.is_in(self.known, segment)

    def arm(self, experiment: str) -> str:
        """The arm they are in; met from now on where this is the moment at which they see it."""
        if self.known is None:
            return ""
        drawn = experiments.exposed if self.seen else experiments.arm_of
        return drawn(experiment, self.known)


class Looking(Visitor):
    """Whoever sent a request."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(None, seen=request.method == "GET")
        self._request = request

    @cached_property
    def _found(self) -> Person | None:
        request = self._request
        objects = request.headers.get("Sec-GPC") == visitors.SIGNAL
        if objects and not request.user.is_authenticated:
            return None
        return visitors.known_to(request)

    @property
    def person(self) -> Person | None:
        return self._found

    @cached_property
    def _designs(self) -> list[Design]:
        return list(unordered_designs(self._request)[:AT_MOST])

    @property
    def designs(self) -> Sequence[Design]:
        return self._designs


class Pretended(Visitor):
    """Somebody who is tried: in these segments, or nobody known."""

    def __init__(self, segments: Sequence[Segment] = (), tried: int | None = None) -> None:
        super().__init__(None, seen=False)
        self.tried = tried
        self._segments = {each.pk for each in segments}
        self._rules = {each.rule for each in segments if each.kind == Segment.Kind.RULE}

    @cached_property
    def reached(self) -> bool:
        return bool(self._segments)

    def is_in(self, segment: Segment) -> bool:
        return segment.pk in self._segments

    def fits(self, rule: str) -> bool:
        return rule in self._rules
