"""Letters on paper, one for each person: drawn from the kept copy, the same by bytes each time."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from orders.mailing import paragraphs_of
from orders.papers import codes
from orders.papers import text as texts
from orders.papers.flow import Flow, Margins, paragraph, stack
from orders.papers.fonts import SANS
from orders.papers.pen import GRAY, Pen
from orders.papers.words import long_date
from personalization.messages.composing import Words
from personalization.messages.models import Copy, Message
from personalization.messages.own_site import whole_url
from personalization.messages.providers import Kept

TITLE = "EBGaramond-Regular"
MM = 72 / 25.4
EDGE = 25 * MM
WINDOW = 50 * MM
"""Where the address begins: it shows in the window of an envelope DL (DIN 5008, form B)."""
MARGINS = Margins(left=EDGE, right=20 * MM, first=WINDOW, top=25 * MM, bottom=25 * MM)
BODY = 11.0
SIDE = 60.0


class Print(Kept):
    """On paper: the copy is what a letter is drawn from, when it is printed or looked at."""

    name = "print"

    def carry(self, message: Message, address: str, words: Words) -> Copy:
        """The copy; what can't be drawn is told now and not at the press."""
        copy = super().carry(message, address, words)
        copy.details = {"pages": _lay_out([copy], message.person.language)[1]}
        return copy


def letter(copies: Iterable[Copy], language: str) -> bytes:
    """The PDF of these letters, each beginning on a page of its own."""
    return _lay_out(list(copies), language)[0]


def _lay_out(copies: list[Copy], language: str) -> tuple[bytes, int]:
    pages = 0
    with override(language):
        pen = Pen("A4", title=_("Letters"), author=settings.FIRM_NAME, language=language)
        for copy in copies:
            with override(copy.message.person.language):
                pages += _written(pen, copy).print(_furniture)
        return pen.bytes(), pages


def _written(pen: Pen, copy: Copy) -> Flow:
    flow = Flow(pen, MARGINS)
    for line in copy.address.splitlines():
        stack(flow, paragraph(line, 85 * MM, SANS, BODY))
    flow.y = max(flow.y, 98 * MM)
    day = long_date(timezone.localdate(copy.at), copy.message.person.language)
    stack(flow, paragraph(day, flow.width, SANS, BODY, GRAY))
    flow.skip(12)
    if copy.subject:
        stack(flow, paragraph(copy.subject, flow.width, TITLE, 22))
        flow.skip(10)
    for block in paragraphs_of(copy.text):
        for said in block:
            stack(flow, paragraph(said.words, flow.width, SANS, BODY))
        flow.skip(8)
    if copy.url:
        _code(flow, whole_url(copy.url))
    return flow


def _code(flow: Flow, url: str) -> None:
    """Where it leads, to be read by a phone."""
    flow.skip(10)
    flow.need(SIDE)
    top = flow.y
    flow.draw(lambda pen: pen.symbol(flow.left, top, SIDE, SIDE, codes.qr(url)))
    flow.draw(lambda pen: pen.text(flow.left + SIDE + 12, top + 14, url, SANS, 8, GRAY))
    flow.skip(SIDE)


def _furniture(pen: Pen, page: int, _pages: int) -> None:
    if page > 1:
        return
    firm = texts.clean(settings.FIRM_NAME)
    pen.text(EDGE, 25 * MM, firm, TITLE, 20)
    pen.text(EDGE, 45 * MM, firm, SANS, 7, GRAY)
