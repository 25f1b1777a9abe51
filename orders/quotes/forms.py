"""What is sent to accept a quote: how it is paid, the terms, and what was seen: the days, and which
promo codes are gone."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from orders.paying.ways import WayToPay, chosen_way, ways_to_pay


class AcceptForm(forms.Form):
    """Nothing here is believed, only compared."""

    paying = forms.CharField(max_length=20, required=False)
    terms = forms.BooleanField(
        label=_("I accept the terms of sale"),
        error_messages={"required": _("Please accept the terms to order.")},
    )
    days = forms.CharField(max_length=1000, required=False)
    terms_version = forms.CharField(max_length=20, required=False)
    without = forms.CharField(max_length=300, required=False)

    def clean_paying(self) -> str:
        """A way that is offered; the usual one if none is said."""
        way = chosen_way(str(self.cleaned_data["paying"]))
        if way is None:
            raise ValidationError(_("Choose one of these ways to pay."))
        return way

    @property
    def ways_to_pay(self) -> list[WayToPay]:
        return ways_to_pay(str(self["paying"].value() or ""))

    def seen_days(self) -> list[date]:
        """The day of each line; none if they are torn."""
        try:
            return [date.fromisoformat(day) for day in self.cleaned_data["days"].split()]
        except ValueError:
            return []
