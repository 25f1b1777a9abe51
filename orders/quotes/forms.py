"""What is sent to accept a quote: how it is paid, the terms, and what was seen: the days, and which
promo codes are gone."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.forms import PaidForm


class AcceptForm(PaidForm):
    """Nothing here is believed, only compared."""

    paying = forms.CharField(max_length=20, required=False)
    terms = forms.BooleanField(
        label=_("I accept the terms of sale"),
        error_messages={"required": _("Please accept the terms to order.")},
    )
    days = forms.CharField(max_length=1000, required=False)
    terms_version = forms.CharField(max_length=20, required=False)
    without = forms.CharField(max_length=300, required=False)

    def seen_days(self) -> list[date]:
        """The day of each line; none if they are torn."""
        try:
            return [date.fromisoformat(day) for day in self.cleaned_data["days"].split()]
        except ValueError:
            return []
