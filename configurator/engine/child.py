"""The process that compiles one model within its limits: `python -m … child FOLDER`."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from configurator.engine.artifact import content
from configurator.engine.backend import error_to_data
from configurator.engine.codec import model_from_data
from configurator.engine.errors import BudgetError, EngineError
from configurator.engine.model import Budget
from configurator.engine.space import compile_model
from configurator.engine.words import Words as _

OVERHEAD_MB = 1_000
"""Address space of the interpreter and its libraries, which is not the model's fault."""


def main(folder: Path) -> None:
    """Read job.json, leave the compiled file `space` and report.json."""
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    budget = Budget(job["nodes"], job["seconds"], job["memory_mb"])
    limit = (budget.memory_mb + OVERHEAD_MB) << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    seconds = int(budget.seconds) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    report: dict[str, Any]
    try:
        space = compile_model(model_from_data(job["model"]), budget=budget)
        (folder / "space").write_bytes(content(space))
        report = {"seconds": space.compiled.seconds}
    except EngineError as error:
        report = {"error": error_to_data(error)}
    except MemoryError:
        full = BudgetError(
            _(
                "Compilation needs more than %(memory_mb)s MB of memory.",
                memory_mb=f"{budget.memory_mb:,}",
            )
        )
        report = {"error": error_to_data(full)}
    report["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
