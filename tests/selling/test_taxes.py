"""Taxes by country, and VAT numbers by their check digits."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from orders.selling import business
from orders.selling.models import TaxRate
from orders.selling.taxes import Why, taxes_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
OWN = Decimal(8)


@pytest.mark.parametrize(
    ("country", "number", "pickup", "why", "rate"),
    [
        ("", "", False, Why.HOME, "8"),
        ("PL", "", False, Why.HOME, "8"),
        ("PL", "DE136695976", False, Why.HOME, "8"),
        ("DE", "", False, Why.THERE, "19"),
        ("FI", "", False, Why.THERE, "25.5"),
        ("DE", "DE136695976", False, Why.REVERSE, "0"),
        ("DE", "ATU13585627", False, Why.REVERSE, "0"),
        ("DE", "PL5260001246", False, Why.THERE, "19"),
        ("DE", "DE136695976", True, Why.HOME, "8"),
        ("US", "", False, Why.EXPORT, "0"),
        ("CH", "CHE107787577", False, Why.EXPORT, "0"),
    ],
)
def test_the_tax_is_that_of_where_it_goes(
    country: str, number: str, pickup: bool, why: Why, rate: str
) -> None:
    found = taxes_for(country, vat_number=number, pickup=pickup)
    assert (found.why, found.of(OWN)) == (why, Decimal(rate))


def test_rates_are_the_admins() -> None:
    TaxRate.objects.filter(country="DE").update(rate=Decimal("16"), reverse_charge=False)
    assert taxes_for("DE", vat_number="DE136695976").of(OWN) == Decimal(16)


def test_a_firm_outside_the_union_knows_no_reverse_charge(settings: Any) -> None:
    settings.FIRM_COUNTRY = "CH"
    assert taxes_for("DE", vat_number="DE136695976").why is Why.THERE


def test_without_any_rate_products_say_it_everywhere() -> None:
    TaxRate.objects.all().delete()
    assert taxes_for("DE").of(OWN) == OWN


@pytest.mark.parametrize(
    ("said", "country", "tidy"),
    [
        ("", "DE", ""),
        ("  - ", "DE", ""),
        ("de 136.695.976", "", "DE136695976"),
        ("136695976", "DE", "DE136695976"),
        ("526-000-12-46", "PL", "PL5260001246"),
        ("EL094259216", "", "EL094259216"),
        ("094259216", "GR", "EL094259216"),
        ("GB980780684", "DE", "GB980780684"),
    ],
)
def test_numbers_are_tidied(said: str, country: str, tidy: str) -> None:
    assert business.tidy(said, country) == tidy


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("DE136695967", "check digits"),
        ("DE13669597", "too long or too short"),
        ("PL526000124X", "how numbers of this country look"),
        ("5260001246", "Begin with the letters"),
        ("XX12", "Begin with the letters"),
        ("DE" + "1" * 30, "too long or too short"),
        ("<b>DE136695976</b>", "Begin with the letters"),
        ("DE１３６", "how numbers of this country look"),
    ],
)
def test_bad_numbers_are_told_what_is_wrong(said: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        business.tidy(said)


class Away:
    """A provider that is not there."""

    def check(self, number: str) -> business.Answer:
        raise TimeoutError(number)


def test_a_provider_that_is_away_stops_nothing(settings: Any) -> None:
    settings.VAT_CHECK = "tests.selling.test_taxes.Away"
    answer = business.ask("DE136695976")
    assert (answer["valid"], answer["by"]) == (None, "Away")
