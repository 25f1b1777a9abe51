"""Texts in their true font and artwork, each at true size where that is known.

What is narrow stands side by side; a text too long for a page is set as a paragraph.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from configurator.catalog.placements import Placement, placement_of
from orders.factory.build_sheet.furniture import section
from orders.papers import text as texts
from orders.papers.content import Content, Picture, Writing
from orders.papers.flow import LEADING, Flow, paragraph
from orders.papers.fonts import BOLD, MONO, SANS, face
from orders.papers.pen import FAINT, GRAY, MM, Pen, jpeg_size
from orders.papers.pour import Paint
from orders.papers.table import Column, Table
from orders.papers.tongues import gettext as _
from orders.papers.tongues import ngettext

NAME, NOTE, SPELLED = 8.5, 7.5, 9.0  # font sizes
CAPTION = 27.0  # height of the name and the note above a box
PAD = 10.0  # between a box and the text in it
GAP = 16.0  # between boxes
WIDEST = 480.0  # of a note, which is as long as its languages are two
LARGE = 24.0  # size of a short text whose true size is unknown
MEDIUM = 12.0  # size of a long one
LONG = 60  # characters


@dataclass(frozen=True)
class Box:
    """Something in a frame: `width` and `height` in points, with its caption."""

    width: float
    height: float
    paint: Paint


def personal(flow: Flow, content: Content, artwork: Mapping[str, bytes]) -> None:
    """All that is put on this unit only."""
    writings = [writing for writing in content.writings if writing.text]
    boxes = [_writing(writing, flow.width) for writing in writings]
    long = [w for w, box in zip(writings, boxes, strict=True) if box.height > flow.whole - 60]
    boxes = [box for box in boxes if box.height <= flow.whole - 60]
    boxes += [
        _artwork(picture, artwork.get(picture.reference), flow) for picture in content.pictures
    ]
    if boxes or long:
        section(flow, _("Texts and artwork"), keep=boxes[0].height if boxes else 60)
    for shelf in _shelves(boxes, flow.width):
        _place(flow, shelf)
    for writing in long:
        _paragraph(flow, writing)


def _shelves(boxes: Sequence[Box], width: float) -> list[list[Box]]:
    """Boxes in rows as wide as the page."""
    shelves: list[list[Box]] = []
    for box in boxes:
        taken = sum(other.width + GAP for other in shelves[-1]) if shelves else width
        if shelves and taken + box.width <= width:
            shelves[-1].append(box)
        else:
            shelves.append([box])
    return shelves


def _place(flow: Flow, shelf: Sequence[Box]) -> None:
    height = max(box.height for box in shelf)
    flow.need(height)
    top = flow.y

    def draw(pen: Pen) -> None:
        x = flow.left
        for box in shelf:
            box.paint(pen, x, top)
            x += box.width + GAP

    flow.draw(draw)
    flow.skip(height + 6)


def _paragraph(flow: Flow, writing: Writing) -> None:
    """A very long text, letter by letter, over as many pages as it takes."""
    table = Table(flow, [Column(texts.wrap(writing.name, BOLD, 7, flow.width)[0], flow.width)])
    table.row([paragraph(f"“{writing.text}”", flow.width, MONO, SPELLED)])
    flow.skip(6)


def _writing(writing: Writing, page: float) -> Box:
    """The text as it is to look, and spelled in a plain font with its count of characters."""
    font, size, room = writing.font or SANS, _letter_size(writing), page - 2 * PAD
    lines: Sequence[str] = writing.text.split("\n")
    if size <= MEDIUM:
        lines = texts.wrap(writing.text, font, size, room)
    shown = min(texts.fitted(line, font, size, room, least=1) for line in lines)
    caption = _Caption(writing.name, _size_note(writing, shown / size))
    drawn = max(texts.width(line, font, shown) for line in lines)
    width = min(page, max(drawn + 2 * PAD, caption.width, 150))
    spelled = texts.wrap(f"“{writing.text}”", MONO, SPELLED, width - 2 * PAD)
    leading = max(shown * 1.1, 16)
    height = CAPTION + len(lines) * leading + 7 + len(spelled) * SPELLED * LEADING + 6

    def paint(pen: Pen, x: float, y: float) -> None:
        caption.paint(pen, x, y, width)
        base = y + CAPTION
        for line in lines:
            base += leading
            pen.text(x + PAD, base - shown * 0.14, line, font, shown)
        base += 7
        for line in spelled:
            base += SPELLED * LEADING
            pen.text(x + PAD, base - 2, line, MONO, SPELLED, GRAY)
        pen.frame(x, y + CAPTION, width, height - CAPTION, FAINT, 0.6)

    return Box(width, height, paint)


class _Caption:
    """A name over a note in gray."""

    def __init__(self, name: str, note: str) -> None:
        self.name, self.note = name, note
        self.width = min(max(texts.width(name, BOLD, NAME), texts.width(note, SANS, NOTE)), WIDEST)

    def paint(self, pen: Pen, x: float, y: float, width: float) -> None:
        size = texts.fitted(self.name, BOLD, NAME, width, least=1)
        pen.text(x, y + 11, self.name, BOLD, size)
        size = texts.fitted(self.note, SANS, NOTE, width, least=1)
        pen.text(x, y + 22, self.note, SANS, size)


def _letter_size(writing: Writing) -> float:
    """The font size whose capitals are as high as the letters shall be."""
    if writing.millimeters is None:
        return MEDIUM if len(writing.text) > LONG else LARGE
    capital = face(writing.font or SANS).font.face.capHeight or 700
    return writing.millimeters * MM * 1000 / float(capital)


def _size_note(writing: Writing, scale: float) -> str:
    count = len(writing.text)
    facts = [ngettext("%(n)d character", "%(n)d characters", count) % {"n": count}]
    if writing.font:
        facts.append(texts.clean(writing.font))
    if writing.millimeters is not None:
        true = scale > 0.999
        facts.append(_("capitals %(mm)s mm high") % {"mm": f"{writing.millimeters:g}"})
        facts.append(_("true size") if true else _("drawn at %(p)d %%") % {"p": scale * 100})
    return " · ".join(facts)


def _artwork(picture: Picture, data: bytes | None, flow: Flow) -> Box:
    """The artwork in its box in millimeters, or as large as is useful."""
    pixels = jpeg_size(data) if data else picture.pixels
    drawn, height, true = _artwork_size(picture, pixels, flow)
    caption = _Caption(picture.name, _artwork_note(picture, true))
    width = max(drawn, caption.width)

    def paint(pen: Pen, x: float, y: float) -> None:
        caption.paint(pen, x, y, width)
        if data:
            pen.jpeg(x, y + CAPTION, drawn, height, data)
        else:
            pen.text(x + 8, y + CAPTION + 14, _("The file is missing."), SANS, NAME, GRAY)
        pen.frame(x, y + CAPTION, drawn, height, FAINT, 0.6)

    return Box(width, CAPTION + height, paint)


def _artwork_size(picture: Picture, pixels: Sequence[int], flow: Flow) -> tuple[float, float, bool]:
    """Width and height in points, and whether that is the true size."""
    wide, high = max(pixels[0], 1), max(pixels[1], 1)
    box = [side * MM for side in picture.box] if picture.box else [200.0, 150.0]
    scale = min(box[0] / wide, box[1] / high)
    limit = min(flow.width / wide, (flow.whole - 60) / high)
    return wide * min(scale, limit), high * min(scale, limit), bool(picture.box) and scale <= limit


def _placed(placement: Placement) -> list[str]:
    """How the customer placed the picture, in short."""
    facts = []
    if placement.scale != 100:
        facts.append(_("scaled to %(p)d %%") % {"p": placement.scale})
    if placement.angle:
        facts.append(_("turned by %(a)d°") % {"a": placement.angle})
    if placement.left or placement.top or placement.right or placement.bottom:
        facts.append(_("cropped"))
    if placement.ground:
        facts.append(_("background removed"))
    return facts


def _artwork_note(picture: Picture, true: bool) -> str:
    facts = [f"{picture.pixels[0]} × {picture.pixels[1]} px"]
    if picture.box:
        facts.append(_("fits %(w)g × %(h)g mm") % {"w": picture.box[0], "h": picture.box[1]})
        facts.append(_("true size") if true else _("drawn smaller"))
    facts += _placed(placement_of(picture.reference))
    if picture.inks:
        facts.append(ngettext("%(n)d color", "%(n)d colors", picture.inks) % {"n": picture.inks})
    return " · ".join([*facts, picture.sha[:12]])
