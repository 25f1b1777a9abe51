"""Intervals for the difference that a treatment makes, valid at all times at once.

Look after every person and stop whenever you like: the chance that the interval *ever* misses the
true difference is at most alpha, for every sample size and every distribution within the bounds;
nothing is asymptotic. No Django here.

Each person i draws treatment with probability w; their outcome y_i is within [0, cap]. With the
mean m_i of the outcomes before theirs,

    d_i = (y_i - m_i) / w          if treated,
    d_i = -(y_i - m_i) / (1 - w)   if not,

has the treatment effect as its mean, whatever came before (inverse propensity scores; m_i takes
away noise and no more). |d_i| <= c = cap / min(w, 1 - w), so for every 0 < λ < 1 and in both
directions

    exp(λ Σ(d_i - effect)/c - ψ(λ) Σ(d_i/c)²),   ψ(λ) = -log(1 - λ) - λ,

is a supermartingale that starts at 1, and so is a mixture over λ; by Ville's inequality it ever
reaches 2/alpha with probability alpha/2 at most. Inverting it is the interval.

S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon: Time-uniform, nonparametric, nonasymptotic
confidence sequences, Annals of Statistics 49(2), 2021: theorem 4 (empirical Bernstein) with a
discrete mixture (section 3.4); X. Fan, I. Grama, Q. Liu: Exponential inequalities for martingales
with applications, Electronic Journal of Probability 20, 2015 (the lemma behind it).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_PLACES = np.arange(40)
LAMBDAS = 0.7 * 1.5**-_PLACES
WEIGHTS = 1 / ((_PLACES + 1.0) * (_PLACES + 2.0))
WEIGHTS = WEIGHTS / WEIGHTS.sum()
_LOG_WEIGHTS = np.log(WEIGHTS)
_PSI = -np.log1p(-LAMBDAS) - LAMBDAS
_HALVINGS = 60
_SLACK = 1e-6  # more than rounding can do
_AT_ONCE = 1_024  # places whose terms fit into the processor's cache


def log_mixture(sums: Floats, squares: Floats) -> Floats:
    """The logarithm of the mixture where Σ is `sums` and Σ of squares `squares`, both by c."""
    sums, squares = np.broadcast_arrays(sums, squares)
    found = np.empty(sums.shape)
    flat = (found.reshape(-1), sums.reshape(-1), squares.reshape(-1))
    for start in range(0, found.size, _AT_ONCE):
        told, some, of_squares = (each[start : start + _AT_ONCE] for each in flat)
        terms = np.multiply.outer(LAMBDAS, some)
        terms -= np.multiply.outer(_PSI, of_squares)
        terms += _LOG_WEIGHTS[:, np.newaxis]
        highest = terms.max(axis=0)
        terms -= highest
        told[:] = highest + np.log(np.exp(terms, out=terms).sum(axis=0))
    return found


def boundary(squares: Floats, alpha: float) -> Floats:
    """How far the sum strays from its mean at most, by c; above it with chance alpha/2, ever."""
    goal = np.log(2 / alpha)
    low = np.zeros(np.shape(squares))
    high = 4 * np.sqrt(squares * (goal + 12)) + 4 * (goal + 12)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        crossed = log_mixture(middle, squares) >= goal
        low, high = np.where(crossed, low, middle), np.where(crossed, middle, high)
    found: Floats = high
    return found


@dataclass(frozen=True)
class Walk:
    """The sums after every person, along the last axis; `c` is the bound of one difference."""

    c: float
    counts: Floats
    sums: Floats
    squares: Floats

    def estimate(self) -> Floats:
        found: Floats = self.sums * self.c / self.counts
        return found

    def halves(self, alpha: float) -> Floats:
        """Half the width of the interval after every person."""
        found: Floats = boundary(self.squares, alpha) * self.c / self.counts
        return found

    def log_evidence(self) -> Floats:
        """Against no difference: the greater of both directions, which is that of the sum."""
        return log_mixture(np.abs(self.sums), self.squares)

    def p_values(self) -> Floats:
        """Always valid: the least until then, and never above 1."""
        # The mixture is at most exp(Σ² / 2 Σ of squares), for ψ(λ) >= λ²/2: most need no look.
        most = self.sums * self.sums / np.maximum(2 * self.squares, np.finfo(float).tiny)
        near = most >= np.log(2) - _SLACK
        p = np.ones(np.shape(self.sums))
        p[near] = 2 * np.exp(-log_mixture(np.abs(self.sums[near]), self.squares[near]))
        found: Floats = np.minimum.accumulate(np.minimum(1.0, p), axis=-1)
        return found

    def at(self, places: NDArray[np.intp]) -> Walk:
        """The same at some of its persons only."""
        return Walk(self.c, self.counts[places], self.sums[places], self.squares[places])


def walk(treated: Bools, outcomes: Floats, *, share: float, cap: float) -> Walk:
    """The sums of the differences, person by person in the order of their first exposure.

    `share` is the probability of the treatment. Outcomes above `cap` count as the cap: say it.
    """
    if not 0 < share < 1 or cap <= 0:
        raise ValueError("the share is between 0 and 1, and the cap above 0")
    y = np.clip(outcomes, 0, cap)
    counts = np.broadcast_to(np.arange(1, y.shape[-1] + 1, dtype=float), y.shape)
    before = (np.cumsum(y, axis=-1) - y) / np.maximum(counts - 1, 1)
    c = cap / min(share, 1 - share)
    steps = (y - before) * np.where(treated, 1 / share, -1 / (1 - share)) / c
    return Walk(c, counts, np.cumsum(steps, axis=-1), np.cumsum(steps * steps, axis=-1))


@dataclass(frozen=True)
class Interval:
    """An effect and where it lies."""

    estimate: float
    low: float
    high: float

    @property
    def decided(self) -> bool:
        """Whether no difference is outside of it."""
        return self.low > 0 or self.high < 0


def interval(found: Walk, alpha: float) -> Interval | None:
    """The interval after the last person of one walk; None before the first."""
    if not found.counts.size:
        return None
    last = found.at(np.array([-1]))
    middle, half = float(last.estimate()[0]), float(last.halves(alpha)[0])
    return Interval(middle, middle - half, middle + half)
