"""The bytes of a model file, and lines that no person and no tool writes."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISDIR, S_ISREG

from configurator.engine.errors import FormatError

LARGEST = 60_000_000
LONGEST_LINE = 1_000_000


def content(path: Path) -> bytes:
    """The bytes of a plain file; pipes and devices need not end."""
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            kind = "a directory" if S_ISDIR(status.st_mode) else "no plain file"
            raise FormatError(f"this is {kind}.")
        if status.st_size > LARGEST:
            raise FormatError(f"this has {status.st_size:,} bytes; the most is {LARGEST:,}.")
        return path.read_bytes()
    except OSError as error:
        raise FormatError(f"{error.strerror or error}.") from None


def check_lines(data: bytes) -> None:
    """FormatError with its number for a line that is too long."""
    for number, line in enumerate(data.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            raise FormatError(
                f"line {number} has {len(line):,} bytes; the most is {LONGEST_LINE:,}."
            )
