"""A compiled space as one file, mapped into memory when it is loaded.

Layout: a magic line, the format's version, the SHA-256 of everything that follows; then the
length of a JSON header, the header, and the arrays, each aligned to 64 bytes.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import struct
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from configurator.engine.codec import (
    frame_from_data,
    frame_to_data,
    rules_from_data,
    rules_to_data,
)
from configurator.engine.compile.compiler import Compiled
from configurator.engine.compile.contract import Arrays
from configurator.engine.compile.domains import Layers
from configurator.engine.compile.terms import Cells, Terms
from configurator.engine.diagram import Diagram
from configurator.engine.errors import ArtifactError
from configurator.engine.model import Model, Rule, Table
from configurator.engine.whole import whole_file

if TYPE_CHECKING:
    from configurator.engine.sat.space import SatSpace
    from configurator.engine.space import Space

MAGIC = b"customerize space\n"
VERSION = 3
PREFIX = len(MAGIC) + 4 + 32
ALIGNMENT = 64


def content(space: Space | SatSpace) -> bytes:
    """The file's bytes; the same model and engine give the same ones."""
    body = _pack(*_parts(space))
    return MAGIC + struct.pack("<I", VERSION) + hashlib.sha256(body).digest() + body


def _parts(space: Space | SatSpace) -> tuple[dict[str, Any], Arrays]:
    """The header and the arrays of a file."""
    from configurator.engine.sat.files import packed
    from configurator.engine.space import Space

    if not isinstance(space, Space):
        return packed(space.model, space.prover.encoded, space.note)
    compiled = space.compiled
    model = space.model
    diagram, terms = compiled.diagram, compiled.terms
    rules = json.dumps(rules_to_data(model), separators=(",", ":")).encode()
    arrays: Arrays = {
        "node_layer": diagram.node_layer,
        "first_edge": diagram.first_edge,
        "edge_value": diagram.edge_value,
        "edge_target": diagram.edge_target,
        "edge_amount": diagram.edge_amount,
        "weights": terms.weights,
        "days": terms.days,
        "rules": np.frombuffer(rules, np.uint8),
        **{f"cells:{name}": ids for name, ids in diagram.cells.items()},
        **{f"sweep:{name}": array for name, array in compiled.arrays.items()},
    }
    header = {
        "model": frame_to_data(model),
        "order": [variable.name for variable in compiled.layers.variables],
        "root_amount": diagram.root_amount,
        "constant": terms.constant,
        "cells": [_cells_to_data(cells) for cells in terms.cells],
    }
    return header, arrays


def _cells_to_data(cells: Cells) -> dict[str, Any]:
    return {
        "term": cells.term.name,
        "examples": [list(example) for example in cells.examples],
        "values": [list(pair) for pair in cells.values],
        "on_edges": cells.on_edges,
    }


def _pack(header: dict[str, Any], arrays: Arrays) -> bytes:
    places, chunks, offset = [], [], 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array).tobytes()
        padding = -offset % ALIGNMENT
        chunks += [bytes(padding), data]
        offset += padding
        places.append([name, array.dtype.str, list(array.shape), offset])
        offset += len(data)
    text = json.dumps({**header, "arrays": places}, separators=(",", ":")).encode()
    text += b" " * (-(PREFIX + 8 + len(text)) % ALIGNMENT)
    return struct.pack("<Q", len(text)) + text + b"".join(chunks)


def digest(data: bytes) -> str:
    """The name of a content: the hexadecimal SHA-256 in its head."""
    return data[PREFIX - 32 : PREFIX].hex()


def save(space: Space | SatSpace, path: Path) -> None:
    """Write to `path` atomically: a temporary file beside it, flushed to disk, then renamed."""
    write(content(space), Path(path))


def store(space: Space | SatSpace, folder: Path) -> Path:
    """Save under the content's own name; returns the path, which may have existed."""
    data = content(space)
    path = Path(folder) / f"{digest(data)}.space"
    if not path.exists():
        write(data, path)
    return path


def write(data: bytes, path: Path) -> None:
    with whole_file(path, f".{path.name}.", 0o644) as file:
        file.write(data)


def load(path: Path) -> Space | SatSpace:
    """Map the file and check it; raises ArtifactError when it cannot be used."""
    try:
        with open(path, "rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise ArtifactError(f"The compiled file {path} cannot be read: {error}.") from None
    if len(data) < PREFIX + 8 or data[: len(MAGIC)] != MAGIC:
        raise ArtifactError(f"{path} is not a compiled space.")
    (version,) = struct.unpack_from("<I", data, len(MAGIC))
    if version != VERSION:
        raise ArtifactError(
            f"{path} was compiled in the format {version}; this engine reads {VERSION}."
            " Compile it again."
        )
    view = memoryview(data)
    if hashlib.sha256(view[PREFIX:]).digest() != data[PREFIX - 32 : PREFIX]:
        raise ArtifactError(f"{path} is damaged. Compile it again.")
    return _open(view)


def _open(view: memoryview) -> Space | SatSpace:
    from configurator.engine.space import Space

    (length,) = struct.unpack_from("<Q", view, PREFIX)
    start = PREFIX + 8
    header = json.loads(bytes(view[start : start + length]))
    arrays = {
        name: _array(view, dtype, shape, start + length + offset)
        for name, dtype, shape, offset in header["arrays"]
    }
    if header.get("backend") == "sat":
        return _searched(header, arrays)
    frame = frame_from_data(header["model"])
    by_name = {variable.name: variable for variable in frame.variables}
    layers = Layers(tuple(by_name[name] for name in header["order"]))
    compiled = Compiled(
        layers,
        _diagram(arrays, header),
        _terms(frame, arrays, header),
        0.0,
        _named(arrays, "sweep:"),
    )
    return Space(frame, compiled, rules=_rules(arrays["rules"], frame))


def _searched(header: dict[str, Any], arrays: Arrays) -> SatSpace:
    from configurator.engine.sat.files import rules_of, unpacked
    from configurator.engine.sat.space import SatSpace

    frame, encoded, layers = unpacked(header, arrays)
    space = SatSpace.restored(frame, layers, encoded, rules_of(arrays, frame))
    space.note = header["note"]
    return space


def _array(view: memoryview, dtype: str, shape: list[int], offset: int) -> NDArray[Any]:
    count = int(np.prod(shape))
    return np.frombuffer(view, np.dtype(dtype), count, offset).reshape(shape)


def _rules(data: NDArray[Any], frame: Model) -> Callable[[], tuple[Rule | Table, ...]]:
    return lambda: rules_from_data(json.loads(data.tobytes()), frame.variables)


def _diagram(arrays: Arrays, header: dict[str, Any]) -> Diagram:
    return Diagram(
        arrays["node_layer"],
        arrays["first_edge"],
        arrays["edge_value"],
        arrays["edge_target"],
        arrays["edge_amount"],
        header["root_amount"],
        _named(arrays, "cells:"),
    )


def _named(arrays: Arrays, prefix: str) -> Arrays:
    return {name[len(prefix) :]: arrays[name] for name in arrays if name.startswith(prefix)}


def _terms(frame: Model, arrays: Arrays, header: dict[str, Any]) -> Terms:
    terms = {term.name: term for term in frame.terms}
    cells = [
        Cells(
            terms[data["term"]],
            tuple(tuple(example) for example in data["examples"]),
            tuple((value, cell) for value, cell in data["values"]),
            data["on_edges"],
        )
        for data in header["cells"]
    ]
    return Terms(arrays["weights"], arrays["days"], header["constant"], [], cells)
