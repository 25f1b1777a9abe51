"""Pictures that marketers upload: drawn anew from their pixels, in the sizes that pages want, and
kept by content."""

import os
import re
import tempfile
import time
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings
from PIL import Image

from configurator.catalog.media import sha256
from configurator.wizard.preview import open_artwork
from personalization.slots.models import Variant

MAX_BYTES = 12 * 1024 * 1024
WIDTHS = (480, 960, 1440)
NAMED = "file:"
"""How a variant names an uploaded picture, before its hash."""
KEPT_SECONDS = 24 * 60 * 60
SHA = re.compile(r"[0-9a-f]{64}")


def keep(file: IO[bytes]) -> str:
    """Store an uploaded picture; its name for a variant. ArtworkError says what is wrong."""
    sweep()
    image = open_artwork(BytesIO(file.read(MAX_BYTES + 1)), max_bytes=MAX_BYTES).image
    image = image.convert("RGBA" if image.mode in ("RGBA", "LA", "P", "PA") else "RGB")
    drawn = {width: _drawn(image, width) for width in WIDTHS}
    sha = sha256(drawn[WIDTHS[-1]])
    for width, data in drawn.items():
        _write(path_of(sha, width), data)
    return f"{NAMED}{sha}"


def path_of(sha: str, width: int) -> Path:
    """Where the picture with this hash lies, at least so wide. ValueError for anything else."""
    if not SHA.fullmatch(sha):
        raise ValueError("not the hash of a picture")
    made = next((each for each in WIDTHS if each >= width), WIDTHS[-1])
    return _root() / sha[:2] / f"{sha}-{made}.webp"


def sweep() -> int:
    """Delete the pictures that no variant shows, shown or switched off, and that nobody has
    uploaded within a day; how many files went. A page that is open keeps its pictures as long."""
    oldest, gone = time.time() - KEPT_SECONDS, 0
    old = [path for path in _root().glob("*/*.webp") if _touched(path) < oldest]
    rows = Variant.objects.filter(picture__startswith=NAMED) if old else Variant.objects.none()
    named = set(rows.values_list("picture", flat=True))
    scratches = [path for path in _root().glob("*/.new-*") if _touched(path) < oldest]
    unused = [path for path in old if f"{NAMED}{path.name[:64]}" not in named]
    for path in (*unused, *scratches):
        if _touched(path) < oldest:  # uploaded again meanwhile
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _touched(path: Path) -> float:
    """When it was uploaded last; for one that somebody else has just swept: now."""
    try:
        return path.stat().st_mtime
    except OSError:
        return time.time()


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "pages"


def _drawn(image: Image.Image, width: int) -> bytes:
    """Never larger than it is."""
    height = max(1, round(image.height * width / image.width))
    small = image.resize((width, height), Image.Resampling.LANCZOS)
    written = BytesIO()
    (small if width < image.width else image).save(written, "WEBP", quality=82, method=4)
    return written.getvalue()


def _write(target: Path, data: bytes) -> None:
    """The file appears whole or not at all."""
    if target.exists():
        with suppress(FileNotFoundError):
            os.utime(target)  # so that nobody sweeps it now
            return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(scratch).replace(target)
