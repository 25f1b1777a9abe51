"""The back: what was designed, what is offered, more of one's own, and to whom it goes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orders.papers import codes
from personalization.brochures.card import type as t
from personalization.brochures.card.content import Content, Offer, Other
from personalization.brochures.card.type import MARGIN, Style
from personalization.brochures.press.leaf import BLACK, WHITE, Leaf

WIDTH, HEIGHT = 148.0, 210.0
SPLIT = 94.0  # mm: where the offer's column begins
POST = 160.0  # mm: where what the post reads begins
QR, SMALLEST_QR = 27.0, 19.0
ABOUT = 8  # lines
EYEBROW = Style(t.STRONG, 7, t.ACCENT, apart=120)
NAME = Style(t.TEXT, 7.5, t.SOFT, 1.25)
VALUE = Style(t.STRONG, 7.5, BLACK, 1.25)
SMALL = Style(t.TEXT, 6.3, t.SOFT, 1.32)


def draw(content: Content, pictures: Sequence[bytes | None]) -> Leaf:
    """The back; `pictures` are the others' (JPEG), in their order."""
    leaf = Leaf(WIDTH, HEIGHT)
    leaf.ground(t.PAPER)
    low = 117.0 if content.others else POST - 8
    _designed(leaf, content, low - 4)
    _offered(leaf, content, low - 4)
    if content.others:
        _others(leaf, content.others, pictures, low)
    _post(leaf, content)
    return leaf


def _designed(leaf: Leaf, content: Content, low: float) -> None:
    """What was chosen, as far as there is room; what is left out is counted."""
    hero, room = content.hero, SPLIT - MARGIN - 9
    told = _("What you designed") if hero.own else _("A beginning")
    t.line(leaf, MARGIN, 16, told.upper(), EYEBROW)
    style = t.set_into(hero.title, Style(t.TITLE, 19, BLACK, 1.1, kerned=True), room, 2, 9)
    y = t.paragraph(leaf, MARGIN, 25, hero.title, style, room)
    if hero.title != hero.product:
        y = t.paragraph(leaf, MARGIN, y - 0.5, hero.product, NAME, room)
    if hero.about:
        y = _about(leaf, hero.about, y, room)
    y += 2.0
    rows = list(hero.choices)
    while rows:
        if y + _row_height(rows[0], room) > low - (6 if len(rows) > 1 else 0):
            break
        y = _row(leaf, y, rows.pop(0), room)
    if rows:
        more = ngettext("and one more choice", "and %(n)d more choices", len(rows))
        t.line(leaf, MARGIN, y + 1, more % {"n": len(rows)}, Style(t.ITALIC, 9, t.SOFT))


def _about(leaf: Leaf, text: str, y: float, room: float) -> float:
    """What is said of the product, no more of it than eight lines of whole words."""
    style = Style(t.TITLE, 10.5, BLACK, 1.22)
    lines = t.lines_of(text, style, room)
    if len(lines) > ABOUT:
        lines = (*lines[: ABOUT - 1], f"{lines[ABOUT - 1].rsplit(' ', 1)[0].rstrip('.,;:–')}…")
    for each in lines:
        t.line(leaf, MARGIN, y + 1, each, style)
        y += style.size * style.leading * t.POINT
    return y + 1


