"""What a design costs to make, and how much of its price codes may take off.

Costs are those of today: parts and work centers say them in the catalog.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from functools import lru_cache
from uuid import UUID

from configurator.catalog.configuration import Configuration
from configurator.catalog.explode import environment, rounded
from configurator.catalog.models import Part, Release, WorkCenter
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.engine import EngineError, Expression, Value, parse
from configurator.shops.charging import Charge
from orders.promo.models import Floor
from orders.selling.sums import CENT, NOTHING

HOUR = Decimal(60)


@dataclass(frozen=True)
class Cost:
    """What so many pieces cost to make, as far as it is known; `known` if that is all of it."""

    amount: Decimal
    known: bool


@dataclass(frozen=True)
class Bearing:
    """Goods at a price without tax, what they cost to make, and how low the price may go."""

    net: Decimal
    cost: Cost
    lowest: Decimal

    @property
    def bearable(self) -> Decimal:
        return max(NOTHING, self.net - self.lowest)


def cost_of(product: ReleasedProduct, configuration: Configuration, quantity: int) -> Cost:
    """Parts with what is lost on the way, and minutes at their work centers."""
    units, hours = _unit_costs(product), _hourly_costs(product.currency)
    values = environment(product, configuration)
    total, known = Decimal(0), True
    for line in product.bom(configuration):
        each = _evaluated(product, units.get(line.code, ""), values)
        known = known and each is not None
        total += (line.quantity + line.scrap) * quantity * (each or 0)
    for work in product.operations(configuration):
        hour = hours.get(work.work_center)
        minutes = max(Decimal(0), work.setup_minutes + work.run_minutes * quantity)
        known = known and (hour is not None or not minutes)
        total += minutes / HOUR * (hour or 0)
    return Cost(total.quantize(CENT, ROUND_UP), known)


def _unit_costs(product: ReleasedProduct) -> dict[str, str]:
    """Formulas by the parts' codes: as the catalog says now, or as the release says of parts that
    are gone from the catalog; "" where it is not known."""
    found = {part["code"]: str(part.get("cost") or "") for part in product.content["parts"]}
    release = Release.objects.filter(pk=product.release_id)
    rows = Part.objects.filter(product__in=release.values("product"))
    return {**found, **dict(rows.values_list("code", "cost"))}


def _evaluated(
    product: ReleasedProduct, formula: str, values: Mapping[str, Value]
) -> Decimal | None:
    """What one unit of a design costs; None where that is not known, as by a formula that speaks of
    what its release does not have."""
    if not formula:
        return None
    try:
        cost = _parsed(product.release_id, formula).evaluate(values)
    except (EngineError, ArithmeticError):
        return None
    return max(Decimal(0), rounded(cost, "0.0001"))


@lru_cache(maxsize=4096)
def _parsed(release_id: UUID, formula: str) -> Expression:
    return parse(formula, released(release_id).schema, want="number")


def _hourly_costs(currency: str) -> dict[str, Decimal]:
    rows = WorkCenter.objects.filter(hourly_cost__isnull=False, cost_currency=currency)
    return {
        code: cost for code, cost in rows.values_list("code", "hourly_cost") if cost is not None
    }


def floor_of(product_id: int) -> Floor:
    """What is set for a product, or for all; nothing is kept where nothing is set."""
    rows = Floor.objects.filter(product=product_id) | Floor.objects.filter(product=None)
    found = {row.product_id: row for row in rows}
    return found.get(product_id) or found.get(None) or Floor()


def bearing(
    product: ReleasedProduct,
    configuration: Configuration,
    *,
    product_id: int,
    quantity: int,
    net: Decimal,
    rush: Decimal = NOTHING,
    charge: Charge | None = None,
) -> Bearing:
    """How low the price of so many may go. `net` is with what rush adds, which pays for rush; both
    are as charged, costs are in the release's currency."""
    floor = floor_of(product_id)
    cost = cost_of(product, configuration, quantity)
    lowest = _with_margin(cost.amount, Decimal(floor.margin))
    if charge is not None:
        lowest = charge.plain(lowest)
    if not cost.known:
        usual = (net - rush) * (100 - Decimal(floor.unknown)) / 100
        lowest = max(lowest, usual.quantize(CENT, ROUND_UP))
    return Bearing(net, cost, min(net, lowest + rush))


def _with_margin(cost: Decimal, margin: Decimal) -> Decimal:
    """The price of which so many percent stay after these costs."""
    return (cost * 100 / (100 - margin)).quantize(CENT, ROUND_UP)
