"""A row as it was before or after a change; itself a change like any other."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from configurator.catalog.editing.changes import Change
from configurator.catalog.editing.kinds import KEPT
from configurator.catalog.editing.states import State, row_of
from configurator.catalog.models import Revision

ORDER = tuple(KEPT)


def restore(change: Change, revision: Revision, *, after: bool = False) -> Any:
    """Bring a row back; with one that was deleted comes all that went with it.

    Raises ValidationError where it no longer fits: its place is gone, its code is taken.
    """
    state = revision.after if after else revision.before
    if state is None:
        raise ValidationError(_("There was nothing then; delete it instead."))
    row = _put(change, revision, state)
    if revision.after is None and not after:
        for each in _gone_with(revision):
            _put(change, each, each.before or {})
    return row


def _gone_with(revision: Revision) -> list[Revision]:
    """What was deleted by the deletion of the row, each after what it belongs to."""
    same = Revision.objects.filter(change=revision.change, after__isnull=True).exclude(
        pk=revision.pk
    )
    mine = {(revision.model, revision.row)}
    found = []
    for each in sorted(
        same.exclude(pk=revision.pk), key=lambda each: (ORDER.index(each.model), each.pk)
    ):
        if _owners(each) & mine:
            mine.add((each.model, each.row))
            found.append(each)
    return found


def _owners(revision: Revision) -> set[tuple[str, int]]:
    """The rows without which this one cannot be."""
    state = revision.before or {}
    owners = {("option", "option_id"), ("step", "step_id"), ("product", "product_id")}
    return {(model, state[name]) for model, name in owners if state.get(name)}


def _put(change: Change, revision: Revision, state: State) -> Any:
    model = KEPT[revision.model]
    row: Any = row_of(model, revision.row, state)
    stored = model._default_manager.filter(pk=row.pk)
    try:
        with transaction.atomic():
            row._state.adding = not stored.exists()
            row.full_clean(exclude=_originals(row), validate_unique=True)
            if row._state.adding:
                change.add(row)
            else:
                change.save(row)
    except IntegrityError:
        raise ValidationError(_("What it belongs to is not there any more.")) from None
    except ValidationError as refused:
        raise ValidationError(_told(row, refused)) from None
    return row


def _originals(row: Model) -> list[str]:
    """Columns that repeat the text of a language."""
    return [
        field.name
        for field in row._meta.fields
        if any(other.name == f"{field.name}_en" for other in row._meta.fields)
    ]


def _told(row: Any, refused: ValidationError) -> list[str]:
    """What is wrong, each with the name of its field."""
    told = []
    for name, lines in refused.message_dict.items():
        known = {field.name: str(field.verbose_name) for field in row._meta.fields}
        before = f"{known[name]}: " if name in known else ""
        told += [f"{before}{line}" for line in lines]
    return told
