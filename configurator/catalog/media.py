"""Picture files of products, kept by content under MEDIA_ROOT."""

import hashlib
from pathlib import Path, PurePosixPath

from django.conf import settings

from configurator.engine.whole import whole_file

FOLDER = "catalog"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def place_of(sha: str, path: str) -> str:
    """Where the bytes with this hash lie, relative to MEDIA_ROOT."""
    suffix = PurePosixPath(path).suffix.lower().replace(".jpeg", ".jpg")
    return f"{FOLDER}/{sha[:2]}/{sha}{suffix}"


def is_kept(sha: str, path: str) -> bool:
    return (Path(settings.MEDIA_ROOT) / place_of(sha, path)).exists()


def keep(data: bytes, path: str) -> str:
    """Store the bytes of the picture file `path`; their hash. The file appears whole or not."""
    sha = sha256(data)
    target = Path(settings.MEDIA_ROOT) / place_of(sha, path)
    if is_kept(sha, path):
        return sha
    with whole_file(target, ".keeping-", 0o644) as file:
        file.write(data)
    return sha
