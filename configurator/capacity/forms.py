"""Forms of the admin that say what a change of the calendar would do before it is saved."""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelFormMetaclass
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.capacity import stock
from configurator.capacity.calendar import Closed, validate_country
from configurator.capacity.changes import Change, Effect, without
from configurator.capacity.history import Kind, Note, of_closure
from configurator.capacity.models import Closure, StockItem, WorkCenterHours
from configurator.capacity.replanning import effect_of
from configurator.capacity.schedule import NoTime
from configurator.capacity.snapshot import EVERYWHERE

if TYPE_CHECKING:
    RowForm = forms.ModelForm[Any]
else:
    RowForm = forms.ModelForm

TOLD = 12
YEARS = (2000, 2099)


class _Abstract(ModelFormMetaclass, ABCMeta):
    """Of forms that can't be made before they say what they change."""


class PlanForm(RowForm, metaclass=_Abstract):
    """Refuses once, saying what would move; saved again, it is done. `version` is of the plan that
    was told."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    effect: Effect | None = None

    @abstractmethod
    def change(self) -> Change:
        """What the form would change."""

    @abstractmethod
    def note(self, by: Any) -> Note:
        """What the plan's history tells of it."""

    def _post_clean(self) -> None:
        """The model's own checks come first: nothing is planned by hours that are none."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            self.effect = effect_of(self.change())
        except NoTime:
            self.add_error(None, _("With this there would be no time for what is ordered."))
            return
        told = str(self.effect.version)
        if self._does_something() and self.cleaned_data.get("version") != told:
            self.data = {**self.data.dict(), self.add_prefix("version"): told}  # type: ignore[attr-defined]
            self.add_error(None, ValidationError([*self._words(), _("Save again to do it.")]))

    def _does_something(self) -> bool:
        found = self.effect
        return bool(found and (found.moves or found.broken or found.stuck))

    def _words(self) -> list[str]:
        assert self.effect is not None
        moves = sorted({f"{move.key} {move.operation}" for move in self.effect.moves})
        broken = [f"{b.key} ({b.promised_on} → {b.ready_on})" for b in self.effect.broken]
        stuck = [f"{s.key} {s.operation} ({s.day})" for s in self.effect.stuck]
        words = []
        if moves:
            words.append(_("Saving this moves operations: %(moves)s.") % {"moves": _list(moves)})
        if broken:
            words.append(_("These promises would break: %(keys)s.") % {"keys": _list(broken)})
        if stuck:
            text = _("Set by hand, they stay where there is no work: %(keys)s.")
            words.append(text % {"keys": _list(stuck)})
        return words


def _list(words: Sequence[str]) -> str:
    first, rest = ", ".join(words[:TOLD]), len(words) - TOLD
    if rest <= 0:
        return first
    return _("%(first)s and %(count)s more") % {"first": first, "count": rest}


class HoursForm(PlanForm):
    class Meta:
        model = WorkCenterHours
        fields = ("hours", "stations", "efficiency", "country")

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).strip().upper()
        if country:
            validate_country(country)
        return country

    def change(self) -> Change:
        data = self.cleaned_data
        row = (
            self.instance.pk,
            self.instance.code,
            *(data["hours"], data["stations"], data["efficiency"], data["country"]),
        )
        return Change(centers=(row,))

    def note(self, by: Any) -> Note:
        return Note(Kind.HOURS, by, work_center=self.instance.code)


class ClosureForm(PlanForm):
    class Meta:
        model = Closure
        fields = ("work_center", "first_day", "last_day", "reason")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("first_day", "last_day"):
            if (day := data.get(name)) and not YEARS[0] <= day.year <= YEARS[1]:
                self.add_error(name, _("Choose a day between the years 2000 and 2099."))
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("It ends before it begins."))
        elif first and last and (last - first).days > 366:
            self.add_error("last_day", _("A closure lasts no more than a year."))
        return data

    def change(self) -> Change:
        center, data = self.cleaned_data["work_center"], self.cleaned_data
        known = without(self.instance)
        place = center.pk if center else EVERYWHERE
        new = Closed(data["first_day"], data["last_day"])
        return Change(closures={**known, place: (*known.get(place, ()), new)})

    def note(self, by: Any) -> Note:
        return Note(Kind.CLOSE, by, **of_closure(self.instance))


class ReceiptForm(forms.Form):
    """Parts that came in; `mark` makes one receipt of a form that is sent twice."""

    number = forms.CharField(label=gettext_lazy("Part number"), max_length=60)
    quantity = forms.DecimalField(
        label=gettext_lazy("Quantity"), max_digits=14, decimal_places=3, min_value=Decimal("0.001")
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The delivery note's number, or the lot."),
    )
    mark = forms.UUIDField(widget=forms.HiddenInput)

    def clean_quantity(self) -> Decimal:
        quantity: Decimal = self.cleaned_data["quantity"]
        if quantity > stock.MOST:
            raise ValidationError(_("That is too much to be true. Enter what came in."))
        return quantity

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"].strip()
        known = StockItem.objects.filter(number=number).exists() or number in stock.opening()
        if not known:
            raise ValidationError(
                _("No stock is kept of %(number)s. Check the number, or add it as a stock item.")
                % {"number": number}
            )
        return number


class StockForm(RowForm):
    class Meta:
        model = StockItem
        fields = ("number", "name", "on_hand")

    def clean_on_hand(self) -> Any:
        quantity, reserved = self.cleaned_data["on_hand"], Decimal(self.instance.reserved)
        if quantity < 0:
            raise ValidationError(_("There can't be less than nothing. Enter 0 or more."))
        if quantity < reserved:
            raise ValidationError(
                _("%(count)s are reserved; no fewer can be there.")
                % {"count": f"{reserved.normalize():f}"}
            )
        return quantity
