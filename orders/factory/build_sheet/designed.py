"""What the customer designed: the picture, every choice by step, texts and artwork at size."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orders.factory.build_sheet.furniture import section
from orders.papers import text as texts
from orders.papers.content import Choice, Content, Picture, StepChoices, Writing
from orders.papers.flow import LEADING, Flow
from orders.papers.fonts import BOLD, MONO, SANS, face
from orders.papers.pen import BLACK, FAINT, GRAY, MM, Pen, ink, jpeg_size
from orders.papers.pour import Block, Group, Paint, pour

GAP = 20.0  # between the columns of choices
NAME, VALUE = 8.5, 10.0  # font sizes of a choice's name and label
DENSE = 60  # with more choices than this they are set in three columns
SWATCH = 9.0
PICTURE_HEIGHT = 196.0


def choices(flow: Flow, content: Content, picture: bytes | None) -> None:
    """The picture over the first column, then all choices grouped by step."""
    total = sum(len(step.choices) for step in content.steps)
    count = 3 if total > DENSE else 2
    width = (flow.width - GAP * (count - 1)) / count
    first = _picture(flow, picture, width if count == 2 else width * 1.0) if picture else 0.0
    groups = [_group(step, width, dense=count == 3) for step in content.steps]
    pour(flow, groups, count=count, gap=GAP, first=first)


def _picture(flow: Flow, picture: bytes, width: float) -> float:
    """Draw the picture into the first column and say how much height it takes."""
    pixels, lines = jpeg_size(picture)
    height = min(width * lines / pixels, PICTURE_HEIGHT)
    drawn = height * pixels / lines
    x, y = flow.left + (width - drawn) / 2, flow.y

    def draw(pen: Pen) -> None:
        pen.jpeg(x, y, drawn, height, picture)
        pen.frame(x, y, drawn, height, FAINT, 0.5)

    flow.draw(draw)
    return height + 12


def _group(step: StepChoices, width: float, *, dense: bool) -> Group:
    again = _("%(step)s, continued") % {"step": step.name}
    return Group(
        _heading(step.name, width),
        _heading(again, width),
        [_choice(choice, width, dense=dense) for choice in step.choices],
    )


def _heading(title: str, width: float) -> Block:
    size = texts.fitted(title, BOLD, 9.5, width)

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y + 17, title, BOLD, size)
        pen.rule(x, y + 22, width, BLACK, 1)

    return Block(25, paint)


def _choice(choice: Choice, width: float, *, dense: bool) -> Block:
    """A name on the left in gray, the swatch and the chosen label on the right in bold."""
    name_size, value_size = (NAME - 1.3, VALUE - 1.8) if dense else (NAME, VALUE)
    split = width * 0.46
    mark = SWATCH + 5 if choice.swatch else 0.0
    names = texts.wrap(choice.name, SANS, name_size, split - 8)
    font = SANS if choice.off else BOLD
    labels = texts.wrap(choice.label, font, value_size, width - split - mark)
    leading = value_size * LEADING
    height = max(len(names) * name_size * LEADING + 1, len(labels) * leading) + 3.4
    color = GRAY if choice.off else BLACK

    def paint(pen: Pen, x: float, y: float) -> None:
        base = y + 2 + value_size
        if choice.swatch:
            pen.fill(x + split, base - SWATCH + 1, SWATCH, SWATCH, ink(choice.swatch))
            pen.frame(x + split, base - SWATCH + 1, SWATCH, SWATCH, BLACK, 0.4)
        for i, line in enumerate(names):
            pen.text(x, base + i * name_size * LEADING, line, SANS, name_size, GRAY)
        for i, line in enumerate(labels):
            pen.text(x + split + mark, base + i * leading, line, font, value_size, color)
        pen.rule(x, y + height, width, FAINT, 0.35)

    return Block(height, paint)


def personal(flow: Flow, content: Content, artwork: Mapping[str, bytes]) -> None:
    """Texts in their true font and artwork, at true size where that is known."""
    writings = [writing for writing in content.writings if writing.text]
    if not writings and not content.pictures:
        return
    blocks = [_writing(writing, flow.width) for writing in writings]
    blocks += [_artwork(picture, artwork.get(picture.sha), flow) for picture in content.pictures]
    section(flow, _("Texts and artwork"), keep=min(blocks[0].height, flow.whole / 2))
    for block in blocks:
        flow.need(block.height)
        y = flow.y
        flow.draw(lambda pen, block=block, y=y: block.paint(pen, flow.left, y))  # type: ignore[misc]
        flow.skip(block.height)


def _writing(writing: Writing, width: float) -> Block:
    """The text as it is to look, and spelled in a plain font with its count of characters."""
    font = writing.font or SANS
    size = _letter_size(writing)
    room = width - 20
    lines = texts.wrap(writing.text, font, size, room) if size <= 14 else (writing.text,)
    shown = min(texts.fitted(line, font, size, room) for line in lines)
    name = _caption(writing.name, _size_note(writing, shown / size), width)
    spelled = texts.wrap(f"“{writing.text}”", MONO, 9, room)
    leading = max(shown * 1.1, 16)
    height = 16 + len(lines) * leading + 7 + len(spelled) * 9 * LEADING + 10

    def paint(pen: Pen, x: float, y: float) -> None:
        name(pen, x, y)
        base = y + 16
        for line in lines:
            base += leading
            pen.text(x + 10, base - shown * 0.14, line, font, shown)
        base += 7
        for line in spelled:
            base += 9 * LEADING
            pen.text(x + 10, base - 2, line, MONO, 9, GRAY)
        pen.frame(x, y + 15, width, height - 20, FAINT, 0.6)

    return Block(height, paint)


def _caption(name: str, note: str, width: float) -> Paint:
    """A name on the left and a note on the right of one line, each in its share of it."""
    taken = min(texts.width(note, SANS, NAME), width * 0.6)
    note_size = texts.fitted(note, SANS, NAME, taken)
    name_size = texts.fitted(name, BOLD, NAME, width - taken - 10, least=1)

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y + 11, name, BOLD, name_size)
        pen.text(x + width, y + 11, note, SANS, note_size, GRAY, "right")

    return paint


def _letter_size(writing: Writing) -> float:
    """The font size whose capitals are as high as the letters shall be."""
    if writing.millimeters is None:
        return 12.0 if len(writing.text) > 60 else 24.0
    capital = face(writing.font or SANS).font.face.capHeight or 700
    return writing.millimeters * MM * 1000 / float(capital)


def _size_note(writing: Writing, scale: float) -> str:
    count = ngettext("%(n)d character", "%(n)d characters", len(writing.text)) % {
        "n": len(writing.text)
    }
    facts = [count]
    if writing.font:
        facts.append(texts.clean(writing.font))
    if writing.millimeters is not None:
        facts.append(_("capitals %(mm)s mm high") % {"mm": f"{writing.millimeters:g}"})
        facts.append(
            _("true size") if scale > 0.999 else _("drawn at %(p)d %%") % {"p": scale * 100}
        )
    return " · ".join(facts)


def _artwork(picture: Picture, data: bytes | None, flow: Flow) -> Block:
    """The artwork in its box in millimeters, or as large as is useful."""
    pixels = jpeg_size(data) if data else picture.pixels
    width, height, true = _artwork_size(picture, pixels, flow)
    name = _caption(picture.name, _artwork_note(picture, true), flow.width)

    def paint(pen: Pen, x: float, y: float) -> None:
        name(pen, x, y)
        if data:
            pen.jpeg(x, y + 17, width, height, data)
        else:
            pen.text(x + 8, y + 30, _("The artwork's file is missing."), SANS, NAME, GRAY)
        pen.frame(x, y + 17, width, height, FAINT, 0.6)

    return Block(height + 26, paint)


def _artwork_size(picture: Picture, pixels: Sequence[int], flow: Flow) -> tuple[float, float, bool]:
    """Width and height in points, and whether that is the true size."""
    wide, high = max(pixels[0], 1), max(pixels[1], 1)
    box = [side * MM for side in picture.box] if picture.box else [200.0, 150.0]
    scale = min(box[0] / wide, box[1] / high)
    limit = min(flow.width / wide, (flow.whole - 60) / high)
    return wide * min(scale, limit), high * min(scale, limit), bool(picture.box) and scale <= limit


def _artwork_note(picture: Picture, true: bool) -> str:
    facts = [f"{picture.pixels[0]} × {picture.pixels[1]} px"]
    if picture.box:
        facts.append(_("fits %(w)g × %(h)g mm") % {"w": picture.box[0], "h": picture.box[1]})
        facts.append(_("true size") if true else _("drawn smaller"))
    return " · ".join([*facts, picture.sha[:12]])
