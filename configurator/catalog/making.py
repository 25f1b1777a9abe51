"""The rows of parts, operations and work centers as a content, and a content as these rows."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from configurator.catalog.configuration import number_text
from configurator.catalog.content import Content
from configurator.catalog.models import Operation, Part, Product, WorkCenter
from configurator.catalog.rows import number_of, said, text_of
from configurator.catalog.texts import FALLBACK

CUTS = ("length", "width", "thickness")
CAPACITY = ("stations", "efficiency", "hours", "country")
"""What a work center is given when it is made; afterwards it is its lead's to change."""


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


def write_factory(product: Product, content: Content, centers: Iterable[Content]) -> None:
    Part.objects.bulk_create(
        Part(
            product=product,
            position=index,
            **{field: part[field] for field in ("code", "number", "when", "quantity")},
            **{field: part[field] for field in ("unit", "bin", "operation", "lead_days")},
            scrap=Decimal(part["scrap"]),
            stock=None if part["stock"] is None else Decimal(part["stock"]),
            **{f"cut_{side}": part["cut"][side] for side in CUTS},
            **said("name", part["name"]),
            **said("material", part["material"]),
        )
        for index, part in enumerate(content["parts"])
    )
    known = _write_centers(content["operations"], centers)
    copied = ("code", "when", "setup_minutes", "run_minutes", "checks", "pictures")
    Operation.objects.bulk_create(
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
    )


def _write_centers(
    operations: Iterable[Content], centers: Iterable[Content]
) -> dict[str, WorkCenter]:
    names = {each["work_center"]: each["work_center_name"] for each in operations}
    names |= {each["code"]: each["name"] for each in centers}
    begins = {each["code"]: _center_row(each) for each in centers}
    return {
        code: WorkCenter.objects.update_or_create(
            code=code,
            defaults=said("name", name),
            create_defaults={**said("name", name), **begins.get(code, {})},
        )[0]
        for code, name in names.items()
    }


def _center_row(center: Content) -> Content:
    """What is said of a center; the rest is as the model has it."""
    return {field: center[field] for field in CAPACITY if center[field] is not None}
