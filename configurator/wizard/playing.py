"""Playing with a design: surprise me, back to any state, take a whole design over.

All of them are edits like any other: undo takes them back.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Choices, ModelError
from configurator.engine.drawing import draw
from configurator.wizard import locking
from configurator.wizard.answers import decided
from configurator.wizard.errors import Impossible, NothingThere
from configurator.wizard.limits import Limits
from configurator.wizard.merging import NO_EDITS, decisions
from configurator.wizard.models import Design, DesignEvent
from configurator.wizard.services import Change, Edit, Outcome, change
from configurator.wizard.timing import limited

Kind = DesignEvent.Kind
AUTOMATIC = (Kind.START, Kind.SHOWCASE, Kind.FINISH, Kind.SURPRISE, Kind.TAKE)
"""Events whose values nobody chose by hand."""
LOOKED_BACK = 400
"""So many edits are looked through; what was decided before them counts as chosen by hand."""


def surprise(*, edit: Edit, anew: bool = False, seed: int | None = None) -> Outcome:
    """Decide all that was not chosen by hand at random: valid, and within the customer's limits
    if any design is. With `anew`, or where all was chosen by hand, everything is drawn anew.
    What is locked stays; texts and files do, too."""
    design = Design.objects.get(id=edit.design_id)
    hand = set() if anew else chosen_by_hand(design)
    lots = secrets.randbits(32) if seed is None else seed

    def make(product: ReleasedProduct, now: Configuration, limits: Limits) -> Change:
        fixed = locking.kept(design.locked, now)
        kept = {code: value for code, value in now.choices.items() if code in hand or code in fixed}
        if len(kept) == len(now.choices) and _settled(product, kept):
            kept = dict(fixed)
        base = replace(now, choices=kept)
        bounds = limited(limits, product, base, design)
        texts = product.texts_of(now)
        budget, deadline = bounds
        try:
            whole = draw(product.space, lots, kept, texts, budget=budget, deadline=deadline)
        except ModelError:  # nothing is within the limits
            whole = draw(product.space, lots, kept, texts)
        return Change(replace(now, choices=decided(product, whole)), Kind.SURPRISE)

    return change(edit, make, "", None)


def _settled(product: ReleasedProduct, choices: Choices) -> bool:
    """Whether the choices leave no option open that applies."""
    return all(
        code in choices or not product.applies(code, choices)
        for code, option in product.options.items()
        if option.kind not in ("text", "file")
    )


def restore(*, edit: Edit, revision: int) -> Outcome:
    """Go back to the state after an event, as a new edit; NothingThere if there is no such one,
    Impossible if the product has changed so that it does not fit any more."""
    found = _event(edit, revision)

    def make(product: ReleasedProduct, _now: Configuration, _limits: Limits) -> Change:
        after = Configuration.from_json(found.state)
        if after.choices.keys() - product.options.keys() or not product.space.is_valid(
            after.choices
        ):
            code = next(iter(after.choices), "")
            raise Impossible(code, after.choices[code])
        return Change(after, Kind.RESTORE, value=revision)

    return change(edit, make, "", None)


def _event(edit: Edit, revision: int) -> DesignEvent:
    found = DesignEvent.objects.filter(design_id=edit.design_id, revision=revision).first()
    if found is None:
        raise NothingThere
    return found


def take(*, edit: Edit, choices: Configuration) -> Outcome:
    """Take another design of the product over: its values, not its texts and files. What is
    locked must be the same there. Impossible if it does not fit the product as it is."""

    def make(product: ReleasedProduct, now: Configuration, _limits: Limits) -> Change:
        known = {code: value for code, value in choices.choices.items() if code in product.options}
        if not product.space.is_valid(known):
            code = next(iter(known), "")
            raise Impossible(code, known.get(code, ""))
        return Change(replace(now, choices=known), Kind.TAKE)

    return change(edit, make, "", None)


@dataclass(frozen=True)
class Made:
    """What an event has made, and from which other one."""

    revision: int
    kind: str
    state: Configuration
    base: int | None
    value: object


def chosen_by_hand(design: Design) -> set[str]:
    """The options whose present values come from a choice, and not from an automatic one."""
    rows = design.events.exclude(kind__in=NO_EDITS).order_by("-revision")
    fields = ("revision", "kind", "state", "base", "value")
    events = {
        row[0]: Made(row[0], row[1], Configuration.from_json(row[2]), row[3], row[4])
        for row in rows.values_list(*fields)[:LOOKED_BACK]
    }
    return _by_hand(events, design.cursor, len(events) + 1)


def _by_hand(events: dict[int, Made], revision: int, patience: int) -> set[str]:
    line = _line(events, revision, patience)
    hand: set[str] = set()
    before = Configuration()
    for place, event in enumerate(line):
        if event.kind == Kind.RESTORE and isinstance(event.value, int) and patience:
            hand = _by_hand(events, event.value, patience - 1)
        elif place == 0 and event.base is not None:  # what was before is not looked at
            hand = set(decisions(event.state))
        else:
            hand = _after(hand, before, event)
        before = event.state
    return hand


def _after(hand: set[str], before: Configuration, event: Made) -> set[str]:
    old, new = decisions(before), decisions(event.state)
    changed = {code for code in old.keys() | new.keys() if old.get(code) != new.get(code)}
    return (hand - changed) if event.kind in AUTOMATIC else (hand | changed) & new.keys()


def _line(events: dict[int, Made], revision: int, patience: int) -> Sequence[Made]:
    """The edits that lead to a revision, the first one first."""
    line: list[Made] = []
    at: int | None = revision
    while at is not None and at in events and len(line) <= patience:
        line.append(events[at])
        at = events[at].base
    return line[::-1]
