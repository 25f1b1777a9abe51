"""What the figures about a product are counted from: a few queries, whatever there is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Sum, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from configurator.catalog.models import Release
from configurator.wizard.models import Design, DesignEvent, Wanted
from orders.factory.figures.period import Period
from orders.models import Order, OrderLine

IDLE = timedelta(hours=12)
"""A design that was not touched for so long was left."""
CHUNK = 2_000


@dataclass
class Chosen:
    """How often each value stands in designs and in orders: (option, value as JSON) -> count."""

    designs: int = 0
    orders: int = 0
    left: int = 0
    in_designs: Counter[tuple[str, str]] = field(default_factory=Counter)
    in_orders: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_at: Counter[str] = field(default_factory=Counter)  # by the option touched last; "" is none


@dataclass(frozen=True)
class Demand:
    """How often a value was wanted that these rules exclude."""

    option: str
    value: str
    rules: tuple[str, ...]
    asked: int
    made_room: int

    @property
    def turned_away(self) -> int:
        """How often nothing came of it. Room is made also on the way from a page of yesterday."""
        return max(0, self.asked - self.made_room)


def chosen(product_id: int, period: Period) -> Chosen:
    """Designs that customers last changed in the period, and orders placed in it."""
    designs, bought = Counter[Any](), Counter[Any]()
    found = Chosen(
        designs=_count(designs, _texts(_designs(product_id, period))),
        orders=_count(bought, _texts(_ordered(product_id, period))),
        left_at=_left(product_id, period),
    )
    found.left = found.left_at.total()
    found.in_designs, found.in_orders = _written(designs), _written(bought)
    return found


def _count(counter: Counter[Any], states: Iterable[str]) -> int:
    """Count the values of all states; how many states there are."""
    count = 0
    for text in states:
        count += 1
        counter.update(json.loads(text)["choices"].items())
    return count


def _texts(rows: QuerySet[Any]) -> Iterable[str]:
    """The states as texts: a hundred thousand of them are read in half a second."""
    texts = rows.order_by().annotate(text=Cast("state", TextField()))
    found: Iterable[str] = texts.values_list("text", flat=True).iterator(CHUNK)
    return found


def _written(counter: Counter[Any]) -> Counter[tuple[str, str]]:
    """The values as texts. Only now: an option's values are all of one kind, so none were mixed."""
    return Counter(
        {
            (option, value if isinstance(value, str) else json.dumps(value)): count
            for (option, value), count in counter.items()
        }
    )


def _designs(product_id: int, period: Period) -> QuerySet[Design]:
    return Design.objects.filter(
        release__in=_releases(product_id),
        updated_at__gte=period.start,
        updated_at__lt=period.stop,
        revision__gt=0,
    )


def _left(product_id: int, period: Period) -> Counter[str]:
    """Designs that were left, by the option changed last ("": none of its own)."""
    last = DesignEvent.objects.filter(design_id=OuterRef("id"), revision=OuterRef("revision"))
    rows = (
        _designs(product_id, period)
        .filter(updated_at__lt=timezone.now() - IDLE)
        .exclude(Exists(OrderLine.objects.filter(design_id=OuterRef("id"))))
        .annotate(option=Subquery(last.order_by().values("option")[:1]))
        .order_by()
        .values_list("option")
        .annotate(count=Count("id"))
    )
    return Counter({option or "": count for option, count in rows})


def _releases(product_id: int) -> list[Any]:
    return list(Release.objects.filter(product_id=product_id).values_list("id", flat=True))


def _ordered(product_id: int, period: Period) -> QuerySet[DesignEvent]:
    """What was ordered, as it was then."""
    lines = OrderLine.objects.filter(
        design=OuterRef("design"),
        design_revision=OuterRef("revision"),
        order__placed_at__gte=period.start,
        order__placed_at__lt=period.stop,
    )
    return DesignEvent.objects.filter(
        Exists(lines.exclude(order__state=Order.State.CANCELED)),
        design__release__in=_releases(product_id),
    )


def demand(product_id: int, period: Period) -> list[Demand]:
    """What was wanted and blocked in the period, most turned away first."""
    rows = (
        Wanted.objects.filter(
            release__product_id=product_id, day__gte=period.first, day__lte=period.last
        )
        .order_by()
        .values_list("option", "value", "rules")
        .annotate(asked=Sum("asked"), made=Sum("made_room"))
    )
    found = [
        Demand(option, value, tuple(rules.split("\n")) if rules else (), asked, made)
        for option, value, rules, asked, made in rows
    ]
    return sorted(found, key=lambda each: (-each.turned_away, -each.asked, each.option, each.value))
