"""An uploaded file as it came, without what it tells about its maker: for the factory.

Its pixels are not touched (full depth, CMYK, its color profile), but place, time, camera, comments,
thumbnails and whatever follows the picture's end are left out. What can't be taken apart safely is
not kept; the cleaned picture then serves.
"""

import io
import struct
import zlib

from PIL import Image

ORIENTATION = 0x0112
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"iCCP", b"sRGB", b"gAMA", b"cHRM"} | {
    *(b"pHYs", b"sBIT", b"cICP")
}
WEBP_KEPT = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"}
WEBP_FLAGS = 0x04 | 0x08  # of VP8X: XMP and EXIF are there
SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
ALONE = {0x01, *range(0xD0, 0xD8)}
COMMENT, APPS = 0xFE, range(0xE0, 0xF0)


def stripped(data: bytes) -> bytes | None:
    """The same picture without metadata; None if that can't be done and proved."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as before:
            turned = int(before.getexif().get(ORIENTATION, 1))
            kind = before.format
            bare = _bare(data, kind or "", turned)
            if bare is None or not _same(before, bare, turned):
                return None
            return bare
    except (OSError, ValueError, SyntaxError, struct.error, IndexError, zlib.error):
        return None


def _bare(data: bytes, kind: str, turned: int) -> bytes | None:
    if kind in ("JPEG", "MPO"):
        return _jpeg(data, turned)
    if turned != 1:  # only a JPEG is told again how it lies
        return None
    return _png(data) if kind == "PNG" else _webp(data)


def _same(before: Image.Image, bare: bytes, turned: int) -> bool:
    with Image.open(io.BytesIO(bare), formats=("PNG", "JPEG", "WEBP")) as after:
        exif = after.getexif()
        told = dict(exif) == ({ORIENTATION: turned} if turned != 1 else {})
        alike = after.size == before.size and after.mode == before.mode
        for image in (before, after):  # a JPEG's scans are copied; an eighth of it proves as much
            image.draft(image.mode, (image.width // 8, image.height // 8))
        return told and alike and after.tobytes() == before.tobytes()


def _jpeg(data: bytes, turned: int) -> bytes:
    """The segments that draw; ValueError for what is no JPEG."""
    kept = [b"\xff\xd8", _lying(turned)]
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        while data[at + 1] == 0xFF:  # fill bytes
            at += 1
        marker = data[at + 1]
        if marker == EOI:
            kept.append(b"\xff\xd9")
            return b"".join(kept)
        if marker in ALONE:
            at += 2
            continue
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + size
        if marker == SOS:
            end = _scan_end(data, end)
        if size < 2 or end > len(data):
            raise ValueError("cut off")
        if _draws(marker, data[at + 4 : end]):
            kept.append(data[at:end])
        at = end


def _scan_end(data: bytes, at: int) -> int:
    """Where the next marker stands that does not belong to the scan."""
    while True:
        at = data.index(b"\xff", at)
        following = data[at + 1]
        if following not in (0x00, 0xFF) and not 0xD0 <= following <= 0xD7:
            return at
        at += 1 if following == 0xFF else 2


def _draws(marker: int, content: bytes) -> bool:
    """Whether a segment is needed to draw: no comment, and of the applications' only a few."""
    if marker == COMMENT:
        return False
    if marker not in APPS:
        return True
    if content.startswith(b"JFIF\0"):
        return len(content) == 14  # a longer one has a thumbnail
    return content.startswith((b"ICC_PROFILE\0", b"Adobe"))


def _lying(turned: int) -> bytes:
    """The segment that tells how the picture lies, and nothing else."""
    if turned == 1:
        return b""
    entry = struct.pack("<HHIHH", ORIENTATION, 3, 1, turned, 0)
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _png(data: bytes) -> bytes:
    kept, at = [data[:8]], 8
    while True:
        size, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data):
            raise ValueError("cut off")
        if name in PNG_KEPT:
            kept.append(data[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end


def _webp(data: bytes) -> bytes:
    kept, at = [], 12
    end = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while at + 8 <= end:
        name, size = struct.unpack_from("<4sI", data, at)
        content = data[at + 8 : at + 8 + size]
        if len(content) < size:
            raise ValueError("cut off")
        if name == b"VP8X":
            content = bytes([content[0] & ~WEBP_FLAGS]) + content[1:]
        if name in WEBP_KEPT:
            kept.append(struct.pack("<4sI", name, size) + content + bytes(size % 2))
        at += 8 + size + size % 2
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body
