"""How the confirmation looks: a letter with a large picture, the choices, the price, a code."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from configurator.catalog.texts import say
from orders.papers import codes, words
from orders.papers import text as texts
from orders.papers.content import Content
from orders.papers.flow import LEADING, Flow, Line, Margins, paragraph, stack
from orders.papers.fonts import BOLD, SANS
from orders.papers.pen import BLACK, FAINT, GRAY, Pen, Size, ink, jpeg_size
from orders.papers.pour import Block, Group, pour
from orders.papers.table import Table, columns

if TYPE_CHECKING:
    from orders.papers.confirmation import Confirmation, Item

EDGE = 48.0
TITLE = "EBGaramond-Regular"
ACCENT = ink("#9c3d1c")
MARGINS = Margins(left=EDGE, right=EDGE, first=96, top=84, bottom=58)
BODY = 9.5
GAP = 26.0
SUMS = 76.0  # height of net, tax and total
SUM_WIDTH = 240.0


def lay_out(confirmation: Confirmation, size: Size, language: str) -> bytes:
    """The PDF, inside the caller's language."""
    title = _title(confirmation)
    pen = Pen(size, title=title, author=confirmation.firm, language=language)
    flow = Flow(pen, MARGINS)
    _greeting(flow, confirmation, language)
    for item in confirmation.items:
        _item(flow, item, language)
    _sums(flow, confirmation, language)
    _closing(flow, confirmation)
    return flow.finish(lambda pen, page, pages: _furniture(pen, page, pages, confirmation))


def _title(confirmation: Confirmation) -> str:
    return confirmation.title or _("Order %(number)s") % {"number": confirmation.number}


def _furniture(pen: Pen, page: int, pages: int, confirmation: Confirmation) -> None:
    right = pen.width - EDGE
    firm = texts.clean(confirmation.firm)
    number = texts.clean(_title(confirmation))
    pen.text(EDGE, 52, firm, TITLE, texts.fitted(firm, TITLE, 20, right - EDGE - 150))
    pen.text(right, 52, number, SANS, BODY, GRAY, "right")
    pen.rule(EDGE, 64, right - EDGE, BLACK, 0.8)
    foot = pen.height - 32
    pen.text(EDGE, foot, firm, SANS, 7.5, GRAY)
    count = _("Page %(page)s of %(pages)s") % {"page": page, "pages": pages}
    pen.text(right, foot, count, SANS, 7.5, GRAY, "right")


def _greeting(flow: Flow, confirmation: Confirmation, language: str) -> None:
    """Thanks and the date; to whom it goes and a code that opens the order's page."""
    thanks = confirmation.thanks or _("Thank you, %(name)s.") % {"name": confirmation.name}
    stack(flow, paragraph(thanks, flow.width, TITLE, 27))
    flow.skip(4)
    told = _(
        "We have your order of %(placed)s and build it for you alone. It leaves our workshop"
        " by %(day)s."
    ) % {
        "placed": words.short_date(confirmation.placed_on, language),
        "day": words.long_date(confirmation.promised_on, language),
    }
    if confirmation.told:
        told = confirmation.told
    elif confirmation.arrives:
        told = f"{told} {confirmation.arrives}"
    stack(flow, paragraph(told, flow.width, TITLE, 13, GRAY))
    flow.skip(16)
    _address(flow, confirmation)
    flow.skip(18)


def _address(flow: Flow, confirmation: Confirmation) -> None:
    """The address on the left, the link as words and code on the right."""
    side = 74.0
    half = (flow.width - side - GAP * 2) / 2
    left = paragraph(_("Delivery to"), half, BOLD, 8, GRAY)
    for part in (confirmation.name, *confirmation.address, confirmation.email):
        left += paragraph(part, half, SANS, BODY)
    right = paragraph(confirmation.follow or _("Follow your order"), half, BOLD, 8, GRAY)
    right += paragraph(confirmation.link, half, SANS, 8, ACCENT, gap=2)
    if confirmation.billing:
        right += paragraph(_("The bill is for"), half, BOLD, 8, GRAY, gap=6)
        for part in confirmation.billing:
            right += paragraph(part, half, SANS, 8.5)
    if confirmation.note:
        left += paragraph(_("Your note"), half, BOLD, 8, GRAY, gap=6)
        left += paragraph(confirmation.note, half, SANS, 8.5)
    height = max(sum(line.height for line in left), sum(line.height for line in right), side)
    flow.need(height)
    top = flow.y

    def draw(pen: Pen) -> None:
        _stack(pen, left, flow.left, top, half)
        _stack(pen, right, flow.left + half + GAP, top, half)
        pen.symbol(flow.left + flow.width - side, top, side, side, codes.qr(confirmation.link))

    flow.draw(draw)
    flow.skip(height)


def _stack(pen: Pen, lines: list[Line], x: float, y: float, width: float) -> None:
    for line in lines:
        line.draw(pen, x, y, width)
        y += line.height


def _item(flow: Flow, item: Item, language: str) -> None:
    """The product's name and picture, then every choice."""
    if item.picture:
        _picture(flow, item.picture)
    product = item.content.product
    name = product if item.quantity == 1 else f"{item.quantity} × {product}"
    flow.need(90)
    stack(flow, paragraph(name, flow.width, TITLE, 19))
    flow.skip(4)
    width = (flow.width - GAP) / 2
    groups = [
        Group(
            _heading(step.name, width),
            _heading(step.name, width),
            [_row(choice.name, choice.label, choice.swatch, width) for choice in step.choices],
        )
        for step in item.content.steps
    ]
    pour(flow, [*groups, *_personal(item.content, width)], count=2, gap=GAP)
    flow.skip(14)
    _prices(flow, item, language)


