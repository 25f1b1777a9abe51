"""What parts and hours cost comes from files and goes into them, and only where it is said."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from configurator.catalog.importing.errors import ImportRefused
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Part, Product, WorkCenter
from tests.catalog.test_exporting import exported
from tests.orders.kit import LAMP

pytestmark = pytest.mark.django_db
HOUR = {"hourly_cost": 42.5, "cost_currency": "PLN"}


def imported(folder: Path, part: dict[str, Any], center: dict[str, Any]) -> Any:
    data = yaml.safe_load(LAMP.read_text())
    data["parts"][0] |= part
    data["work_centers"][0] |= center
    file = folder / "product.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True))
    return import_product(file=file)


@pytest.mark.parametrize("kind", ["yaml", "xlsx"])
def test_costs_go_round(tmp_path: Path, kind: str) -> None:
    imported(tmp_path, {"cost": 12.3456}, HOUR)
    assert Part.objects.get(code="pole").cost == "12.3456"
    assert Part.objects.get(code="shade").cost == ""
    file = tmp_path / f"again.{kind}"
    file.write_bytes(exported(Product.objects.get(), kind))
    Part.objects.update(cost="")
    WorkCenter.objects.update(hourly_cost=None, cost_currency="EUR")
    import_product(file=file)
    assert Part.objects.get(code="pole").cost == "12.3456"
    saw = WorkCenter.objects.get(code="saw")
    assert (saw.hourly_cost, saw.cost_currency) == (Decimal("42.50"), "PLN")
    assert WorkCenter.objects.get(code="bench").hourly_cost is None


@pytest.mark.parametrize("kind", ["yaml", "xlsx"])
def test_a_cost_may_be_a_formula_as_a_quantity_is(tmp_path: Path, kind: str) -> None:
    formula = "if shade = glass then 4.5 else height * 0.02"
    imported(tmp_path, {"cost": formula}, {})
    file = tmp_path / f"again.{kind}"
    file.write_bytes(exported(Product.objects.get(), kind))
    Part.objects.update(cost="")
    import_product(file=file)
    assert Part.objects.get(code="pole").cost == formula


@pytest.mark.parametrize(
    ("part", "center"),
    [
        ({"cost": -1}, {}),
        ({"cost": "much"}, {}),
        ({}, {"hourly_cost": -5}),
        ({}, {"hourly_cost": 5, "cost_currency": "euros"}),
    ],
)
def test_what_is_no_cost_is_refused_at_its_place(
    tmp_path: Path, part: dict[str, Any], center: dict[str, Any]
) -> None:
    with pytest.raises(ImportRefused) as refused:
        imported(tmp_path, part, center)
    assert "cost" in str(refused.value)
    assert not Product.objects.exists()
