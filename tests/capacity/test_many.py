"""The days of many designs at once are those of each of them."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from configurator.capacity.many import alike
from configurator.capacity.models import StockItem
from configurator.capacity.promises import days_by_value, desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import WorkCenter
from configurator.catalog.queries import live_release
from configurator.engine import Space

STOOL = Path(__file__).parents[1] / "catalog" / "stool.yaml"


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "Ola", "For the one who sits here, with love"])
def test_days_by_value_are_those_of_whole_designs(text: str) -> None:
    import_product(file=STOOL)
    stool = live_release("stool")
    WorkCenter.objects.update(hours="mon-fri 08:00-08:20")  # every few minutes are another day
    StockItem.objects.update(on_hand=Decimal(1))
    assert isinstance(stool.space, Space)
    seen = set()
    for seed in range(8):
        design = stool.space.random(seed)
        kept = {code: design[code] for code in list(design)[seed % 3 :: 4]}
        found, at = stool.space.completions(kept), desk(stool, quantity=1 + seed % 3)
        texts = {"engraving": text}
        for row, day in days_by_value(at, found, texts).items():
            whole = found.design(row)
            counting = stool.texts_of(Configuration(whole, texts))
            assert day == at.promise(whole, counting).ready_on, whole
            seen.add(day)
    assert len(seen) > 3


NUMBERS = st.sampled_from([0, 1, 2, 7, -3, 2**31, 2**61])


@given(st.integers(0, 4).flatmap(lambda n: st.lists(st.tuples(*[NUMBERS] * n), min_size=1)))
@example([*((0, n, 0) for n in (0, 1, 2, 7, -3)), (1, 0, 0), (1, 1, 2**61), (-3, 0, 7)])
def test_rows_are_alike_that_agree_in_every_column(rows: list[tuple[int, ...]]) -> None:
    first, which = alike(np.array(rows, np.int64).reshape(len(rows), len(rows[0])))
    assert len(first) == len(set(rows))
    assert [rows[first[kind]] for kind in which] == rows
