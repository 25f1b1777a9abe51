"""The codes of a form: what was written, what of it works, and what its page sends back."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.promo.applying import NONE, Applied
from orders.promo.guessing import asked
from orders.promo.models import Promotion
from orders.promo.writing import LONGEST_TEXT, codes_in


def promo_field() -> forms.CharField:
    """Where codes are written."""
    return forms.CharField(
        label=gettext_lazy("Promo code"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


@dataclass(frozen=True)
class Written:
    """What a form says of codes: those to look at, and those that its page showed as working."""

    codes: tuple[str, ...] = ()
    slowed: bool = False
    shown: tuple[str, ...] = ()
    settled: bool = True  # nothing was written since the page was shown

    @property
    def seen(self) -> tuple[str, ...]:
        """The codes with which its customer saw the total."""
        return tuple(code for code in self.codes if code in self.shown)


NOTHING_WRITTEN = Written()


def written(request: HttpRequest) -> Written:
    """What this request says of codes."""
    codes = codes_in(request.POST.get("promo", ""))
    found = asked(request, codes)
    return Written(
        found.codes,
        found.slowed,
        codes_in(request.POST.get("promo_works", "")),
        found.slowed or codes == codes_in(request.POST.get("promo_shown", "")),
    )


def recalled(request: HttpRequest, text: str) -> Written:
    """Codes that were written before: looked at as if they were written now."""
    found = asked(request, codes_in(text))
    return Written(found.codes, found.slowed)


@dataclass(frozen=True)
class PromoPanel:
    """What a page tells of its codes."""

    applied: Applied = NONE
    slowed: str = ""

    @property
    def works(self) -> str:
        return " ".join(self.applied.codes)

    @property
    def shown(self) -> str:
        return " ".join(told.code for told in self.applied.told)


def panel(applied: Applied, codes: Written) -> PromoPanel:
    """What to tell."""
    slowed = _("Those were many codes. Please try again in a quarter of an hour.")
    return PromoPanel(applied, slowed if codes.slowed else "")


def promos_run() -> bool:
    """Whether there is any promotion: else nobody is asked for codes."""
    return Promotion.objects.filter(active=True).exists()
