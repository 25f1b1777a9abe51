"""Ways of shipping that there are for an order, with what they cost and when they arrive."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings

from configurator.capacity.days import ready_on
from configurator.shops.charging import Charge
from orders.selling.codes import country_codes
from orders.selling.models import ShippingOption


@dataclass(frozen=True)
class Way:
    """A way in which an order may reach its customer; `net` is what it costs without tax."""

    code: str
    net: Decimal
    days: int
    pickup: bool
    name: Mapping[str, str] = field(default_factory=dict)
    free_above: Decimal | None = None

    def arrives(self, ready: date) -> date:
        """The day on which it is with the customer, if the workshop has it ready on a day."""
        return ready_on(self.days, ready)


def ways(country: str, charge: Charge, goods: Decimal) -> list[Way]:
    """All that there are to a country ("": home) for so much of goods, net, as charged. Where the
    firm has none in a currency, those of the goods' own are charged as these are."""
    there = country or settings.FIRM_COUNTRY
    rows = list(ShippingOption.objects.filter(active=True, currency=charge.currency))
    if rows or charge.same:
        charge = Charge.none(charge.currency)
    else:
        rows = list(ShippingOption.objects.filter(active=True, currency=charge.base))
    return [_way(row, charge, goods) for row in rows if _goes_to(row, there)]


def ships_anywhere() -> bool:
    """Whether the firm has said how it ships; else all orders go as they always did."""
    return ShippingOption.objects.filter(active=True).exists()


def chosen(among: list[Way], code: str) -> Way | None:
    """The way with this code; the first one if none is chosen, or the chosen one is gone."""
    found = next((way for way in among if way.code == code), None)
    return found or next(iter(among), None)


def _goes_to(row: ShippingOption, country: str) -> bool:
    return not row.countries or country in country_codes(row.countries)


def _way(row: ShippingOption, charge: Charge, goods: Decimal) -> Way:
    above = None if row.free_above is None else _charged(row.free_above, charge)
    free = above is not None and goods >= above
    names = {code: getattr(row, f"name_{code}") or "" for code, _name in settings.LANGUAGES}
    return Way(
        code=str(row.pk),
        net=Decimal(0) if free else _charged(row.net, charge),
        days=row.days,
        pickup=row.pickup,
        name={code: name for code, name in names.items() if name},
        free_above=above,
    )


def _charged(amount: Decimal, charge: Charge) -> Decimal:
    return amount if charge.same else Decimal(charge.of(int(amount.scaleb(2)))) / 100
