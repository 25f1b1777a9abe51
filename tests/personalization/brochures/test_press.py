"""Files for the press: boxes, fonts, colors, the same bytes, and sheets that match when turned."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from orders.papers.pen import MM
from personalization.brochures.card import drawing, front
from personalization.brochures.card.content import Content, Hero, Offer, Other
from personalization.brochures.card.type import MARGIN
from personalization.brochures.press import intent, marks, reading, sheets
from personalization.brochures.press.intent import About, BadProfile, Condition, condition
from tests.factory.samples import photo

LONG = "Maksymilian-Bonawentura Wierzchosławski-Krzyżanowski herbu Pobóg von Hohenlohe-Öhringen"
CHOICES = tuple((f"Option {n}", f"Value {n}") for n in range(9))
HERO = Hero("My satchel", "Leather satchel", CHOICES, "€468.20", "December 11, 2026", None)
CONTENT = Content(
    reference="B-7/00042",
    language="en",
    name="Zażółć Świętosława Núñez",
    hero=HERO,
    others=(Other("Bicycle", "ordered in March", None),),
    offer=Offer("Winter", "10 % off", "ABC123", "Dec 31, 2026"),
    link="https://example.com/b/AbCdEfGh12345678/",
    stop="https://example.com/b/AbCdEfGh12345678/stop/",
    recipient=("Zażółć Świętosława Núñez", "ul. Długa 7", "31-008 Kraków", "Poland"),
    sender=("Workshop", "ul. Warsztatowa 3, Warszawa"),
    firm="Workshop",
    day="November 30, 2026",
)
MEANT = Condition()


@pytest.fixture(autouse=True)
def pictures(monkeypatch: Any) -> None:
    """Every picture is a photograph."""
    monkeypatch.setattr(drawing, "_picture", lambda _pictured: photo(800, 600, "#7b3f1d"))


def words(data: bytes) -> list[str]:
    """The text of each page, its spaces gone."""
    pages = pypdfium2.PdfDocument(data)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in pages]


def bare(text: str) -> str:
    return "".join(text.split())


def test_two_pages_with_bleed_and_trim() -> None:
    pages = PdfReader(BytesIO(drawing.pdf(CONTENT, MEANT))).pages
    assert len(pages) == 2
    for page in pages:
        trim, bleed, media = page.trimbox, page.bleedbox, page.mediabox
        assert (float(trim.width), float(trim.height)) == pytest.approx((148 * MM, 210 * MM), 1e-4)
        assert float(trim.left - bleed.left) == pytest.approx(3 * MM, 1e-3)
        assert float(bleed.left - media.left) > 5 * MM


def test_fonts_are_embedded_subsets_and_no_color_is_device_rgb() -> None:
    data = drawing.pdf(CONTENT, MEANT)
    reader = PdfReader(BytesIO(data))
    fonts = 0
    for number in range(1, len(reader.xref[0]) + 1):
        found: Any = reader.get_object(number)
        facts = found if hasattr(found, "get") else {}
        if facts.get("/Type") == "/Font":
            fonts += 1
            assert facts["/BaseFont"][7] == "+"
            assert "/FontFile2" in facts["/FontDescriptor"]
        if facts.get("/Subtype") == "/Image":
            assert facts["/ColorSpace"][0] == "/ICCBased"
        if facts.get("/Subtype") == "/Form":
            assert not set(found.get_data().split()) & {b"rg", b"RG", b"g", b"G"}
    assert fonts >= 4
    root: Any = reader.trailer["/Root"]
    output = root["/OutputIntents"][0]
    assert (output["/S"], output["/OutputConditionIdentifier"]) == ("/GTS_PDFX", "FOGRA51")
    assert "GTS_PDFXVersion" not in str(reader.metadata)


def test_the_same_content_is_the_same_bytes() -> None:
    assert drawing.pdf(CONTENT, MEANT) == drawing.pdf(CONTENT, MEANT)
    assert Content.from_json(CONTENT.to_json()) == CONTENT
    assert drawing.pdf(replace(CONTENT, name="Ana"), MEANT) != drawing.pdf(CONTENT, MEANT)


@pytest.mark.parametrize(
    "content",
    [
        CONTENT,
        replace(CONTENT, name=LONG, recipient=(LONG, "a" * 90, "99-999 Łódź", "Polska")),
        replace(CONTENT, hero=replace(HERO, choices=CHOICES * 5, title=LONG[:60])),
        replace(CONTENT, offer=None, others=(), recipient=()),
        replace(CONTENT, hero=replace(HERO, price="", ready="", choices=(), own=False), name=""),
        replace(CONTENT, offer=replace(CONTENT.offer, name=LONG, code="W" * 32)),  # type: ignore[type-var]
    ],
)
def test_nothing_is_cut(content: Content) -> None:
    """Every text is there whole, and within the trimmed paper with some air around it."""
    data = drawing.pdf(content, MEANT)
    front, back = words(data)
    assert bare(content.name) in front
    assert bare(content.hero.price) in front
    for line in (*content.recipient, *content.sender):
        assert bare(line) in back
    assert bare(content.stop.removeprefix("https://")) in back
    if content.offer:
        assert bare(content.offer.code) in back
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        left, low, right, top = (edge * MM for edge in (10 + 5, 10 + 5, 158 - 4, 220 - 5))
        boxes = [box for box in boxes if box[2] > box[0]]
        assert all(b[0] > left and b[1] > low and b[2] < right and b[3] < top for b in boxes)


@pytest.mark.parametrize("language", ["en", "es", "pl"])
@pytest.mark.parametrize("name", ["Winter", LONG])
def test_where_the_code_leads_stands_on_the_column(language: str, name: str) -> None:
    assert CONTENT.offer is not None
    content = replace(CONTENT, language=language, offer=replace(CONTENT.offer, name=name))
    text = pypdfium2.PdfDocument(drawing.pdf(content, MEANT))[1].get_textpage()
    found = text.search("example.com/b/").get_next()
    assert found is not None
    low = min(text.get_charbox(found[0] + n)[1] for n in range(found[1]))
    assert low > (10 + 210 - 113 + 1) * MM


def test_the_paper_below_a_picture_heeds_nothing_that_stands_there() -> None:
    ground = Image.new("RGB", (800, 600), (200, 190, 170))
    ground.paste((90, 80, 60), (480, 560, 700, 600))
    written = BytesIO()
    ground.save(written, "JPEG", quality=95)
    strip, color = front._end_of(written.getvalue())
    with Image.open(BytesIO(strip)) as opened:
        lights = np.asarray(opened, np.float64)
    assert all(abs(a - b) < 4 for a, b in zip(color, (200, 190, 170), strict=True))
    assert np.abs(lights - (200, 190, 170)).max() < 4


def test_pictures_are_fine_enough_for_print() -> None:
    assert drawing.ACROSS / (front.WIDTH + 2 * 3) * 25.4 >= 250
    assert drawing.SMALL / ((front.WIDTH - 2 * MARGIN - 2 * 5) / 3) * 25.4 >= 250


def test_choices_that_find_no_room_are_counted() -> None:
    many = replace(CONTENT, hero=replace(HERO, choices=CHOICES * 5))
    back = words(drawing.pdf(many, MEANT))[1]
    assert "morechoices" in back
    shown = back.count("Option")
    assert f"and{45 - shown}morechoices" in back


def test_the_code_is_read_from_the_printed_page() -> None:
    page = pypdfium2.PdfDocument(drawing.pdf(CONTENT, MEANT))[1]
    found = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert [each.text for each in found] == [CONTENT.link]


def test_a_profile_that_is_none_is_refused(tmp_path: Any) -> None:
    with pytest.raises(BadProfile):
        condition("FOGRA51", str(tmp_path / "none.icc"))
    other = tmp_path / "rgb.icc"
    other.write_bytes(intent.SRGB.read_bytes())
    with pytest.raises(BadProfile, match="not for CMYK"):
        condition("FOGRA51", str(other))


def test_with_the_profile_of_the_press_it_is_x4() -> None:
    data = drawing.pdf(CONTENT, Condition("FOGRA51", b"a profile"))
    reader = PdfReader(BytesIO(data))
    told: Any = reader.metadata
    assert told["/GTS_PDFXVersion"] == "PDF/X-4"
    assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4<" in data


# Sheets


def brochures(count: int) -> list[bytes]:
    return [drawing.pdf(replace(CONTENT, name=f"Person {n}"), MEANT) for n in range(count)]


def imposed(made: list[bytes], sheet: str) -> bytes:
    file = BytesIO()
    about = About("B-7", "Workshop")
    sheets.impose(file, len(made), made.__getitem__, sheets.SHEETS[sheet], about, MEANT)
    return file.getvalue()


@pytest.mark.parametrize(("sheet", "pages"), [("SRA3", 4), ("SRA4", 6), ("A4", 10)])
def test_all_are_on_sheets_once_and_backs_match(sheet: str, pages: int) -> None:
    data = imposed(brochures(5), sheet)
    found = pypdfium2.PdfDocument(data)
    assert len(found) == pages
    fronts = "".join(words(data)[::2])
    assert [fronts.count(f"Person{n}") for n in range(5)] == [1] * 5
    kind = sheets.SHEETS[sheet]
    trims = kind.trims()
    for at, (x, y, wide, high) in enumerate(trims):
        other = trims[kind.place(at, back=True)]
        assert other == pytest.approx((kind.width - x - wide, y, wide, high))


def test_stacks_lie_in_order() -> None:
    assert list(sheets.order(10, 4)) == [[0, 3, 6, 9], [1, 4, 7, None], [2, 5, 8, None]]


def test_shared_pictures_and_fonts_are_there_once() -> None:
    made = brochures(8)
    data = imposed(made, "SRA3")
    assert len(data) < sum(map(len, made)) / 2
    assert data.count(b"/Subtype /Image") == made[0].count(b"/Subtype /Image") > 0
    assert imposed(made, "SRA3") == data


def test_marks_touch_no_bleed() -> None:
    kind = sheets.SHEETS["SRA3"]
    lines = marks.lines(kind.trims(), sheets.BLEED)
    assert len(lines) == 16
    assert all(0 <= x <= kind.width and 0 <= y <= kind.height for x, y, *_end in lines)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.6", b"%PDF-1.4\n%%EOF\n"])
def test_only_our_own_files_are_laid(data: bytes) -> None:
    with pytest.raises(reading.NotOurs):
        reading.Brochure(data)


@pytest.mark.parametrize("choices", [CHOICES, CHOICES[:1], ()])
def test_without_a_picture_the_words_are_large(
    monkeypatch: Any, choices: tuple[tuple[str, str], ...]
) -> None:
    monkeypatch.setattr(drawing, "_picture", lambda _pictured: None)
    content = replace(CONTENT, hero=replace(HERO, choices=choices))
    face, back = words(drawing.pdf(content, MEANT))
    for _name, value in choices[:5]:
        assert bare(value) in face
    assert (bare(HERO.product) in face) is (not choices)
    assert back.count("Bicycle") == 2  # as the picture, and below it
