"""Measuring clicks: random walks through possible values, against a SAT solver's way."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from configurator.engine.artifact import store
from configurator.engine.model import Choices, Value
from configurator.engine.numbering import Numbering
from configurator.engine.prices import with_prices
from configurator.engine.sat.prover import Prover
from configurator.engine.sat.space import SatSpace
from configurator.engine.space import Space

SAT_SECONDS = 20.0


@dataclass
class Clicks:
    """Milliseconds of each click, and the choices that had been made before it."""

    times: list[float] = field(default_factory=list)
    states: list[dict[str, Value]] = field(default_factory=list)


def bench(space: Space | SatSpace, clicks: int, seed: int) -> dict[str, Any]:
    """p50 and p99 of a click (all valid values of all options and the cheapest total with each),
    of the same by one incremental SAT call a value, their ratio, and the time to load."""
    random = Random(seed)
    load_ms = None
    if isinstance(space, Space):
        load_ms = _load_ms(space)
        if not space.compiled.terms.weights.any():
            total = space.numbering.offsets[-1]
            space = with_prices(space, {n: random.randrange(1000) for n in range(total)})
    walked = _walk(space, clicks, random)
    prover = space.prover
    by_sat = _sat_times(prover, space.numbering, walked.states, random)
    p50, sat = median(walked.times), median(by_sat)
    return {
        "clicks": clicks,
        "p50_ms": round(p50, 3),
        "p99_ms": round(_percentile(walked.times, 99), 3),
        "sat_clicks": len(by_sat),
        "sat_p50_ms": round(sat, 3),
        "sat_p99_ms": round(_percentile(by_sat, 99), 3),
        "ratio": round(sat / p50, 1),
        "load_ms": None if load_ms is None else round(load_ms, 3),
    }


def _load_ms(space: Space) -> float:
    with tempfile.TemporaryDirectory(prefix="customerize-") as folder:
        path = store(space, Path(folder))
        times = []
        for _ in range(5):
            started = time.perf_counter()
            Space.load(path)
            times.append((time.perf_counter() - started) * 1000)
    return median(times)


def _walk(space: Space | SatSpace, clicks: int, random: Random) -> Clicks:
    """Click random values of random open options; start again when everything is chosen."""
    walked = Clicks()
    chosen: dict[str, Value] = {}
    while len(walked.times) < clicks:
        started = time.perf_counter()
        answer = space.answer(chosen)
        walked.times.append((time.perf_counter() - started) * 1000)
        walked.states.append(dict(chosen))
        open_ = [name for name in space.numbering.names if name not in chosen]
        if not open_:
            chosen = {}
            continue
        name = random.choice(open_)
        offered = [value for value, possible in answer.possible[name].items() if possible]
        chosen[name] = random.choice(offered)
    return walked


def _sat_times(
    prover: Prover, numbering: Numbering, states: list[dict[str, Value]], random: Random
) -> list[float]:
    """The same clicks by search, as many of them as fit into some seconds."""
    times: list[float] = []
    until = time.monotonic() + SAT_SECONDS
    for state in random.sample(states, len(states)):
        times.append(_sat_click(prover, numbering, state))
        if time.monotonic() > until:
            break
    return times


def _sat_click(prover: Prover, numbering: Numbering, chosen: Choices) -> float:
    base = [prover.everything, *(prover.values[n] for n in numbering.numbers(chosen))]
    started = time.perf_counter()
    with prover.lock:
        for number in range(numbering.offsets[-1]):
            prover.solver.solve([*base, prover.values[number]])
    return (time.perf_counter() - started) * 1000


def _percentile(times: list[float], percent: int) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
