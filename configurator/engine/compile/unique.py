"""Exact grouping of equal rows, by hashing first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from configurator.engine.compile.domains import Ints

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def mix(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scatter 64-bit numbers (the finalizer of splitmix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = numbers ^ (numbers >> np.uint64(31))
    return mixed


def unique_rows(rows: Ints) -> tuple[Ints, Ints]:
    """Distinct rows of a matrix: (index of one example each, group of every row)."""
    if rows.shape[0] <= 1:
        return np.arange(rows.shape[0]), np.zeros(rows.shape[0], np.int64)
    keys = np.zeros(rows.shape[0], np.uint64)
    for column in range(rows.shape[1]):
        keys = mix(keys * _MULTIPLIER + rows[:, column].astype(np.uint64) + np.uint64(column + 1))
    _, first, group = np.unique(keys, return_index=True, return_inverse=True)
    if not np.array_equal(rows[first][group], rows):  # two rows share a hash: compare in full
        _, first, group = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    return first, group.reshape(-1)
