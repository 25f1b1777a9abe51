"""Reading models from files; the suffix tells the format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from configurator.engine.errors import FormatError
from configurator.engine.formats.dimacs import read_dimacs
from configurator.engine.formats.xcsp import read_xcsp
from configurator.engine.model import Model

LARGEST = 100_000_000
READERS: dict[str, Callable[[bytes], Model]] = {
    ".cnf": read_dimacs,
    ".dimacs": read_dimacs,
    ".xml": read_xcsp,
}


def load_model(path: Path | str) -> Model:
    """The model in a file; FormatError when it cannot be read."""
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise FormatError(f"{path.name}: models are read from {known} files.")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise FormatError(f"{path.name} has {size:,} bytes; the most is {LARGEST:,}.")
        data = path.read_bytes()
    except OSError as error:
        raise FormatError(f"{path}: {error.strerror or error}.") from None
    try:
        return reader(data)
    except FormatError as error:
        raise FormatError(f"{path.name}: {error}") from None
