"""The order form: who orders, where it goes and how; and what was shown when it was sent."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from orders.addresses import check_postal_code_of, needs_postal_code
from orders.countries import countries
from orders.deals import Where
from orders.fields import (
    check_has_letters,
    check_mail_goes_out,
    check_postal_code,
    clean_line,
    clean_lines,
)
from orders.paying.ways import WayToPay, chosen_way, ways_to_pay
from orders.promo.showing import promo_field, promos_run
from orders.selling import business
from orders.services import Contact, Seen, UnknownNumber, Unreachable

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


def _country(label: Any, complete: str, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=_country_choices,
        required=required,
        error_messages={"invalid_choice": _("Choose a country from the list.")},
        widget=forms.Select(attrs={"autocomplete": complete}),
    )


BILLING = ("name", "street", "postal_code", "city", "country")


class PaidForm(forms.Form):
    """A form with a field `paying`, whose values are what the firm offers."""

    def clean_paying(self) -> str:
        """A way that is offered; the usual one if none is said."""
        way = chosen_way(str(self.cleaned_data["paying"]))
        if way is None:
            raise ValidationError(_("Choose one of these ways to pay."))
        return way

    @property
    def ways_to_pay(self) -> list[WayToPay]:
        """What may be chosen; empty where there is no choice."""
        return ways_to_pay(str(self["paying"].value() or ""))


class AddressForm(PaidForm):
    """Who orders, where it goes and how, whom the bill is for."""

    country = _country(_("Deliver to"), "shipping country")
    name = LineField(
        label=_("Name"), max_length=120, complete="shipping name", validators=[check_has_letters]
    )
    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        help_text=_("We send the confirmation here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        validators=[check_mail_goes_out],
    )
    street = LineField(
        label=_("Street and number"), max_length=200, complete="shipping street-address"
    )
    postal_code = LineField(
        label=_("Postal code"),
        max_length=20,
        complete="shipping postal-code",
        validators=[check_postal_code],
    )
    city = LineField(label=_("City"), max_length=100, complete="shipping address-level2")
    shipping = forms.CharField(max_length=20, required=False)
    company = LineField(label=_("Company"), max_length=120, required=False, complete="organization")
    vat_number = forms.CharField(
        label=_("VAT number"),
        max_length=40,
        required=False,
        help_text=_("With the letters of the country, like PL5260001246."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    billing_name = LineField(
        label=_("Name"), max_length=120, required=False, complete="billing name"
    )
    billing_street = LineField(
        label=_("Street and number"),
        max_length=200,
        required=False,
        complete="billing street-address",
    )
    billing_postal_code = LineField(
        label=_("Postal code"),
        max_length=20,
        required=False,
        complete="billing postal-code",
        validators=[check_postal_code],
    )
    billing_city = LineField(
        label=_("City"), max_length=100, required=False, complete="billing address-level2"
    )
    billing_country = _country(_("Country"), "billing country", required=False)
    note = LineField(
        label=_("Note to the workshop"),
        max_length=1000,
        required=False,
        cleaner=clean_lines,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    may_ask = forms.BooleanField(
        label=_("Ask me by mail how it is, once it has arrived"), required=False
    )
    promo = promo_field()
    paying = forms.CharField(max_length=20, required=False)
    terms = forms.BooleanField(
        label=_("I accept the terms of sale"),
        error_messages={"required": _("Please accept the terms to order.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and not needs_postal_code(str(self.data.get("country", ""))):
            self.fields["postal_code"].required = False

    def clean_email(self) -> str:
        return clean_line(str(self.cleaned_data["email"]))

    def clean_postal_code(self) -> str:
        """As its country writes them; that comes before it among the fields."""
        code, country = str(self.cleaned_data["postal_code"]), self.cleaned_data.get("country")
        if code and country:
            check_postal_code_of(code, country)
        return code

    def clean_vat_number(self) -> str:
        return business.tidy(
            str(self.cleaned_data["vat_number"]), str(self.cleaned_data.get("country") or "")
        )

    def clean(self) -> dict[str, Any]:
        """What hangs together: a bill to somewhere else says where, a VAT number whose it is."""
        data = self.cleaned_data
        if data.get("vat_number") and not data.get("company") and "company" not in self.errors:
            self.add_error("company", _("Write whose VAT number this is."))
        names = [f"billing_{name}" for name in BILLING]
        if any(data.get(name) for name in names) or any(name in self.errors for name in names):
            self._complete_bill(data)
        return data

    def _complete_bill(self, data: dict[str, Any]) -> None:
        country = str(data.get("billing_country") or "")
        for name in (f"billing_{name}" for name in BILLING):
            idle = name == "billing_postal_code" and not needs_postal_code(country)
            if not data.get(name) and name not in self.errors and not idle:
                self.add_error(
                    name, _("Complete the address of the bill, or leave all of it empty.")
                )
        code = str(data.get("billing_postal_code") or "")
        if code and country:
            try:
                check_postal_code_of(code, country)
            except ValidationError as error:
                self.add_error("billing_postal_code", error)

    def contact(self) -> Contact:
        names = [field.name for field in fields(Contact)]
        return Contact(**{name: self.cleaned_data[name] for name in names})

    def email_said(self) -> str:
        """As far as it is right."""
        return str(self.cleaned_data.get("email") or "") if self.is_bound else ""

    def where(self) -> Where:
        """As far as it is said and right; home and the first way where it is not."""
        said = self.initial
        if self.is_bound:
            said = self.cleaned_data if self.errors is not None else {}
        return Where(*(str(said.get(name) or "") for name in ("country", "vat_number", "shipping")))

    @property
    def asks_for_codes(self) -> bool:
        """Whether there is any promotion, or something was written."""
        return bool(self["promo"].value()) or promos_run()

    @property
    def billed(self) -> bool:
        """Whether something is said of a bill to somewhere else."""
        return any(self[f"billing_{name}"].value() for name in BILLING)

    @property
    def as_business(self) -> bool:
        """Whether something is said of a business."""
        return bool(self["company"].value() or self["vat_number"].value())

    def keep_errors_of(self, *names: str) -> None:
        """Forget every error but those of some fields: the others are not filled in yet."""
        for other in list(self.errors):
            if other not in names:
                del self.errors[other]


class OrderForm(AddressForm):
    """One design: how many, how soon, to whom."""

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

    field_order = ("quantity", "rush")

    def rushed(self) -> bool:
        """Whether rush was chosen; no, if what was sent is neither."""
        return self.is_bound and self.cleaned_data.get("rush") == "1"


class SeenForm(forms.Form):
    """The hidden part: what the page showed. Nothing here is believed, only compared."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    specification = forms.CharField(max_length=64)
    total = forms.DecimalField(max_digits=14, decimal_places=2)
    ready_on = forms.DateField(input_formats=["%Y-%m-%d"])
    terms_version = forms.CharField(max_length=20)
    arrives_on = forms.DateField(input_formats=["%Y-%m-%d"], required=False)

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
            arrives_on=data["arrives_on"],
        )


def told_unreachable() -> str:
    return gettext("We don’t ship there yet. Choose another country, or write to us.")


def told_at(refusal: Unreachable | UnknownNumber) -> tuple[str, str]:
    """The field that stands against an order, and what is said there."""
    if isinstance(refusal, Unreachable):
        return "country", told_unreachable()
    said = gettext("The tax office does not know this number. Correct it, or leave it out.")
    return "vat_number", said
