"""Pull sheet, pick list, cut list, packing slip and card as they are read in the shop."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from orders.factory.papers import lists, pull_sheet, shipping
from orders.factory.papers.facts import Unit
from orders.factory.papers.labels import Address
from orders.factory.papers.leaf import Copy
from orders.papers import tongues
from orders.papers.content import read
from orders.papers.pen import SIZES, Pen, Size
from tests.factory import reading, samples
from tests.factory.units import COPY, DAY, piece, unit, work

AWKWARD = "Zażółć gęślą jaźń ¿Ñandú? <b>x</b> & %s"


def shop() -> list[Unit]:
    """Three satchels of two colors, one of them twice."""
    units = []
    for number, color, quantity in (("1", "Ivory", 2), ("2", "Black", 1), ("3", "Ivory", 1)):
        cut = piece(cut=(Decimal(346), Decimal(256), Decimal("2.4")))
        screw = piece("screw", quantity=Decimal(4), bin="B-10", material="Brass")
        works = (
            work("cut", "saw", pieces=(cut,), day=DAY),
            work("sew", "bench", pieces=(screw,), facets=(("Thread", color),)),
        )
        units.append(
            unit(f"2026-0000{number}-1", quantity=quantity, works=works, pieces=(cut, screw))
        )
    return units


def drawn(draw: Any, *args: Any, size: Size = "A4", second: str = "") -> bytes:
    with tongues.speaking("en", second):
        pen = Pen(size, title="t", author="a", language="en")
        draw(pen, *args)
        return pen.bytes()


PAPERS = (pull_sheet.draw, lists.draw_pick_list, lists.draw_cut_list)


@pytest.mark.parametrize("draw", PAPERS)
@pytest.mark.parametrize("size", ["A4", "letter"])
def test_pages_say_which_and_of_how_many(draw: Any, size: Size) -> None:
    pdf = drawn(draw, [replace(u, number=f"{u.number}{n}") for n in range(60) for u in shop()],
                COPY, "en", size=size)  # fmt: skip
    pages = reading.pages(pdf)
    for index, page in enumerate(pages, start=1):
        assert f"Page {index} of {len(pages)}" in page
        assert "ab12cd" in page
        assert "P-7" in page
    assert len(pages) > 1
    box = PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(SIZES[size])


@pytest.mark.parametrize("draw", PAPERS)
def test_the_same_facts_are_the_same_bytes(draw: Any) -> None:
    assert drawn(draw, shop(), COPY, "en") == drawn(draw, shop(), COPY, "en")


def test_the_pull_sheet_says_what_is_saved() -> None:
    told = reading.text(drawn(pull_sheet.draw, shop(), COPY, "en"))
    assert "3 set-ups instead of 6: 30 minutes saved" in told
    for words in ("Saw", "Bench", "Friday, December 4, 2026", "not planned to a day"):
        assert words in told
    assert "Thread: Ivory" in told
    assert "3 work orders · 4 units" in told


def test_a_work_center_begins_a_page() -> None:
    first, second = reading.pages(drawn(pull_sheet.draw, shop(), COPY, "en"))
    assert "Bench" in first
    assert "Saw" in second
    assert "Saw" not in first


def test_work_that_is_done_is_left_out_and_counted() -> None:
    units = [replace(u, works=(), done=2) for u in shop()]
    told = reading.text(drawn(pull_sheet.draw, units, COPY, "en"))
    assert "Nothing is left to do." in told
    assert "6 operations are done already" in told


def test_the_pick_list_says_the_total_and_who_gets_what() -> None:
    told = reading.text(drawn(lists.draw_pick_list, shop(), COPY, "en"))
    assert "12 pcs" in told
    for u in shop():
        assert f"{u.number}: 4" in told
    assert "The panel" not in told


def test_the_cut_list_says_material_and_sizes() -> None:
    told = reading.text(drawn(lists.draw_cut_list, shop(), COPY, "en"))
    for words in ("Chestnut · 2.4 mm", "346 × 256 × 2.4", "6 pieces", "2.076 m", "0.531 m²"):
        assert words in told
    assert "screw" not in told


@pytest.mark.parametrize("draw", PAPERS)
def test_nothing_to_print_prints(draw: Any) -> None:
    assert len(reading.pages(drawn(draw, [unit()], COPY, "en"))) == 1


@pytest.mark.parametrize("draw", PAPERS)
def test_reprints_are_marked(draw: Any) -> None:
    units = shop()
    assert "Reprint" not in reading.text(drawn(draw, units, COPY, "en"))
    all_of_them = replace(COPY, counts={u.number: 3 for u in units})
    told = reading.pages(drawn(draw, units, all_of_them, "en"))
    assert all("Reprint 2 · printed today by lead" in page for page in told)
    some = replace(COPY, counts={u.number: 1 + (n == 0) for n, u in enumerate(units)})
    told = reading.pages(drawn(draw, units, some, "en"))
    assert all("1 work order was printed before: it is marked" in page for page in told)
    assert "Reprint 1" in " ".join(told)


@pytest.mark.parametrize("draw", PAPERS)
def test_awkward_words_print_within_the_margins(draw: Any, tmp_path: Path) -> None:
    wide = f"{AWKWARD} {'W' * 80} \U0001f600"
    part = piece(
        name=wide, material=wide, number="N" * 60, bin="B" * 40,
        quantity=Decimal("123456.789"), cut=(Decimal("99999.9"),) * 3,
    )  # fmt: skip
    pulled = replace(part, cut=None)
    works = (work(name=wide, center_name=wide, facets=((wide, wide),) * 14, pieces=(part, pulled)),)
    found = unit("N" * 24, product=wide, works=works, pieces=(part, pulled), quantity=99)
    pdf = drawn(draw, [found], replace(COPY, firm="F" * 200), "en")
    assert reading.squeezed(AWKWARD) in reading.squeezed(reading.text(pdf))
    assert "[U+1F600]" in reading.squeezed(reading.text(pdf))
    for page in reading.pictures(pdf, tmp_path, dpi=50):
        for edge in (0, page.width - 18):
            strip = page.crop((edge, 0, edge + 18, page.height))
            assert strip.getextrema() == (255, 255)


def test_two_languages_stand_side_by_side() -> None:
    told = reading.text(drawn(lists.draw_cut_list, shop(), COPY, "en", second="pl"))
    assert "Cut list / Lista cięć" in told
    assert "Page 1 of 1 / Strona 1 z 1" in told


# The box


def box(**changes: Any) -> shipping.Box:
    item = shipping.Item(
        number="2026-00001-1",
        quantity=2,
        content=read(samples.specification(), "en"),
        picture=samples.photo(),
        revision=samples.SHA,
        link="https://example.com/d/1/",
    )
    facts: dict[str, Any] = {
        "order_number": "2026-00001",
        "placed_on": "Dec 1, 2026",
        "to": Address("Zofia Núñez", ("ul. Świętego Ducha 7", "31-008 Kraków", "Poland")),
        "language": "en",
        "items": (item,),
        "lines": 1,
    }
    return shipping.Box(**{**facts, **changes})


def test_the_packing_slip_says_what_and_to_whom_and_no_price() -> None:
    told = reading.text(drawn(shipping.draw_packing_slip, box(), COPY))
    for words in ("Zofia Núñez", "31-008 Kraków", "2 × Leather satchel", "Łucja & Íñigo"):
        assert words in told
    assert "Body: Chestnut" in told
    assert "271" not in told
    assert "Page 1 of 1" in told
    assert samples.SHA[:12] in told


def test_the_packing_slip_says_that_more_comes() -> None:
    told = reading.text(drawn(shipping.draw_packing_slip, box(lines=3), COPY))
    assert "1 of 3 lines" in told


def test_it_speaks_the_customer_s_language_only() -> None:
    pdf = drawn(shipping.draw_packing_slip, box(language="es"), COPY, second="pl")
    told = reading.text(pdf)
    assert "Entrega" in told
    assert " / " not in told


def test_the_card_s_code_opens_the_design(tmp_path: Path) -> None:
    cards = [(box().items[0], "en"), (box().items[0], "pl"), (box().items[0], "es")]
    pdf = drawn(shipping.draw_cards, cards, COPY)
    pages = reading.pictures(pdf, tmp_path, dpi=150)
    assert len(pages) == 2
    for page in pages:
        assert reading.scanned(page) == {"QR Code": "https://example.com/d/1/"}
    assert "Zofia" not in reading.text(pdf)


def test_a_picture_is_embedded_once(tmp_path: Path) -> None:
    one = drawn(shipping.draw_cards, [(box().items[0], "en")], COPY)
    many = drawn(shipping.draw_cards, [(box().items[0], "en")] * 20, COPY)
    assert len(many) < len(one) + len(samples.photo()) + 30_000


def test_copies_are_counted_by_work_order() -> None:
    copy = Copy("P-1", "firm", "printed now", counts={"a": 3})
    assert (copy.again("a"), copy.again("b")) == (2, 0)