def _row_lines(row: tuple[str, str], room: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    name, value = row
    return t.lines_of(name, NAME, room * 0.42), t.lines_of(value, VALUE, room * 0.55)


def _row_height(row: tuple[str, str], room: float) -> float:
    return max(map(len, _row_lines(row, room))) * NAME.size * NAME.leading * t.POINT + 2.1


def _row(leaf: Leaf, y: float, row: tuple[str, str], room: float) -> float:
    names, values = _row_lines(row, room)
    leaf.rule(MARGIN, y - 3.6, room, t.HAIR, 0.35)
    step = NAME.size * NAME.leading * t.POINT
    for n, text in enumerate(names):
        t.line(leaf, MARGIN, y + n * step, text, NAME)
    for n, text in enumerate(values):
        t.line(leaf, MARGIN + room, y + n * step, text, VALUE, "right")
    return y + _row_height(row, room)


# The offer and the code


def _offered(leaf: Leaf, content: Content, low: float) -> None:
    """The colored column: what is offered, and the way to the design."""
    room = WIDTH - SPLIT - 2 * 8
    x, bleed = SPLIT + 8, leaf.bleed
    leaf.fill(SPLIT, -bleed, WIDTH - SPLIT + bleed, low + bleed, t.ACCENT)
    y = 16.0
    if content.offer:
        y = _offer(leaf, content.offer, x, room) + 7
    else:
        words = _("Go on where you were.") if content.hero.own else _("Begin here.")
        style = t.set_into(words, Style(t.TITLE, 22, WHITE, 1.08, kerned=True), room, 3, 10)
        y = t.paragraph(leaf, x, 22, words, style, room) + 3
    _code(leaf, content, x - 2.5, y, low)


def _code(leaf: Leaf, content: Content, x: float, y: float, low: float) -> None:
    """The code at the foot of the column, as large as the rest allows, and where it leads."""
    told = _("Scan to open your design.") if content.hero.own else _("Scan to begin.")
    shown = content.link.removeprefix("https://").removeprefix("http://")
    wide = WIDTH - x - 4
    caption = t.set_into(told, Style(t.TEXT, 7.5, WHITE, 1.3), wide, 1, 6)
    lines = t.lines_of(told, caption, wide)
    below = 6.5 + len(lines) * caption.size * caption.leading * t.POINT + 4.5
    side = max(SMALLEST_QR, min(QR, low - below - y))
    y = max(y, low - below - side)
    leaf.fill(x, y - 2.5, side + 5, side + 5, WHITE)
    leaf.symbol(x + 2.5, y, side, codes.qr(content.link))
    y = t.paragraph(leaf, x, y + side + 6.5, told, caption, wide)
    t.line(leaf, x, y, shown, t.one_line(shown, Style(t.STRONG, 7, WHITE), wide))


def _offer(leaf: Leaf, offer: Offer, x: float, room: float) -> float:
    """What it is worth, its code, until when; where it ends."""
    eyebrow = pgettext("over an offer, on a brochure", "For you alone").upper()
    white = Style(t.STRONG, 7, WHITE, apart=120)
    t.line(leaf, x, 16, eyebrow, t.one_line(eyebrow, white, room))
    worth = t.set_into(offer.worth, Style(t.STRONG, 24, WHITE, 1.08), room, 2, 11)
    y = t.paragraph(leaf, x, 18 + worth.size * 0.8 * t.POINT, offer.worth, worth, room)
    name = t.set_into(offer.name, Style(t.ITALIC, 12, WHITE, 1.15), room, 3, 8)
    y = t.paragraph(leaf, x, y - worth.size * 0.3 * t.POINT + 2.5, offer.name, name, room) + 1.5
    leaf.fill(x - 2.5, y - 3, room + 5, 10.5, WHITE)
    code = t.one_line(offer.code, Style(t.CODE, 14), room, 6)
    t.line(leaf, x + room / 2, y + 2.25 + code.size * 0.12, offer.code, code, "center")
    y += 12.5
    if offer.until:
        told = _("Until %(day)s, once.") % {"day": offer.until}
        y = t.paragraph(leaf, x, y, told, Style(t.TEXT, 7.5, WHITE, 1.3), room)
    return y - 3


# More of one's own


def _others(
    leaf: Leaf, others: Sequence[Other], pictures: Sequence[bytes | None], top: float
) -> None:
    """A row of small pictures."""
    t.line(leaf, MARGIN, top + 1, _("Yours, too").upper(), EYEBROW)
    gap, count = 5.0, 3
    wide = (WIDTH - 2 * MARGIN - gap * (count - 1)) / count
    high = wide * 0.6
    for n, (other, picture) in enumerate(zip(others[:count], pictures, strict=False)):
        x = MARGIN + n * (wide + gap)
        if picture:
            leaf.jpeg_into(x, top + 4, wide, high, picture)
        else:
            _named(leaf, other.title, x, top + 4, wide, high)
        if len(others) == 1:
            _beside(leaf, other, x + wide + gap, top + 4)
        else:
            _under(leaf, other, x, top + 4 + high + 4, wide)


def _named(leaf: Leaf, title: str, x: float, y: float, wide: float, high: float) -> None:
    """Where there is no picture, the name on the color."""
    leaf.fill(x, y, wide, high, t.ACCENT)
    room = wide - 8
    style = t.set_into(title, Style(t.ITALIC, 15, WHITE, 1.1, kerned=True), room, 3, 6)
    lines, step = len(t.lines_of(title, style, room)), style.size * style.leading * t.POINT
    t.paragraph(leaf, x + 4, y + (high - lines * step) / 2 + step * 0.75, title, style, room)


def _under(leaf: Leaf, other: Other, x: float, y: float, wide: float) -> None:
    style = t.set_into(other.title, Style(t.STRONG, 7.2, BLACK, 1.2), wide, 1, 5)
    y = t.paragraph(leaf, x, y, other.title, style, wide)
    told = t.one_line(other.told, Style(t.TEXT, 6.8, t.SOFT), wide)
    t.line(leaf, x, y, other.told, told)


def _beside(leaf: Leaf, other: Other, x: float, top: float) -> None:
    """What the only picture of a row shows, at its right."""
    room = WIDTH - MARGIN - x
    style = t.set_into(other.title, Style(t.TITLE, 16, BLACK, 1.1, kerned=True), room, 2, 9)
    lines = len(t.lines_of(other.title, style, room))
    y = top + (16 - lines * style.size * style.leading * t.POINT) / 2 + style.size * t.POINT
    y = t.paragraph(leaf, x, y, other.title, style, room)
    told = t.one_line(other.told, Style(t.TEXT, 8.5, t.SOFT), room)
    t.line(leaf, x, y + 0.5, other.told, told)


# What the post reads, and the way out


def _post(leaf: Leaf, content: Content) -> None:
    """Who sends it and how to end that at the left, to whom it goes at the right."""
    leaf.rule(MARGIN, POST, WIDTH - 2 * MARGIN, t.HAIR, 0.5)
    room = 60.0 if content.recipient else WIDTH - 2 * MARGIN
    _way_out(leaf, content, room)
    if content.recipient:
        _recipient(leaf, content.recipient)


def _way_out(leaf: Leaf, content: Content, room: float) -> None:
    shown = content.stop.removeprefix("https://").removeprefix("http://")
    told = _("You get this card because you allowed printed mail. To end it, open this page:")
    y = POST + 6.5
    for n, text in enumerate(content.sender):
        style = Style(t.STRONG, 7) if n == 0 else Style(t.TEXT, 6.8, t.SOFT)
        y = t.paragraph(leaf, MARGIN, y, text, style, room)
    y += 1.5
    for text in (told, shown):
        y = t.paragraph(leaf, MARGIN, y, text, SMALL, room)
    firm = _("Or write to the address above, and name %(reference)s.")
    t.paragraph(leaf, MARGIN, y, firm % {"reference": content.reference}, SMALL, room)


def _recipient(leaf: Leaf, lines: Sequence[str]) -> None:
    """The address, as large as it fits in its window (DIN lang: clear of everything else)."""
    x, room, top, most = 84.0, WIDTH - MARGIN - 84.0, POST + 14, 28.0
    size = 10.5
    while size > 6 and _taken(lines, size, room) > most:
        size -= 0.5
    y = top
    for text in lines:
        y = t.paragraph(leaf, x, y, text, Style(t.TEXT, size, BLACK, 1.32), room)


def _taken(lines: Sequence[str], size: float, room: float) -> float:
    style = Style(t.TEXT, size, BLACK, 1.32)
    return sum(len(t.lines_of(each, style, room)) for each in lines) * size * 1.32 * t.POINT
