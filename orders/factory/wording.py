"""How amounts are worded at the bench, alike on paper and on screen."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext_lazy

from orders.papers import words
from orders.papers.tongues import gettext as _

CAUSE_NAMES: dict[str, Any] = {
    "damage": gettext_lazy("damaged"),
    "measure": gettext_lazy("wrong measure"),
    "material": gettext_lazy("bad or wrong material"),
    "surface": gettext_lazy("scratch or flaw in the surface"),
    "assembly": gettext_lazy("put together wrongly"),
    "text": gettext_lazy("wrong text or artwork"),
    "other": gettext_lazy("something else"),
}
"""Why something is made again or given up, as it is counted."""


def cause_name(code: str) -> str:
    """Why something is made again or given up."""
    return str(CAUSE_NAMES.get(code, code)) or "–"


def quantity_text(quantity: Decimal, unit: str, language: str) -> str:
    """2 pcs"""
    return f"{words.number(quantity, language)} {words.unit(unit)}"


COUNTED = frozenset({"pcs", "set"})


def scrap_text(scrap: Decimal, unit: str, language: str) -> str:
    """+ 0.064 m scrap, which is to be pulled besides; "" for less than half a piece."""
    if unit in COUNTED:
        scrap = scrap.quantize(Decimal(1), ROUND_HALF_UP)
    return f"+ {quantity_text(scrap, unit, language)} {_('scrap')}" if scrap else ""


def cut_text(sides: Sequence[Decimal | None], language: str) -> str:
    """346 × 256 × 2.4, or 960 for a strap that is only cut to length."""
    while sides and sides[-1] is None:
        sides = sides[:-1]
    return " × ".join("–" if side is None else words.size(side, language) for side in sides)


def minutes_text(setup: Decimal, run: Decimal, language: str) -> str:
    """setup 10 + run 42"""
    numbers = {"setup": words.number(setup, language), "run": words.number(run, language)}
    return _("setup %(setup)s + run %(run)s") % numbers
