"""Rows as columns: many moments are read without making an object of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from django.db.models import CharField, Func
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Moments = NDArray[np.datetime64]
WHEN = "datetime64[us]"
"""Moments, in UTC."""


class Moment(Func):
    """A moment as text in UTC, to the microsecond: `np.array(texts, WHEN)` reads it."""

    output_field = CharField()
    template = "%(expressions)s"  # that is how SQLite keeps it
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        told = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
        return self.as_sql(compiler, connection, template=told, **context)


def columns(rows: Iterable[tuple[Any, ...]], count: int) -> list[Sequence[Any]]:
    """So many columns of rows, also where there is no row."""
    return list(zip(*rows, strict=True)) or [()] * count


def moment(at: datetime) -> np.datetime64:
    """A moment beside those of an array."""
    return np.datetime64(at.astimezone(UTC).replace(tzinfo=None), "us")
