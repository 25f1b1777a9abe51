"""Ways of shipping that there are for an order, with what they cost and when they arrive."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings

from configurator.capacity.days import ready_on
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


def ways(country: str, currency: str, goods: Decimal) -> list[Way]:
    """All that there are to a country ("": home) for so much of goods, net."""
    there = country or settings.FIRM_COUNTRY
    rows = ShippingOption.objects.filter(active=True, currency=currency)
    return [_way(row, goods) for row in rows if _goes_to(row, there)]


def ships_anywhere() -> bool:
    """Whether the firm has said how it ships; else all orders go as they always did."""
    return ShippingOption.objects.filter(active=True).exists()


def chosen(among: list[Way], code: str) -> Way | None:
    """The way with this code; the first one if none is chosen, or the chosen one is gone."""
    found = next((way for way in among if way.code == code), None)
    return found or next(iter(among), None)


def _goes_to(row: ShippingOption, country: str) -> bool:
    return not row.countries or country in country_codes(row.countries)


def _way(row: ShippingOption, goods: Decimal) -> Way:
    free = row.free_above is not None and goods >= row.free_above
    names = {code: getattr(row, f"name_{code}") or "" for code, _name in settings.LANGUAGES}
    return Way(
        code=str(row.pk),
        net=Decimal(0) if free else row.net,
        days=row.days,
        pickup=row.pickup,
        name={code: name for code, name in names.items() if name},
        free_above=row.free_above,
    )
