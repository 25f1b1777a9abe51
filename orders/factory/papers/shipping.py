"""What goes into the box, in the customer's language: the packing slip and the customer's card.

They and the shipping label are the only papers of the factory that say whom a thing is for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from orders.factory.build_sheet.furniture import EDGE, foot, strip
from orders.factory.papers.labels import Address
from orders.factory.papers.leaf import Copy
from orders.papers import codes, tongues
from orders.papers import text as texts
from orders.papers.content import Content
from orders.papers.flow import Flow, Margins, paragraph, stack
from orders.papers.fonts import BOLD, SANS
from orders.papers.pen import BLACK, FAINT, GRAY, Pen, jpeg_size
from orders.papers.tongues import gettext as _

SERIF = "EBGaramond-Regular"
BODY = 10.0
PICTURE = (170.0, 128.0)  # the room for a picture on a packing slip
QR = 92.0


@dataclass(frozen=True)
class Item:
    """One line of an order in a box. `revision` is the specification's hash."""

    number: str
    quantity: int
    content: Content
    picture: bytes | None
    revision: str
    link: str  # the design's page


@dataclass(frozen=True)
class Box:
    """What of one order is packed together; `lines` is how many lines the order has."""

    order_number: str
    placed_on: str
    to: Address
    language: str
    items: tuple[Item, ...]
    lines: int


def draw_packing_slip(pen: Pen, box: Box, copy: Copy) -> int:
    """The pages of one slip; how many."""
    with tongues.speaking(box.language):
        head = _Head(box, copy)
        flow = Flow(pen, Margins(left=EDGE, right=EDGE, first=head.top + 196, top=head.top + 62,
                                 bottom=42))  # fmt: skip
        for item in box.items:
            _item(flow, item)
        _rest(flow, box)
        _packed(flow)
        return flow.print(head.draw)


class _Head:
    """The address large on the first page; the order's number on all."""

    def __init__(self, box: Box, copy: Copy) -> None:
        self.box = box
        self.copy = copy
        numbers = [item.number for item in box.items]
        again = max((copy.again(number) for number in numbers), default=0)
        self.mark = copy.told(next(n for n in numbers if copy.again(n) == again)) if again else ""
        self.top = 15.0 if self.mark else 0.0

    def draw(self, pen: Pen, page: int, pages: int) -> None:
        if self.mark:
            strip(pen, [self.mark])
        right, top = pen.width - EDGE, self.top
        title = _("Packing slip")
        pen.text(EDGE, top + 50, title, SERIF, 30 if page == 1 else 18)
        order = _("Order %(number)s") % {"number": texts.clean(self.box.order_number)}
        pen.text(right, top + 40, order, BOLD, texts.fitted(order, BOLD, 15, 230), BLACK, "right")
        pen.text(right, top + 53, self.box.placed_on, SANS, 9, GRAY, "right")
        if way := texts.clean(self.box.to.way):
            pen.text(right, top + 66, way, BOLD, texts.fitted(way, BOLD, 9, 230), BLACK, "right")
        if page == 1:
            self._address(pen, top)
        facts = [self.copy.firm, self.copy.batch, self.copy.printed, *self._revisions()]
        foot(pen, facts, page, pages)

    def _revisions(self) -> list[str]:
        return list(dict.fromkeys(item.revision[:12] for item in self.box.items))[:3]

    def _address(self, pen: Pen, top: float) -> None:
        pen.text(EDGE, top + 80, _("Delivery to"), BOLD, 8, GRAY)
        y, room = top + 86, 300.0
        for line in (self.box.to.name, *self.box.to.lines):
            size = texts.fitted(line, SANS, 14, room, least=9)
            for part in texts.wrap(texts.clean(line), SANS, size, room)[:2]:
                y += 17.5
                pen.text(EDGE, y, part, SANS, size)
        firm = texts.clean(self.copy.firm)
        pen.text(pen.width - EDGE, top + 80, _("From"), BOLD, 8, GRAY, "right")
        size = texts.fitted(firm, SANS, 12, 200)
        pen.text(pen.width - EDGE, top + 103, firm, SANS, size, BLACK, "right")
        pen.rule(EDGE, top + 186, pen.width - 2 * EDGE, BLACK, 1.2)


def _item(flow: Flow, item: Item) -> None:
    """Quantity, name and number, the picture, and what was chosen."""
    choices = summary(item.content)
    room = flow.width - (PICTURE[0] + 18 if item.picture else 0)
    lines = paragraph(f"{item.quantity} × {item.content.product}", room, BOLD, 15)
    lines += paragraph(item.number, room, SANS, BODY, GRAY, gap=1)
    lines += paragraph(choices, room, SANS, BODY, gap=5)
    x = flow.width - room
    flow.need(max(PICTURE[1] if item.picture else 0, min(sum(e.height for e in lines), 200)) + 12)
    top, page = flow.y, flow.pages
    if item.picture:
        _picture(flow, item.picture, top)
    stack(flow, lines, x=x)
    if item.picture and flow.pages == page:
        flow.y = max(flow.y, top + PICTURE[1])
    flow.skip(10)
    y = flow.y
    flow.draw(lambda pen: pen.rule(flow.left, y, flow.width, FAINT, 0.6))
    flow.skip(12)


