"""What a run is begun with."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from orders.promo.models import Promotion
from personalization.brochures import audiences, who
from personalization.brochures.press.sheets import SHEETS
from personalization.brochures.services import MOST

PASTED = "pasted"
SHEET_NAMES = {
    "SRA3": _("SRA3, four on a sheet"),
    "SRA4": _("SRA4, two on a sheet"),
    "A4": _("A4, one on a sheet"),
}
assert SHEET_NAMES.keys() == SHEETS.keys()


def promotions() -> Any:
    """Those that can be given away now."""
    now = timezone.now()
    return Promotion.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), active=True)


class RunForm(forms.Form):
    """`people` are the persons that were chosen and allow it, once the form is valid."""

    title = forms.CharField(
        label=_("What is it called?"), max_length=80, help_text=_("Only you see it.")
    )
    audience = forms.ChoiceField(label=_("For whom?"))
    keys = forms.CharField(
        label=_("Their references"),
        required=False,
        max_length=800_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only for a list of your own: one reference of a person a line."),
    )
    promotion = forms.ModelChoiceField(
        label=_("What do you offer?"),
        queryset=Promotion.objects.none(),
        required=False,
        empty_label=_("Nothing"),
        help_text=_("Everybody gets a code of their own, for one order."),
    )
    sheet = forms.ChoiceField(label=_("On which sheets?"), choices=[*SHEET_NAMES.items()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(each.code, each.name) for each in audiences.all_of()]
        self._choice("audience").choices = [*own, (PASTED, _("A list of your own"))]
        self._promotions().queryset = promotions()
        self.people: list[int] = []
        for name, field in self.fields.items():
            if name in self.errors:
                field.widget.attrs |= {
                    "aria-invalid": "true",
                    "aria-describedby": f"id_{name}_error",
                }

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def _promotions(self) -> "forms.ModelChoiceField[Promotion]":
        field = self.fields["promotion"]
        assert isinstance(field, forms.ModelChoiceField)
        return field

    def clean(self) -> dict[str, Any]:
        """Who is chosen and allows it: somebody, and not too many."""
        data = super().clean() or {}
        code = data.get("audience")
        if code == PASTED:
            chosen = audiences.by_keys(data.get("keys", ""))
            allowed = who.allowing(chosen)
            self.people = [person for person in chosen if person in allowed]
        elif code and (audience := audiences.named(code)):
            self.people = audiences.who_allow(audience)
        field = "keys" if code == PASTED else "audience"
        if code and not self.people:
            self.add_error(field, _("Nobody of them allows printed brochures."))
        elif len(self.people) > MOST:
            told = ngettext("At most %(most)d person.", "At most %(most)d people.", MOST)
            self.add_error(field, told % {"most": MOST})
        return data
