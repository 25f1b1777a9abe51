"""Every change of a design: one guarded update and one event, or nothing."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from configurator.catalog.configuration import Configuration, value_to_json
from configurator.catalog.placements import Placement, sha_of, written
from configurator.catalog.queries import live_release, released
from configurator.catalog.released import ReleasedProduct
from configurator.engine import BudgetError, Value
from configurator.wizard import advising, locking, reach, reporting, timing
from configurator.wizard.answers import completed, decided
from configurator.wizard.entering import option_of, read_text
from configurator.wizard.errors import (
    AnothersLast,
    Busy,
    ChangedMeanwhile,
    NothingThere,
    OverLimits,
    Undecided,
    UnknownOption,
)
from configurator.wizard.limits import Limits
from configurator.wizard.merging import NO_EDITS, changed_elsewhere, decisions, latest_edit
from configurator.wizard.models import Design, DesignEvent
from configurator.wizard.timing import desk_of, limited

ATTEMPTS = 8
Kind = DesignEvent.Kind


@dataclass(frozen=True)
class Edit:
    """Who edits what: the design, the revision that the page shows, and the browser's tab."""

    design_id: UUID
    revision: int
    tab: str = ""
    by: str = ""  # who edits: a friend's name for the machine, "" for the owner
    insist: bool = False  # whether the customer saw the other version and decides for this one


@dataclass(frozen=True)
class Outcome:
    """A change made. `gone`: choices let go with it, `changed`: choices changed with it;
    `elsewhere`: what others had changed."""

    design: Design
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A new state and the event that tells of it."""

    after: Configuration
    kind: Kind
    option: str = ""
    value: Value | None = None
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    limits: Limits | None = None  # new ones
    advised: bool = False  # it is what others chose


@dataclass(frozen=True)
class Places:
    """Revisions: of the edit whose state this is, and of those that undo and redo restore."""

    cursor: int
    undo_to: int | None
    redo_to: int | None


Maker = Callable[[ReleasedProduct, Configuration, Limits], Change]


def new_tab() -> str:
    """A name for a browser's tab."""
    return secrets.token_hex(6)


@transaction.atomic
def start_design(
    *,
    slug: str,
    language: str | None = None,
    shown: bool = False,
    state: Configuration | None = None,
    limits: Limits | None = None,
    release_id: UUID | None = None,
) -> Design:
    """A new design of the product's live release (or of an earlier one): empty, as the shop shows
    it, or as `state`."""
    product = released(release_id) if release_id else live_release(slug)
    empty = Configuration().to_json()
    design = Design.objects.create(
        release_id=product.release_id,
        state=empty,
        language=language or get_language() or "en",
        limits=limits.to_json() if limits else {},
    )
    DesignEvent.objects.create(design=design, revision=0, kind=Kind.START, state=empty)
    begun = state or (product.begun if shown else Configuration())
    if begun != Configuration():
        _append(design, Edit(design.id, 0), Change(begun, Kind.SHOWCASE))
    return design


def choose(
    *, edit: Edit, option: str, value: Value, limits: Limits | None = None, advised: bool = False
) -> Outcome:
    """Choose a value (`advised`: as others did), and set `limits` with it. Impossible if other
    choices which still apply exclude it, OverLimits if it breaks the customer's present limits and
    no others are given."""

    def make(product: ReleasedProduct, now: Configuration, kept: Limits) -> Change:
        choices, gone = reach.with_value(product, now, option, value)
        after = replace(now, choices=choices)
        if limits is None and kept:
            at = desk_of(_design(edit), product)
            if reach.breaks_limits(kept, now, after, at):
                raise OverLimits(option, value)
        return Change(after, Kind.CHOOSE, option, value, gone, limits=limits, advised=advised)

    return change(edit, make, option, value)


def repair(
    *, edit: Edit, option: str, value: Value, changes: reach.Changes | None = None
) -> Outcome:
    """Choose a value and change other choices for it; if that does not do, in the best way."""

    locked = Design.objects.values_list("locked", flat=True).get(id=edit.design_id)

    def make(product: ReleasedProduct, now: Configuration, _limits: Limits) -> Change:
        keep = locking.kept(locked, now)
        way = reach.repaired(product, now, option, value, changes or {}, keep)
        after = replace(now, choices=way.choices)
        gone = tuple(code for code, new in way.changes.items() if new is None)
        changed = tuple(code for code, new in way.changes.items() if new is not None)
        return Change(after, Kind.REPAIR, option, value, gone, changed)

    return change(edit, make, option, value)


