"""Labels as PDF and as ZPL: both say the same, and no text can break out of its field."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from orders.factory.codes import scan_code
from orders.factory.papers import label, labels, zpl
from orders.factory.papers.facts import Unit
from orders.factory.papers.label import Label, Words
from orders.factory.papers.labels import Address
from orders.papers.fonts import FALLBACK, SANS, face
from orders.papers.pen import SIZES, Pen
from tests.engine.oracle import examples
from tests.factory import reading
from tests.factory.units import COPY, piece, unit

TO = Address("Zofia Núñez", ("ul. Świętego Ducha 7", "31-008 Kraków", "Poland"))
LONG = Address("Ñ" * 120, ("Calle " * 30, "28700 San Sebastián de los Reyes " * 4, "España"))
NASTY = "^XZ^FDx~JA_5E\\&\n^FS \U0001f600 ąęñ"


def whole() -> Unit:
    cut = (Decimal(346), Decimal(256), Decimal("2.4"))
    return unit(quantity=3, pieces=(piece(cut=cut), piece("screw", bin="B-10")))


def every() -> list[Label]:
    copy = replace(COPY, counts={"2026-00001-1": 2})
    return [
        *labels.unit_labels(whole(), copy, "en"),
        *labels.shipping_labels(whole(), TO, copy),
        *labels.part_labels(whole(), copy, "en"),
    ]


def pdf(found: list[Label]) -> bytes:
    pen = Pen(found[0].media, title="t", author="a", language="en")
    label.draw(pen, found)
    return pen.bytes()


def test_there_is_one_label_a_unit_and_one_a_part() -> None:
    assert len(labels.unit_labels(whole(), COPY, "en")) == 3
    assert len(labels.part_labels(whole(), COPY, "en")) == 2


@pytest.mark.parametrize("media", ["label", "part_label"])
def test_they_have_their_size(media: str) -> None:
    found = [one for one in every() if one.media == media]
    box = PdfReader(BytesIO(pdf(found))).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(SIZES[media], abs=0.01)


def test_a_scanner_reads_them(tmp_path: Path) -> None:
    code = scan_code(whole().number, whole().sha)
    page = reading.pictures(pdf(labels.unit_labels(whole(), COPY, "en")), tmp_path, dpi=203)[0]
    assert reading.scanned(page) == {"QR Code": code, "Code 128": code}
    page = reading.pictures(pdf(labels.part_labels(whole(), COPY, "en")), tmp_path, dpi=203)[0]
    assert reading.scanned(page)["QR Code"] == code


def test_they_say_what_counts() -> None:
    told = reading.text(pdf(labels.unit_labels(whole(), COPY, "en")))
    for words in ("2026-00001-1", "Leather satchel", "1 of 3", "Page 3 of 3", "3f9a1c07b2d4"):
        assert words in told
    told = reading.text(pdf(labels.part_labels(whole(), COPY, "en")))
    for words in ("The panel", "346 × 256 × 2.4 mm", "2 pcs", "B-10", "N-screw"):
        assert words in told


def test_reprints_are_marked() -> None:
    copy = replace(COPY, counts={"2026-00001-1": 3})
    assert "Reprint 2 · printed today by lead" in reading.text(
        pdf(labels.unit_labels(whole(), copy, "en"))
    )


@pytest.mark.parametrize("to", [TO, LONG, Address("", ("", "", ""))])
def test_an_address_is_whole_and_in_its_place(to: Address) -> None:
    (first, *_others) = labels.shipping_labels(whole(), to, COPY)
    said = [mark for mark in first.marks if isinstance(mark, Words) and 20 < mark.y < 79]
    told = reading.squeezed("".join(mark.text for mark in said))
    for words in (to.name, *to.lines):
        assert reading.squeezed(words) in told


def test_a_long_name_becomes_smaller_and_is_not_broken() -> None:
    to = Address("Anna Wiśniewska-Kowalczykiewiczowa", TO.lines)
    (first, *_others) = labels.shipping_labels(whole(), to, COPY)
    said = [mark.text for mark in first.marks if isinstance(mark, Words)]
    assert any("Kowalczykiewiczowa" in line for line in said)


@pytest.mark.parametrize("found", [every(), labels.shipping_labels(whole(), LONG, COPY)])
def test_nothing_is_drawn_past_the_edge(found: list[Label], tmp_path: Path) -> None:
    for media in ("label", "part_label"):
        some = [one for one in found if one.media == media]
        for page in reading.pictures(pdf(some), tmp_path, dpi=100) if some else ():
            for edge in (0, page.width - 4):
                assert page.crop((edge, 0, edge + 4, page.height)).getextrema() == (255, 255)


# ZPL


def fields(document: str) -> list[str]:
    """The data of every field, as the printer reads it."""
    found = re.findall(r"\^FH_\^FD(.*?)\^FS", document)
    return [
        re.sub(rb"_([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), one.encode()).decode()
        for one in found
    ]


def test_zpl_says_the_same_as_the_pdf() -> None:
    found = every()
    said = [mark.text for one in found for mark in one.marks if isinstance(mark, Words)]
    read = fields(zpl.document(found))
    assert [words for words in said if words not in read] == []
    code = scan_code(whole().number, whole().sha)
    assert read.count(f"MA,{code}") == len(found)


def test_zpl_has_one_format_a_label_in_utf_8() -> None:
    document = zpl.document(every())
    assert document.isascii()
    assert document.count("^XA^CI28") == document.count("^XZ") == len(every())
    assert "^PW800^LL1200" in document
    assert "^PW400^LL240" in document


@pytest.mark.parametrize(("dpi", "dots"), [(203, 8), (300, 12), (600, 24)])
def test_nothing_runs_into_the_codes_or_off_the_label(dpi: int, dots: int) -> None:
    formats = zpl.document(every(), dpi).split("^XZ")
    for made in formats[:-1]:
        wide, high = map(int, re.findall(r"\^PW(\d+)\^LL(\d+)", made)[0])
        assert {wide / dots, high / dots} in ({100, 150}, {50, 30})
        x, y, module = map(int, re.findall(r"\^FO(\d+),(\d+)\^BQN,2,(\d+)", made)[0])
        # 28 characters as bytes are 29 modules; printers set a QR code ten dots lower than asked
        right, end = x + 29 * module, y + 29 * module + 10
        assert right <= wide
        assert end <= high
        for left, base, size in re.findall(r"\^FT(\d+),(\d+)\^A0N,(\d+)", made):
            beside = int(base) < y or int(base) - int(size) * 0.8 > end
            assert beside or int(left) >= right or int(left) < x
            assert int(base) <= high
        for left, top, tall in re.findall(r"\^FO(\d+),(\d+)\^BCN,(\d+)", made):
            assert int(top) >= end
            assert int(top) + int(tall) <= high
            assert int(left) < wide


def test_codes_are_the_printer_s_own_and_fit() -> None:
    document = zpl.document(labels.unit_labels(whole(), COPY, "en"))
    assert re.search(r"\^BQN,2,9\^FH_\^FDMA,WO:", document)
    module, x = re.search(r"\^BY(\d)\^FO(\d+),\d+\^BCN,\d+,N,N,N,A\^FH_\^FDWO:", document).groups()  # type: ignore[union-attr]
    assert (module, int(x) >= 20) == ("2", True)


def test_a_nasty_text_stays_in_its_field() -> None:
    found = labels.unit_labels(unit(product=NASTY), COPY, "en")
    document = zpl.document(found)
    assert document.count("^XZ") == 1
    assert "~JA" not in document
    read = "".join(fields(document))
    assert "^XZ^FDx~JA_5E\\&" in read
    assert "[U+1F600]" in read


@examples(80)
@given(st.text())
def test_any_text_comes_back_and_is_plain(text: str) -> None:
    made = zpl.escaped(text)
    assert not set(made) & set("^~\\\n\r")
    read = re.sub(
        rb"_([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), made.encode("ascii")
    ).decode()
    if all(face(SANS).covers(c) or face(FALLBACK).covers(c) for c in text):
        assert read == text
    else:
        assert "[U+" in read
