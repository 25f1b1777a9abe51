"""The pull sheet on paper: a work center begins a page, its set-ups follow in the best order."""

from collections.abc import Sequence
from decimal import Decimal

from orders.factory.papers.facts import Facet, Piece, Unit
from orders.factory.papers.leaf import Copy, Leaf
from orders.factory.papers.pull import SetUp, Station, Task, pull
from orders.factory.wording import cut_text, quantity_text
from orders.papers import text as texts
from orders.papers import tongues, words
from orders.papers.flow import Flow, Line, paragraph, stack
from orders.papers.fonts import BOLD, MONO, SANS
from orders.papers.pen import BLACK, GRAY, WASH, WHITE, Pen
from orders.papers.table import Row, Table, columns
from orders.papers.tongues import gettext as _
from orders.papers.tongues import ngettext

BODY = 10.0
BOX = [Line("", SANS, BODY, indent=14, box=True)]
SHOWN = 10  # facets of a set-up that are named
STATION, SETUP = 58.0, 20.0  # heights of their headings


def draw(pen: Pen, units: Sequence[Unit], copy: Copy, language: str) -> int:
    """The pages of the sheet; how many."""
    leaf = Leaf(_("Pull sheet"), copy, units)
    flow = leaf.flow(pen)
    stations = pull(units)
    _summary(flow, units, stations, language)
    for number, station in enumerate(stations):
        if number and station.center != stations[number - 1].center:
            flow.turn()
        _station(flow, station, copy, language)
    return flow.print(leaf.draw)


def saved(stations: Sequence[Station], language: str) -> str:
    """12 set-ups instead of 40, 180 minutes saved"""
    setups = sum(len(station.setups) for station in stations)
    tasks = sum(len(station.tasks) for station in stations)
    minutes = sum((station.saved for station in stations), start=Decimal(0))
    return _("%(setups)s set-ups instead of %(tasks)s: %(minutes)s minutes saved") % {
        "setups": setups,
        "tasks": tasks,
        "minutes": words.number(minutes, language),
    }


def _summary(flow: Flow, units: Sequence[Unit], stations: Sequence[Station], language: str) -> None:
    """What is saved, what is left out, and that nothing is left to do where that is so."""
    told = [saved(stations, language)] if stations else [_("Nothing is left to do.")]
    if done := sum(unit.done for unit in units):
        told.append(
            ngettext(
                "%(n)d operation is done already and not on this sheet.",
                "%(n)d operations are done already and not on this sheet.",
                done,
            )
            % {"n": done}
        )
    lines = [line for text in told for line in paragraph(text, flow.width, SANS, BODY)]
    stack(flow, lines)
    flow.skip(4)


def _station(flow: Flow, station: Station, copy: Copy, language: str) -> None:
    flow.need(STATION + SETUP + 90)
    y, width = flow.y, flow.width
    size = texts.fitted(station.name, BOLD, 22, width * 0.58, least=9)
    name = texts.clipped(station.name, BOLD, size, width * 0.58)
    day = words.long_date(station.day, language) if station.day else _("not planned to a day")
    facts = f"{_minutes(station, language)}   ·   {saved([station], language)}"

    def draw(pen: Pen) -> None:
        pen.fill(flow.left, y + 4, width, STATION - 12, WASH)
        pen.fill(flow.left, y + 4, 4, STATION - 12, BLACK)
        pen.text(flow.left + 14, y + 28, name, BOLD, size)
        right = texts.fitted(day, BOLD, 13, width * 0.36)
        pen.text(flow.left + width - 10, y + 27, day, BOLD, right, BLACK, "right")
        under = texts.fitted(facts, SANS, 9.5, width - 26)
        pen.text(flow.left + 14, y + 42, facts, SANS, under, GRAY)

    flow.draw(draw)
    flow.skip(STATION)
    for number, setup in enumerate(station.setups, start=1):
        _setup(flow, number, setup, copy, language)


def _minutes(station: Station, language: str) -> str:
    return _("%(n)s minutes in all") % {"n": words.number(station.minutes, language)}


def facets_text(facets: Sequence[Facet]) -> str:
    """Chestnut 2.4 mm · Thread color: Ivory · Monogram; a material that an option names, once."""
    named = {value for name, value in facets if name}
    shown = [
        f"{name}: {value}" if name and value else name or value
        for name, value in facets
        if name or value not in named
    ]
    more = len(shown) - SHOWN
    if more > 0:
        told = ngettext("%(n)d more", "%(n)d more", more) % {"n": more}
        shown = [*shown[:SHOWN], told]
    return "  ·  ".join(shown)


