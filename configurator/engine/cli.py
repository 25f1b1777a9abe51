"""The command line: JSON on standard output, a clear message and status 2 on bad input."""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from configurator.engine.errors import EngineError
from configurator.engine.formats import load_model
from configurator.engine.space import compile_model


def info(arguments: argparse.Namespace) -> dict[str, Any]:
    """What a model is like."""
    model = load_model(Path(arguments.model))
    space = compile_model(model)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "variables": len(model.variables),
        "values": sum(len(variable.values) for variable in model.variables),
        "rules": len(model.rules),
        "solutions": str(space.count()),
        "backend": space.backend,
        "nodes": space.diagram.node_count,
        "edges": space.diagram.edge_count,
        "compile_seconds": round(space.compiled.seconds, 3),
        "peak_memory_mb": round(peak, 1),
    }


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m configurator.engine", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("info", help=info.__doc__)
    command.add_argument("model", metavar="MODEL")
    command.set_defaults(run=info)
    arguments = parser.parse_args(words)
    try:
        answer = arguments.run(arguments)
    except EngineError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
    return 0
