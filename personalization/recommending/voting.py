"""The recommender: everything that was ordered votes for its own values. No Django.

An order's vote counts the less, the more it differs from what is chosen: exp(-sum of the weights
of the options that differ). What is a matter of taste alone, like a color, weighs little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
WEIGHT = 6.0
"""The weight of an option of which nothing is known yet."""
MISSING_DIFFERS = 0.5
"""An order of which an option is not known differs half."""
FARTHEST = 600.0
"""Votes are not told apart beyond: exp(-600) is still more than nothing."""


@dataclass(frozen=True, eq=False)
class Votes:
    """What was ordered: different rows with the number of orders of each.

    rows     (columns, rows)   1 + the codes of the values; 0 where nothing is known
    counts   rows              orders
    sizes    columns           values of each column
    weights  (columns, columns)  how much a difference in the second weighs where the first is asked
    """

    rows: NDArray[np.int32]
    counts: Floats
    sizes: tuple[int, ...]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, codes: Codes, sizes: Sequence[int], weights: Floats | None = None) -> Votes:
        """From (orders, columns), below 0 where nothing is known; the same rows are counted."""
        rows, counts = np.unique(codes, axis=0, return_counts=True)
        if weights is None:
            weights = np.full((codes.shape[1], codes.shape[1]), WEIGHT)
        shifted = np.ascontiguousarray(np.maximum(rows.T + 1, 0), np.int32)
        return cls(shifted, counts.astype(np.float64), tuple(sizes), weights.astype(np.float32))

    @property
    def orders(self) -> int:
        return int(self.counts.sum())

    def walk(self, chosen: Mapping[int, int] | None = None) -> Walk:
        """Begin with the choices made so far: column -> code."""
        walk = Walk(self)
        for column, code in (chosen or {}).items():
            walk.choose(column, code)
        return walk

    @cached_property
    def unknown(self) -> list[NDArray[np.int64]]:
        """For each column the rows of which it is not known."""
        return [np.flatnonzero(row == 0) for row in self.rows]


class Walk:
    """One design on its way: told of each choice, asked for the next."""

    def __init__(self, votes: Votes) -> None:
        self.votes = votes
        self.known: list[int] = []
        self.differ = np.empty((len(votes.rows), len(votes.counts)), np.float32)

    def choose(self, column: int, code: int) -> None:
        """This value is chosen."""
        votes = self.votes
        differ = self.differ[len(self.known)]
        np.not_equal(votes.rows[column], code + 1, out=differ, casting="unsafe")
        if len(votes.unknown[column]):
            differ[votes.unknown[column]] = MISSING_DIFFERS
        self.known.append(column)

    def scores(self, column: int) -> Floats:
        """The votes for each value of the column, on any scale."""
        votes = self.votes
        distance = votes.weights[column, self.known] @ self.differ[: len(self.known)]
        near = np.minimum(distance - distance.min(initial=np.inf), FARTHEST)
        weight = np.exp(-near.astype(np.float64)) * votes.counts
        found = np.bincount(votes.rows[column], weight, votes.sizes[column] + 1)[1:]
        return found.astype(np.float64, copy=False)
