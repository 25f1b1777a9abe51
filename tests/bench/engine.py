"""How fast the engine is: `python -m tests.bench.engine [--data FOLDER] [--clicks N] [--json]`.

Compiles each model, then walks through random clicks: every valid value of every option, and the
cheapest total with each. The same clicks are done by an incremental SAT solver, one call a value,
with the usual clauses and with the engine's own, smaller ones.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from configurator.engine import Model, compile_model
from configurator.engine.bench import bench
from configurator.engine.formats import load_model
from tests.bench.engine_models import car_line, coupled_line, feature_model, wide_car_line

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("CUSTOMERIZE_BENCH_DATA", ROOT.parent / "shared" / "bench"))

# name -> (seconds of compilation, milliseconds of a click, times faster than SAT)
GOALS: dict[str, tuple[float, float, float]] = {
    "renault_medium": (1.0, 2.5, 10),
    "pc-richmond": (1.0, 5.0, 1),
    "features-2513": (3.0, 60.0, 1),
    "car-line-268": (5.0, 10.0, 300),
    "car-line-268-wide": (5.0, 10.0, 300),
    "renault_medium-twice": (5.0, 10.0, 100),
}


def models(data: Path) -> dict[str, Callable[[], Model]]:
    """The models to measure; those that are not there are left out."""
    found: dict[str, Callable[[], Model]] = {
        "features-2513": feature_model,
        "car-line-268": car_line,
        "car-line-268-wide": wide_car_line,
    }
    files = {
        "renault_medium": data / "renault_medium" / "model.xml",
        "pc-richmond": data / "feature_models" / "pc-richmond.dimacs",
    }
    medium = files["renault_medium"]
    if medium.exists():
        found["renault_medium-twice"] = lambda: coupled_line(load_model(medium))
    demos = ROOT / "configurator" / "catalog" / "demo"
    files |= {path.parent.name: path for path in sorted(demos.glob("*/product.yaml"))}
    for name, path in files.items():
        if path.exists():
            found[name] = lambda path=path: load_model(path)  # type: ignore[misc]
    return found


def measure(model: Model, clicks: int) -> dict[str, Any]:
    started = time.perf_counter()
    space = compile_model(model)
    seconds = time.perf_counter() - started
    return {
        "options": len(model.variables),
        "values": space.numbering.offsets[-1],
        "products": float(space.count()) if space.count() < 10**300 else "more than 1e300",
        "nodes": space.diagram.node_count,
        "edges": space.diagram.edge_count,
        "compile_seconds": round(seconds, 3),
        **bench(space, clicks, seed=1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--clicks", type=int, default=60)
    parser.add_argument("--only", default="")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = {}
    for name, make in models(arguments.data).items():
        if arguments.only in name:
            found[name] = measure(make(), arguments.clicks)
            if not arguments.json:
                print(_line(name, found[name]), flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if arguments.json:
        print(json.dumps({"models": found, "peak_memory_mb": round(peak)}, indent=2))
    else:
        print(f"peak memory {peak:,.0f} MB")


def _line(name: str, facts: dict[str, Any]) -> str:
    text = (
        f"{name:28} {facts['nodes']:>7} nodes {facts['edges']:>7} edges"
        f"  compile {facts['compile_seconds']:6.2f} s  load {facts['load_ms']:5.1f} ms"
        f"  click {facts['p50_ms']:6.2f} ms"
        f" (p95 {facts['p95_ms']:6.2f}, p99 {facts['p99_ms']:6.2f})"
        f"  all {facts['all_p50_ms']:6.2f} ms"
        f"  first {facts['first_click_ms']:5.1f} ms"
        f"  SAT {facts['sat_p50_ms']:8.1f} ms = {facts['ratio']:7.1f} times"
        f"  own SAT {facts['own_sat_p50_ms']:8.1f} ms"
    )
    goal = GOALS.get(name, (5.0, 1.0, 0))
    met = (
        facts["compile_seconds"] <= goal[0]
        and facts["p50_ms"] <= goal[1]
        and facts["ratio"] >= goal[2]
    )
    return f"{text}  {'ok' if met else 'GOAL MISSED'}"


if __name__ == "__main__":
    main()
