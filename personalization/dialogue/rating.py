"""How a product and its values are liked, for figures and recommendations."""

from __future__ import annotations

from django.db.models import Avg, Count

from configurator.catalog.opinions import Opinion, Opinions
from orders.voices.models import Voice
from personalization.dialogue.models import ChoiceStars

DRAWN = 5
"""An average counts as if so many more had given the product's own."""
MIDDLE = 3.0


def opinions(slug: str) -> Opinions:
    """Of the product of this address. Declined voices do not count."""
    said = Voice.objects.filter(specification__release__product__slug=slug)
    told = said.exclude(state=Voice.State.DECLINED).aggregate(n=Count("pk"), mean=Avg("stars"))
    rows = (
        ChoiceStars.objects.filter(product__slug=slug)
        .order_by()
        .values_list("option", "value")
        .annotate(n=Count("pk"), mean=Avg("stars"))
    )
    found = list(rows)
    base = _base(told, [(n, mean) for _option, _value, n, mean in found])
    whole = _opinion(told["n"], told["mean"], MIDDLE) if told["n"] else None
    return Opinions(whole, {(o, v): _opinion(n, mean, base) for o, v, n, mean in found})


def _base(told: dict[str, float | int | None], found: list[tuple[int, float]]) -> float:
    """To what values are drawn of which few have said anything."""
    total = sum(n for n, _mean in found)
    if total:
        return sum(n * mean for n, mean in found) / total
    return float(told["mean"] or MIDDLE)


def _opinion(count: int, mean: float, base: float) -> Opinion:
    return Opinion(count, float(mean), (count * mean + DRAWN * base) / (count + DRAWN))
