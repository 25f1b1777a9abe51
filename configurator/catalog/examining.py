"""Examine a model in a process of its own: `python -m configurator.catalog.examining`.

The model comes as JSON on standard input, with the lengths of its texts, `conditions` to be tried,
and limits on memory (MB) and time (s). The answer, as JSON on standard output, tells what is idle
or contradictory in the model, which conditions no design meets, and what was too much to find out.
"""

import json
import os
import sys
from typing import Any

from configurator.catalog.children import limit
from configurator.catalog.configuration import value_to_json
from configurator.catalog.modeling import model_from_json
from configurator.engine import Budget, EngineError, Model
from configurator.engine.checks import check
from configurator.engine.words import Words as _
from configurator.engine.words import kept


def main() -> None:
    request = json.load(sys.stdin)
    os.nice(10)  # whoever waits for a page or a publication goes first
    limit(request["memory_mb"], request["seconds"])
    json.dump(examine(request), sys.stdout)


def examine(request: dict[str, Any]) -> dict[str, Any]:
    """The findings; `error` says why there are not more."""
    model = model_from_json(request["model"])
    budget = Budget(seconds=request["seconds"] / 2)
    answer: dict[str, Any] = {
        **{"error": "", "contradiction": None, "unchecked": 0},
        **{"dead": [], "single": [], "redundant": [], "never": []},
    }
    try:
        report = check(model, budget)
        answer["contradiction"] = report.contradiction
        answer["unchecked"] = report.unchecked
        for kind in ("dead", "single"):
            answer[kind] = [
                [each.name, value_to_json(each.value), each.rules] for each in getattr(report, kind)
            ]
        answer["redundant"] = [[each.rule, each.rules] for each in report.redundant]
        if report.contradiction is None:
            answer["never"] = _never(model, request, budget)
    except (EngineError, MemoryError, RecursionError) as error:
        answer["error"] = kept(error.args[0]) if error.args else kept(_("It is too large."))
    return answer


def _never(model: Model, request: dict[str, Any], budget: Budget) -> list[str]:
    """The names of the conditions that no design meets."""
    from configurator.engine.sat.claims import Claims

    claims = Claims(model, request["lengths"], budget)
    never = []
    for name, condition in request["conditions"]:
        try:
            if not claims.is_possible(claims.condition(condition)):
                never.append(name)
        except EngineError:
            continue  # what cannot be decided is not accused
    return never


if __name__ == "__main__":
    main()