def _setup(flow: Flow, number: int, setup: SetUp, copy: Copy, language: str) -> None:
    """Its heading, the work orders, and the parts they use together."""
    note = _setup_note(setup, language)
    room = flow.width - 34
    lines = paragraph(setup.name, room - texts.width(note, SANS, 9) - 12, BOLD, 12.5)
    if setup.facets:
        lines += paragraph(facets_text(setup.facets), room, BOLD, BODY, gap=1)
    height = sum(line.height for line in lines)
    flow.need(SETUP + height + 56)
    y = flow.y

    def draw(pen: Pen) -> None:
        pen.fill(flow.left, y + 7, 24, 18, BLACK)
        size = texts.fitted(str(number), BOLD, 12, 22)
        pen.text(flow.left + 12, y + 20.5, str(number), BOLD, size, WHITE, "center")
        pen.text(flow.left + flow.width, y + 20.5, note, SANS, 9, GRAY, "right")
        top = y + 8
        for line in lines:
            line.draw(pen, flow.left + 34, top, room)
            top += line.height

    flow.draw(draw)
    flow.skip(max(height, 16) + 14)
    _tasks(flow, setup, copy, language)
    _parts(flow, setup.parts(), language)
    flow.skip(6)


def _setup_note(setup: SetUp, language: str) -> str:
    facts = {
        "setup": words.number(setup.minutes, language),
        "run": words.number(setup.run, language),
    }
    units = ngettext("%(n)d unit", "%(n)d units", setup.units) % {"n": setup.units}
    minutes = _("setup %(setup)s + run %(run)s") % facts
    return f"{units} · {minutes}"


def _tasks(flow: Flow, setup: SetUp, copy: Copy, language: str) -> None:
    table = Table(
        flow,
        spec := columns(
            flow.width,
            ("", 14, "left"),
            (_("WORK ORDER"), 96, "left"),
            (_("QUANTITY"), 48, "right"),
            (_("PRODUCT"), 0.99, "left"),
            (_("REVISION"), 76, "left"),
            (_("DUE"), 74, "left"),
            (_("MINUTES"), 46, "right"),
        ),
        again=tongues.again(setup.name),
    )
    for task in setup.tasks:
        table.row(_task_row(task, [column.width for column in spec], copy, language))


def _task_row(task: Task, widths: Sequence[float], copy: Copy, language: str) -> Row:
    unit = task.unit
    number = paragraph(unit.number, widths[1], BOLD, BODY + 1)
    if mark := copy.marked(unit.number):
        number += paragraph(mark, widths[1], BOLD, 8)
    due = paragraph(words.short_date(unit.due_on, language), widths[5], SANS, BODY)
    if unit.rush:
        due += paragraph(_("RUSH"), widths[5], BOLD, BODY)
    return (
        BOX,
        number,
        paragraph(f"{unit.quantity} ×", widths[2], BOLD, BODY + 1),
        paragraph(unit.product, widths[3], SANS, BODY),
        paragraph(f"{unit.revised} · {unit.sha[:12]}", widths[4], MONO, 7.5, GRAY, gap=2),
        due,
        paragraph(words.number(task.work.run, language), widths[6], SANS, BODY),
    )


def _parts(flow: Flow, pieces: Sequence[Piece], language: str) -> None:
    """What is brought to the place for the whole set-up."""
    if not pieces:
        return
    flow.need(56)
    flow.skip(3)
    size = BODY - 1
    table = Table(
        flow,
        spec := columns(
            flow.width,
            ("", 14, "left"),
            (_("BIN"), 44, "left"),
            (_("PARTS FOR ALL OF THEM"), 0.6, "left"),
            (_("NUMBER"), 52, "left"),
            (_("MATERIAL"), 0.4, "left"),
            (_("L × W × T, mm"), 92, "right"),
            (_("QUANTITY"), 56, "right"),
        ),
    )
    for piece in pieces:
        sides = cut_text(piece.cut or (), language)
        quantity = quantity_text(piece.quantity, piece.unit, language)
        table.row(
            (
                [Line("", SANS, size, indent=14, box=True)],
                paragraph(piece.bin, spec[1].width, BOLD, size),
                paragraph(piece.name, spec[2].width, SANS, size),
                paragraph(piece.number, spec[3].width, MONO, size - 1.5, GRAY, gap=1.5),
                paragraph(piece.material, spec[4].width, SANS, size),
                paragraph(sides, spec[5].width, SANS, size),
                paragraph(quantity, spec[6].width, BOLD, size),
            )
        )
