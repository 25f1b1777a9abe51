"""Amounts told in the customer's currency: about, beside what is paid, and never instead of it."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from configurator.shops import currencies
from configurator.shops.charging import ENDINGS
from configurator.shops.models import Rate
from configurator.wizard import services


@pytest.fixture
def rates(db: None) -> None:
    Rate.objects.create(base="EUR", currency="USD", rate=Decimal("1.1"), rounding="5")
    Rate.objects.create(base="EUR", currency="PLN", rate=Decimal("4.25"))


@pytest.mark.parametrize(
    ("language", "currency"),
    [("en-us", "USD"), ("pl", "PLN"), ("es-mx", "MXN"), ("en", ""), ("de-at", "EUR"), ("x-yy", "")],
)
def test_the_currency_of_a_region(language: str, currency: str) -> None:
    assert currencies.of_region(language) == currency


def test_the_total_is_told_about(rates: None, lamp: Any) -> None:
    american = Client(headers={"accept-language": "en-US"})
    design = services.start_design(slug=lamp.slug, language="en")
    page = american.get(f"/d/{design.pk}/").content.decode()
    assert "€123" in page
    assert "≈\N{NO-BREAK SPACE}$135" in page  # 135.30, to 5
    assert "≈\N{NO-BREAK SPACE}$135" in american.get("/p/lamp/").content.decode()
    assert "≈\N{NO-BREAK SPACE}$135" in american.get(f"/d/{design.pk}/review/").content.decode()
    polish = Client(headers={"accept-language": "pl"})
    assert "≈\N{NO-BREAK SPACE}523\N{NO-BREAK SPACE}zł" in polish.get("/").content.decode()
    for language in ("en", "de-AT", "ja-JP", ""):
        other = Client(headers={"accept-language": language})
        assert "≈" not in other.get(f"/d/{design.pk}/").content.decode()


def test_customers_choose_a_currency_or_none(rates: None, lamp: Any) -> None:
    client = Client(headers={"accept-language": "en-US"})
    answer = client.post("/currency/", {"currency": "PLN", "next": "/p/lamp/"})
    assert answer["Location"] == "/p/lamp/"
    assert "≈\N{NO-BREAK SPACE}PLN\N{NO-BREAK SPACE}523" in client.get("/p/lamp/").content.decode()
    for none in ("-", "JPY", "\0", "x" * 99):
        client.post("/currency/", {"currency": none})
        assert "≈" not in client.get("/p/lamp/").content.decode()


@given(
    amount=st.decimals(0, 10**6, places=2),
    rate=st.decimals(Decimal("0.000001"), 10**4, places=6),
    step=st.sampled_from([step for step in Rate.Rounding.values if step not in ENDINGS]),
)
def test_amounts_are_rounded_to_the_step_and_never_to_nothing(
    amount: Decimal, rate: Decimal, step: str
) -> None:
    row = Rate(base="EUR", currency="USD", rate=rate, rounding=step)
    told = row.convert(amount)
    exact = amount * rate
    assert abs(told - exact) <= Decimal(step) / 2 or exact < Decimal(step)
    assert told or exact < Decimal("0.01")


@pytest.mark.parametrize(
    "row", [{"currency": "XXQ"}, {"currency": "EUR"}, {"rate": Decimal(0)}, {"rate": Decimal(-1)}]
)
def test_what_is_no_rate_is_refused(row: dict[str, Any], db: None) -> None:
    rate = Rate(**{"base": "EUR", "currency": "USD", "rate": Decimal(1), **row})
    with pytest.raises(ValidationError):
        rate.full_clean()
