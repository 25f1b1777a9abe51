"""Do the arms get people as they should? Watched all the time, with few false alarms.

The evidence is that of a Dirichlet mixture against the planned shares, a martingale if they hold:
M. Lindon, A. Malek: Anytime-valid inference for multinomial count data, NeurIPS 2022. No Django.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import lgamma, log

ALARM = 0.01
"""Experiments that are in order are suspected with this chance at most, ever."""


def log_evidence(counts: Sequence[int], weights: Sequence[int]) -> float:
    """How much likelier the counts are under some other shares than under the planned ones."""
    total, whole = sum(counts), sum(weights)
    found = lgamma(len(counts)) - lgamma(len(counts) + total)
    for count, weight in zip(counts, weights, strict=True):
        if weight == 0:
            if count:
                return float("inf")
            continue
        found += lgamma(1 + count) - count * log(weight / whole)
    return found


def alarms(counts: Sequence[int], weights: Sequence[int], alpha: float = ALARM) -> bool:
    """Whether something is wrong with the assignment or with what is counted."""
    return log_evidence(counts, weights) >= log(1 / alpha)
