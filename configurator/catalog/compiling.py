"""Compile a model in a process of its own: `python -m configurator.catalog.compiling OUT`.

The model comes as JSON on standard input, with limits on memory (MB), time (s) and nodes. The
space is written to OUT; the answer, as JSON on standard output, holds the number of designs or
the error. A rule set that explodes takes down only this process.
"""

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from configurator.catalog.modeling import model_from_json
from configurator.engine import (
    Budget,
    BudgetError,
    ContradictionError,
    EngineError,
    ExpressionError,
    compile_model,
)


def main() -> None:
    request = json.load(sys.stdin)
    _limit(request["memory_mb"], request["seconds"])
    json.dump(answer(request, Path(sys.argv[1])), sys.stdout)


def answer(request: dict[str, Any], out: Path) -> dict[str, Any]:
    """Compile, save to `out`, and tell the number of designs or what went wrong."""
    try:
        model = model_from_json(request["model"])
        space = compile_model(
            model, budget=Budget(nodes=request["nodes"], seconds=request["seconds"])
        )
        space.save(out)
        return {"designs": str(space.count())}
    except ContradictionError as error:
        return {"error": "contradiction", "message": str(error), "rules": list(error.rules)}
    except ExpressionError as error:
        return {"error": "expression", "message": str(error), "rules": [error.rule]}
    except BudgetError as error:
        return {"error": "budget", "message": str(error), "rules": [error.name]}
    except EngineError as error:
        return {"error": "engine", "message": str(error), "rules": []}
    except (MemoryError, RecursionError):
        return {"error": "budget", "message": "", "rules": []}


def _limit(memory_mb: int, seconds: float) -> None:
    """Ask the system to end this process when it takes too much; not every system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        size = memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) * 4, int(seconds) * 4 + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
