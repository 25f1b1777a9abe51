"""What somebody has uploaded to be imported: kept for a day, until it is looked at and confirmed.

An upload lies alone in a folder that is named by its random key and its owner, under its own name,
which says its format.
"""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.text import get_valid_filename

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 256 * 1024 * 1024
MOST_A_PERSON = 20
KEPT_SECONDS = 24 * 60 * 60
LONGEST_STEM = 80


def keep_upload(*, upload: "UploadedFile[Any]", owner: int) -> UUID:
    """Store an upload; its key. The file appears whole or not."""
    sweep(owner)
    key = uuid4()
    scratch = _root() / f".{key}"
    scratch.mkdir(parents=True)
    with (scratch / _name(upload.name or "")).open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    scratch.replace(_folder(key, owner))
    return key


def kept_upload(key: UUID, owner: int) -> Path | None:
    """The file of an upload of this person; None where there is none, or not anymore."""
    folder = _folder(key, owner)
    return next(iter(folder.iterdir()), None) if folder.is_dir() else None


def drop_upload(key: UUID, owner: int) -> None:
    shutil.rmtree(_folder(key, owner), ignore_errors=True)


def sweep(owner: int) -> None:
    """Forget what is older than a day, and what a person has too many of."""
    oldest = time.time() - KEPT_SECONDS
    mine = []
    for folder, made in list(_folders()):
        if made < oldest:
            shutil.rmtree(folder, ignore_errors=True)
        elif folder.name.endswith(f".{owner}"):
            mine.append((made, folder))
    for _made, folder in sorted(mine, reverse=True)[MOST_A_PERSON - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _folders() -> Iterator[tuple[Path, float]]:
    for folder in _root().iterdir() if _root().is_dir() else ():
        try:
            yield folder, folder.stat().st_mtime
        except OSError:
            continue  # somebody else has just swept it


def _root() -> Path:
    return Path(settings.IMPORTS_DIR)


def _folder(key: UUID, owner: int) -> Path:
    return _root() / f"{key}.{owner}"


def _name(name: str) -> str:
    """A name that is safe to have on a disk, with the ending that says the format."""
    plain = Path(name.replace("\\", "/").rpartition("/")[2] or "file")
    stem = get_valid_filename(plain.stem.strip(". ") or "file")[:LONGEST_STEM]
    return f"{stem}{plain.suffix.lower()[:12]}" if plain.suffix.isascii() else stem
