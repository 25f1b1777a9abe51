"""Making shops of brands."""

from decimal import Decimal

from django.db import transaction

from configurator.shops.models import Rate, Shop, Theme

DEMO_RATES = {"PLN": Decimal("4.25"), "USD": Decimal("1.1"), "GBP": Decimal("0.86")}
DEMO_SITES = ("http://127.0.0.1:8300", "http://localhost:8300")


@transaction.atomic
def make_demo_shop() -> bool:
    """The shop of docs/embedding/sample.html, in a light and a dark look; False if it is there."""
    shop, new = Shop.objects.get_or_create(
        code="atelier", defaults={"name": "Atelier North", "origins": "\n".join(DEMO_SITES)}
    )
    if new:
        Theme.objects.create(
            shop=shop,
            code="day",
            accent="#1f5f5b",
            paper="#f6f8f7",
            ink="#12201f",
            radius=4,
            font=Theme.Font.PLAIN,
        )
        Theme.objects.create(
            shop=shop,
            code="night",
            accent="#e0a458",
            paper="#16181d",
            ink="#f3efe7",
            radius=18,
            font=Theme.Font.SYSTEM,
            position=1,
        )
        for currency, rate in DEMO_RATES.items():
            Rate.objects.get_or_create(base="EUR", currency=currency, defaults={"rate": rate})
    return new
