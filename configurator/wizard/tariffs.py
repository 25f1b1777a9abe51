"""What a net amount is for this customer: in which currency, with which tax."""

from dataclasses import dataclass, replace
from decimal import Decimal

from configurator.catalog.released import ReleasedProduct
from configurator.shops import currencies
from configurator.shops.charging import Charge
from configurator.shops.destination import rate_of
from configurator.wizard.limits import Limits
from configurator.wizard.models import Design
from configurator.wizard.money import difference, gross, money, net_within


@dataclass(frozen=True)
class Tariff:
    """Amounts are minor units: net ones in the release's currency, all others as charged."""

    charge: Charge
    tax: Decimal  # percent

    @property
    def currency(self) -> str:
        return self.charge.currency

    def gross(self, net: int) -> int:
        """What is paid for it, with tax."""
        return gross(self.charge.of(net), self.tax)

    def tax_in(self, net: int) -> int:
        """How much of that is tax."""
        return self.gross(net) - self.charge.of(net)

    def within(self, budget: int) -> int:
        """The most net minor units for which no more than the budget is paid."""
        return self.charge.within(net_within(budget, self.tax))

    def told(self, minor: int, locale: str) -> str:
        """What is paid, as text."""
        return money(minor, self.currency, locale)

    def money(self, net: int, locale: str) -> str:
        """A net amount as it is paid, as text."""
        return self.told(self.gross(net), locale)

    def difference(self, minor: int, locale: str) -> str:
        """A difference of two amounts that are paid, as text."""
        return difference(minor, self.currency, locale)


def tariff_of(product: ReleasedProduct, design: Design | None = None) -> Tariff:
    """The customer's tariff; a design that is in a cart, a quote or a change of an order keeps the
    currency that it has there."""
    return Tariff(charge_of(product, design), rate_of(product.tax_rate))


def paid_in(limits: Limits, product: ReleasedProduct, tariff: Tariff) -> Limits:
    """The limits in the currency in which it is paid: what was entered in it stays as it is."""
    budget, charge = limits.budget, None if tariff.charge.same else tariff.charge
    if budget is None or limits.charge == charge:
        return limits
    if (limits.charge.currency if limits.charge else product.currency) != tariff.currency:
        net = net_within(budget, tariff.tax)
        budget = tariff.gross(net if limits.charge is None else limits.charge.within(net))
    return replace(limits, budget=budget, charge=charge)


def charge_of(product: ReleasedProduct, design: Design | None = None) -> Charge:
    """How a design is charged."""
    kept = Charge.from_json(design.charge) if design is not None else None
    return kept or currencies.charge_of(product.currency)
