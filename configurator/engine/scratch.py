"""Large arrays that are used again, because fresh ones cost more than what is written to them:
the system hands out new memory page by page, and takes it back after each click."""

from __future__ import annotations

import sys
from threading import local
from typing import Any

import numpy as np
from numpy.typing import NDArray

SMALL = 8_192
"""Arrays of fewer items come from memory that Python keeps anyway."""
MOST = 48
"""Buffers kept in a thread."""


class _Buffers(local):
    """Of each thread, largest last. One that nobody else refers to may be used again; a view of a
    buffer, and a view of a view, refer to it."""

    def __init__(self) -> None:
        self.kept: list[NDArray[np.float64]] = [np.empty(0)]
        self.idle = 0
        for buffer in self.kept:  # counted as `give` counts
            self.idle = sys.getrefcount(buffer)

    def give(self, size: int) -> NDArray[np.float64]:
        for buffer in self.kept:
            if size <= len(buffer) <= 2 * size and sys.getrefcount(buffer) == self.idle:
                return buffer[:size]
        if len(self.kept) >= MOST:
            self.kept = [buffer for buffer in self.kept if sys.getrefcount(buffer) > self.idle]
        fresh = np.empty(size)
        self.kept.append(fresh)
        self.kept.sort(key=len)
        return fresh[:]


_buffers = _Buffers()


def empty(size: int, dtype: Any = np.float64) -> Any:
    """An array of any content, of a type with eight bytes."""
    return np.empty(size, dtype) if size < SMALL else _buffers.give(size).view(dtype)


def take(values: Any, places: Any) -> Any:
    """`values.take(places)`; all places are within the values."""
    if len(places) < SMALL or values.dtype.hasobject:
        return values.take(places)
    # "clip" lets numpy write to `out` without a copy of its own
    return values.take(places, out=empty(len(places), values.dtype), mode="clip")
