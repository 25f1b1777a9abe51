"""What is sent from the cart and its checkout; what pages showed is compared, never believed."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from orders.forms import MOST
from orders.services import SeenLine, SeenOrder

LONGEST = 20_000  # characters of what a checkout shows


class ItemForm(forms.Form):
    """How many of an item, how soon."""

    quantity = forms.IntegerField(min_value=1, max_value=MOST)
    rush = forms.BooleanField(required=False)


class SeenForm(forms.Form):
    """The hidden part of the checkout."""

    lines = forms.CharField(max_length=LONGEST)
    total = forms.DecimalField(max_digits=14, decimal_places=2)
    terms_version = forms.CharField(max_length=20)
    arrives_on = forms.DateField(input_formats=["%Y-%m-%d"], required=False)

    def seen(self, shipping: str) -> SeenOrder | None:
        """What the customer saw, with the way of shipping that they chose; None if it is torn."""
        if not self.is_valid():
            return None
        data = self.cleaned_data
        try:
            lines = tuple(_line(row) for row in json.loads(data["lines"]))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        return SeenOrder(
            lines=lines,
            total=data["total"],
            terms=data["terms_version"],
            shipping=shipping,
            arrives_on=data["arrives_on"],
        )


def written(lines: tuple[SeenLine, ...]) -> str:
    """The lines as the page sends them back."""
    return json.dumps(
        [
            {
                "design": str(line.design_id),
                "revision": line.revision,
                "specification": line.specification,
                "quantity": line.quantity,
                "ready_on": line.ready_on.isoformat(),
                "rush": line.rush,
            }
            for line in lines
        ]
    )


def _line(row: dict[str, Any]) -> SeenLine:
    quantity, revision = int(row["quantity"]), int(row["revision"])
    if not (1 <= quantity <= MOST and 0 <= revision < 2**31):
        raise ValueError(row)
    return SeenLine(
        design_id=UUID(str(row["design"])),
        revision=revision,
        specification=str(row["specification"])[:64],
        quantity=quantity,
        ready_on=date.fromisoformat(str(row["ready_on"])),
        rush=row["rush"] is True,
    )
