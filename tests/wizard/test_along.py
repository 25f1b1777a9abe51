"""Texts on a curve: every letter upright on it, in its middle, never longer than it."""

import pytest
from PIL import Image

from configurator.wizard.preview.along import along, length_of, smooth
from configurator.wizard.preview.lettering import lettering

STRAIGHT = ((0.0, 100.0), (400.0, 100.0))
BOW = ((0.0, 200.0), (200.0, 60.0), (400.0, 200.0))


def box(placed: tuple[Image.Image, int, int] | None) -> tuple[int, int, int, int]:
    assert placed is not None
    mask, left, top = placed
    found = mask.getbbox()
    assert found is not None
    return found[0] + left, found[1] + top, found[2] + left, found[3] + top


def test_on_a_straight_line_it_is_as_ever() -> None:
    left, _top, right, bottom = box(along("AVATAR", "EBGaramond-Regular", 50, STRAIGHT))
    plain = lettering("AVATAR", "EBGaramond-Regular", 50, 400, 0, 0)
    assert plain is not None
    assert right - left == pytest.approx(plain.width, abs=2), "kerned alike"
    assert (left + right) / 2 == pytest.approx(200, abs=3)
    assert bottom == pytest.approx(100, abs=2), "it stands on the line"


def test_it_shrinks_to_the_line() -> None:
    left, _top, right, _bottom = box(along("A" * 40, "DejaVuSans", 60, STRAIGHT))
    assert left >= -3
    assert right <= 403


def test_it_follows_the_curve() -> None:
    assert length_of(BOW) > 400
    assert smooth(BOW)[0] == BOW[0]
    assert smooth(BOW)[-1] == BOW[-1]
    placed = along("LETTERS ON A BOW", "DejaVuSans", 34, BOW)
    assert placed is not None
    mask, left, top = placed
    middle = mask.crop((190 - left, 0, 210 - left, mask.height)).getbbox()
    edge = mask.crop((40 - left, 0, 80 - left, mask.height)).getbbox()
    assert middle is not None
    assert edge is not None
    assert middle[3] + top == pytest.approx(60, abs=10)
    assert edge[3] + top > 100


def test_what_can_not_stand_anywhere_is_nothing() -> None:
    assert along("", "DejaVuSans", 40, STRAIGHT) is None
    assert along("A", "DejaVuSans", 40, ((5.0, 5.0), (5.0, 5.0))) is None
    assert along(" ", "DejaVuSans", 40, STRAIGHT) is None
    assert along("A", "DejaVuSans", 0.2, STRAIGHT) is None
