"""What the papers over many work orders say, read from their rows with few queries.

Texts are in the language asked for, and in a second one too if two are in use (tongues).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from orders.factory.models import WorkOrder, WorkOrderOperation, WorkOrderPart
from orders.factory.plan import Plan
from orders.factory.setups import choices_to_set_up, used_at
from orders.papers import words
from orders.papers.content import spoken

Cut = tuple[Decimal | None, Decimal | None, Decimal | None]
Facet = tuple[str, str]  # what it is of ("" for a material), and the value

# A measure is set piece by piece; what a set-up is made for is chosen from a list or on or off.
SET_UP_KINDS = ("choice", "toggle")


@dataclass(frozen=True)
class Piece:
    """A part of one work order; `cut` in mm; `scrap` of the quantity is lost on the way."""

    code: str
    name: str
    number: str
    material: str
    quantity: Decimal
    unit: str
    bin: str = ""
    cut: Cut | None = None
    scrap: Decimal = Decimal(0)

    @property
    def thickness(self) -> Decimal | None:
        return self.cut[2] if self.cut else None


@dataclass(frozen=True)
class Work:
    """An operation of one work order that is still to do, with the parts it uses.

    `facets` are what the place must be set up for. `day` is None while nobody has planned it.
    """

    code: str
    name: str
    center: str
    center_name: str
    setup: Decimal
    run: Decimal
    facets: tuple[Facet, ...]
    pieces: tuple[Piece, ...]
    day: date | None = None


@dataclass(frozen=True)
class Unit:
    """A work order. `sha` is its specification's; `copy` counts the papers of one kind."""

    number: str
    order_number: str
    slug: str
    product: str
    quantity: int
    due_on: date
    sha: str
    revised: int
    rush: bool
    remake_of: str
    works: tuple[Work, ...]
    pieces: tuple[Piece, ...]
    done: int = 0  # operations that are done already


def units(work_orders: Iterable[WorkOrder], language: str, plan: Plan) -> list[Unit]:
    """The facts of work orders, which come with their parts, operations and specification."""
    return [_unit(work_order, language, plan) for work_order in work_orders]


def _unit(work_order: WorkOrder, language: str, plan: Plan) -> Unit:
    content = work_order.specification.content
    rows = list(work_order.operations.all())
    todo = [row for row in rows if row.state != WorkOrderOperation.State.DONE]
    pieces = {part.pk: _piece(part, language) for part in work_order.parts.all()}
    uses = _uses(work_order.parts.all(), rows)
    known = _choices(content, language)
    return Unit(
        number=work_order.number,
        order_number=work_order.line.order.number,
        slug=str(content.get("release", {}).get("slug", "")),
        product=spoken(content.get("product", {}).get("name", ""), language),
        quantity=work_order.quantity,
        due_on=work_order.due_on,
        sha=work_order.specification_id,
        revised=work_order.revision,
        rush=work_order.number in plan.rush,
        remake_of=work_order.remake_of.number if work_order.remake_of else "",
        works=tuple(
            _work(
                row,
                language,
                known,
                [pieces[pk] for pk in uses.get(row.code, ())],
                plan.days.get((work_order.number, row.code)),
            )
            for row in todo
        ),
        pieces=tuple(pieces.values()),
        done=len(rows) - len(todo),
    )


def _piece(part: WorkOrderPart, language: str) -> Piece:
    cut = (part.cut_length, part.cut_width, part.cut_thickness)
    return Piece(
        code=part.code,
        name=spoken(part.name, language),
        number=part.number,
        material=spoken(part.material, language),
        quantity=part.quantity,
        unit=part.unit,
        bin=part.bin,
        cut=cut if any(side is not None for side in cut) else None,
        scrap=part.scrap,
    )


def _uses(
    parts: Iterable[WorkOrderPart], rows: Sequence[WorkOrderOperation]
) -> dict[str, list[int]]:
    """The parts by the code of the operation that uses them: the first, where none is named."""
    codes = [row.code for row in rows]
    found: dict[str, list[int]] = {}
    for part in parts:
        found.setdefault(used_at(part, codes), []).append(part.pk)
    return found


def _work(
    row: WorkOrderOperation,
    language: str,
    known: Mapping[str, Facet],
    pieces: Sequence[Piece],
    day: date | None,
) -> Work:
    chosen = [known[code] for code in row.reads if code in known]
    return Work(
        code=row.code,
        name=spoken(row.name, language),
        center=row.work_center,
        center_name=spoken(row.work_center_name, language) or row.work_center,
        setup=row.setup_minutes,
        run=row.run_minutes,
        facets=tuple(dict.fromkeys([*_materials(pieces, language), *chosen])),
        pieces=tuple(pieces),
        day=day,
    )


def _materials(pieces: Iterable[Piece], language: str) -> list[Facet]:
    """Each material with its thickness, in order."""
    found = {
        (piece.material, piece.thickness) for piece in pieces if piece.material or piece.thickness
    }
    ordered = sorted(found, key=lambda pair: (pair[0].casefold(), pair[1] or Decimal(0)))
    return [("", _material(material, thickness, language)) for material, thickness in ordered]


def _material(material: str, thickness: Decimal | None, language: str) -> str:
    size = f"{words.size(thickness, language)} mm" if thickness is not None else ""
    return " ".join(part for part in (material, size) if part)


def _choices(content: Mapping[str, Any], language: str) -> dict[str, Facet]:
    """What was chosen from a list, and what is on, by the option's code."""
    found: dict[str, Facet] = {}
    for item in choices_to_set_up(content):
        name = spoken(item.get("name", ""), language)
        label = "" if item.get("value") is True else spoken(item.get("label", ""), language)
        found[str(item.get("option", ""))] = (name, label)
    return found
