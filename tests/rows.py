"""Rows that many tests begin with: written by the services once a process, then put back."""

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import uuid4

import time_machine
from django.apps import apps
from django.db import connection
from django.utils import timezone

from configurator.catalog.models import Release

ROOMS = ("catalog", "capacity", "wizard", "orders", "factory", "erp")
_written: dict[tuple[Any, ...], list[str]] = {}


def written_once(write: Callable[[], None], *told: Any) -> None:
    """`write()`, or the rows that it wrote before; a release gets another id each time.

    It is written anew where `told` differs, at another moment of a stopped clock, beside other
    rows, and on servers.
    """
    moment = timezone.now() if time_machine.escape_hatch.is_travelling() else None
    key = (write.__module__, write.__qualname__, told, moment)
    if connection.vendor != "sqlite" or _filled():
        write()
    elif key in _written:
        with connection.cursor() as cursor:
            for statement in _written[key]:
                cursor.execute(statement)
        for release in Release.objects.only("id"):
            Release.objects.filter(id=release.id).update(id=uuid4())
    else:
        write()
        _written[key] = [_insertion(table) for table in _filled()]


@cache
def _tables() -> tuple[str, ...]:
    models = (
        model
        for room in ROOMS
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
    )
    return tuple(dict.fromkeys(model._meta.db_table for model in models))  # proxies share theirs


def _filled() -> list[str]:
    """The tables with rows in them."""
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in _tables())
    with connection.cursor() as cursor:
        return [name for (name,) in cursor.execute(" UNION ALL ".join(asked)).fetchall()]


def _insertion(table: str) -> str:
    """The statement that inserts a table's rows as they are, value by value."""
    with connection.cursor() as cursor:
        names = [
            column.name for column in connection.introspection.get_table_description(cursor, table)
        ]
        quoted = " || ',' || ".join(f'quote("{name}")' for name in names)
        rows = cursor.execute(f"SELECT {quoted} FROM {table}").fetchall()
    values = ", ".join(f"({row})" for (row,) in rows)
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({columns}) VALUES {values}"