def summary(content: Content) -> str:
    """Everything that was chosen and is on, in one paragraph."""
    told = [
        f"{choice.name}: {choice.label}"
        for step in content.steps
        for choice in step.choices
        if not choice.off
    ]
    told += [f"{writing.name}: “{writing.text}”" for writing in content.writings if writing.text]
    told += [picture.name for picture in content.pictures]
    return "  ·  ".join(told)


def _picture(flow: Flow, picture: bytes, top: float) -> None:
    wide, high = jpeg_size(picture)
    scale = min(PICTURE[0] / wide, PICTURE[1] / high)
    flow.draw(lambda pen: pen.jpeg(flow.left, top, wide * scale, high * scale, picture))


def _rest(flow: Flow, box: Box) -> None:
    """That the other lines of the order come by themselves."""
    if box.lines > len(box.items):
        told = _("This box holds %(n)s of %(of)s lines of the order; the others come separately.")
        text = told % {"n": len(box.items), "of": box.lines}
        stack(flow, paragraph(text, flow.width, BOLD, BODY))
        flow.skip(8)


def _packed(flow: Flow) -> None:
    flow.need(60)
    y = flow.y + 6
    labels = (_("Packed by"), _("Checked by"), _("Date and time"), _("Parcels"))
    width = (flow.width - 24) / 4

    def draw(pen: Pen) -> None:
        for i, label in enumerate(labels):
            x = flow.left + i * (width + 8)
            pen.frame(x, y, width, 40, FAINT, 0.8)
            pen.text(x + 6, y + 11, label, SANS, texts.fitted(label, SANS, 7.5, width - 12), GRAY)

    flow.draw(draw)
    flow.skip(50)


# The card


def draw_cards(pen: Pen, cards: Sequence[tuple[Item, str]], copy: Copy) -> int:
    """Two cards a page, to be cut along the line: the item and its customer's language."""
    pages = -(-len(cards) // 2)
    half = pen.height / 2
    for page in range(pages):
        for place, (item, language) in enumerate(cards[page * 2 : page * 2 + 2]):
            with tongues.speaking(language):
                _card(pen, item, copy, half * place, half)
        _scissors(pen, half)
        count = _("Page %(page)s of %(pages)s") % {"page": page + 1, "pages": pages}
        told = " · ".join([copy.batch, copy.printed, count])
        size = texts.fitted(told, SANS, 6.5, pen.width - 2 * EDGE)
        pen.text(pen.width / 2, half - 5, told, SANS, size, GRAY, "center")
        pen.turn()
    return pages


def _scissors(pen: Pen, half: float) -> None:
    """Short strokes along the middle of the page."""
    x = 0.0
    while x < pen.width:
        pen.rule(x, half, 5, FAINT, 0.5)
        x += 11


def _card(pen: Pen, item: Item, copy: Copy, top: float, height: float) -> None:
    """The picture, the name, thanks, and a code that opens the design."""
    width = pen.width - 2 * EDGE
    room = height - 190
    y = top + 34
    if item.picture:
        wide, high = jpeg_size(item.picture)
        scale = min(width / wide, room / high)
        x = EDGE + (width - wide * scale) / 2
        pen.jpeg(x, y, wide * scale, high * scale, item.picture)
    base = top + height - 112
    left = width - QR - 24
    pen.symbol(pen.width - EDGE - QR, base - 14, QR, QR, codes.qr(item.link))
    name = item.content.product
    pen.text(EDGE, base, name, SERIF, texts.fitted(name, SERIF, 26, left))
    y = base + 10
    thanks = _("Designed by you, made for you. Thank you.")
    for line in paragraph(thanks, left, SERIF, 14):
        line.draw(pen, EDGE, y, left)
        y += line.height
    told = _("Scan the code to see your design again: its parts, its colors, all that you chose.")
    for line in paragraph(told, left, SANS, 8.5, GRAY, gap=3):
        line.draw(pen, EDGE, y, left)
        y += line.height
    facts = [item.number, item.revision[:12], copy.firm]
    if copy.again(item.number):
        facts.insert(0, copy.told(item.number))
    shown = texts.clean(" · ".join(facts))
    size = texts.fitted(shown, SANS, 7, left, least=4)
    pen.text(EDGE, top + height - 28, shown, SANS, size, GRAY)
