"""What a build sheet says, and the order in which it says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation

from orders.factory.build_sheet import designed, furniture, work
from orders.factory.build_sheet.personal import personal
from orders.papers.content import read
from orders.papers.flow import Flow
from orders.papers.pen import Pen, Size


@dataclass(frozen=True)
class Part:
    """A part for the whole work order. `cut` is length, width, thickness in mm (None: unknown)."""

    name: str
    quantity: Decimal
    unit: str
    number: str = ""
    material: str = ""
    bin: str = ""
    cut: tuple[Decimal | None, Decimal | None, Decimal | None] | None = None


@dataclass(frozen=True)
class Operation:
    """A step of the routing; minutes for the whole work order."""

    name: str
    work_center: str
    setup_minutes: Decimal
    run_minutes: Decimal
    instructions: str = ""
    checks: tuple[str, ...] = ()


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


def render(sheet: Sheet, size: Size, language: str) -> bytes:
    """The sheet as a PDF: the same sheet always gives the same bytes."""
    with translation.override(language):
        content = read(sheet.specification, language)
        pen = Pen(
            size,
            title=f"{sheet.number} · {content.product}",
            author=sheet.firm,
            language=language,
        )
        flow = Flow(pen, furniture.MARGINS)
        head = furniture.Head(sheet, content, language)
        designed.choices(flow, content, sheet.picture)
        personal(flow, content, sheet.artwork)
        work.cut_list(flow, sheet, language)
        work.part_list(flow, sheet, language)
        work.operations(flow, sheet, language)
        work.sign_off(flow)
        return flow.finish(head.draw)
