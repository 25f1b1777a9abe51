"""The front: the design as large as the paper, the name, what it costs and when it is ready."""

from io import BytesIO

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from numpy.typing import NDArray
from PIL import Image

from orders.papers.pen import jpeg_size
from personalization.brochures.card import type as t
from personalization.brochures.card.content import Content
from personalization.brochures.card.type import MARGIN, Style
from personalization.brochures.press.leaf import BLACK, WHITE, Ink, Leaf, light

WIDTH, HEIGHT = 148.0, 210.0
SHOWN = 122.0  # mm from the top that a picture takes at most
FIELD, SAID = 116.0, 5  # mm from the top that words take without a picture; so many choices
STRIP = 310, 4  # px of the light in the picture's last rows, that the paper below goes on with
ROUNDS = 8  # of finding that light: each heeds less what stands out of it
RGB = tuple[int, int, int]
Floats = NDArray[np.float64]


def draw(content: Content, picture: bytes | None) -> Leaf:
    """The front with its picture (JPEG)."""
    leaf = Leaf(WIDTH, HEIGHT)
    ink = _said(leaf, content) if picture is None else _ground(leaf, picture)
    _name(leaf, content, ink)
    _promise(leaf, content, ink)
    _foot(leaf, content, ink)
    return leaf


def _said(leaf: Leaf, content: Content) -> Ink:
    """Where there is no picture, what was chosen is the picture: the first of it, large."""
    leaf.ground(t.PAPER)
    leaf.fill(-leaf.bleed, -leaf.bleed, WIDTH + 2 * leaf.bleed, FIELD + leaf.bleed, t.ACCENT)
    room, shown = WIDTH - 2 * MARGIN, content.hero.choices[:SAID]
    if not shown:
        title = t.set_into(content.hero.product, Style(t.ITALIC, 44, WHITE, 1.05), room, 3, 16)
        t.paragraph(leaf, MARGIN, FIELD / 2, content.hero.product, title, room)
        return BLACK
    step = (FIELD - 2 * MARGIN) / SAID
    top = (FIELD - step * len(shown)) / 2
    for n, (name, value) in enumerate(shown):
        y = top + n * step
        label = t.one_line(name.upper(), Style(t.STRONG, 6.5, WHITE, apart=120), room)
        t.line(leaf, MARGIN, y + 5, name.upper(), label)
        style = t.one_line(value, Style(t.ITALIC, 27, WHITE, kerned=True), room, 9)
        t.line(leaf, MARGIN, y + 15, value, style)
    return BLACK


def _ground(leaf: Leaf, picture: bytes) -> Ink:
    """The picture, and the paper below in the light with which it ends; what is read on that."""
    strip, color = _end_of(picture)
    leaf.ground(light(*color))
    across, up = jpeg_size(picture)
    wide = WIDTH + 2 * leaf.bleed
    high = min(wide * up / across, SHOWN + leaf.bleed)
    leaf.jpeg(
        -leaf.bleed, high - leaf.bleed - 0.2, wide, HEIGHT + 2 * leaf.bleed - high + 0.2, strip
    )
    leaf.jpeg_into(-leaf.bleed, -leaf.bleed, wide, high, picture)
    return _read_on(color)


