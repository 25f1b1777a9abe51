"""What all of it comes to: goods, what is taken off, shipping, the tax by rate, the total.

The one place where an order's money is added up; cart, checkout, order, papers and mails show it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Item:
    """Goods of a line: all of it without tax, and its rate in percent."""

    net: Decimal
    rate: Decimal


@dataclass(frozen=True)
class Discount:
    """What is taken off the goods, or off the shipping, without tax; `net` is positive.

    `shares` is what of it is each line's, where that is known; `percent` is what it says of them.
    """

    net: Decimal
    code: str = ""
    name: Mapping[str, str] = field(default_factory=dict)
    of_shipping: bool = False
    shares: tuple[Decimal, ...] = ()
    percent: Decimal | None = None


@dataclass(frozen=True)
class TaxLine:
    """The tax at one rate on all that has it."""

    rate: Decimal
    base: Decimal
    tax: Decimal


@dataclass(frozen=True)
class Sums:
    """Money in one currency. `shipping` is None where it is not chosen or never told."""

    goods: Decimal
    discounts: tuple[Discount, ...]
    shipping: Decimal | None
    taxes: tuple[TaxLine, ...]
    net: Decimal
    tax: Decimal
    total: Decimal


def price_summary(
    items: Sequence[Item],
    *,
    shipping: Decimal | None = None,
    discounts: Iterable[Discount] = (),
) -> Sums:
    """Add it up. Tax is rounded half-up once a rate.

    Discounts are spread over the goods by their worth and never take off more than these are, or
    than the shipping costs. Shipping goes with the goods, and has the highest of their rates.
    """
    goods = sum((item.net for item in items), NOTHING)
    off = _no_more_than(goods, shipping or NOTHING, discounts)
    bases = _bases(items, goods, sum((each.net for each in off if not each.of_shipping), NOTHING))
    if shipping is not None:
        less = sum((each.net for each in off if each.of_shipping), NOTHING)
        bases[max(bases, default=NOTHING)] += shipping - less
    taxes = tuple(
        TaxLine(rate, base, _tax(base, rate)) for rate, base in sorted(bases.items(), reverse=True)
    )
    net = sum((line.base for line in taxes), NOTHING)
    tax = sum((line.tax for line in taxes), NOTHING)
    return Sums(goods, off, shipping, taxes, net, tax, net + tax)


def _no_more_than(
    goods: Decimal, shipping: Decimal, discounts: Iterable[Discount]
) -> tuple[Discount, ...]:
    """The discounts, the last ones smaller where they would be more than what they are taken
    off."""
    left, found = {False: goods, True: shipping}, []
    for each in discounts:
        net = min(each.net, left[each.of_shipping])
        left[each.of_shipping] -= net
        if net:
            found.append(replace(each, net=net))
    return tuple(found)


def _bases(items: Sequence[Item], goods: Decimal, off: Decimal) -> dict[Decimal, Decimal]:
    """The goods by rate, less their share of what is taken off. Cents that rounding leaves over
    come off where most is left, one each."""
    bases: dict[Decimal, Decimal] = defaultdict(lambda: NOTHING)
    for item in items:
        bases[item.rate] += item.net
    if not off:
        return bases
    shares = {rate: (off * net / goods).quantize(CENT, ROUND_DOWN) for rate, net in bases.items()}
    cents = int((off - sum(shares.values())) / CENT)
    for rate in sorted(bases, key=lambda rate: (shares[rate] - bases[rate], rate))[:cents]:
        shares[rate] += CENT
    for rate, share in shares.items():
        bases[rate] -= share
    return bases


def with_tax(items: Sequence[Item]) -> list[Decimal]:
    """Each with its share of the tax, so that together they are what all of them come to."""
    bases: dict[Decimal, Decimal] = defaultdict(lambda: NOTHING)
    found = []
    for item in items:
        before = _tax(bases[item.rate], item.rate)
        bases[item.rate] += item.net
        found.append(item.net + _tax(bases[item.rate], item.rate) - before)
    return found


def _tax(base: Decimal, rate: Decimal) -> Decimal:
    return (base * rate / 100).quantize(CENT, ROUND_HALF_UP)
