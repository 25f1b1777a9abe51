"""Lengths in inches: every step is told from its neighbors, and read back as it was."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.catalog.measures import INCH, Grid, inches, read, with_inches

grids = st.builds(
    lambda unit, low, count, step: Grid(unit, low, low + step * count, step),
    st.sampled_from(["mm", "cm", "m"]),
    st.decimals(0, 500, places=1),
    st.integers(0, 400),
    st.sampled_from([Decimal(each) for each in ("0.1", "0.5", "1", "2", "5", "10", "12.5", "100")]),
)


@given(grid=grids, data=st.data())
def test_what_is_shown_in_inches_is_read_back_as_the_same_value(
    grid: Grid, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, int((grid.high - grid.low) / grid.step)))
    value = grid.low + grid.step * place
    shown = grid.inches(value)
    found = read(f"{shown} in", grid.unit)
    assert found
    assert grid.nearest(found[0]) == value, shown


@given(grid=grids, length=st.fractions(0, 60_000))
def test_the_nearest_value_is_a_step_within_reach(grid: Grid, length: Fraction) -> None:
    found = grid.nearest(length)
    values = [grid.low + grid.step * n for n in range(int((grid.high - grid.low) / grid.step) + 1)]
    unit = {"mm": 1, "cm": 10, "m": 1000}[grid.unit]
    gaps = {value: abs(Fraction(value) - length / unit) for value in values}
    if found is None:
        assert min(gaps.values()) > Fraction(grid.step) / 2
    else:
        assert gaps[found] == min(gaps.values())


@pytest.mark.parametrize(
    ("millimeters", "step", "shown"),
    [("850", "10", "33 1/2"), ("850", "1", "33 15/32"), ("300", "100", "11 3/4"),
     ("254", "1", "10"), ("3", "1", "1/8"), ("0", "1", "0"), ("850.5", "0.1", "33.484")],
)  # fmt: skip
def test_inches(millimeters: str, step: str, shown: str) -> None:
    assert inches(Fraction(millimeters), Fraction(step)) == shown


@pytest.mark.parametrize(
    ("text", "inch"),
    [('33 1/2"', "33.5"), ("33½ in", "33.5"), ("33-1/2 in", "33.5"), ("33,5″", "33.5"),
     ("1/2 in", "0.5"), ("2' 9 1/2\"", "33.5"), ("2 ft", "24"), ("2′", "24"),
     ("33 1⁄2 in", "33.5")],
)  # fmt: skip
def test_inches_are_read_as_people_write_them(text: str, inch: str) -> None:
    assert read(text, "mm") == (Fraction(inch) * INCH, True)


@pytest.mark.parametrize(
    "text", ["33", "", "in", "1/0 in", "abc in", "1e9 in", "١٢ in", "1/2/3 in", "-5 in", "12 in in"]
)
def test_what_names_no_length_is_none(text: str) -> None:
    assert read(text, "mm") is None


def test_other_units_are_exact_and_only_lengths_are_lengths() -> None:
    assert read("85 cm", "mm") == (Fraction(850), False)
    assert read("12 in", "g") is None
    assert (with_inches("33"), with_inches("850 mm"), with_inches(" ")) == ("33 in", "850 mm", " ")
