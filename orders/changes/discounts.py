"""What codes take off an order of which a line is changed: what was agreed, as far as the changed
design can bear it.

Each line has its own share. That of the changed line shrinks where the design would go below its
costs and margin, or where it is percents of a smaller price; it comes back, up to what was agreed,
with a change to a design that bears it. The shares of other lines stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from orders.deals import discount_of
from orders.margins import bearing
from orders.models import Order, OrderLine
from orders.offers import Offer
from orders.selling.sums import CENT, NOTHING

Kept = dict[str, Any]


@dataclass(frozen=True)
class Shrunk:
    """A code that takes off another amount than before; `name` by language."""

    name: Mapping[str, str]
    before: Decimal
    after: Decimal


def discounts_with(line: OrderLine, changed: OrderLine, offered: Offer) -> list[Kept]:
    """The discounts of an order as they are kept, if one of its lines became `changed`."""
    order = line.order
    if not order.discounts:
        return []
    nets = dict(order.lines.order_by("position").values_list("position", "net"))
    place = list(nets).index(line.position)
    left = _bearable(line, changed, offered)
    found = []
    for kept in order.discounts:
        if kept.get("of_shipping"):
            found.append(kept)
            continue
        shares = _shares_now(kept, list(nets.values()))
        agreed = _shares(kept, "agreed") or list(shares)
        shares[place] = min(_promised(kept, agreed[place], changed), left)
        left -= shares[place]
        found.append(_kept(kept, agreed, shares))
    return found


def _kept(kept: Kept, agreed: Sequence[Decimal], shares: Sequence[Decimal]) -> Kept:
    return {
        **kept,
        "net": str(sum(shares, NOTHING)),
        "shares": [str(share) for share in shares],
        "agreed": [str(share) for share in agreed],
    }


def _bearable(line: OrderLine, changed: OrderLine, offered: Offer) -> Decimal:
    """How much may be taken off the changed line, at the costs of today."""
    found = bearing(
        offered.product,
        offered.configuration,
        product_id=offered.design.release.product_id,
        quantity=line.quantity,
        net=changed.net,
        rush=changed.rush_net or NOTHING,
        charge=offered.charge,
    )
    return min(changed.net, found.bearable)


def _promised(kept: Kept, agreed: Decimal, changed: OrderLine) -> Decimal:
    """The line's share as its code says it: percents are of the price that it has now."""
    percent = discount_of(kept).percent
    if percent is None:
        return agreed
    return min(agreed, (changed.net * percent / 100).quantize(CENT, ROUND_HALF_UP))


def _shares(kept: Kept, name: str) -> list[Decimal]:
    return [Decimal(share) for share in kept.get(name, ())]


def _shares_now(kept: Kept, nets: Sequence[Decimal]) -> list[Decimal]:
    """What is taken off each line now. Orders from before this was kept: by what they are worth."""
    if known := _shares(kept, "shares"):
        return known
    net, goods = Decimal(kept["net"]), sum(nets, NOTHING)
    shares, told, worth = [], NOTHING, NOTHING
    for each in nets:
        worth += each
        so_far = (net * worth / goods).quantize(CENT, ROUND_HALF_UP) if goods else NOTHING
        shares.append(so_far - told)
        told = so_far
    return shares


def shrunk(order: Order, discounts: Sequence[Kept]) -> list[Shrunk]:
    """The codes that would take off another amount than now."""
    pairs = zip(order.discounts, discounts, strict=True) if discounts else ()
    found = [(discount_of(was), discount_of(now)) for was, now in pairs]
    return [
        Shrunk(was.name or {"en": was.code}, was.net, now.net)
        for was, now in found
        if was.net != now.net
    ]
