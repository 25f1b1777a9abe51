"""What was computed once, on disk: pictures, and layers cut out in the size they are shown.

Everything here can be deleted at any time; it is made again. Files appear whole or not at all.
"""

import hashlib
import os
import struct
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from PIL import Image

from configurator.wizard.preview.stock import Cutout

_HEAD = struct.Struct("<4H")  # left, top, width, height


def keep(path: Path, data: bytes) -> None:
    """Write beside and rename, so that a reader never sees half; a full disk loses only speed."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
        Path(temporary).replace(path)
    except OSError:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def sweep(most_bytes: int) -> int:
    """Delete what was not read for longest until `most_bytes` are left; how many files went.

    The renderer sweeps now and then, so that forged or forgotten designs cannot fill the disk.
    """
    found = []
    for path in Path(settings.PICTURES_DIR).rglob("*"):
        try:
            facts = path.stat()
        except OSError:
            continue
        if path.is_file():
            found.append((max(facts.st_atime, facts.st_mtime), facts.st_size, path))
    left = sum(size for _used, size, _path in found)
    gone = 0
    for _used, size, path in sorted(found):
        if left <= most_bytes:
            break
        path.unlink(missing_ok=True)
        left, gone = left - size, gone + 1
    return gone


def kept_cutout(
    source: Path, size: tuple[int, int], make: Callable[[], Cutout | None]
) -> Cutout | None:
    """The layer file `source` cut out at this size: read back, or made and kept.

    Decoding a full-size layer takes some 30 ms, reading its cutout one.
    """
    path = _place(source, size)
    try:
        return _unpacked(path.read_bytes())
    except (OSError, ValueError, struct.error, zlib.error):
        made = make()
        keep(path, _packed(made))
        return made


def _place(source: Path, size: tuple[int, int]) -> Path:
    facts = source.stat()
    said = f"{source}|{facts.st_mtime_ns}|{facts.st_size}|{size}"
    name = hashlib.sha256(said.encode()).hexdigest()
    return Path(settings.PICTURES_DIR) / "layers" / name[:2] / f"{name}.cut"


def _packed(cutout: Cutout | None) -> bytes:
    if cutout is None:
        return _HEAD.pack(0, 0, 0, 0)
    head = _HEAD.pack(cutout.left, cutout.top, *cutout.mask.size)
    return head + zlib.compress(cutout.color.tobytes() + cutout.mask.tobytes(), 1)


def _unpacked(data: bytes) -> Cutout | None:
    """Raises ValueError or zlib.error for a file that was cut short."""
    left, top, width, height = _HEAD.unpack_from(data)
    if not width:
        return None
    pixels = zlib.decompress(data[_HEAD.size :])
    split = 3 * width * height
    color = Image.frombytes("RGB", (width, height), pixels[:split])
    return Cutout(color, Image.frombytes("L", (width, height), pixels[split:]), left, top)
