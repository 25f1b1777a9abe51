"""Finished papers on disk: PAPERS_DIR/<sha>.pdf (labels also .zpl), whole or absent.

A file is written under another name, forced to disk, and renamed. Its row is written by the
caller afterwards, so a row never names a paper that is not there; and should a file be lost, the
same facts give the same bytes again.
"""

import contextlib
import os
import tempfile
import time
from pathlib import Path

from django.conf import settings

END = b"%%EOF"
PDF, ZPL = ".pdf", ".zpl"
PART = ".part"
FORGOTTEN = 3600.0  # seconds after which nobody is writing a part any more
_swept: dict[Path, float] = {}  # folders and when this process last swept them


def path(sha: str, suffix: str = PDF) -> Path:
    """Where the paper lies. ValueError if `sha` is no SHA-256."""
    if len(sha) != 64 or not set(sha) <= set("0123456789abcdef"):
        raise ValueError("A paper is named by a SHA-256.")
    return Path(settings.PAPERS_DIR) / f"{sha}{suffix}"


def has(sha: str, suffix: str = PDF) -> bool:
    return path(sha, suffix).is_file()


def read(sha: str, suffix: str = PDF) -> bytes | None:
    """The paper's bytes, or None if it is not there."""
    try:
        return path(sha, suffix).read_bytes()
    except FileNotFoundError:
        return None


def keep(sha: str, data: bytes, suffix: str = PDF) -> Path:
    """Store a finished paper; one that is there already is left as it is. OSError: disk full …"""
    target = path(sha, suffix)
    if target.is_file():
        return target
    if suffix == PDF and not (data.startswith(b"%PDF-") and END in data[-32:]):
        raise ValueError("This is not a whole PDF.")
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{sha[:12]}-", suffix=PART)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    _sync_folder(target.parent)
    _sweep_sometimes(target.parent)
    return target


def sweep(folder: Path) -> int:
    """Delete the parts that killed writers left long ago; how many went."""
    gone = 0
    for entry in os.scandir(folder):
        if entry.name.startswith(".") and entry.name.endswith(PART):
            with contextlib.suppress(FileNotFoundError):
                if time.time() - entry.stat().st_mtime > FORGOTTEN:
                    os.unlink(entry.path)
                    gone += 1
    return gone


def _sweep_sometimes(folder: Path) -> None:
    """Sweep at the first paper of a process, and then once an hour; a failure costs only space."""
    now = time.monotonic()
    if now - _swept.get(folder, -FORGOTTEN) >= FORGOTTEN:
        _swept[folder] = now
        with contextlib.suppress(OSError):
            sweep(folder)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where folders can be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
