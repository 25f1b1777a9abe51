"""What a design costs to make, and how much of its price codes may take off.

Costs are those of today: parts and work centers say them in the catalog.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from configurator.catalog.configuration import Configuration
from configurator.catalog.models import Part, Release, WorkCenter
from configurator.catalog.released import ReleasedProduct
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
    total, known = Decimal(0), True
    for line in product.bom(configuration):
        each = units.get(line.code)
        known = known and each is not None
        total += (line.quantity + line.scrap) * quantity * (each or 0)
    for work in product.operations(configuration):
        hour = hours.get(work.work_center)
        minutes = max(Decimal(0), work.setup_minutes + work.run_minutes * quantity)
        known = known and (hour is not None or not minutes)
        total += minutes / HOUR * (hour or 0)
    return Cost(total.quantize(CENT, ROUND_UP), known)


def _unit_costs(product: ReleasedProduct) -> dict[str, Decimal]:
    """By the parts' codes: as the catalog says now, or as the release says of parts that are gone
    from the catalog."""
    found = {
        part["code"]: Decimal(part["cost"])
        for part in product.content["parts"]
        if part.get("cost") is not None
    }
    release = Release.objects.filter(pk=product.release_id)
    rows = Part.objects.filter(product__in=release.values("product"))
    for code, cost in rows.values_list("code", "cost"):
        if cost is None:
            found.pop(code, None)
        else:
            found[code] = cost
    return found


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
