"""What a build sheet says, and the order in which it says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from orders.factory.build_sheet import designed, furniture, work
from orders.factory.build_sheet.personal import personal
from orders.papers import tongues
from orders.papers.content import Content, read
from orders.papers.flow import Flow
from orders.papers.pen import Pen, Size


@dataclass(frozen=True)
class Part:
    """A part for the whole work order. `cut` is length, width, thickness in mm (None: unknown).

    `scrap` is pulled besides the quantity, for what is lost on the way; `operation` is the code
    of the one which uses it.
    """

    name: str
    quantity: Decimal
    unit: str
    number: str = ""
    material: str = ""
    bin: str = ""
    cut: tuple[Decimal | None, Decimal | None, Decimal | None] | None = None
    scrap: Decimal = Decimal(0)
    operation: str = ""


@dataclass(frozen=True)
class Operation:
    """A step of the routing; minutes for the whole work order.

    `after` are the codes of those that must be done before, None where only the order is known.
    `planned_on` is None while nobody has planned it to a day.
    """

    name: str
    work_center: str
    setup_minutes: Decimal
    run_minutes: Decimal
    instructions: str = ""
    checks: tuple[str, ...] = ()
    code: str = ""
    after: tuple[str, ...] | None = None
    tooling: str = ""
    planned_on: date | None = None
    pictures: tuple[bytes, ...] = ()  # JPEG


@dataclass(frozen=True)
class Sheet:
    """All that one build sheet is made of. Pictures are JPEG bytes; artwork by its hash."""

    number: str
    order_number: str
    revision: str  # the specification's SHA-256
    quantity: int
    due_on: date
    firm: str
    specification: Mapping[str, Any]
    parts: tuple[Part, ...]
    operations: tuple[Operation, ...]
    picture: bytes | None = None
    artwork: Mapping[str, bytes] = field(default_factory=dict)
    revised: int = 1  # 1, and one more with every change of the design after the release
    remake_of: str = ""  # the number of the work order which was scrapped
    rush: bool = False
    printed: str = ""  # "Reprint 2 · printed … by …"; "" for the sheet that is drawn at release
    reprint: bool = False


def render(sheet: Sheet, size: Size, language: str, second: str = "") -> bytes:
    """The sheet as a PDF, in one language or two: the same sheet always gives the same bytes."""
    with tongues.speaking(language, second):
        content = read(sheet.specification, language)
        title = f"{sheet.number} · {content.product}"
        pen = Pen(size, title=title, author=sheet.firm, language=language)
        _print(pen, sheet, content, language)
        return pen.bytes()


def draw(pen: Pen, sheet: Sheet, language: str) -> int:
    """The sheet's pages in a file that holds others too, in the languages in use; how many."""
    return _print(pen, sheet, read(sheet.specification, language), language)


def _print(pen: Pen, sheet: Sheet, content: Content, language: str) -> int:
    head = furniture.Head(sheet, content, language)
    flow = Flow(pen, head.margins)
    designed.choices(flow, content, sheet.picture)
    personal(flow, content, sheet.artwork)
    work.cut_list(flow, sheet, language)
    work.part_list(flow, sheet, language)
    work.operations(flow, sheet, language)
    work.sign_off(flow)
    return flow.print(head.draw)
