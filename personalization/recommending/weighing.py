"""How much a difference in each option says about the others: learned from the orders. No Django.

Orders are taken as if they were being designed: some of their options, drawn by lot, are known, and
another one is asked. Its own order has no vote. The weights go where the right answers get more of
the votes (the gradient of their logarithm, by Adam).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from personalization.recommending.voting import WEIGHT, Codes, Floats

Matrix = NDArray[np.float32]
FEWEST = 200
"""From fewer orders no weights are learned."""
MOST = 4000
"""Different orders that are learned from; more are drawn from by lot."""
STEPS = 240
REFINING = 60
"""Steps for each column that may be asked."""
BATCH = 256
WORK = 4e11
"""Questions times orders times values that are learned from at most, in general and in refining:
about twenty seconds each of one processor, however wide a product is."""
ENOUGH = 1000
"""Different orders that refining is still worth while with."""
TRIALS = 3000
"""Questions by which it is decided whether what was learned is any better than equal weights."""
SURE = 1.5
"""Standard errors by which something simpler must be better than refined weights to be preferred;
weights of each option alone, of products too wide for refining, have no such start."""
PACE = 0.1
SLACK = 1e-3
"""A value without any vote has this part of all."""
SHARPER = 1.3
"""Who wants the likeliest value does best a little sharper than who wants its probability."""


def learned(
    codes: Codes, sizes: Sequence[int], *, steps: int = STEPS, refining: int = REFINING
) -> Floats:
    """(asked, known): a weight for each column where another one is asked. Deterministic.

    First what is right for all that may be asked, then, from there, for each.
    """
    columns = codes.shape[1]
    rows = np.unique(codes, axis=0)
    if len(codes) < FEWEST or len(rows) < 2 or columns < 2:
        return np.full((columns, columns), WEIGHT)
    values = sum(sizes) + columns
    school = School.of(codes, sizes, np.random.default_rng(0), _affordable(steps * BATCH * values))
    general = _climbed(school, np.full(columns, WEIGHT), steps, BATCH, None)
    found = np.tile(general, (columns, 1))
    special = _affordable(columns * refining * BATCH // 2 * values)
    sure = 0.0
    if refining and special >= min(ENOUGH, len(school.rows)):
        sure = SURE
        if special < len(school.rows):
            school = School.of(codes, sizes, np.random.default_rng(0), special)
        found = np.array(
            [_climbed(school, general, refining, BATCH // 2, each) for each in range(columns)]
        )
    return _preferred(school, SHARPER * found, sure)


def _affordable(work: int) -> int:
    """How many orders may be learned from, where each costs so much work."""
    return min(MOST, int(WORK / max(work, 1)))


def _preferred(school: School, weights: Floats, sure: float = SURE) -> Floats:
    """What was learned, unless it foretells less than equal weights, or than half of either.

    Of many options with few orders more is learned by chance than from taste. It is decided by
    other questions than those that were learned from, the same for each.
    """
    equal = np.full_like(weights, WEIGHT)
    found, right = weights, school.tried(weights, TRIALS)
    for other in ((weights + equal) / 2, equal):
        hits = school.tried(other, TRIALS)
        gain = hits.astype(float) - right
        if gain.mean() > sure * gain.std() / len(gain) ** 0.5:
            found, right = other, hits
    return found


def _climbed(school: School, start: Floats, steps: int, batch: int, asked: int | None) -> Floats:
    """The mean of the second half of the steps, which go uphill."""
    adam, weights, mean = Adam(len(start)), start, np.zeros(len(start))
    for step in range(steps):
        weights = np.maximum(weights + adam.step(school.slope(weights, batch, asked)), 0.0)
        if step >= steps // 2:
            mean += weights / (steps - steps // 2)
    return mean


class Adam:
    """Steps uphill, about as long in every direction."""

    def __init__(self, size: int) -> None:
        self.mean, self.square, self.count = np.zeros(size), np.zeros(size), 0

    def step(self, slope: Floats) -> Floats:
        self.count += 1
        self.mean = 0.9 * self.mean + 0.1 * slope
        self.square = 0.98 * self.square + 0.02 * slope**2
        mean = self.mean / (1 - 0.9**self.count)
        spread = np.sqrt(self.square / (1 - 0.98**self.count))
        return PACE * mean / (spread + 1e-5)


@dataclass
class School:
    """Different orders, with what is not known as a value of its own.

    rows  (rows, columns) codes; counts rows; marks (rows, values) 1 where the row has the value;
    first columns: where the values of a column begin; own: for each order its row
    """

    rows: Codes
    counts: Matrix
    marks: Matrix
    first: Codes
    own: Codes
    lots: np.random.Generator = field(repr=False)

    @classmethod
    def of(
        cls, codes: Codes, sizes: Sequence[int], lots: np.random.Generator, most: int = MOST
    ) -> School:
        rows, own, counts = np.unique(codes, axis=0, return_inverse=True, return_counts=True)
        own = own.reshape(-1)
        if len(rows) > most:
            kept = np.sort(lots.choice(len(rows), most, replace=False))
            place = np.full(len(rows), -1)
            place[kept] = np.arange(most)
            rows, counts, own = rows[kept], counts[kept], place[own]
            own = own[own >= 0]
        size = np.array(sizes)
        rows = np.where(rows < 0, size, rows)
        first = np.concatenate(([0], np.cumsum(size + 1)))
        marks = np.zeros((len(rows), first[-1]), np.float32)
        np.put_along_axis(marks, rows + first[:-1], 1.0, axis=1)
        return cls(rows, counts.astype(np.float32), marks, first[:-1], own, lots)

    def slope(self, weights: Floats, batch: int, target: int | None) -> Floats:
        """Where the weights should go, by a batch of questions: for one column, or for any."""
        own = self.own[self.lots.integers(len(self.own), size=batch)]
        known, asked = self._questions(batch, target)
        codes = self.rows[own] + self.first
        votes = self._votes(own, known, weights)
        right = self.rows[own, asked][:, None] == self.rows[:, asked].T
        pull = self._pull(votes, right)
        alike = np.take_along_axis(pull @ self.marks, codes, axis=1)
        slope: Floats = -(known * (pull.sum(axis=1, keepdims=True) - alike)).sum(axis=0) / batch
        return slope

    def tried(self, weights: Floats, questions: int) -> NDArray[np.bool_]:
        """Which questions are answered right by (asked, known) weights; always the same ones."""
        lots, self.lots = self.lots, np.random.default_rng(1)
        found = []
        for _batch in range(-(-questions // BATCH)):
            own = self.own[self.lots.integers(len(self.own), size=BATCH)]
            known, asked = self._questions(BATCH, None)
            votes = self._votes(own, known, weights[asked])
            for row, vote, column in zip(own, votes, asked, strict=True):
                best = np.bincount(self.rows[:, column], vote).argmax()
                found.append(best == self.rows[row, column])
        self.lots = lots
        return np.array(found)

    def _votes(self, own: Codes, known: NDArray[np.bool_], weights: Floats) -> Matrix:
        """(questions, rows): what each order's vote counts; one's own has none."""
        differ = self._distances(self.rows[own] + self.first, known, weights)
        votes = np.broadcast_to(self.counts, differ.shape).copy()
        votes[np.arange(len(own)), own] -= 1
        differ[votes <= 0] = np.inf
        votes *= np.exp(differ.min(axis=1, keepdims=True) - differ)
        return votes

    def _questions(self, batch: int, target: int | None) -> tuple[NDArray[np.bool_], Codes]:
        """Which columns are known, (questions, columns), and the one that is asked."""
        columns = len(self.first)
        place = self.lots.random((batch, columns)).argsort(axis=1).argsort(axis=1)
        if target is None:
            many = self.lots.integers(columns, size=batch)
            asked = (place == many[:, None]).argmax(axis=1)
        else:
            many, asked = place[:, target], np.full(batch, target)
        return place < many[:, None], asked

    def _distances(self, codes: Codes, known: NDArray[np.bool_], weights: Floats) -> Matrix:
        """(questions, rows): the weights of the known columns that differ."""
        question = np.zeros((len(codes), self.marks.shape[1]), np.float32)
        heard = (known * weights).astype(np.float32)
        np.put_along_axis(question, codes, heard, axis=1)
        found: Matrix = heard.sum(axis=1, keepdims=True) - question @ self.marks.T
        return found

    def _pull(self, votes: Matrix, right: NDArray[np.bool_]) -> Matrix:
        """How the logarithm of the right value's part grows with each row's nearness."""
        every = votes.sum(axis=1, keepdims=True)
        heard = np.where(every > 0, 1.0, 0.0).astype(np.float32)
        every = np.maximum(every, np.float32(1e-30))
        slack = np.float32(SLACK) * every
        mine = (votes * right).sum(axis=1, keepdims=True) + slack
        found: Matrix = heard * votes * (right / mine + SLACK / mine - 1 / every)
        return found.astype(np.float32)
