"""A code that is changed on a row's page is changed everywhere; what that is, is told first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from configurator.catalog.editing.changes import Change
from configurator.catalog.editing.renaming import rename, renaming_of
from configurator.catalog.editing.uses import uses_of
from configurator.catalog.models import Choice, Operation, Option, Part, Product

if TYPE_CHECKING:
    FormBase = forms.ModelForm[Any]
else:
    FormBase = forms.ModelForm

TOLD = "renamed"
MOST = 12
RENAMED = (Option, Choice, Part, Operation)


class RenamingForm(FormBase):
    """Is refused once when a code is changed of which others speak, and tells them."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        row = self.instance
        new = self.cleaned_data.get("code") or ""
        if row.pk is None or not new or "code" in self.errors:
            return
        stored = type(row)._default_manager.filter(pk=row.pk).first()
        if stored is not None and isinstance(row, RENAMED) and stored.code != new:
            self._tell_renaming(stored, new)

    def _tell_renaming(self, row: Any, new: str) -> None:
        sent: Any = self.data
        told = sent.getlist(self.add_prefix(TOLD)) if hasattr(sent, "getlist") else [new]
        uses = uses_of(row)
        if new in told or not uses:
            return
        listed = "; ".join(f"{use.kind} “{use.row}” ({use.column})" for use in uses[:MOST])
        more = f" … +{len(uses) - MOST}" if len(uses) > MOST else ""
        self.add_error(
            "code",
            format_html(
                '{} {}{} <input type="hidden" name="{}" value="{}">',
                _("These speak of “%(old)s”, and will say “%(new)s”. Save again to do it:")
                % {"old": row.code, "new": new},
                listed,
                more,
                self.add_prefix(TOLD),
                new,
            ),
        )


def old_codes(model: type[Any], rows: list[Any]) -> dict[Any, str]:
    """The codes that are stored, by key."""
    keys = [row.pk for row in rows if row.pk is not None]
    if not issubclass(model, RENAMED):
        return {}
    return dict(model._default_manager.filter(pk__in=keys).values_list("pk", "code"))


def rename_uses(
    request: HttpRequest, change: Change, rows: list[Any], olds: dict[Any, str]
) -> None:
    """Let the product say the new codes of rows that are saved."""
    for row in rows:
        renaming = renaming_of(row, olds.get(row.pk, ""))
        if renaming is None:
            continue
        key = row.option.product_id if isinstance(row, Choice) else row.product_id
        count = rename(change, Product.objects.get(pk=key), renaming)
        if count:
            said = ngettext(
                "%(count)s row says “%(new)s” now instead of “%(old)s”.",
                "%(count)s rows say “%(new)s” now instead of “%(old)s”.",
                count,
            )
            told = {"count": count, "old": renaming.old, "new": renaming.new}
            messages.info(request, said % told)
