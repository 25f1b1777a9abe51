"""Forms that know on which version of a row they were opened: none overwrites what was never seen.

A refused form keeps what was entered, and shows what is stored now beside each field that differs.
Sent again it leaves that as others have it, but for the fields whose own entry was chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from configurator.catalog.content import sha_of
from configurator.catalog.editing.histories import said
from configurator.catalog.editing.states import State, row_of, state_of
from configurator.catalog.models import Revision

if TYPE_CHECKING:
    FormBase = forms.ModelForm[Any]
else:
    FormBase = forms.ModelForm

SEEN = "seen"
THEIRS, MINE = "theirs", "mine"
REMEMBERED = 50
"""Changes of a row that are looked through for what a form was opened on."""


def version_of(state: State) -> str:
    """Names a state of a row."""
    return sha_of(state)[:16]


class SeeingForm(FormBase):
    """A form of a row that refuses to overwrite another version than the one it was opened on.

    Without `seen` (a program, a form that is not a page's) nothing is compared.
    """

    shown_as: ClassVar[dict[str, str]] = {}
    """Columns that another field of the form stands for."""
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored: State | None = None
        if self.instance.pk is not None:
            self.stored = state_of(self.instance)
            self.initial[SEEN] = version_of(self.stored)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        name = self.add_prefix(SEEN)
        seen = self.data.get(name, "")
        if self.stored is None or not seen:
            return
        if seen == version_of(self.stored):
            self._keep_theirs(self.stored)
            return
        self._refuse(self.stored, self._base(seen))
        data: Any = self.data
        data = data.copy()
        data[name] = version_of(self.stored)
        self.data = data  # sent again, it is sent knowingly

    def _answered(self, name: str) -> set[str]:
        """The fields that were told to differ (`theirs`), or chosen to be saved as entered."""
        data: Any = self.data
        return set(data.getlist(self.add_prefix(name))) if hasattr(data, "getlist") else set()

    def _keep_theirs(self, stored: State) -> None:
        """What others changed stays theirs, unless one's own was chosen at its field."""
        kept = self._answered(THEIRS) - self._answered(MINE)
        there = row_of(type(self.instance), self.instance.pk, stored)
        for name in stored:
            if self._field_of(name) in kept:
                setattr(self.instance, name, getattr(there, name))

    def _field_of(self, name: str) -> str:
        """The field of the form for a column."""
        shown = self.shown_as.get(name, name.removesuffix("_id"))
        return shown if shown in self.fields else name

    def _base(self, seen: str) -> State | None:
        """The state on which the form was opened, if a change since has kept it."""
        kind = self.instance._meta.model_name
        rows = Revision.objects.filter(model=kind, row=self.instance.pk, before__isnull=False)
        states = rows.values_list("before", flat=True)[:REMEMBERED]
        return next((state for state in states if state and version_of(state) == seen), None)

    def _refuse(self, stored: State, base: State | None) -> None:
        """Say at each field what is stored now, where others have changed it and it is not what
        was entered."""
        differing = self._differing(stored, base)
        if not differing:
            return
        for field, value in differing.items():
            if field in self.fields:
                self.add_error(field, self._offered(field, value))
        told = _(
            "%(who)s changed this while you had it open. Nothing is lost: your entries are below, "
            "and what is stored now is told beside them. Save again to leave theirs as it is; tick "
            "at a field to save yours there."
        )
        self.add_error(None, told % {"who": self._who()})

    def _offered(self, field: str, value: Any) -> SafeString:
        """What is stored, and the choice to save one's own instead."""
        return format_html(
            '{} <input type="hidden" name="{}" value="{}"><label class="mine">'
            '<input type="checkbox" name="{}" value="{}"{}> {}</label>',
            _("Stored now: %(value)s") % {"value": said(value)},
            self.add_prefix(THEIRS),
            field,
            self.add_prefix(MINE),
            field,
            mark_safe(" checked") if field in self._answered(MINE) else "",
            _("Save what I entered instead"),
        )

    def _differing(self, stored: State, base: State | None) -> dict[str, Any]:
        """What is stored, by field, where this form would write something else, and others have
        changed it since it was opened (or before it was sent the last time)."""
        mine, told = state_of(self.instance), self._answered(THEIRS)
        return {
            self._field_of(name): value
            for name, value in stored.items()
            if mine[name] != value
            and (base is None or base.get(name) != value or self._field_of(name) in told)
            and self._field_of(name) in self.fields
        }

    def _who(self) -> str:
        kind = self.instance._meta.model_name
        last = Revision.objects.filter(model=kind, row=self.instance.pk).first()
        return (last.by if last else "") or _("Somebody else")
