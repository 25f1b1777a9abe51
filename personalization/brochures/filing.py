"""Files of runs: BROCHURES_DIR/<run>/<sha>.pdf, whole or absent, and gone after a while."""

import hashlib
import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings

from configurator.engine.whole import whole_file

SHEETS = "sheets.pdf"


def folder(run: UUID) -> Path:
    return Path(settings.BROCHURES_DIR) / run.hex


def path(run: UUID, sha: str) -> Path:
    """Where a brochure lies. ValueError if `sha` is no SHA-256."""
    if len(sha) != 64 or not set(sha) <= set("0123456789abcdef"):
        raise ValueError("A brochure is named by a SHA-256.")
    return folder(run) / sha[:2] / f"{sha}.pdf"


def sheets(run: UUID) -> Path:
    return folder(run) / SHEETS


def keep(run: UUID, data: bytes) -> str:
    """Store a brochure; its name. The same bytes are stored once. OSError: disk full …"""
    sha = hashlib.sha256(data).hexdigest()
    target = path(run, sha)
    if not (target.is_file() and target.stat().st_size == len(data)):
        with whole_file(target) as file:
            file.write(data)
    return sha


def read(run: UUID, sha: str) -> bytes:
    """FileNotFoundError if it is gone."""
    return path(run, sha).read_bytes()


def drop(run: UUID, sha: str) -> None:
    """One brochure is gone."""
    if sha:
        path(run, sha).unlink(missing_ok=True)


def drop_sheets(run: UUID) -> None:
    sheets(run).unlink(missing_ok=True)


def drop_all(run: UUID) -> None:
    """All files of a run are gone."""
    shutil.rmtree(folder(run), ignore_errors=True)