def _end_of(picture: bytes) -> tuple[bytes, RGB]:
    """The light and shade of the picture's last rows, to be drawn down the paper; their color."""
    with Image.open(BytesIO(picture)) as opened:
        opened.draft("RGB", (opened.width // 8, opened.height // 8))
        image = opened.convert("RGB")
    rows = max(1, image.height // 80)
    last = np.asarray(image.crop((0, image.height - rows, image.width, image.height)), np.float64)
    smooth = _light(last.mean(axis=0))
    line = np.clip(smooth + 0.5, 0, 255).astype(np.uint8)
    pixels = np.ascontiguousarray(np.broadcast_to(line, (STRIP[1], *line.shape)))
    written = BytesIO()
    Image.fromarray(pixels, "RGB").save(written, "JPEG", quality=96, subsampling=0)
    red, green, blue = (round(value) for value in smooth.mean(axis=0))
    return written.getvalue(), (red, green, blue)


def _light(row: Floats) -> Floats:
    """How the ground's light runs across, from a row of colors: a curve that heeds nothing that
    stands or throws a shadow there, `STRIP` wide."""
    across = np.linspace(-1, 1, len(row))
    found = []
    for band in row.T:
        off = np.abs(band - np.median(band)) / 4
        for _round in range(ROUNDS):
            curve = np.polyfit(across, band, 2, w=1 / np.maximum(off, 1.0))
            off = np.abs(band - np.polyval(curve, across))
        found.append(np.polyval(curve, np.linspace(-1, 1, STRIP[0])))
    return np.stack(found, axis=1)


def _read_on(color: RGB) -> Ink:
    red, green, blue = color
    return BLACK if 0.3 * red + 0.59 * green + 0.11 * blue > 128 else WHITE


def _foot(leaf: Leaf, content: Content, ink: Ink) -> None:
    """As of when that is, and the firm."""
    firm = t.one_line(content.firm, Style(t.STRONG, 8, ink, apart=40), 62)
    t.line(leaf, WIDTH - MARGIN, 202.5, content.firm, firm, "right")
    if content.hero.price or content.hero.ready:
        note = _("If you order by %(day)s; tax included.") % {"day": content.day}
        style = t.set_into(note, Style(t.TEXT, 6.5, ink), 60, 1, 4.5)
        t.line(leaf, MARGIN, 202.5, note, style)


def _name(leaf: Leaf, content: Content, ink: Ink) -> None:
    """For whom, and of what: the name as large as it fits into two lines."""
    room = WIDTH - 2 * MARGIN
    accent = t.ACCENT if ink is BLACK else ink
    told = pgettext("over a name, on a brochure", "Made for") if content.name else ""
    title = content.name or content.hero.title
    style = t.set_into(title, Style(t.TITLE, 50, ink, 1.02, kerned=True), room, 2, 12)
    if style.size < 26:
        style = t.set_into(title, Style(t.TITLE, 26, ink, 1.02, kerned=True), room, 3, 12)
    lines = t.lines_of(title, style, room)
    below = content.name and _told(content)
    under = t.set_into(below, Style(t.ITALIC, 17, ink, 1.15, kerned=True), room, 2, 9)
    under_lines = t.lines_of(below, under, room) if below else ()
    step, low = style.size * style.leading * t.POINT, under.size * under.leading * t.POINT
    gap = (style.size * 0.27 + under.size * 0.9) * t.POINT + 1.5 if below else 0.0
    last = 175.0 - max(0, len(under_lines) - 1) * low - gap
    y = last - (len(lines) - 1) * step
    if told:
        eyebrow = Style(t.STRONG, 7.5, accent, apart=140)
        t.line(leaf, MARGIN, y - style.size * 0.72 * t.POINT - 4, told.upper(), eyebrow)
    t.paragraph(leaf, MARGIN, y, title, style, room)
    t.paragraph(leaf, MARGIN, last + gap, below, under, room)


def _told(content: Content) -> str:
    if content.hero.own:
        return _("%(title)s, designed by you.") % {"title": content.hero.title}
    return _("%(title)s, to be designed by you.") % {"title": content.hero.title}


def _promise(leaf: Leaf, content: Content, ink: Ink) -> None:
    """What it costs, and when it is ready, as of the day."""
    hero, room = content.hero, WIDTH - 2 * MARGIN
    found = [
        (pgettext("on a brochure", "Yours for"), hero.price),
        (pgettext("on a brochure", "Ready by"), hero.ready),
    ]
    shown = [(label, value) for label, value in found if value]
    if not shown:
        return
    leaf.rule(MARGIN, 181, room, ink, 0.5)
    each = room / len(shown)
    for n, (label, value) in enumerate(shown):
        x = MARGIN + n * each
        t.line(leaf, x, 187.5, label, Style(t.TEXT, 7.5, ink))
        style = t.one_line(value, Style(t.TEXT, 16, ink), each - 4, 8)
        t.line(leaf, x, 196, value, style)
