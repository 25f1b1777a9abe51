"""The demo products: each imports, is as large as it should be, and explodes exactly."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from configurator import catalog
from configurator.catalog import queries
from configurator.catalog.configuration import Configuration
from configurator.catalog.doctor import examine
from configurator.catalog.drafts import read_content
from configurator.catalog.importing.service import import_product
from configurator.catalog.infos import OperationLine
from configurator.catalog.models import Product
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import languages
from orders.margins import cost_of
from tests.effort import thoroughly

pytestmark = pytest.mark.django_db

DEMO = Path(catalog.__file__).parent / "demo"
LEAST = {  # options, rules, designs
    "touring-bicycle": (25, 40, 1_000_000_000),
    "made-to-measure-bookcase": (10, 10, 100_000),
    "leather-satchel": (15, 10, 100_000),
}


@pytest.mark.parametrize(
    "slug",
    [
        thoroughly("touring-bicycle"),
        thoroughly("made-to-measure-bookcase"),
        "leather-satchel",
    ],
)
def test_a_demo_product(slug: str) -> None:
    done = import_product(file=DEMO / slug / "product.yaml")
    product = queries.live_release(slug)
    options, rules, designs = LEAST[slug]
    assert len(product.options) >= options
    assert len(product.rules) >= rules
    assert done.designs is not None
    assert done.designs >= designs
    assert done.warnings == []
    assert examine(read_content(Product.objects.get(slug=slug))).findings == ()
    for option in product.options.values():
        assert set(option.name) == set(languages()), option.code
    for rule in product.rules.values():
        assert set(rule.message) == set(languages()), rule.code
    assert product.picture is not None
    for seed in range(12):
        texts = {code: "Ana" for code, option in product.options.items() if option.kind == "text"}
        design = Configuration(product.space.random(seed), texts, {})
        total = product.space.answer(design.choices, product.texts_of(design)).total
        assert total is not None
        assert sum(line.amount for line in product.price_lines(design)) == Decimal(total) / 100
        assert product.bom(design)
        assert all(line.quantity > 0 for line in product.bom(design))
        assert all(line.run_minutes >= 0 for line in product.operations(design))
        assert product.lead_days(design.choices) >= product.base_days
        cost = cost_of(product, design, 1)
        assert cost.known
        assert 0 < cost.amount < Decimal(total) / 100
    _routing_is_whole(product)


def _routing_is_whole(product: ReleasedProduct) -> None:
    for seed in range(12):
        design = Configuration(product.space.random(seed), {}, {})
        lines = {line.code: line for line in product.operations(design)}
        assert all(set(line.predecessors) <= set(lines) for line in lines.values())
        assert _all_before("pack", lines) == set(lines) - {"pack"}
        pictures = [path for line in lines.values() for path in line.pictures]
        assert len(pictures) >= 4
        assert all((Path(settings.MEDIA_ROOT) / path).is_file() for path in pictures)
        parts = product.bom(design)
        assert {line.operation for line in parts} <= {"", *lines}
        assert any(line.scrap for line in parts)
    assert any(part["lead_days"] and part["stock"] for part in product.content["parts"])


def _all_before(code: str, lines: dict[str, OperationLine]) -> set[str]:
    ahead, seen = [code], set[str]()
    while ahead:
        for each in lines[ahead.pop()].predecessors:
            if each not in seen:
                seen.add(each)
                ahead.append(each)
    return seen
