"""The commands of the command line: each answers one question about a model as JSON data."""

from __future__ import annotations

import argparse
import gc
import resource
import sys
from pathlib import Path
from typing import Any

from configurator.engine.backend import Opened, open_space
from configurator.engine.bench import bench
from configurator.engine.checks import check
from configurator.engine.compile.domains import Layers
from configurator.engine.errors import (
    ContradictionError,
    ModelError,
    UnavailableError,
)
from configurator.engine.formats import load_model, save_model
from configurator.engine.language.schema import closest
from configurator.engine.model import Budget, Model, Value
from configurator.engine.numbering import Numbering
from configurator.engine.prices import read_prices, value_of, with_prices, written
from configurator.engine.sat.prover import Prover
from configurator.engine.sat.space import SatSpace
from configurator.engine.space import Space

Data = dict[str, Any]
MEMORY_MB = 2_000
"""The most that a compilation takes."""


class Command:
    """One call of the command line: the model, opened when it is needed."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.model: Model = load_model(Path(arguments.model))

    def open(self) -> Opened:
        budget = Budget(seconds=self.arguments.compile_seconds, memory_mb=MEMORY_MB)
        opened = open_space(self.model, budget, self.arguments.backend)
        if opened.reason and self.arguments.backend == "auto":
            sys.stderr.write(f"note: {opened.reason} Answered by search instead.\n")
        return opened

    def space(self) -> Space | SatSpace:
        """The space, with the prices of --prices."""
        if self.arguments.prices is None:
            return self.open().space
        path, variables = Path(self.arguments.prices), self.model.variables
        read_prices(path, Numbering(Layers(variables), variables))  # tells of errors at once
        space = self.open().space
        prices = read_prices(path, space.numbering)
        return with_prices(space, prices) if isinstance(space, Space) else space

    def pair(self, text: str) -> tuple[str, Value]:
        """NAME=VALUE; both may hold an equals sign, the longest known name wins."""
        known = {variable.name: variable for variable in self.model.variables}
        places = [place for place, letter in enumerate(text) if letter == "="]
        for place in reversed(places):
            if text[:place] in known:
                return text[:place], value_of(known[text[:place]], text[place + 1 :])
        if not places:
            raise ModelError(f"“{text[:80]}” is not of the form NAME=VALUE.")
        name = text[: places[0]]
        hint = closest(name, known)
        extra = f" Did you mean “{hint}”?" if hint else ""
        raise ModelError(f"There is no option called “{name[:80]}”.{extra}")

    def choices(self) -> dict[str, Value]:
        chosen: dict[str, Value] = {}
        for text in self.arguments.choose:
            name, value = self.pair(text)
            if chosen.get(name, value) != value:
                raise ModelError(f"“{name}” is chosen twice with different values.")
            chosen[name] = value
        return chosen


def info(command: Command) -> Data:
    """What a model is like: its size, its exact number of solutions, its diagram."""
    model = command.model
    try:
        opened = command.open()
        space: Space | SatSpace | None = opened.space
        seconds, child = opened.seconds, opened.peak_memory_mb
    except ContradictionError:
        space, seconds, child = None, 0.0, 0.0
    diagram = space.diagram if isinstance(space, Space) else None
    solutions = "0" if space is None else _solutions(space, {})
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "variables": len(model.variables),
        "values": sum(len(variable.values) for variable in model.variables),
        "rules": len(model.rules),
        "solutions": solutions,
        "backend": space.backend if space else "diagram",
        "nodes": diagram.node_count if diagram else (0 if space is None else None),
        "edges": diagram.edge_count if diagram else (0 if space is None else None),
        "compile_seconds": round(seconds, 3),
        "peak_memory_mb": round(max(own, child), 1),
    }


def _solutions(space: Space | SatSpace, chosen: dict[str, Value]) -> str | None:
    try:
        count = space.count(chosen)
    except UnavailableError:
        return None
    sys.set_int_max_str_digits(0)
    return str(count)


def domains(command: Command) -> Data:
    """The values that are possible after the choices, and the cheapest total with each."""
    chosen = command.choices()
    priced = command.arguments.prices is not None or bool(command.model.terms)
    budget = command.arguments.budget
    if budget is not None and not priced:
        raise ModelError("A budget needs prices: add --prices FILE.")
    try:
        space = command.space()
    except ContradictionError:
        return _no_domains(command.model, priced)
    answer = space.answer(chosen, budget=budget)
    kept: dict[str, list[Value]] = {}
    for name, values in answer.possible.items():
        kept[name] = [v for v, ok in values.items() if ok and chosen.get(name, v) == v]
    found: Data = {
        "domains": {name: [written(value) for value in values] for name, values in kept.items()},
        "solutions": _solutions(space, chosen),
    }
    if priced:
        found["cheapest"] = {
            "total": answer.total,
            "values": {
                name: {written(value): answer.totals[name][value] for value in values}
                for name, values in kept.items()
            },
        }
    return found


def _no_domains(model: Model, priced: bool) -> Data:
    """The answer of `domains` where the rules contradict each other."""
    names = [variable.name for variable in model.variables]
    found: Data = {"domains": {name: [] for name in names}, "solutions": "0"}
    if priced:
        found["cheapest"] = {"total": None, "values": {name: {} for name in names}}
    return found


def explain(command: Command) -> Data:
    """Why a value is blocked: minimal choices and minimal rules."""
    chosen, (name, value) = command.choices(), command.pair(command.arguments.want)
    try:
        found = command.space().explain(chosen, name, value)
    except ContradictionError as error:
        guilty = _rules_against(command.model, name, value) or error.rules
        return {"blocked": True, "choices": [], "rules": list(guilty)}
    choices, rules = list(found.choices), list(found.rules)
    return {"blocked": found.blocked, "choices": choices, "rules": rules}


def _rules_against(model: Model, name: str, value: Value) -> tuple[str, ...] | None:
    """Of rules that contradict each other, a minimal part that already excludes the value;
    None where search cannot tell soon."""
    layers = Layers(model.variables)
    prover = Prover(model, layers)
    number = Numbering(layers, model.variables).number(name, value)
    return prover.guilty_rules((number,)) if prover.is_easy() else None


def repair(command: Command) -> Data:
    """What could be changed to make a value possible: fewest changes first, then cheapest."""
    chosen, (name, value) = command.choices(), command.pair(command.arguments.want)
    try:
        found = command.space().repairs(chosen, name, value, limit=command.arguments.limit)
    except ContradictionError:
        found = []
    return {
        "repairs": [
            {
                "changes": {option: written(v) for option, v in repair.changes.items()},
                "count": repair.count,
                "total": repair.total,
            }
            for repair in found
        ]
    }


def complete(command: Command) -> Data:
    """A complete product that keeps the choices, and its total."""
    chosen = command.choices()
    space = command.space()
    found = space.complete(chosen, by=command.arguments.by, seed=command.arguments.seed)
    total = space.answer(found).total
    return {"choices": {name: written(value) for name, value in found.items()}, "total": total}


def check_model(command: Command) -> Data:
    """Contradictions, values that no product has, fixed options, idle rules, each with causes."""
    report = check(command.model, Budget(seconds=command.arguments.seconds / 2))
    contradiction = report.contradiction
    return {
        "contradiction": None if contradiction is None else list(contradiction),
        "dead_values": [
            {"name": item.name, "value": written(item.value), "rules": list(item.rules)}
            for item in report.dead
        ],
        "single_valued": [
            {"name": item.name, "value": written(item.value), "rules": list(item.rules)}
            for item in report.single
        ],
        "redundant_rules": [
            {"rule": item.rule, "because_of": list(item.rules)} for item in report.redundant
        ],
        "rules_not_checked": report.unchecked,
    }


def run_bench(command: Command) -> Data:
    """How fast clicks are, on random walks, and how fast a SAT solver would be."""
    opened = command.open()
    space = opened.space
    if command.arguments.prices is not None and isinstance(space, Space):
        prices = read_prices(Path(command.arguments.prices), space.numbering)
        space = with_prices(space, prices)
    gc.collect()
    gc.freeze()  # as the web server does: the parsed model is not looked through again and again
    found = bench(space, command.arguments.clicks, command.arguments.seed)
    return {**found, "compile_seconds": round(opened.seconds, 3), "backend": space.backend}


def export(command: Command) -> Data:
    """The model in another format; the suffix of the file tells which."""
    path = Path(command.arguments.to)
    save_model(command.model, path)
    return {"written": str(path), "bytes": path.stat().st_size}
