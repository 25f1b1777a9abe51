"""The demo firm's ways of shipping."""

from decimal import Decimal
from typing import Any

from orders.selling.models import ShippingOption

UNION = (
    "AT, BE, BG, CY, CZ, DE, DK, EE, ES, FI, FR, GR, HR, HU, IE, IT, LT, LU, LV, MT, NL, PL, PT,"
    " RO, SE, SI, SK"
)
WAYS: tuple[dict[str, Any], ...] = (
    {
        "name_en": "Parcel",
        "name_es": "Paquete",
        "name_pl": "Paczka",
        "countries": UNION,
        "net": Decimal("9.00"),
        "free_above": Decimal("500.00"),
        "days": 3,
    },
    {
        "name_en": "Express",
        "name_es": "Exprés",
        "name_pl": "Ekspres",
        "countries": UNION,
        "net": Decimal("24.50"),
        "days": 1,
    },
    {
        "name_en": "Parcel abroad",
        "name_es": "Paquete al extranjero",
        "name_pl": "Paczka zagraniczna",
        "countries": "AU, CA, CH, GB, JP, NO, NZ, US",
        "net": Decimal("49.00"),
        "days": 8,
    },
    {
        "name_en": "Pick it up at the workshop",
        "name_es": "Recoger en el taller",
        "name_pl": "Odbiór w warsztacie",
        "net": Decimal("0.00"),
        "days": 0,
        "pickup": True,
    },
)


def make_demo_ways() -> None:
    """Write them, unless somebody has written some."""
    if not ShippingOption.objects.exists():
        for position, way in enumerate(WAYS, 1):
            ShippingOption.objects.create(position=position, **way)
