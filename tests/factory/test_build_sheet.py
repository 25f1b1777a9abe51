"""The build sheet as it is read at the bench."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from orders.factory.build_sheet import Operation, Part, render
from orders.papers.pen import SIZES, Size
from tests.factory import reading, samples


def choice_rows() -> list[tuple[str, str]]:
    return [(name, label) for rows in samples.STEPS.values() for name, label, _color in rows]


@pytest.mark.parametrize("size", ["A4", "letter"])
def test_it_says_all_that_is_needed_to_build(size: Size) -> None:
    told = reading.squeezed(reading.text(render(samples.sheet(quantity=3), size, "en")))
    expected = ["2026-00017-1", "Leather satchel", "3 ×", "Dec 4, 2026", "Friday", "release 3"]
    expected += [word for row in choice_rows() for word in row]
    expected += [*samples.STEPS, "Łucja & Íñigo", "346 × 256 × 2.4", "LS-100", "0.47 m²"]
    for part in samples.parts():
        expected += [part.name, part.number, part.material, part.bin]
    for operation in samples.operations():
        expected += [operation.name, operation.work_center, operation.instructions]
        expected += operation.checks
    for words in expected:
        assert reading.squeezed(words) in told, words


def test_pictures_of_operations_stand_beside_their_instructions() -> None:
    first, *others = samples.operations()
    shown = replace(first, pictures=(samples.photo(360, 270), samples.photo(90, 300, "#102030")))
    pdf = render(samples.sheet(operations=(shown, *others), picture=None), "A4", "en")
    found = [image for page in PdfReader(BytesIO(pdf)).pages for image in page.images]
    sizes = {image.image.size for image in found if image.image}
    assert {(90, 300), (360, 270)} <= sizes
    assert reading.squeezed(first.instructions) in reading.squeezed(reading.text(pdf))


@pytest.mark.parametrize("count", range(14, 26))
def test_no_heading_stands_at_the_foot_of_a_page_without_a_row(count: int) -> None:
    part, *_others = samples.parts()
    sheet = samples.sheet(parts=[replace(part, cut=None, bin=f"A-{n}") for n in range(count)])
    (page,) = [
        told for told in reading.pages(render(sheet, "A4", "en")) if "minutes in all" in told
    ]
    assert samples.operations()[0].name in page


def test_what_is_pulled_for_scrap_is_a_plus_and_never_a_part_of_a_piece() -> None:
    part, *_others = samples.parts()
    kinds = [
        replace(part, cut=None, quantity=Decimal(7), scrap=Decimal(scrap), unit=unit)
        for scrap, unit in (("0.064", "m"), ("5.28", "pcs"), ("0.04", "set"))
    ]
    told = reading.text(render(samples.sheet(parts=kinds), "A4", "en"))
    assert re.findall(r"\+ \S+ \S+ scrap", told) == ["+ 0.064 m scrap", "+ 5 pcs scrap"]


@pytest.mark.parametrize("size", ["A4", "letter"])
def test_its_size_is_the_one_asked_for(size: Size) -> None:
    page = PdfReader(BytesIO(render(samples.sheet(), size, "en"))).pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(SIZES[size])


def test_the_same_sheet_is_the_same_bytes() -> None:
    first = render(samples.sheet(), "A4", "en")
    render(samples.sheet(specification=samples.large()), "letter", "pl")
    assert render(samples.sheet(), "A4", "en") == first


def test_threads_draw_the_same_bytes_side_by_side() -> None:
    subjects = [samples.sheet(), samples.sheet(specification=samples.large())] * 4
    alone = [render(subject, "A4", "en") for subject in subjects[:2]] * 4
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda subject: render(subject, "A4", "en"), subjects))
    assert together == alone


def test_another_due_date_is_another_sheet() -> None:
    other = render(samples.sheet(due_on=date(2027, 1, 8)), "A4", "en")
    assert other != render(samples.sheet(), "A4", "en")


@pytest.mark.parametrize(
    "words",
    [
        "Zażółć gęślą jaźń ¿Ñandú?",
        "<b>bold</b> <img src=/etc/passwd>",
        "x<y>z & {frame} {{ 7 }} %s %(n)d",
        "(parentheses) \\ backslash",
        "Ελληνικά Кириллица",
    ],
)
def test_texts_print_literally(words: str) -> None:
    writing = {"option": "t", "name": {"en": "Text"}, "text": words}
    content = samples.specification(texts=[writing])
    told = reading.text(render(samples.sheet(specification=content), "A4", "en"))
    assert reading.squeezed(words) in reading.squeezed(told)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\u202eb", "a[U+202E]b"),
        ("nul\x00", "nul[U+0000]"),
        ("half\ud800", "half[U+D800]"),
        ("漢", "[U+6F22]"),
        ("\U0001f600", "[U+1F600]"),
    ],
)
def test_what_cannot_be_printed_is_spelled_out(words: str, shown: str) -> None:
    writing = {"option": "t", "name": {"en": "Text"}, "text": words}
    content = samples.specification(texts=[writing])
    told = reading.text(render(samples.sheet(specification=content), "A4", "en"))
    assert reading.squeezed(shown) in reading.squeezed(told)


def test_a_scanner_reads_the_codes(tmp_path: Path) -> None:
    expected = f"WO:2026-00017-1:{samples.SHA[:12]}"
    pages = reading.pictures(render(samples.sheet(), "A4", "en"), tmp_path, dpi=300)
    assert reading.scanned(pages[0]) == {"QR Code": expected, "Code 128": expected}
    for page in pages[1:]:
        assert reading.scanned(page) == {"QR Code": expected}


def test_every_page_says_which_and_of_how_many() -> None:
    pages = reading.pages(render(samples.sheet(), "A4", "en"))
    for index, page in enumerate(pages, start=1):
        assert f"Page {index} of {len(pages)}" in page
        assert "2026-00017-1" in page
        assert samples.SHA[:12] in page


def test_a_usual_product_takes_two_pages() -> None:
    content = samples.specification(texts=[], files=[])
    assert len(reading.pages(render(samples.sheet(specification=content), "A4", "en"))) == 2


def test_a_hundred_and_forty_eight_options_are_all_there() -> None:
    content = samples.large()
    told = reading.text(render(samples.sheet(specification=content), "letter", "en"))
    for item in content["choices"]:
        assert item["name"]["en"] in told
        assert item["label"]["en"] in told


def test_it_speaks_the_factory_s_language() -> None:
    content = samples.specification()
    content["product"]["name"] = {"en": "Leather satchel", "pl": "Torba skórzana"}
    told = reading.text(render(samples.sheet(specification=content), "A4", "pl"))
    assert "Torba skórzana" in told
    assert "4 gru 2026" in told
    assert "0,47 m²" in told


def long_words(count: int) -> str:
    return " ".join(f"word{number}" for number in range(count))


def test_long_texts_go_on_over_pages() -> None:
    words = long_words(3000)
    operations = (Operation("Read", "Desk", Decimal(1), Decimal(2), words, (long_words(400),)),)
    pdf = render(samples.sheet(operations=operations), "A4", "en")
    told = reading.text(pdf)
    assert all(f"word{number}" in told for number in range(3000))
    assert len(reading.pages(pdf)) > 4


def test_a_table_over_pages_repeats_its_header() -> None:
    parts = tuple(
        Part(f"Part {number}", Decimal(1), "pcs", bin=f"A-{number}") for number in range(120)
    )
    pages = reading.pages(render(samples.sheet(parts=parts), "A4", "en"))
    with_parts = [page for page in pages if "Part 1" in page or "A-9" in page]
    assert len(with_parts) > 2
    assert all("BIN PART NUMBER" in page for page in with_parts)


def test_parts_are_pulled_along_the_bins() -> None:
    parts = tuple(
        Part(f"Piece{number}", Decimal(1), "pcs", bin=f"A-{number}") for number in (10, 2, 1)
    )
    told = reading.text(render(samples.sheet(parts=parts), "A4", "en"))
    assert told.index("Piece1 ") < told.index("Piece2") < told.index("Piece10")


@pytest.mark.parametrize(
    "changes",
    [
        {"picture": None, "artwork": {}},
        {"parts": (), "operations": ()},
        {"number": "N" * 60, "order_number": "O" * 60, "quantity": 99},
        {"specification": samples.specification(choices=[], texts=[], files=[])},
        {"firm": "F" * 300},
        {"parts": (Part("W" * 400, Decimal("0.001"), "m2", "N" * 60, "M" * 300, "B" * 40),)},
    ],
)
def test_unusual_sheets_still_print(changes: dict[str, Any], tmp_path: Path) -> None:
    pdf = render(replace(samples.sheet(), **changes), "letter", "es")
    assert pdf.startswith(b"%PDF-")
    assert len(reading.pages(pdf)) >= 1


def test_nothing_is_drawn_past_the_margins(tmp_path: Path) -> None:
    wide = "W" * 90
    content = samples.specification(
        texts=[{"option": "t", "name": {"en": wide}, "text": wide, "millimeters": 40}],
        product={"name": {"en": wide}, "currency": "EUR", "tax_rate": "23"},
    )
    parts = (Part(wide, Decimal("12345.678"), "pcs", wide, wide, wide),)
    pages = reading.pictures(
        render(samples.sheet(specification=content, parts=parts), "A4", "en"), tmp_path, dpi=50
    )
    for page in pages:
        for edge in (0, page.width - 18):
            strip = page.crop((edge, 0, edge + 18, page.height))
            assert strip.getextrema() == (255, 255)
