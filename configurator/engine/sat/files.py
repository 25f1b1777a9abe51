"""A searched space as a file: its clauses ready for the solver, in the frame of compiled ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from configurator.engine.codec import (
    frame_from_data,
    frame_to_data,
    rules_from_data,
    rules_to_data,
)
from configurator.engine.compile.domains import Ints, Layers
from configurator.engine.model import Model, Rule, Table
from configurator.engine.sat.prover import Encoded

Arrays = dict[str, Any]


def packed(
    model: Model, encoded: Encoded, note: Mapping[str, Any]
) -> tuple[dict[str, Any], Arrays]:
    """The header and the arrays of a file."""
    rules = json.dumps(rules_to_data(model), separators=(",", ":")).encode()
    header = {
        "backend": "sat",
        "model": frame_to_data(model),
        "names": list(encoded.rules),
        "everything": encoded.everything,
        "note": dict(note),
    }
    flat = [literal for clause in encoded.clauses for literal in clause]
    arrays = {
        "literals": np.array(flat, np.int32),
        "lengths": np.array([len(clause) for clause in encoded.clauses], np.int32),
        "values": np.array(encoded.values, np.int32),
        "selectors": np.array(encoded.selectors, np.int32),
        "rules": np.frombuffer(rules, np.uint8),
    }
    return header, arrays


def unpacked(header: dict[str, Any], arrays: Arrays) -> tuple[Model, Encoded, Layers]:
    """The model without its rules, and its clauses."""
    frame = frame_from_data(header["model"])
    encoded = Encoded(
        rules=tuple(header["names"]),
        values=arrays["values"].tolist(),
        selectors=arrays["selectors"].tolist(),
        conditions=[],
        everything=header["everything"],
        clauses=_clauses(arrays["literals"], arrays["lengths"]),
    )
    return frame, encoded, Layers(frame.variables)


def _clauses(literals: Ints, lengths: Ints) -> list[list[int]]:
    flat, clauses, start = literals.tolist(), [], 0
    for stop in np.cumsum(lengths).tolist():
        clauses.append(flat[start:stop])
        start = stop
    return clauses


def rules_of(arrays: Arrays, frame: Model) -> Callable[[], tuple[Rule | Table, ...]]:
    """Reads the rules when they are asked for."""
    data: bytes = arrays["rules"].tobytes()
    return lambda: rules_from_data(json.loads(data), frame.variables)
