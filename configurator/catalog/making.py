"""The rows of parts, operations and work centers as a content, and a content as these rows."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from configurator.catalog.configuration import number_text
from configurator.catalog.content import Content
from configurator.catalog.editing.changes import Change
from configurator.catalog.models import Operation, Part, Product, WorkCenter
from configurator.catalog.rows import number_of, said, text_of
from configurator.catalog.texts import FALLBACK

CUTS = ("length", "width", "thickness")
CAPACITY = ("stations", "efficiency", "hours", "country")
"""What a work center is given when it is made; afterwards it is its lead's to change."""
COSTS = ("hourly_cost", "cost_currency")
"""What its work costs, as the catalog says it last."""


def part_content(row: Part) -> Content:
    return {
        "code": row.code,
        "number": row.number,
        "name": text_of(row, "name"),
        "when": row.when,
        "quantity": row.quantity,
        "unit": row.unit,
        "cut": {side: getattr(row, f"cut_{side}") for side in CUTS},
        "material": text_of(row, "material"),
        "bin": row.bin,
        "scrap": number_text(row.scrap),
        "operation": row.operation,
        "lead_days": row.lead_days,
        "stock": number_of(row.stock),
        **({"cost": row.cost} if row.cost else {}),
    }


def operation_content(row: Operation) -> Content:
    return {
        "code": row.code,
        "name": text_of(row, "name"),
        "work_center": row.work_center.code,
        "work_center_name": text_of(row.work_center, "name"),
        "when": row.when,
        "setup_minutes": row.setup_minutes,
        "run_minutes": row.run_minutes,
        "instructions": text_of(row, "instructions"),
        "checks": _checks(row.checks),
        "after": codes_of(row.predecessors),
        "tooling": text_of(row, "tooling"),
        "pictures": row.pictures,
    }


def codes_of(codes: Any) -> Any:
    """Codes as texts, which in rows may be numbers; what is no list is left to be refused."""
    return (
        [str(c) if isinstance(c, int) else c for c in codes] if isinstance(codes, list) else codes
    )


def _checks(checks: Any) -> Any:
    """The checks with plain texts as English ones; what is no list is left for others to refuse."""
    if not isinstance(checks, list):
        return checks
    return [{FALLBACK: each} if isinstance(each, str) else each for each in checks]


def write_factory(
    change: Change, product: Product, content: Content, centers: Iterable[Content]
) -> None:
    """Parts and operations, and the work centers that they name."""
    parts = [_part_row(product, index, part) for index, part in enumerate(content["parts"])]
    change.delete_all(change.replace(list(product.parts.all()), parts, _code))
    known = _write_centers(change, content["operations"], centers)
    copied = ("code", "when", "setup_minutes", "run_minutes", "checks", "pictures")
    operations = [
        Operation(
            product=product,
            position=index,
            work_center=known[operation["work_center"]],
            **{field: operation[field] for field in copied},
            **said("name", operation["name"]),
            predecessors=operation["after"],
            **said("instructions", operation["instructions"]),
            **said("tooling", operation["tooling"]),
        )
        for index, operation in enumerate(content["operations"])
    ]
    change.delete_all(change.replace(list(product.operations.all()), operations, _code))


def _code(row: Any) -> str:
    return str(row.code)


def _part_row(product: Product, position: int, part: Content) -> Part:
    return Part(
        product=product,
        position=position,
        **{field: part[field] for field in ("code", "number", "when", "quantity")},
        **{field: part[field] for field in ("unit", "bin", "operation", "lead_days")},
        scrap=Decimal(part["scrap"]),
        stock=None if part["stock"] is None else Decimal(part["stock"]),
        cost=part.get("cost") or "",
        **{f"cut_{side}": part["cut"][side] for side in CUTS},
        **said("name", part["name"]),
        **said("material", part["material"]),
    )


def _write_centers(
    change: Change, operations: Iterable[Content], centers: Iterable[Content]
) -> dict[str, WorkCenter]:
    names = {each["work_center"]: each["work_center_name"] for each in operations}
    centers = list(centers)
    names |= {each["code"]: each["name"] for each in centers}
    begins = {each["code"]: _center_row(each) for each in centers}
    costs = {each["code"]: _said(each, COSTS) for each in centers}
    known = {center.code: center for center in WorkCenter.objects.filter(code__in=names)}
    for code, name in names.items():
        if center := known.get(code):
            for field, words in said("name", name).items():
                setattr(center, field, words)
            for field, cost in costs.get(code, {}).items():
                setattr(center, field, cost)
            change.save(center)
        else:
            known[code] = WorkCenter(code=code, **said("name", name), **begins.get(code, {}))
            change.add(known[code])
    return known


def _center_row(center: Content) -> Content:
    """What is said of a center; the rest is as the model has it."""
    return _said(center, (*CAPACITY, *COSTS))


def _said(center: Content, fields: Iterable[str]) -> Content:
    return {field: center[field] for field in fields if center.get(field) is not None}
