"""Every change of a design: one guarded update and one event, or nothing."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from configurator.catalog.configuration import Configuration, value_to_json
from configurator.catalog.queries import live_release, released
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Value
from configurator.wizard import reach
from configurator.wizard.answers import answer_of, decided
from configurator.wizard.entering import option_of, read_text
from configurator.wizard.errors import Busy, ChangedMeanwhile, NothingThere
from configurator.wizard.merging import changed_elsewhere, decisions, latest_edit
from configurator.wizard.models import Design, DesignEvent

ATTEMPTS = 8
Kind = DesignEvent.Kind


@dataclass(frozen=True)
class Edit:
    """Who edits what: the design, the revision that the page shows, and the browser's tab."""

    design_id: UUID
    revision: int
    tab: str = ""
    insist: bool = False  # whether the customer saw the other version and decides for this one


@dataclass(frozen=True)
class Outcome:
    """A change made. `gone`: choices let go with it; `elsewhere`: what others had changed."""

    design: Design
    gone: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A new state and the event that tells of it."""

    after: Configuration
    kind: Kind
    option: str = ""
    value: Value | None = None
    gone: tuple[str, ...] = ()


Maker = Callable[[ReleasedProduct, Configuration], Change]


def new_tab() -> str:
    """A name for a browser's tab."""
    return secrets.token_hex(6)


@transaction.atomic
def start_design(*, slug: str, language: str | None = None, shown: bool = False) -> Design:
    """A new design of the product's live release: empty, or as the shop shows it."""
    product = live_release(slug)
    state = Configuration().to_json()
    design = Design.objects.create(
        release_id=product.release_id, state=state, language=language or get_language() or "en"
    )
    DesignEvent.objects.create(design=design, revision=0, kind=Kind.START, state=state)
    if shown and product.begun != Configuration():
        _append(design, Edit(design.id, 0), Change(product.begun, Kind.SHOWCASE))
    return design


def choose(*, edit: Edit, option: str, value: Value) -> Outcome:
    """Choose a value. Impossible if other choices which still apply exclude it."""

    def make(product: ReleasedProduct, now: Configuration) -> Change:
        choices, gone = reach.with_value(product, now, option, value)
        return Change(replace(now, choices=choices), Kind.CHOOSE, option, value, gone)

    return _change(edit, make, option, value)


def repair(*, edit: Edit, option: str, value: Value, gone: tuple[str, ...] = ()) -> Outcome:
    """Choose a value and let go of `gone`; if that is not enough, of the fewest that is."""

    def make(product: ReleasedProduct, now: Configuration) -> Change:
        way = reach.repaired(product, now, option, value, gone)
        return Change(replace(now, choices=way.choices), Kind.REPAIR, option, value, way.gone)

    return _change(edit, make, option, value)


def clear(*, edit: Edit, option: str) -> Outcome:
    """Leave an option open again: its choice, text or file is let go."""

    def make(product: ReleasedProduct, now: Configuration) -> Change:
        option_of(product, option)
        after = Configuration(
            {code: value for code, value in now.choices.items() if code != option},
            {code: text for code, text in now.texts.items() if code != option},
            {code: sha for code, sha in now.files.items() if code != option},
        )
        return Change(after, Kind.CLEAR, option)

    return _change(edit, make, option, None)


def write_text(*, edit: Edit, option: str, text: str) -> Outcome:
    """Set the text of an option, checked; an empty one leaves it open."""
    product = released(Design.objects.values_list("release_id", flat=True).get(id=edit.design_id))
    written = read_text(option_of(product, option, "text"), text)

    def make(product: ReleasedProduct, now: Configuration) -> Change:
        texts = {code: old for code, old in now.texts.items() if code != option}
        if written:
            texts[option] = written
        return Change(replace(now, texts=texts), Kind.TEXT, option, written)

    return _change(edit, make, option, written or None)