def set_limits(*, edit: Edit, limits: Limits) -> Outcome:
    """Set (or drop) budget and day. Undo does not take this back: it changes no choice."""
    for _attempt in range(ATTEMPTS):
        design = Design.objects.get(id=edit.design_id)
        if design.limits == limits.to_json():
            return Outcome(design)
        event = DesignEvent(
            design=design,
            kind=Kind.LIMIT,
            value=limits.to_json(),
            state=design.state,
            base=design.undo_to,
            restores=design.cursor,
            tab=edit.tab,
            by=edit.by,
        )
        places = Places(design.cursor, design.undo_to, design.redo_to)
        if _write(design, event, places, limits):
            return Outcome(design)
    raise Busy


def clear(*, edit: Edit, option: str) -> Outcome:
    """Leave an option open again: its choice, text or file is let go."""

    def make(product: ReleasedProduct, now: Configuration, _limits: Limits) -> Change:
        option_of(product, option)
        after = Configuration(
            {code: value for code, value in now.choices.items() if code != option},
            {code: text for code, text in now.texts.items() if code != option},
            {code: sha for code, sha in now.files.items() if code != option},
        )
        return Change(after, Kind.CLEAR, option)

    return change(edit, make, option, None)


def write_text(*, edit: Edit, option: str, text: str) -> Outcome:
    """Set the text of an option, checked; an empty one leaves it open."""
    product = released(Design.objects.values_list("release_id", flat=True).get(id=edit.design_id))
    line = read_text(option_of(product, option, "text"), text)

    def make(product: ReleasedProduct, now: Configuration, _limits: Limits) -> Change:
        texts = {code: old for code, old in now.texts.items() if code != option}
        if line:
            texts[option] = line
        return Change(replace(now, texts=texts), Kind.TEXT, option, line)

    return change(edit, make, option, line or None)


def attach_file(*, edit: Edit, option: str, sha: str) -> Outcome:
    """Give an option its artwork, by the hash of the checked and stored picture (or a reference
    that says how it is placed, too)."""

    def make(product: ReleasedProduct, now: Configuration, _limits: Limits) -> Change:
        option_of(product, option, "file")
        return Change(replace(now, files={**now.files, option: sha}), Kind.FILE, option, sha)

    return change(edit, make, option, sha)


def place_file(*, edit: Edit, option: str, placement: Placement) -> Outcome:
    """Place the picture that an option has; NothingThere if it has none."""
    found = Configuration.from_json(_design(edit).state).files.get(option)
    if found is None:
        raise NothingThere
    reference = written(sha_of(found), placement)

    def make(product: ReleasedProduct, now: Configuration, _limits: Limits) -> Change:
        option_of(product, option, "file")
        return Change(
            replace(now, files={**now.files, option: reference}), Kind.PLACE, option, reference
        )

    return change(edit, make, option, reference)


def finish(*, edit: Edit, fastest: bool = False, as_others: bool = False) -> Outcome:
    """Decide everything that is open as in the cheapest complete design, in the cheapest of the
    fastest, or as others did; within the customer's limits if there is one."""

    def make(product: ReleasedProduct, now: Configuration, limits: Limits) -> Change:
        bounds = limited(limits, product, now, _design(edit))
        if fastest:
            bounds = timing.fastest(desk_of(_design(edit), product), now, bounds[0])
        found = advising.whole(product, now, bounds) if as_others else None
        whole = dict((found or completed(product, now, bounds)).choices)
        after = replace(now, choices=decided(product, whole))
        return Change(after, Kind.FINISH, advised=found is not None)

    return change(edit, make, "", None)


def undo(*, edit: Edit) -> Outcome:
    """Return to the state before the last edit; NothingThere at the first, AnothersLast if
    somebody else made it (or took something back with it)."""
    return _move(edit, Kind.UNDO)


def redo(*, edit: Edit) -> Outcome:
    """Bring back what the last undo took; NothingThere if there is none."""
    return _move(edit, Kind.REDO)


def _design(edit: Edit) -> Design:
    return Design.objects.get(id=edit.design_id)


