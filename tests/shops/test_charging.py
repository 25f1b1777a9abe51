"""Amounts in a second currency: rounded by rule, never falling, and the most within a budget."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from configurator.shops import currencies
from configurator.shops.charging import ENDINGS, Charge
from configurator.shops.models import Rate

charges = st.builds(
    Charge,
    base=st.just("EUR"),
    currency=st.just("USD"),
    rate=st.decimals(Decimal("0.01"), 500, places=6),
    rounding=st.sampled_from(list(Rate.Rounding.values)),
)
minors = st.integers(0, 10**8)


@given(charge=charges, one=minors, more=st.integers(0, 10**5))
def test_more_is_never_charged_less(charge: Charge, one: int, more: int) -> None:
    assert charge.of(one) <= charge.of(one + more)
    assert charge.of(-one) == -charge.of(one)


@given(charge=charges, budget=minors)
def test_a_budget_buys_the_most_that_is_charged_within_it(charge: Charge, budget: int) -> None:
    most = charge.within(budget)
    assert charge.of(most) <= budget < charge.of(most + 1)


@given(charge=charges, minor=minors)
def test_what_is_charged_ends_as_the_rule_says(charge: Charge, minor: int) -> None:
    charged, exact = charge.of(minor), minor * charge.rate
    if charge.rounding in ENDINGS:
        assert charged % 100 == Decimal(charge.rounding) * 100 or minor == 0
        assert abs(charged - exact) <= 50 or charged < 100
    else:
        step = Decimal(charge.rounding) * 100
        assert abs(charged - exact) <= step / 2
        assert charged % step == 0 or exact < step / 2


@pytest.mark.parametrize(
    ("minor", "rounding", "charged"),
    [
        (10_000, "0.90", 10_790),  # 108.00
        (10_000, "0.99", 10_799),
        (10_046, "0.90", 10_890),  # 108.4968, nearer to 108.90
        (10_000, "0.01", 10_800),
        (10_000, "5", 11_000),
        (20, "0.95", 95),
        (20, "10", 22),
        (0, "0.90", 0),
    ],
)
def test_a_hundred_and_eight(minor: int, rounding: str, charged: int) -> None:
    assert Charge("EUR", "USD", Decimal("1.08"), rounding).of(minor) == charged


def test_what_is_kept_is_what_was(db: None) -> None:
    charge = Charge("EUR", "USD", Decimal("1.080000"), "0.90")
    assert Charge.from_json(charge.to_json()) == charge
    assert Charge.from_json({}) is None


def test_only_what_the_firm_charges_is_charged(db: None) -> None:
    Rate.objects.create(base="EUR", currency="USD", rate=Decimal("1.08"), charged=True)
    Rate.objects.create(base="EUR", currency="PLN", rate=Decimal("4.25"))
    for currency, paid in (("USD", "USD"), ("PLN", "EUR"), ("EUR", "EUR"), ("", "EUR")):
        with currencies.using(currency):
            assert currencies.charge_of("EUR").currency == paid
            assert currencies.charge_of("GBP").currency == "GBP"
    assert currencies.charged() == ["USD"]


def test_a_currency_without_hundredths_is_not_charged(db: None) -> None:
    row = Rate(base="EUR", currency="JPY", rate=Decimal(160), charged=True)
    with pytest.raises(ValidationError, match="hundredths"):
        row.full_clean()
