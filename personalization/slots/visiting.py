"""Who gets a page: a visitor with the designs of their visit, somebody who gets a mail, or nobody.

A page asks each thing once. Nobody, and whoever objects, gets what needs to know nothing of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from configurator.wizard.models import Design
from configurator.wizard.owning import latest_designs
from personalization.experiments import services as experiments
from personalization.people import consent, visitors
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose
from personalization.segments.models import Segment
from personalization.slots.standing import Kept, Standing


class Visitor:
    """Somebody, or nobody; `seen` says that this is the moment at which they see it. `tried` is
    the id of a variant that is shown to them whoever it is for; `noted` is what was found out for
    this page."""

    tried: int | None = None

    def __init__(self, person: Person | None, *, seen: bool = True) -> None:
        self._person, self.seen = person, seen
        self._expected: dict[str, None] = {}
        self.noted: dict[str, Any] = {}

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
        return person if person is not None and consent.knows(person) else None

    @cached_property
    def advised(self) -> bool:
        """Whether something may be recommended to them."""
        return consent.allows(self.person, Purpose.RECOMMENDATIONS, Channel.SITE)

    @cached_property
    def written_to(self) -> bool:
        """Whether a mail may tell them more than it must."""
        return consent.allows(self.person, Purpose.MARKETING, Channel.MAIL)

    @cached_property
    def offered_to(self) -> Person | None:
        """Who they are, if our pages may offer them something."""
        if self.known is None or not self.reached:
            return None
        allowed = consent.allows(self.known, Purpose.MARKETING, Channel.SITE)
        return self.known if allowed else None

    @cached_property
    def _standing(self) -> Standing | None:
        return None if self.known is None else Standing(self.known)

    @property
    def members(self) -> list[int]:
        """The persons that they are, by their ids; none where pages may not be made for them."""
        return [] if self._standing is None else self._standing.members

    @cached_property
    def _lots(self) -> Kept | None:
        return None if self.known is None else Kept("lots", self.known)

    @cached_property
    def reached(self) -> bool:
        """Whether they are among those for whom something is done at all (the global holdout);
        written down as met where this is the moment."""
        if self.known is None or self._lots is None:
            return False
        if (kept := self._lots.get("reached")) is not None:
            return bool(kept)
        if not self.seen:
            return not experiments.is_held_out(self.known)
        found = experiments.reach(self.known, experiments.GLOBAL)
        self._lots.keep(reached=found)
        return found

    def expect(self, rules: Iterable[str]) -> None:
        """Say which rules may be asked for: they are answered together."""
        self._expected.update(dict.fromkeys(rules))

    def fits(self, rule: str) -> bool:
        """Whether a rule is true of them; not where it is none (any more)."""
        if self._standing is None:
            return False
        return self._standing.rules([*self._expected, rule])[rule]

    def is_in(self, segment: Segment) -> bool:
        if segment.kind == Segment.Kind.RULE:
            return self.fits(segment.rule)
        return self._standing is not None and segment.pk in self._standing.lists()

    def arm(self, experiment: str) -> str:
        """The arm they are in; met from now on where this is the moment at which they see it."""
        if self.known is None or self._lots is None:
            return ""
        arms: dict[str, str] = self._lots.get("arms") or {}
        if experiment in arms:
            return arms[experiment]
        if not self.seen:
            return experiments.arm_of(experiment, self.known)
        found = experiments.exposed(experiment, self.known)
        self._lots.keep(arms={**arms, experiment: found})
        return found

    @cached_property
    def favorites(self) -> list[str]:
        """The products that they looked at last and most, where pages may be made for them."""
        if self._standing is None or not self.reached:
            return []
        return self._standing.favorites()


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

    @property
    def designs(self) -> Sequence[Design]:
        return latest_designs(self._request)


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
