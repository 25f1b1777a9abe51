"""Photos of defects: checked, drawn anew from their pixels, and kept by content."""

import hashlib
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from configurator.engine.whole import whole_file
from configurator.wizard.preview import ArtworkError, open_artwork
from orders.factory.services import BadEntry

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Upload = UploadedFile[bytes]

MAX_BYTES = 16 * 1024 * 1024
LARGEST = 1600  # pixels of the longer side
SHA = re.compile(r"[0-9a-f]{64}")


def keep(upload: "Upload | None") -> str:
    """Store an uploaded photo; its hash, "" without one. BadEntry says what is wrong with it."""
    if upload is None or upload.file is None:
        return ""
    upload.file.seek(0)
    try:
        image = open_artwork(BytesIO(upload.file.read(MAX_BYTES + 1)), max_bytes=MAX_BYTES).image
    except ArtworkError as error:
        raise BadEntry("photo", str(error)) from None
    small = image.convert("RGB")
    small.thumbnail((LARGEST, LARGEST))
    written = BytesIO()
    small.save(written, "JPEG", quality=85)
    return _write(written.getvalue())


def path_of(sha: str) -> Path:
    """Where the photo with this hash lies. ValueError for anything else."""
    if not SHA.fullmatch(sha):
        raise ValueError("not the hash of a photo")
    return Path(settings.MEDIA_ROOT) / "photos" / sha[:2] / f"{sha}.jpg"


def _write(data: bytes) -> str:
    """The file appears whole or not at all."""
    sha = hashlib.sha256(data).hexdigest()
    target = path_of(sha)
    if target.exists():
        return sha
    with whole_file(target) as file:
        file.write(data)
    return sha
