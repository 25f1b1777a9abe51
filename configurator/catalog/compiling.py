"""Compile a model in a process of its own: `python -m configurator.catalog.compiling OUT`.

The model comes as JSON on standard input, with limits on memory (MB), time (s) and nodes, and
with a note if it shall be searched instead. The space is written to OUT; the answer, as JSON on
standard output, is empty or holds the error. A rule set that explodes takes down only this
process.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from configurator.catalog.children import limit
from configurator.catalog.modeling import model_from_json
from configurator.engine import (
    Budget,
    BudgetError,
    ContradictionError,
    EngineError,
    ExpressionError,
    compile_model,
)
from configurator.engine.words import kept

if TYPE_CHECKING:
    from configurator.engine.backend import AnySpace


def main() -> None:
    request = json.load(sys.stdin)
    limit(request["memory_mb"], request["seconds"])
    json.dump(answer(request, Path(sys.argv[1])), sys.stdout)


def answer(request: dict[str, Any], out: Path) -> dict[str, Any]:
    """Compile (or encode and rehearse), save to `out`, and tell what went wrong."""
    try:
        _space(request).save(out)
        return {}
    except ContradictionError as error:
        return {
            "error": "contradiction",
            "message": kept(told(error)),
            "rules": list(error.rules),
            "size": 0,
        }
    except ExpressionError as error:
        return {
            "error": "expression",
            "message": kept(told(error)),
            "rules": [error.rule],
            "size": 0,
        }
    except BudgetError as error:
        rules = [error.name] if error.name else []
        return {"error": "budget", "message": kept(told(error)), "rules": rules, "size": error.size}
    except EngineError as error:
        return {"error": "engine", "message": kept(told(error)), "rules": [], "size": 0}
    except (MemoryError, RecursionError):
        return {"error": "budget", "message": "", "rules": [], "size": 0}


def told(error: EngineError) -> object:
    """What an error says, as words if it has them."""
    return error.args[0] if error.args else str(error)


def _space(request: dict[str, Any]) -> "AnySpace":
    model = model_from_json(request["model"])
    budget = Budget(nodes=request["nodes"], seconds=request["seconds"])
    if "note" not in request:
        return compile_model(model, budget=budget)
    from configurator.engine.sat.rehearsal import rehearse
    from configurator.engine.sat.space import SatSpace

    space = SatSpace(model, budget)
    space.note = request["note"]
    rehearse(space, request["seconds"] / 3)
    return space


if __name__ == "__main__":
    main()
