"""Measuring clicks: random walks through possible values, against a SAT solver's way."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from configurator.engine.artifact import store
from configurator.engine.model import Budget, Value
from configurator.engine.prices import with_prices
from configurator.engine.sat.plain import PlainSearch
from configurator.engine.sat.prover import Prover
from configurator.engine.sat.space import SatSpace
from configurator.engine.space import Space

PLAIN_SECONDS = 10.0
OWN_SECONDS = 4.0
Solve = Callable[[list[int]], Any]


@dataclass
class Clicks:
    """Milliseconds of each click, and the choices that had been made before it."""

    times: list[float] = field(default_factory=list)
    states: list[dict[str, Value]] = field(default_factory=list)


def bench(space: Space | SatSpace, clicks: int, seed: int) -> dict[str, Any]:
    """p50, p95 and p99 of a click (all valid values of all options and the cheapest total with
    each), of the same valid values by one incremental SAT call for each value, and the times to
    load. `all_p50_ms` is everything that an answer knows: the count, the cheapest design, and the
    days with each value too.

    `sat` is what people do who have no engine, `PlainSearch`; `own_sat` does the same calls with
    the smaller clauses that this engine falls back to.
    """
    random = Random(seed)
    found: dict[str, Any] = {"clicks": clicks, "load_ms": None, "first_click_ms": None}
    if isinstance(space, Space):
        found |= _load_ms(space)
        if not space.compiled.terms.weights.any():
            total = space.numbering.offsets[-1]
            space = with_prices(space, {n: random.randrange(1000) for n in range(total)})
    walked = _walk(space, clicks, random)
    states = [space.numbering.numbers(state) for state in walked.states]
    random.shuffle(states)
    p50 = median(walked.times)
    found["p50_ms"] = round(p50, 3)
    found |= {f"p{n}_ms": round(_percentile(walked.times, n), 3) for n in (95, 99)}
    if isinstance(space, Space):
        found["all_p50_ms"] = round(median(_all_times(space, walked.states)), 3)
    for name, by_sat in (
        ("sat", _plain_times(space, states, random)),
        ("own_sat", _own_times(space.prover, states, random)),
    ):
        found[f"{name}_clicks"] = len(by_sat)
        found[f"{name}_p50_ms"] = round(median(by_sat), 3)
        found[f"{name}_p99_ms"] = round(_percentile(by_sat, 99), 3)
        found["ratio" if name == "sat" else f"{name}_ratio"] = round(median(by_sat) / p50, 1)
    return found


def _load_ms(space: Space) -> dict[str, float]:
    """Milliseconds to map the file, and from there to the first answer."""
    loads, firsts = [], []
    with tempfile.TemporaryDirectory(prefix="customerize-") as folder:
        path = store(space, Path(folder))
        for _ in range(5):
            started = time.perf_counter()
            loaded = Space.load(path)
            loads.append((time.perf_counter() - started) * 1000)
            loaded.answer({})
            firsts.append((time.perf_counter() - started) * 1000 - loads[-1])
    return {"load_ms": round(median(loads), 3), "first_click_ms": round(median(firsts), 3)}


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


def _all_times(space: Space, states: list[dict[str, Value]]) -> list[float]:
    """Milliseconds of all that an answer knows."""
    times = []
    for state in states:
        started = time.perf_counter()
        answer = space.answer(state)
        _ = answer.count, answer.completion, answer.days
        times.append((time.perf_counter() - started) * 1000)
    return times


def _plain_times(space: Space | SatSpace, states: list[list[int]], random: Random) -> list[float]:
    layers = space.numbering.layers
    search = PlainSearch(space.model, layers, Budget())
    try:
        return _sat_times(search.solve, search.values, states, random, PLAIN_SECONDS)
    finally:
        search.close()


def _own_times(prover: Prover, states: list[list[int]], random: Random) -> list[float]:
    def solve(literals: list[int]) -> Any:
        return prover.solver.solve([prover.everything, *literals])

    with prover.lock:
        return _sat_times(solve, prover.values, states, random, OWN_SECONDS)


def _sat_times(
    solve: Solve, values: list[int], states: list[list[int]], random: Random, seconds: float
) -> list[float]:
    """Milliseconds of the same clicks by search, as many of them as fit into some seconds.

    Where not even one fits, its time is told from as many of its values as do."""
    solve([])  # the work that is done once
    times: list[float] = []
    until = time.monotonic() + seconds
    for state in states:
        asked = random.sample(values, len(values))
        spent, done = _sat_click(solve, [values[number] for number in state], asked, until)
        if done < len(asked) and times:
            break
        times.append(spent * len(asked) / done)
        if time.monotonic() > until:
            break
    return times


def _sat_click(
    solve: Solve, chosen: list[int], asked: list[int], until: float
) -> tuple[float, int]:
    """Milliseconds, and how many of the values were asked before time was out."""
    started = time.perf_counter()
    done = 0
    for literal in asked:
        solve([*chosen, literal])
        done += 1
        if time.monotonic() > until:
            break
    return (time.perf_counter() - started) * 1000, done


def _percentile(times: list[float], percent: int) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
