"""Asking a searched space what customers will ask, before they do."""

from __future__ import annotations

import time
from random import Random

from configurator.engine.model import Choices
from configurator.engine.sat.space import PATIENCE, SatSpace

ROUNDS = 12


def rehearse(space: SatSpace, seconds: float) -> None:
    """Domains, completions, reasons and repairs after random choices, for some time.

    Raises BudgetError if the search does not come to an end with one of them.
    """
    space.prover.patience = PATIENCE
    end = time.monotonic() + seconds
    _ask(space, {}, 0)
    for seed in range(ROUNDS):
        if time.monotonic() > end:
            return
        design, dice = space.random(seed), Random(seed)
        names = dice.sample(list(design), dice.randint(0, len(design)))
        _ask(space, {name: design[name] for name in names}, seed)


def _ask(space: SatSpace, chosen: Choices, seed: int) -> None:
    answer = space.answer(chosen)
    blocked = [
        (name, value)
        for name, values in answer.possible.items()
        for value, able in values.items()
        if not able
    ]
    assert answer.completion
    for name, value in Random(seed).sample(blocked, min(2, len(blocked))):
        space.explain(chosen, name, value)
        space.repairs(chosen, name, value, limit=1)
