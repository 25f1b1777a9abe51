"""Reading and writing models; the suffix of a file tells the format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from configurator.engine.artifact import write
from configurator.engine.errors import FormatError
from configurator.engine.formats import files
from configurator.engine.formats.dimacs import read_dimacs
from configurator.engine.formats.uvl import read_uvl
from configurator.engine.formats.uvl_write import write_uvl
from configurator.engine.formats.xcsp import read_xcsp
from configurator.engine.formats.xcsp_write import write_xcsp
from configurator.engine.formats.yaml import read_yaml, write_yaml
from configurator.engine.model import Model

READERS: dict[str, Callable[[bytes], Model]] = {
    ".cnf": read_dimacs,
    ".dimacs": read_dimacs,
    ".uvl": read_uvl,
    ".xml": read_xcsp,
    ".yaml": read_yaml,
    ".yml": read_yaml,
}
WRITERS: dict[str, Callable[[Model], bytes]] = {
    ".uvl": write_uvl,
    ".xml": write_xcsp,
    ".yaml": write_yaml,
    ".yml": write_yaml,
}


def load_model(path: Path | str) -> Model:
    """The model in a file; FormatError when it cannot be read."""
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise FormatError(f"{path.name}: models are read from {known} files.")
    try:
        data = files.content(path)
        return read_uvl(data, path.parent) if reader is read_uvl else reader(data)
    except FormatError as error:
        raise FormatError(f"{path.name}: {error}") from None


def save_model(model: Model, path: Path | str) -> None:
    """Write the model in the format of the path's suffix; FormatError when that cannot hold it."""
    path = Path(path)
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        known = ", ".join(sorted(WRITERS))
        raise FormatError(f"{path.name}: models are written to {known} files.")
    try:
        write(writer(model), path)
    except OSError as error:
        raise FormatError(f"{path}: {error.strerror or error}.") from None