def change(edit: Edit, make: Maker, option: str, mine: Value | None) -> Outcome:
    """Apply a change to the design as it is now, merged with what others did meanwhile."""
    for _attempt in range(ATTEMPTS):
        design = Design.objects.get(id=edit.design_id)
        product = released(design.release_id)
        now = Configuration.from_json(design.state)
        if option and option not in product.options:
            raise UnknownOption(option)
        elsewhere = changed_elsewhere(design, edit.revision, edit.tab)
        theirs = decisions(now).get(option)
        if option in elsewhere and theirs != mine and not edit.insist:
            raise ChangedMeanwhile(option, mine, theirs)
        change = _made(make, product, now, Limits.from_json(design.limits))
        locking.check(design.locked, now, change.after)
        others = tuple(sorted(elsewhere - {option}))
        if change.after == now:
            return Outcome(design, elsewhere=others)
        if _append(design, edit, change):
            return Outcome(design, change.gone, change.changed, others)
    raise Busy


def _made(make: Maker, product: ReleasedProduct, now: Configuration, limits: Limits) -> Change:
    """The change, if its consequences can be worked out: nobody is led to where they can't."""
    try:
        change = make(product, now, limits)
        completed(product, change.after)
    except BudgetError:
        raise Undecided from None
    return change


def _append(design: Design, edit: Edit, change: Change) -> bool:
    """Write an edit unless someone was faster; the design then has its new state."""
    value = None if change.value is None else value_to_json(change.value)
    event = DesignEvent(
        design=design,
        kind=change.kind,
        option=change.option,
        value=value,
        state=change.after.to_json(),
        base=design.cursor,
        tab=edit.tab,
        by=edit.by,
    )
    redo_to = design.cursor if change.kind == Kind.BACK else None
    places = Places(design.revision + 1, design.cursor, redo_to)
    return _write(design, event, places, change.limits, advised=change.advised)


def _move(edit: Edit, kind: Kind) -> Outcome:
    for _attempt in range(ATTEMPTS):
        design = Design.objects.get(id=edit.design_id)
        elsewhere = tuple(sorted(changed_elsewhere(design, edit.revision, edit.tab)))
        target = design.undo_to if kind == Kind.UNDO else design.redo_to
        if target is None:
            raise NothingThere
        _check_own(design, edit, kind, target)
        restored = design.events.get(revision=target)
        before, after = (Configuration.from_json(it.state) for it in (design, restored))
        locking.check(design.locked, before, after)
        event = DesignEvent(
            design=design,
            kind=kind,
            state=restored.state,
            base=restored.base,
            restores=target,
            tab=edit.tab,
            by=edit.by,
        )
        redo_to = design.cursor if kind == Kind.UNDO else _next_redo(design, target)
        if _write(design, event, Places(target, restored.base, redo_to)):
            return Outcome(design, elsewhere=elsewhere)
    raise Busy


def _check_own(design: Design, edit: Edit, kind: Kind, target: int) -> None:
    """AnothersLast if what is to be undone or redone is not the own edit of who asks."""
    latest = design.cursor if kind == Kind.UNDO else max(target, design.cursor)
    found = design.events.filter(revision=latest).values_list("by", "kind").first()
    if found and (found[0] != edit.by or (kind == Kind.UNDO and found[1] == Kind.BACK)):
        raise AnothersLast


def _next_redo(design: Design, target: int) -> int | None:
    """The edit that follows `target` on the way to the latest edit."""
    if target < design.cursor:  # what was taken back is there again
        return None
    tip = latest_edit(design).revision
    edits = design.events.filter(revision__gt=target).exclude(kind__in=NO_EDITS)
    bases = dict(edits.values_list("revision", "base"))
    while tip != target:
        base = bases[tip]
        if base == target or base is None:
            return tip
        tip = base
    return None


@transaction.atomic
def _write(
    design: Design,
    event: DesignEvent,
    places: Places,
    limits: Limits | None = None,
    advised: bool = False,
) -> bool:
    """Advance the design by one revision if it still is at the one that was read."""
    event.revision = design.revision + 1
    new: dict[str, Any] = {
        "revision": event.revision,
        "state": event.state,
        "cursor": places.cursor,
        "undo_to": places.undo_to,
        "redo_to": places.redo_to,
        "updated_at": timezone.now(),
    }
    if limits is not None:
        new["limits"] = limits.to_json()
    if not Design.objects.filter(id=design.id, revision=design.revision).update(**new):
        return False
    event.save(force_insert=True)
    reporting.report(design, event, advised=advised)
    for name, value in new.items():
        setattr(design, name, value)
    return True
