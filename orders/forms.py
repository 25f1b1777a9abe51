"""The order form: who orders, where it goes, how many; and what was shown when it was sent."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from orders.countries import countries
from orders.fields import (
    check_has_letters,
    check_mail_goes_out,
    check_postal_code,
    clean_line,
    clean_lines,
)
from orders.services import Contact, Seen

MOST = 99  # of one design in an order

Cleaner = Callable[[str], str]


class LineField(forms.CharField):
    """A text that `cleaner` checks and tidies before its length is looked at."""

    def __init__(self, *, cleaner: Cleaner = clean_line, complete: str = "", **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.cleaner = cleaner
        if complete:
            self.widget.attrs["autocomplete"] = complete

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if self.max_length is not None and len(text) > self.max_length * 8:
            return text  # far too long: the validator of the length says so
        return self.cleaner(text)


def _country_choices() -> list[tuple[str, Any]]:
    return [("", _("Choose …")), *countries(get_language() or "en")]


class OrderForm(forms.Form):
    """What the customer fills in."""

    quantity = forms.IntegerField(
        label=_("Quantity"),
        min_value=1,
        max_value=MOST,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    rush = forms.ChoiceField(
        label=_("How soon"),
        choices=[("0", _("As usual")), ("1", _("Rush"))],
        required=False,
        error_messages={"invalid_choice": _("Choose “As usual” or “Rush”.")},
    )
    name = LineField(
        label=_("Name"), max_length=120, complete="name", validators=[check_has_letters]
    )
    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        help_text=_("We send the confirmation here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        validators=[check_mail_goes_out],
    )
    street = LineField(label=_("Street and number"), max_length=200, complete="street-address")
    postal_code = LineField(
        label=_("Postal code"),
        max_length=20,
        complete="postal-code",
        validators=[check_postal_code],
    )
    city = LineField(label=_("City"), max_length=100, complete="address-level2")
    country = forms.ChoiceField(
        label=_("Country"),
        choices=_country_choices,
        error_messages={"invalid_choice": _("Choose a country from the list.")},
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    note = LineField(
        label=_("Note to the workshop"),
        max_length=1000,
        required=False,
        cleaner=clean_lines,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    terms = forms.BooleanField(
        label=_("I accept the terms of sale"),
        error_messages={"required": _("Please accept the terms to order.")},
    )

    def clean_email(self) -> str:
        return clean_line(str(self.cleaned_data["email"]))

    def contact(self) -> Contact:
        data = self.cleaned_data
        return Contact(
            name=data["name"],
            email=data["email"],
            street=data["street"],
            postal_code=data["postal_code"],
            city=data["city"],
            country=data["country"],
            note=data["note"],
        )

    def rushed(self) -> bool:
        """Whether rush was chosen; no, if what was sent is neither."""
        return self.is_bound and self.cleaned_data.get("rush") == "1"

    def keep_errors_of(self, *names: str) -> None:
        """Forget every error but those of some fields: the others are not filled in yet."""
        for other in list(self.errors):
            if other not in names:
                del self.errors[other]


class SeenForm(forms.Form):
    """The hidden part: what the page showed. Nothing here is believed, only compared."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    specification = forms.CharField(max_length=64)
    total = forms.DecimalField(max_digits=14, decimal_places=2)
    ready_on = forms.DateField(input_formats=["%Y-%m-%d"])
    terms_version = forms.CharField(max_length=20)

    def seen(self, rush: bool = False) -> Seen | None:
        """What the customer saw, at the speed they chose; None if the form was tampered with."""
        if not self.is_valid():
            return None
        data = self.cleaned_data
        return Seen(
            revision=data["revision"],
            specification=data["specification"],
            total=data["total"],
            ready_on=data["ready_on"],
            terms=data["terms_version"],
            rush=rush,
        )