def attach_file(*, edit: Edit, option: str, sha: str) -> Outcome:
    """Give an option its artwork, by the hash of the checked and stored picture."""

    def make(product: ReleasedProduct, now: Configuration) -> Change:
        option_of(product, option, "file")
        return Change(replace(now, files={**now.files, option: sha}), Kind.FILE, option, sha)

    return _change(edit, make, option, sha)


def finish(*, edit: Edit) -> Outcome:
    """Decide everything that is open as in the cheapest complete design."""

    def make(product: ReleasedProduct, now: Configuration) -> Change:
        whole = dict(answer_of(product, now).completion)
        return Change(replace(now, choices=decided(product, whole)), Kind.FINISH)

    return _change(edit, make, "", None)


def undo(*, edit: Edit) -> Outcome:
    """Return to the state before the last edit; NothingThere at the first."""
    return _move(edit, Kind.UNDO)


def redo(*, edit: Edit) -> Outcome:
    """Bring back what the last undo took; NothingThere if there is none."""
    return _move(edit, Kind.REDO)


def _change(edit: Edit, make: Maker, option: str, mine: Value | None) -> Outcome:
    """Apply a change to the design as it is now, merged with what others did meanwhile."""
    for _attempt in range(ATTEMPTS):
        design = Design.objects.get(id=edit.design_id)
        product = released(design.release_id)
        now = Configuration.from_json(design.state)
        elsewhere = changed_elsewhere(design, edit.revision, edit.tab)
        theirs = decisions(now).get(option)
        if option in elsewhere and theirs != mine and not edit.insist:
            raise ChangedMeanwhile(option, mine, theirs)
        change = make(product, now)
        others = tuple(sorted(elsewhere - {option}))
        if change.after == now:
            return Outcome(design, (), others)
        if _append(design, edit, change):
            return Outcome(design, change.gone, others)
    raise Busy


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
    )
    revision = design.revision + 1
    return _write(design, event, cursor=revision, undo_to=design.cursor, redo_to=None)


def _move(edit: Edit, kind: Kind) -> Outcome:
    for _attempt in range(ATTEMPTS):
        design = Design.objects.get(id=edit.design_id)
        elsewhere = tuple(sorted(changed_elsewhere(design, edit.revision, edit.tab)))
        target = design.undo_to if kind == Kind.UNDO else design.redo_to
        if target is None:
            raise NothingThere
        restored = design.events.get(revision=target)
        event = DesignEvent(
            design=design,
            kind=kind,
            state=restored.state,
            base=restored.base,
            restores=target,
            tab=edit.tab,
        )
        redo_to = design.cursor if kind == Kind.UNDO else _next_redo(design, target)
        if _write(design, event, cursor=target, undo_to=restored.base, redo_to=redo_to):
            return Outcome(design, (), elsewhere)
    raise Busy


def _next_redo(design: Design, target: int) -> int | None:
    """The edit that follows `target` on the way to the latest edit."""
    tip = latest_edit(design).revision
    moves = (Kind.UNDO, Kind.REDO)
    edits = design.events.filter(revision__gt=target).exclude(kind__in=moves)
    bases = dict(edits.values_list("revision", "base"))
    while tip != target:
        base = bases[tip]
        if base == target or base is None:
            return tip
        tip = base
    return None


@transaction.atomic
def _write(
    design: Design, event: DesignEvent, *, cursor: int, undo_to: int | None, redo_to: int | None
) -> bool:
    """Advance the design by one revision if it still is at the one that was read."""
    event.revision = design.revision + 1
    now = timezone.now()
    rows = Design.objects.filter(id=design.id, revision=design.revision).update(
        revision=event.revision,
        state=event.state,
        cursor=cursor,
        undo_to=undo_to,
        redo_to=redo_to,
        updated_at=now,
    )
    if not rows:
        return False
    event.save(force_insert=True)
    design.revision, design.state, design.updated_at = event.revision, event.state, now
    design.cursor, design.undo_to, design.redo_to = cursor, undo_to, redo_to
    return True
