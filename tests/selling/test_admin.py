"""Ways of shipping and rates of tax as the admin takes them: kindly, or with a clear answer."""

from typing import Any

import pytest
from django.test import Client

from orders.selling.models import ShippingOption, TaxRate

pytestmark = pytest.mark.django_db
WAY = {
    "name_en": "Parcel",
    "name_pl": "Paczka",
    "position": "1",
    "active": "on",
    "countries": "de pl,Es",
    "currency": "eur",
    "net": "9.00",
    "days": "3",
}


def test_codes_may_be_written_in_small_letters(admin_client: Client) -> None:
    admin_client.post("/admin/selling/taxrate/add/", {"country": "de", "rate": "19"})
    assert TaxRate.objects.get().country == "DE"
    admin_client.post("/admin/selling/shippingoption/add/", WAY)
    way = ShippingOption.objects.get()
    assert (way.countries, way.currency, way.name_pl) == ("DE PL,ES", "EUR", "Paczka")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"countries": "DE, XX1"}, "“XX1” is no code of a country"),
        ({"countries": "Germany"}, "“GERMANY” is no code of a country"),
        ({"currency": "ABC"}, "“ABC” is no code of a currency"),
        ({"net": "-1"}, "greater than or equal to 0"),
        ({"net": "NaN"}, "Enter a number"),
        ({"free_above": "1e99"}, "no more than 12 digits"),
        ({"days": "-2"}, "greater than or equal to 0"),
        ({"days": "251"}, "less than or equal to 250"),
        ({"name_en": ""}, "required"),
    ],
)
def test_bad_input_is_told(admin_client: Client, changes: dict[str, Any], told: str) -> None:
    answer = admin_client.post("/admin/selling/shippingoption/add/", {**WAY, **changes})
    assert told in answer.content.decode()
    assert not ShippingOption.objects.exists()


@pytest.mark.parametrize(
    ("country", "rate", "told"),
    [("XX", "19", "no code of a country"), ("D", "19", "no code"), ("DE", "101", "100")],
)
def test_bad_rates_are_told(admin_client: Client, country: str, rate: str, told: str) -> None:
    form = {"country": country, "rate": rate}
    answer = admin_client.post("/admin/selling/taxrate/add/", form)
    assert told in answer.content.decode()
    assert not TaxRate.objects.exists()
