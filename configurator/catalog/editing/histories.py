"""The history of a row (of a product: of all its rows): what was changed, from what to what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from configurator.catalog.editing.changes import ASIDE
from configurator.catalog.editing.kinds import KEPT, kind_of
from configurator.catalog.models import Product, Revision

SHORT = 300


@dataclass(frozen=True)
class Difference:
    """A column before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One revision as a page tells it."""

    revision: Revision
    kind: str
    verb: str
    differences: list[Difference]

    @property
    def address(self) -> str:
        """Where it is restored."""
        return restore_address(self.revision)

    @property
    def deleted(self) -> bool:
        return self.revision.after is None


def restore_address(revision: Revision) -> str:
    """Where a row is brought back to what it was before (or after) a change."""
    name = f"admin:catalog_{revision.model}_restore"
    return reverse(name, args=[revision.row, revision.pk])


def entries(row: Model, most: int) -> list[Entry]:
    """The latest revisions of a row, the newest first; of a product, those of all its rows."""
    if isinstance(row, Product):
        found = Revision.objects.filter(product_key=row.pk).exclude(note=ASIDE)
    else:
        found = Revision.objects.filter(model=kind_of(row), row=row.pk)
    return [_entry(revision) for revision in found[:most]]


def entries_after(product_id: int, since: int, user: User, most: int) -> list[Entry]:
    """What others have done to a product's rows after a revision, the newest first."""
    found = Revision.objects.filter(product_key=product_id, id__gt=since)
    found = found.filter(~Q(user=user) | Q(user=None))
    return [_entry(revision) for revision in found[:most]]


def _entry(revision: Revision) -> Entry:
    model = KEPT.get(revision.model)
    if revision.before is None:
        verb = _("added")
    elif revision.after is None:
        verb = _("deleted")
    else:
        verb = _("changed")
    kind = str(model._meta.verbose_name) if model else revision.model
    return Entry(revision, kind, _(revision.note) if revision.note else verb, differences(revision))


def differences(revision: Revision) -> list[Difference]:
    """What a change has changed; nothing where the row was added or deleted."""
    model = KEPT.get(revision.model)
    if revision.before is None or revision.after is None or model is None:
        return []
    return [
        Difference(
            _name(model, name),
            said(_named(model, name, revision.before.get(name))),
            said(_named(model, name, value)),
        )
        for name, value in revision.after.items()
        if value != revision.before.get(name)
    ]


def _name(model: type[Model], attname: str) -> str:
    try:
        field = model._meta.get_field(attname.removesuffix("_id"))
    except FieldDoesNotExist:
        return attname
    return str(getattr(field, "verbose_name", attname))


def _named(model: type[Model], attname: str, value: Any) -> Any:
    """What a column refers to by its name, if it is there."""
    known = {field.attname: field.related_model for field in model._meta.concrete_fields}
    related = known.get(attname)
    if value is None or not isinstance(related, type):
        return value
    found = related._default_manager.filter(pk=value).first()
    return value if found is None else str(found)


def said(value: Any) -> str:
    """A column's value as a page tells it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"
