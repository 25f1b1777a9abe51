"""The same facts as the API's as CSV files, for firms whose ERP reads folders or people.

`FILES` names each file with its header and its rows; docs/erp.md tells the columns.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from configurator.catalog.texts import say
from orders.erp import queries, records
from orders.factory.models import WorkOrderOperation, WorkOrderPart
from orders.tables import Cell

Row = Sequence[Cell]


@dataclass(frozen=True)
class File:
    """A CSV file: its columns, and what gives its rows in a language."""

    header: tuple[str, ...]
    rows: Callable[[str], Iterable[Row]]


def _work_orders(locale: str) -> Iterable[Row]:
    for found in queries.open_work_orders():
        told = records.work_order(found)
        yield [
            *(told[key] for key in ("number", "order", "attempt", "state", "quantity", "due_on")),
            told["product"],
            say(told["product_name"], locale),
            *(told[key] for key in ("specification", "revision", "released_at", "started_at")),
        ]


def _parts(locale: str) -> Iterable[Row]:
    rows = WorkOrderPart.objects.exclude(work_order__state__in=records.CLOSED)
    for row in rows.select_related("work_order").order_by("work_order__number", "position"):
        yield [
            row.work_order.number,
            row.number,
            row.code,
            say(row.name, locale),
            say(row.material, locale) if row.material else "",
            row.quantity,
            row.scrap,
            row.unit,
            *(row.cut_length, row.cut_width, row.cut_thickness),
            row.bin,
            row.operation,
        ]


def _operations(locale: str) -> Iterable[Row]:
    rows = WorkOrderOperation.objects.exclude(work_order__state__in=records.CLOSED)
    for row in rows.select_related("work_order").order_by("work_order__number", "position"):
        yield [
            row.work_order.number,
            row.position,
            row.code,
            say(row.name, locale),
            row.work_center,
            row.state,
            row.setup_minutes,
            row.run_minutes,
            row.worked_minutes,
        ]


def _demand(locale: str) -> Iterable[Row]:
    for line in records.demand():
        yield [
            line["number"],
            say(line["name"], locale),
            *(line[key] for key in ("unit", "quantity", "scrap", "first_due_on")),
        ]


FILES = {
    "work-orders": File(
        (
            *("number", "order", "attempt", "state", "quantity", "due_on", "product"),
            *("product_name", "specification", "revision", "released_at", "started_at"),
        ),
        _work_orders,
    ),
    "work-order-parts": File(
        (
            *("work_order", "number", "code", "name", "material", "quantity", "scrap", "unit"),
            *("cut_length_mm", "cut_width_mm", "cut_thickness_mm", "bin", "operation"),
        ),
        _parts,
    ),
    "work-order-operations": File(
        (
            *("work_order", "position", "code", "name", "work_center", "state"),
            *("setup_minutes", "run_minutes", "worked_minutes"),
        ),
        _operations,
    ),
    "parts-demand": File(("number", "name", "unit", "quantity", "scrap", "first_due_on"), _demand),
}
