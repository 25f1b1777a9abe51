"""What scanners type."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.factory.codes import Scan, UnreadableCode, read, scan_code

SHA = "0123456789ab" + "c" * 52


@pytest.mark.parametrize(
    "typed",
    [
        "WO:2026-00017-1:0123456789ab",
        "wo:2026-00017-1:0123456789AB",
        "WOÖ2026ß00017ß1Ö0123456789ab",  # a German keyboard
        "WOÑ2026'00017'1Ñ0123456789ab",  # a Spanish one
        " WO;2026/00017/1;0123456789ab\n",
    ],
)
def test_layouts_of_keyboards_do_not_matter(typed: str) -> None:
    assert read(typed) == Scan("2026-00017-1", "0123456789ab")


def test_what_is_printed_is_what_is_read() -> None:
    assert read(scan_code("2026-00017-1", SHA)) == Scan("2026-00017-1", SHA[:12])


@given(st.text())
def test_any_text_is_a_scan_or_unreadable(typed: str) -> None:
    with contextlib.suppress(UnreadableCode):
        assert read(typed).number


@pytest.mark.parametrize("length", range(3, len("WO:2026-00017-1:0123456789ab")))
def test_a_part_of_a_code_is_never_taken_for_another(length: int) -> None:
    with pytest.raises(UnreadableCode):
        read(scan_code("2026-00017-1", SHA)[:length])
