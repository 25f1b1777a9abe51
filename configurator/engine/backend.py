"""Opening a model: compiled in a child process within its budget, else by search."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from configurator.engine import errors
from configurator.engine.codec import model_to_data
from configurator.engine.compile.compiler import read
from configurator.engine.errors import BudgetError, EngineError
from configurator.engine.model import Budget, Model
from configurator.engine.sat.space import SatSpace
from configurator.engine.space import Space
from configurator.engine.words import Words as _

Backend = Literal["auto", "diagram", "sat"]
AnySpace = Space | SatSpace


@dataclass(frozen=True)
class Opened:
    """A space, what its compilation cost, and why it is not a diagram (empty if it is one)."""

    space: AnySpace
    seconds: float
    peak_memory_mb: float
    reason: str = ""


def open_space(model: Model, budget: Budget | None = None, backend: Backend = "auto") -> Opened:
    """Compile within the budget; what does not fit is answered by search instead.

    Raises ModelError, ExpressionError and ContradictionError whatever the backend, and
    BudgetError where not even the search can take the model, or a diagram is insisted on.
    """
    budget = budget or Budget()
    read(model)
    if backend == "sat":
        return Opened(SatSpace(model, budget), 0.0, 0.0, "asked for")
    try:
        return compile_in_child(model, budget)
    except BudgetError as error:
        if backend == "diagram":
            raise
        return Opened(SatSpace(model, budget), 0.0, 0.0, str(error))


def compile_in_child(model: Model, budget: Budget) -> Opened:
    """Compile in a process of its own, which may be killed when it takes too much."""
    with tempfile.TemporaryDirectory(prefix="customerize-") as name:
        folder = Path(name)
        job = {
            "model": model_to_data(model),
            "nodes": budget.nodes,
            "seconds": budget.seconds,
            "memory_mb": budget.memory_mb,
        }
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        _run(folder, budget)
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        if "error" in report:
            raise _error(report["error"])
        space = Space.load(folder / "space")
    space.compiled = replace(space.compiled, seconds=report["seconds"])
    return Opened(space, report["seconds"], report["peak_memory_mb"])


def _run(folder: Path, budget: Budget) -> None:
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, "-m", "configurator.engine.child", str(folder)]
    try:
        done = subprocess.run(
            command,
            env=environment,
            timeout=budget.seconds + 10,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BudgetError(
            _("Compilation takes longer than %(seconds)s seconds.", seconds=f"{budget.seconds:g}")
        ) from None
    if done.returncode or not (folder / "report.json").exists():
        raise BudgetError(
            _(
                "Compilation needs more than %(memory_mb)s MB of memory.",
                memory_mb=f"{budget.memory_mb:,}",
            )
        )


def error_to_data(error: EngineError) -> dict[str, Any]:
    """An error with its facts, to be raised again by the parent."""
    facts = {key: value for key, value in vars(error).items() if key != "message"}
    message = error.message if isinstance(error, errors.ExpressionError) else str(error)
    return {"kind": type(error).__name__, "message": message, "facts": facts}


def _error(data: dict[str, Any]) -> EngineError:
    kind, message, facts = data["kind"], data["message"], data["facts"]
    if kind == "ContradictionError":
        return errors.ContradictionError(tuple(facts["rules"]))
    if kind == "ExpressionError":
        return errors.ExpressionError(message, **facts)
    if kind == "BudgetError":
        return BudgetError(message, **facts)
    known: type[EngineError] = getattr(errors, kind, EngineError)
    return known(message)
