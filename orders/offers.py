"""What a design offers right now: is it complete, what does it cost, when is it ready."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from configurator.catalog import queries as catalog
from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import OptionInfo, PriceLine
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, Value
from configurator.shops.charging import Charge
from configurator.wizard.answers import answer_of, completed
from configurator.wizard.limits import Limits
from configurator.wizard.models import Design
from configurator.wizard.options import unwritable
from configurator.wizard.tariffs import paid_in, tariff_of
from configurator.wizard.timing import desk_of, limited, ready_day
from orders.money import Amounts, line_amounts


@dataclass(frozen=True)
class Offer:
    """A design at one revision, completed in the cheapest way.

    `undecided` are the options which the customer still has to choose (`configuration` holds
    what the cheapest completion would take), `missing` the required texts and files.
    """

    design: Design
    product: ReleasedProduct
    configuration: Configuration
    undecided: tuple[OptionInfo, ...]
    missing: tuple[OptionInfo, ...]
    price_lines: tuple[PriceLine, ...]  # as charged
    ready_on: date
    charge: Charge

    @property
    def currency(self) -> str:
        """In which it is paid."""
        return self.charge.currency

    @property
    def complete(self) -> bool:
        return not self.undecided and not self.missing

    @property
    def unit_net(self) -> Decimal:
        return sum((line.amount for line in self.price_lines), Decimal(0))

    def amounts(self, quantity: int, rush: bool = False) -> Amounts:
        """The money for so many; with the price of rush, where that is asked for and offered."""
        added = self.rush_net(quantity) if rush else None
        return line_amounts(self.unit_net, quantity, self.product.tax_rate, added)

    def rush_net(self, quantity: int) -> Decimal | None:
        """What rush adds, net, for so many; None if it is not offered."""
        rush = self.product.rush
        if rush is None:
            return None
        price = rush.price(self.unit_net * quantity)
        return price if rush.amount is None else self.charge.plain(price)


def offer(design: Design) -> Offer:
    """What the design offers today. Options with a single possible value count as decided."""
    product = catalog.released(design.release_id)
    state = Configuration.from_json(design.state)
    tariff = tariff_of(product, design)
    limits = paid_in(Limits.from_json(design.limits), product, tariff)
    bounds = limited(limits, product, state, design)
    whole = completed(product, state, bounds)
    return Offer(
        design=design,
        product=product,
        configuration=whole,
        undecided=_undecided(product, state, whole),
        missing=_missing(product, whole),
        price_lines=_charged(product.price_lines(whole), tariff.charge),
        ready_on=ready_day(desk_of(design, product), whole),
        charge=tariff.charge,
    )


def _charged(lines: Sequence[PriceLine], charge: Charge) -> tuple[PriceLine, ...]:
    """The lines as they are charged: each is what the sum grows by, so that they add up."""
    if charge.same:
        return tuple(lines)
    found, net, before = [], 0, 0
    for line in lines:
        net += int(line.amount.scaleb(2))
        now = charge.of(net)
        found.append(replace(line, amount=Decimal(now - before) / 100))
        before = now
    return tuple(found)


def _undecided(
    product: ReleasedProduct, state: Configuration, whole: Configuration
) -> tuple[OptionInfo, ...]:
    """Options with several possible values; if there are any, only those of the completion."""
    possible = answer_of(product, state).possible
    free = [
        option
        for option in product.options.values()
        if option.code not in state.choices and sum(possible.get(option.code, {}).values()) > 1
    ]
    applying = [option for option in free if whole.choices[option.code] != NONE]
    return tuple(applying or free)


def _missing(product: ReleasedProduct, whole: Configuration) -> tuple[OptionInfo, ...]:
    """Required texts and files that are not there, and texts which their typeface can't write."""
    return tuple(
        option
        for option in product.options.values()
        if option.kind in {"text", "file"}
        and product.applies(option.code, whole.choices)
        and _lacks(product, option, whole)
    )


def _lacks(product: ReleasedProduct, option: OptionInfo, whole: Configuration) -> bool:
    given = (whole.texts if option.kind == "text" else whole.files).get(option.code, "").strip()
    if not given:
        return option.required
    return option.kind == "text" and bool(unwritable(product, option.code, whole.choices, given))


def shown(offer: Offer) -> list[tuple[OptionInfo, Value]]:
    """The choices, toggles and numbers that apply, in the order of the wizard."""
    return [
        (option, offer.configuration.choices[option.code])
        for option in offer.product.options.values()
        if option.code in offer.configuration.choices
        and offer.configuration.choices[option.code] != NONE
    ]