def _picture(flow: Flow, picture: bytes) -> None:
    pixels, lines = jpeg_size(picture)
    height = min(flow.width * lines / pixels, 250.0)
    width = height * pixels / lines
    flow.need(height + 60)
    x, y = flow.left + (flow.width - width) / 2, flow.y

    def draw(pen: Pen) -> None:
        pen.jpeg(x, y, width, height, picture)

    flow.draw(draw)
    flow.skip(height + 14)


def _heading(title: str, width: float) -> Block:
    size = texts.fitted(title, BOLD, 8.5, width)

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y + 18, title, BOLD, size, ACCENT)
        pen.rule(x, y + 23, width, ACCENT, 0.6)

    return Block(26, paint)


def _row(name: str, label: str, swatch: str, width: float) -> Block:
    """A choice: its name in gray, its color, and what was chosen."""
    split = width * 0.46
    mark = 13.0 if swatch else 0.0
    names = texts.wrap(name, SANS, 8.5, split - 8)
    labels = texts.wrap(label, SANS, BODY, width - split - mark)
    height = max(len(names) * 8.5, len(labels) * BODY) * LEADING + 3

    def paint(pen: Pen, x: float, y: float) -> None:
        base = y + 2 + BODY
        if swatch:
            pen.fill(x + split, base - 8, 8.5, 8.5, ink(swatch))
            pen.frame(x + split, base - 8, 8.5, 8.5, FAINT, 0.4)
        for i, line in enumerate(names):
            pen.text(x, base + i * 8.5 * LEADING, line, SANS, 8.5, GRAY)
        for i, line in enumerate(labels):
            pen.text(x + split + mark, base + i * BODY * LEADING, line, SANS, BODY)

    return Block(height, paint)


def _personal(content: Content, width: float) -> list[Group]:
    """The texts as they were written, and the artwork's size."""
    rows = [_row(item.name, f"“{item.text}”", "", width) for item in content.writings]
    rows += [
        _row(item.name, f"{item.pixels[0]} × {item.pixels[1]} px", "", width)
        for item in content.pictures
    ]
    heading = _heading(_("Texts and artwork"), width)
    return [Group(heading, heading, rows)] if rows else []


def _prices(flow: Flow, item: Item, language: str) -> None:
    """Every line of the price of one, net, and what rush adds; the last on the page of the sums."""
    flow.need(70)
    table = Table(flow, spec := columns(flow.width, ("", 0.99, "left"), ("", 110, "right")))
    currency = item.content.currency
    rows = [(price.label, price.amount, SANS) for price in item.content.prices]
    if item.quantity > 1:
        each = words.money(item.content.net, currency, language)
        label = _("%(n)d pieces at %(price)s") % {"n": item.quantity, "price": each}
        rows.append((label, item.net, BOLD))
    if item.rush is not None:
        rows.append((_("Rush order"), item.rush, SANS))
    for left, (label, amount, font) in zip(reversed(range(len(rows))), rows, strict=True):
        shown = words.money(amount, currency, language)
        cells = (
            paragraph(label, spec[0].width, font, BODY),
            paragraph(shown, spec[1].width, font, BODY),
        )
        table.row(cells, keep=0 if left else SUMS)
    flow.skip(8)


def _sums(flow: Flow, confirmation: Confirmation, language: str) -> None:
    """What is taken off, shipping, net, tax by rate and total, kept together."""
    rows = _sum_rows(confirmation, language)
    height = 28.0 + 16 * len(rows)
    flow.need(height)
    top, right = flow.y, flow.left + flow.width
    left = right - SUM_WIDTH

    def draw(pen: Pen) -> None:
        y = top + 12
        for label, amount, font, size in rows:
            if font == BOLD:
                pen.rule(left, y - 8, SUM_WIDTH, BLACK, 1)
                y += 9
            shown = words.money(amount, confirmation.currency, language)
            pen.text(left, y, label, font, texts.fitted(label, font, size, SUM_WIDTH - 80))
            pen.text(right, y, shown, font, size, BLACK, "right")
            y += 16

    flow.draw(draw)
    flow.skip(height)
    if confirmation.tax_note:
        stack(flow, paragraph(confirmation.tax_note, flow.width, SANS, BODY))
        flow.skip(8)


def _sum_rows(confirmation: Confirmation, language: str) -> list[tuple[str, Decimal, str, float]]:
    sums = confirmation.sums
    rows: list[tuple[str, Decimal, str, float]] = []
    for off in sums.discounts:
        rows.append((say(off.name, language) or off.code, -off.net, SANS, BODY))
    if sums.shipping is not None:
        rows.append((confirmation.way or _("Shipping"), sums.shipping, SANS, BODY))
    rows.append((_("Net"), sums.net, SANS, BODY))
    several = len(sums.taxes) > 1
    for line in sums.taxes or ():
        rate = words.number(line.rate, language)
        label = _("Tax, %(rate)s %%") % {"rate": rate}
        if several:
            base = words.money(line.base, confirmation.currency, language)
            label = _("Tax, %(rate)s %% on %(base)s") % {"rate": rate, "base": base}
        rows.append((label, line.tax, SANS, BODY))
    return [*rows, (_("Total"), sums.total, BOLD, 14.0)]


def _closing(flow: Flow, confirmation: Confirmation) -> None:
    told = _("Your order's page always shows how far we are. Questions? Just reply to our mail.")
    told = confirmation.closing or told
    flow.need(40)
    stack(flow, paragraph(told, flow.width, TITLE, 12, GRAY))
