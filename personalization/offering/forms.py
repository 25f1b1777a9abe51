"""An offer as a marketer writes it: what it takes off, to whom, how its codes work."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from configurator.catalog.models import Product
from orders.promo.batches import MOST
from orders.promo.models import Floor, Promotion
from personalization.offering.models import Offer
from personalization.segments import language

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
LONGEST_DAYS = 3650
MOST_USES = 10_000_000


class TermsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is taken off, from what, when, how often: the promotion."""

    class Meta:
        model = Promotion
        fields: ClassVar[list[str]] = [
            *(f"name_{code}" for code in LANGUAGES),
            *("kind", "percent", "amount", "currency", "products", "minimum"),
            *("starts_at", "ends_at", "limit", "stackable", "group"),
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "products": forms.CheckboxSelectMultiple,
            "starts_at": forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
            "ends_at": forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        }

    def __init__(self, *more: Any, **named: Any) -> None:
        super().__init__(*more, **named)
        self.fields["name_en"].required = True
        products = self.fields["products"]
        assert isinstance(products, forms.ModelMultipleChoiceField)
        products.queryset, products.to_field_name = Product.objects.order_by("name"), "slug"

    def clean_limit(self) -> int | None:
        return _between(self.cleaned_data["limit"], MOST_USES)


class OfferForm(forms.ModelForm):  # type: ignore[type-arg]
    """For whom it is, why, and how its codes work."""

    class Meta:
        model = Offer
        fields: ClassVar[list[str]] = [
            "rule",
            *(f"why_{code}" for code in LANGUAGES),
            *("days", "shown", "reached", "holds", "earned_by", "sooner"),
        ]
        widgets: ClassVar[dict[str, Any]] = {
            "rule": forms.Textarea({"rows": 3, "spellcheck": "false", "autocapitalize": "off"})
        }

    def clean_rule(self) -> str:
        """One that can be read, or none: everybody."""
        rule = str(self.cleaned_data["rule"]).strip()
        if rule:
            try:
                language.parse(rule)
            except language.BadRule as error:
                told = _("Line %(line)s, character %(column)s: %(said)s") % vars(error)
                raise ValidationError(told) from None
        return rule

    def clean_days(self) -> int | None:
        return _between(self.cleaned_data["days"], LONGEST_DAYS)

    def clean_sooner(self) -> int | None:
        return _between(self.cleaned_data["sooner"], 250)


def _between(number: int | None, most: int) -> int | None:
    if number is not None and not 1 <= number <= most:
        raise ValidationError(_("Write a number from 1 to %(most)s.") % {"most": most})
    return number


class FloorForm(forms.ModelForm):  # type: ignore[type-arg]
    """How low codes may bring a product's price."""

    class Meta:
        model = Floor
        fields: ClassVar[list[str]] = ["margin", "unknown"]


class CodesForm(forms.Form):
    """Codes for whoever is handed them: at a fair, on a card in the box."""

    count = forms.IntegerField(
        label=gettext_lazy("New codes for one order each"), min_value=1, max_value=MOST
    )
    start = forms.CharField(label=gettext_lazy("They begin with"), max_length=12, required=False)
    there = forms.IntegerField(required=False, widget=forms.HiddenInput)  # codes, as it was shown

    def __init__(self, offer: Offer, data: Any = None) -> None:
        self._promotion = offer.promotion
        self._there = offer.promotion.codes.count()
        super().__init__(data, initial={"there": self._there})

    def clean_count(self) -> int:
        """No more than there are orders left for them."""
        count, promotion = int(self.cleaned_data["count"]), self._promotion
        left = None if promotion.limit is None else promotion.limit - promotion.used
        if left is not None and count > left:
            told = ngettext(
                "Only %(n)d more order can use this offer. Raise its limit first.",
                "Only %(n)d more orders can use this offer. Raise its limit first.",
                left,
            )
            raise ValidationError(told % {"n": left})
        return count

    def clean(self) -> dict[str, Any]:
        """Pressed twice, or in two tabs, they are made once."""
        data = super().clean() or {}
        before = data.get("there")
        if before is not None and before != self._there:
            new = self._there - before
            self.data = {**self.data, "there": str(self._there)}
            told = ngettext(
                "Since you opened this page %(n)d code was made. Press again to make more.",
                "Since you opened this page %(n)d codes were made. Press again to make more.",
                new,
            )
            self.add_error("count", told % {"n": new})
        return data
