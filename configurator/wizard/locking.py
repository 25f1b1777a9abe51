"""Options of a design that can't be changed any more: they stay as they are, whatever is chosen.

Whoever locks them (an order that is being built) is above this room; here they are only codes with
the reasons.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Choices
from configurator.wizard.answers import decided
from configurator.wizard.errors import Locked
from configurator.wizard.merging import decisions
from configurator.wizard.models import Design, DesignEvent

Words = Mapping[str, str]  # by language


def check(locked: Iterable[str], before: Configuration, after: Configuration) -> None:
    """Locked if a change would touch a locked option."""
    old, new = decisions(before), decisions(after)
    for code in locked:
        if old.get(code) != new.get(code):
            raise Locked(code)


def kept(locked: Iterable[str], state: Configuration) -> Choices:
    """The locked choices of a state."""
    codes = set(locked)
    return {code: value for code, value in state.choices.items() if code in codes}


def with_conditions(product: ReleasedProduct, codes: Iterable[str]) -> set[str]:
    """The options and those on which it hangs whether they apply, in the end."""
    found, new = set[str](), set(codes) & product.options.keys()
    while new:
        found |= new
        whens = [product.options[code].when for code in new]
        named = (when.references for when in whens if when is not None)
        new = (set[str]().union(*named) & product.options.keys()) - found
    return found


@transaction.atomic
def begin_copy(
    *,
    release_id: UUID,
    language: str,
    whole: Configuration,
    locked: Mapping[str, Words],
    notice: Words,
    place: Mapping[str, Any],
    charge: Mapping[str, Any] | None = None,
) -> Design:
    """A new design of a release, decided as a whole one is."""
    product = released(release_id)
    state = replace(whole, choices=decided(product, dict(whole.choices))).to_json()
    made = Design.objects.create(
        release_id=release_id,
        state=state,
        language=language,
        locked=dict(locked),
        notice=dict(notice),
        place=dict(place),
        charge=dict(charge or {}),
    )
    DesignEvent.objects.create(design=made, revision=0, kind=DesignEvent.Kind.START, state=state)
    return made


def lock(
    *,
    design: Design,
    locked: Mapping[str, Words],
    whole: Configuration,
    place: Mapping[str, Any],
) -> tuple[str, ...]:
    """Lock these options from now on; those that were changed go back to what `whole` says.

    Others change with them only where they must. The codes that were changed; the caller's
    transaction holds the design.
    """
    product = released(design.release_id)
    now = Configuration.from_json(design.state)
    base = replace(whole, choices=decided(product, dict(whole.choices)))
    after = _brought_back(product, now, base, locked)
    gone = tuple(code for code in decisions(now) | decisions(after) if _differ(code, now, after))
    new: dict[str, Any] = {
        "locked": dict(locked),
        "place": dict(place),
        "undo_to": None,
        "redo_to": None,
        "updated_at": timezone.now(),
    }
    if gone:
        new |= {"revision": design.revision + 1, "cursor": design.revision + 1}
        new["state"] = after.to_json()
        DesignEvent.objects.create(
            design=design,
            revision=design.revision + 1,
            kind=DesignEvent.Kind.LOCK,
            state=new["state"],
            base=None,
        )
    Design.objects.filter(pk=design.pk).update(**new)
    for name, value in new.items():
        setattr(design, name, value)
    return gone


def _differ(code: str, one: Configuration, other: Configuration) -> bool:
    return decisions(one).get(code) != decisions(other).get(code)


def _brought_back(
    product: ReleasedProduct, now: Configuration, base: Configuration, locked: Iterable[str]
) -> Configuration:
    """The nearest design to the present one that has what is locked as it was."""
    fixed = {code: value for code, value in base.choices.items() if code in locked}
    rest = {code: value for code, value in now.choices.items() if code not in locked}
    choices = {**rest, **fixed}
    if not product.space.is_valid(choices):
        whole = product.space.complete(fixed, prefer=rest, texts=now.texts)
        choices = decided(product, dict(whole))
    return Configuration(
        choices, _pinned(now.texts, base.texts, locked), _pinned(now.files, base.files, locked)
    )


def _pinned(
    now: Mapping[str, str], base: Mapping[str, str], locked: Iterable[str]
) -> dict[str, str]:
    """Entries of now, those that are locked as they were."""
    codes = set(locked)
    others = {code: entry for code, entry in now.items() if code not in codes}
    return {**others, **{code: entry for code, entry in base.items() if code in codes}}
