"""What a customer's acceptance sends: what the page showed. Nothing is believed, only compared."""

from django import forms

from orders.changes.changing import Seen


class SeenForm(forms.Form):
    """The hidden part of the page; `quantity`, if somebody sends one, must be the line's."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    specification = forms.CharField(max_length=64)
    difference = forms.DecimalField(max_digits=14, decimal_places=2)
    ready_on = forms.DateField(input_formats=["%Y-%m-%d"])
    quantity = forms.CharField(required=False)

    def seen(self) -> Seen | None:
        """What the customer saw; None if the form was tampered with or is torn."""
        if not self.is_valid():
            return None
        names = ("revision", "specification", "difference", "ready_on")
        return Seen(**{name: self.cleaned_data[name] for name in names})

    def keeps(self, quantity: int) -> bool:
        """Whether it does not ask for another number of pieces."""
        return str(self.data.get("quantity", quantity)).strip() == str(quantity)
