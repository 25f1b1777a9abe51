"""Undo where several design together: everybody takes back their own choices, the latest first.

Who made the last edit walks back as ever (`services.undo`). Where others came after, the own choice
is taken out of the present state by a new edit, and what others chose stays, unless it rests on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.wizard import services
from configurator.wizard.errors import AnothersLast, NothingThere, Resting
from configurator.wizard.limits import Limits
from configurator.wizard.merging import LOOKED_BACK, NO_EDITS, decisions, differing
from configurator.wizard.models import Design, DesignEvent
from configurator.wizard.services import Change, Edit, Outcome, change

T = TypeVar("T")
Kind = DesignEvent.Kind
BEGINNINGS = (Kind.START, Kind.SHOWCASE, Kind.MOVE, Kind.LOCK, Kind.BACK)
"""Edits that nobody takes back from among others'."""


@dataclass(frozen=True)
class Own:
    """An edit of who asks: the options that still are as it left them, and what they were."""

    revision: int
    option: str
    still: frozenset[str]
    before: Configuration


def undo(*, edit: Edit) -> Outcome:
    """Take back the last own edit; NothingThere if there is none. Resting if later choices of
    others rest on it, unless `edit.insist`: then they are let go."""
    try:
        return services.undo(edit=edit)
    except AnothersLast:
        return _take_out(edit)


def _take_out(edit: Edit) -> Outcome:
    def make(product: ReleasedProduct, now: Configuration, _limits: Limits) -> Change:
        own = _latest_own(Design.objects.get(id=edit.design_id), edit.by)
        if own is None:
            raise NothingThere
        after = _as_before(now, own)
        theirs = _resting(product, now, after, own.still)
        option = own.option or (next(iter(own.still)) if len(own.still) == 1 else "")
        if theirs and not edit.insist:
            raise Resting(option, theirs)
        return Change(_without(after, theirs), Kind.BACK, option, own.revision, theirs)

    return change(edit, make, "", None)


def _latest_own(design: Design, by: str) -> Own | None:
    """The latest edit of somebody of which something still stands as they chose it."""
    line = _line(design)
    states = [Configuration.from_json(event.state) for event in line]
    last = _chosen_in(line, states)
    for place in range(len(line) - 1, 0, -1):
        event = line[place]
        still = frozenset(code for code, revision in last.items() if revision == event.revision)
        if event.by == by and event.kind not in BEGINNINGS and still:
            return Own(event.revision, event.option, still, states[place - 1])
    return None


def _chosen_in(line: Sequence[DesignEvent], states: Sequence[Configuration]) -> dict[str, int]:
    """In which edit each option came to what it is; what was taken back brings an earlier one."""
    last: dict[str, int] = {}
    earlier: dict[int, dict[str, int]] = {}  # as it was before an edit
    for event, before, after in zip(line[1:], states, states[1:], strict=False):
        earlier[event.revision] = dict(last)
        touched = differing(before, after)
        former = earlier.get(int(event.value or 0), {}) if event.kind == Kind.BACK else {}
        last.update({code: former.get(code, event.revision) for code in touched})
    return last


def _line(design: Design) -> Sequence[DesignEvent]:
    """The edits that led to the present state, the first one first."""
    edits = design.events.exclude(kind__in=NO_EDITS).filter(revision__lte=design.cursor)
    events = {event.revision: event for event in edits.order_by("-revision")[:LOOKED_BACK]}
    line: list[DesignEvent] = []
    at: int | None = design.cursor
    while at is not None and at in events:
        line.append(events[at])
        at = events[at].base
    return line[::-1]


def _as_before(now: Configuration, own: Own) -> Configuration:
    def back(new: Mapping[str, T], old: Mapping[str, T]) -> dict[str, T]:
        kept = {code: value for code, value in new.items() if code not in own.still}
        return {**kept, **{code: old[code] for code in own.still & old.keys()}}

    return Configuration(
        back(now.choices, own.before.choices),
        back(now.texts, own.before.texts),
        back(now.files, own.before.files),
    )


def _without(state: Configuration, codes: Sequence[str]) -> Configuration:
    return replace(
        state,
        choices={code: value for code, value in state.choices.items() if code not in codes},
        texts={code: text for code, text in state.texts.items() if code not in codes},
        files={code: sha for code, sha in state.files.items() if code not in codes},
    )


def _resting(
    product: ReleasedProduct, now: Configuration, after: Configuration, own: frozenset[str]
) -> tuple[str, ...]:
    """The decisions, others than the own, that do not fit without it, in catalog order."""
    gone = {
        code
        for code in decisions(after).keys() - own
        if product.applies(code, now.choices) and not product.applies(code, after.choices)
    }
    while not product.space.is_valid((rest := _without(after, tuple(gone))).choices):
        against = _against(product, rest, own)
        if not against:  # the own choice itself fits no more
            raise NothingThere
        gone |= against
    return tuple(code for code in product.options if code in gone)


def _against(product: ReleasedProduct, state: Configuration, own: frozenset[str]) -> set[str]:
    """Choices that exclude one of the own as it was: a few of them, none if nothing does."""
    theirs = {code: value for code, value in state.choices.items() if code not in own}
    for code in own & state.choices.keys():
        reason = product.space.explain(theirs, code, state.choices[code])
        if found := set(reason.choices) - own:
            return found
        theirs[code] = state.choices[code]
    return set()
