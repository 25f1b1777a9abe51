"""One change of a product: a transaction whose rows keep what they were.

with changing(user=request.user, note="moved") as change:
    change.save(row)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.db import router, transaction
from django.db.models import JSONField, Model
from django.db.models.deletion import Collector
from django.utils import translation
from django.utils.translation import gettext_noop

from configurator.catalog.editing.kinds import KEPT
from configurator.catalog.editing.states import State, columns, state_of
from configurator.catalog.models import Choice, Product, Revision, WorkCenter
from configurator.catalog.texts import FALLBACK

AT_ONCE = 500
ASIDE = gettext_noop("made room")
"""The note of rows that only come earlier or later because another was moved."""


class Change:
    """Writes rows and remembers what it did to them, in the order in which it was done."""

    def __init__(self, user: User | AnonymousUser | None, note: str, by: str) -> None:
        self.user = user if isinstance(user, User) else None
        self.note = note[:200]
        self.by = by or (self.user.get_username() if self.user else "")
        self.key = uuid4()
        self.revisions: list[Revision] = []
        self.quiet = False  # nothing is remembered: a product comes with all of its rows
        self.told: list[tuple[Model, int]] = []

    @translation.override(FALLBACK)
    def add(self, row: Model) -> None:
        """Insert a new row."""
        _settle(row)
        row.save(force_insert=True)
        self.keep(row, None, state_of(row))

    @translation.override(FALLBACK)
    def add_all(self, rows: Iterable[Model], *, tell: bool = True) -> list[Any]:
        """Insert new rows of one model at once."""
        rows = list(rows)
        if not rows:
            return []
        made = type(rows[0])._default_manager.bulk_create(rows, batch_size=AT_ONCE)
        for row in made if not self.quiet else ():
            self.keep(row, None, state_of(row), tell=tell)
        return list(made)

    def save(self, row: Model) -> bool:
        """Update the columns in which a row differs from what is stored; whether any does."""
        return bool(self.save_all([row]))

    @translation.override(FALLBACK)
    def save_all(
        self,
        rows: Iterable[Model],
        stored: Iterable[Model] | None = None,
        moved: Model | None = None,
    ) -> int:
        """Update rows of one model at once; how many differ from what is (known to be) stored.

        Where one is `moved`, the others only make room for it.
        """
        rows = list(rows)
        if not rows:
            return 0
        model = type(rows[0])
        if stored is None:
            stored = model._default_manager.filter(pk__in=[row.pk for row in rows])
        before = {row.pk: state_of(row) for row in stored}
        changed, names = [], set[str]()
        for row in rows:
            _settle(row)
            after = state_of(row)
            differing = {name for name in after if after[name] != before[row.pk].get(name)}
            if differing:
                changed.append(row)
                names |= differing
                aside = moved is not None and moved.pk != row.pk
                note = ASIDE if aside else self.note
                self.keep(row, before[row.pk], after, tell=not aside, note=note)
        if changed:
            fields = [field.name for field in columns(model) if field.attname in names]
            model._default_manager.bulk_update(changed, _with_texts(model, fields), AT_ONCE)
        return len(changed)

    def replace(
        self, olds: list[Any], news: list[Any], known_by: Callable[[Any], Hashable]
    ) -> list[Any]:
        """Make rows of one model be others: those that are known stay the same rows.

        The new ones get their keys; the old ones that are none of them are returned.
        """
        before = {known_by(row): row for row in olds}
        changed, added = [], []
        for row in news:
            old = before.pop(known_by(row), None)
            if old is None:
                added.append(row)
            else:
                row.pk, row._state.adding = old.pk, False
                changed.append(row)
        self.save_all(changed, olds)
        self.add_all(added)
        return list(before.values())

    def delete_all(self, rows: list[Any]) -> None:
        """Delete rows of one model with which nothing else goes."""
        for row in rows:
            self.keep(row, state_of(row), None)
        if rows:
            type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).delete()

    def delete(self, row: Model) -> None:
        """Delete a row and everything that goes with it."""
        collector = Collector(using=router.db_for_write(type(row)))
        collector.collect([row])
        gone = [each for rows in collector.data.values() for each in rows]
        for queryset in collector.fast_deletes:
            gone.extend(queryset)
        for each in sorted(gone, key=lambda each: each is row):  # the row itself comes last
            if each._meta.model_name in KEPT:
                self.keep(each, state_of(each), None, tell=each is row)
        key = row.pk
        row.delete()
        row.pk = key

    def keep(
        self,
        row: Model,
        before: State | None,
        after: State | None,
        *,
        tell: bool = True,
        note: str | None = None,
    ) -> None:
        """Remember what has been done to a row; `tell` it in the admin's log, too."""
        if self.quiet:
            return
        self.revisions.append(
            Revision(
                change=self.key,
                model=row._meta.model_name or "",
                row=row.pk,
                product_key=product_key(row),
                label=str(row)[:200],
                before=before,
                after=after,
                note=self.note if note is None else note,
                by=self.by,
                user=self.user,
            )
        )
        if tell:
            flag = ADDITION if before is None else DELETION if after is None else CHANGE
            self.told.append((row, flag))


@contextmanager
def changing(
    *, user: User | AnonymousUser | None = None, note: str = "", by: str = "", log: bool = True
) -> Iterator[Change]:
    """One transaction; afterwards what was done is in the revisions, and in the admin's log."""
    with transaction.atomic():
        change = Change(user, note, by)
        yield change
        Revision.objects.bulk_create(change.revisions, batch_size=AT_ONCE)
        if log and change.user is not None:
            LogEntry.objects.bulk_create(
                [_entry(change, row, flag) for row, flag in change.told], batch_size=AT_ONCE
            )


def _entry(change: Change, row: Model, flag: int) -> LogEntry:
    return LogEntry(
        user=change.user,
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        object_repr=str(row)[:200],
        action_flag=flag,
        change_message=change.note,
    )


def product_key(row: Model) -> int | None:
    """The key of the product that a row belongs to."""
    if isinstance(row, Product):
        return row.pk
    if isinstance(row, WorkCenter):
        return None
    owner = row.option if isinstance(row, Choice) else row
    key: int | None = getattr(owner, "product_id", None)
    return key


def _with_texts(model: type[Model], names: list[str]) -> list[str]:
    """With the columns that repeat the texts of a language."""
    known = {field.name for field in model._meta.concrete_fields}
    own = {name.removesuffix(f"_{FALLBACK}") for name in names if name.endswith(f"_{FALLBACK}")}
    return [*names, *sorted(own & known - set(names))]


def _settle(row: Model) -> None:
    """An emptied field of a form is None, where a column has a list or a map."""
    for field in columns(type(row)):
        if isinstance(field, JSONField) and not field.null and getattr(row, field.attname) is None:
            setattr(row, field.attname, field.get_default())
