"""Pictures that customers upload: checked, cleaned, and kept by their content.

What is shown is never the uploaded file but a picture drawn anew from its pixels: no metadata, no
hidden payload, upright, in sRGB. For the factory the file itself is kept as well, without its
metadata (`originals`).
"""

import contextlib
import hashlib
import io
import re
import struct
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from configurator.catalog.sentences import joined
from configurator.engine.whole import whole_file
from configurator.wizard.preview.originals import stripped

ACCEPT = ("png", "jpeg", "webp")
MAX_PIXELS = 40_000_000
FORGOTTEN = 3600.0  # seconds after which nobody is writing a file any more
FORMATS = {"PNG": "png", "JPEG": "jpeg", "MPO": "jpeg", "WEBP": "webp"}

_SHA = re.compile(r"[0-9a-f]{64}")
_BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, struct.error),
    *(TypeError, IndexError, KeyError, OverflowError, MemoryError),
)


class ArtworkError(Exception):
    """The file cannot be used; `str()` says why and what to do, for the customer."""


@dataclass(frozen=True)
class CleanArtwork:
    """A checked picture: its pixels (RGB or RGBA) and the bytes that are kept."""

    image: Image.Image
    data: bytes
    media_type: str
    original: bytes | None = None  # the file without its metadata, as far as that is another one
    original_type: str = ""

    @property
    def sha(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def open_artwork(
    source: Path | BinaryIO,
    *,
    accept: tuple[str, ...] = ACCEPT,
    max_bytes: int | None = None,
    minimum_pixels: int | None = None,
    originals: bool = False,
) -> CleanArtwork:
    """Check and clean an uploaded file.

    `minimum_pixels` is the least length of the shorter side; `originals` asks for the file itself,
    too. Raises ArtworkError.
    """
    data = _read(source, max_bytes)
    image = _opened(data, accept)
    _check_size(image, minimum_pixels)
    kind = FORMATS[image.format or ""]
    cleaned = _cleaned(image)
    original = stripped(data) if originals else None
    if original is None or original == cleaned.data:
        return cleaned
    return replace(cleaned, original=original, original_type=f"image/{kind}")


def _read(source: Path | BinaryIO, max_bytes: int | None) -> bytes:
    most = max_bytes or 64 * 1024 * 1024
    if isinstance(source, Path):
        with source.open("rb") as opened:
            data = opened.read(most + 1)
    else:
        data = source.read(most + 1)
    if not data:
        raise ArtworkError(_("This file is empty."))
    if len(data) > most:
        megabytes = most // (1024 * 1024)
        raise ArtworkError(
            _("This file is larger than %(size)d MB. Save it smaller and try again.")
            % {"size": megabytes}
        )
    return data


def _opened(data: bytes, accept: tuple[str, ...]) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ArtworkError(_too_many()) from None
    except _BROKEN:
        raise ArtworkError(_what_it_is(data, accept)) from None
    if FORMATS.get(image.format or "") not in accept:
        raise ArtworkError(_unsuited(image.format or "", accept))
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise ArtworkError(_("This is an animation. Please choose a picture that stands still."))
    return image


def _names(accept: tuple[str, ...]) -> str:
    names = [{"png": "PNG", "jpeg": "JPEG", "webp": "WebP"}.get(kind, kind) for kind in accept]
    return joined(names, _("%(list)s or %(last)s"))


def _unsuited(kind: str, accept: tuple[str, ...]) -> str:
    return _("This file is of the kind %(kind)s. Please save it as %(accept)s and try again.") % {
        "kind": kind,
        "accept": _names(accept),
    }


def _too_many() -> str:
    return _("This picture has more than %(most)d megapixels. Save it smaller and try again.") % {
        "most": MAX_PIXELS // 1_000_000
    }


def _what_it_is(data: bytes, accept: tuple[str, ...]) -> str:
    """What to say about a file that does not open as a picture."""
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith((b"\x89PNG", b"\xff\xd8", b"RIFF")):
        return _("This picture is damaged or incomplete. Please save it again and retry.")
    kinds = {
        "SVG": b"<svg" in data[:4096].lower() and head.startswith(b"<"),
        "GIF": head.startswith(b"GIF8"),
        "PDF": head.startswith(b"%PDF"),
        "HEIC": data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"),
        "AVIF": data[4:12] == b"ftypavif",
        "TIFF": head.startswith((b"II*\x00", b"MM\x00*")),
        "BMP": head.startswith(b"BM"),
    }
    kind = next((name for name, found in kinds.items() if found), "")
    if kind:
        return _unsuited(kind, accept)
    return _("This is not a picture. Please choose a file in %(accept)s.") % {
        "accept": _names(accept)
    }


def _check_size(image: Image.Image, minimum_pixels: int | None) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise ArtworkError(_too_many())
    if minimum_pixels and min(image.size) < minimum_pixels:
        raise ArtworkError(
            _(
                "This picture has %(width)d × %(height)d pixels; it needs at least %(least)d "
                "on its shorter side to look sharp."
            )
            % {"width": image.width, "height": image.height, "least": minimum_pixels}
        )


def _cleaned(image: Image.Image) -> CleanArtwork:
    is_photo = FORMATS[image.format or ""] == "jpeg"
    try:
        image.load()
        upright = ImageOps.exif_transpose(image)
        plain = _in_srgb(upright)
        if "A" in plain.getbands() and plain.getchannel("A").getextrema() == (255, 255):
            plain = plain.convert("RGB")
        return _written(_bare(plain), is_photo)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ArtworkError(_too_many()) from None
    except _BROKEN:
        raise ArtworkError(
            _("This picture is damaged or incomplete. Please save it again and retry.")
        ) from None


def _in_srgb(image: Image.Image) -> Image.Image:
    """RGB or RGBA, in sRGB as far as the picture says what its colors mean."""
    transparent = "A" in image.getbands() or "transparency" in image.info
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK") and not transparent:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if converted is not None:
                return converted
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the plain conversion is the best guess
    if image.mode.startswith("I"):  # 16 bits a channel
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert("RGBA" if transparent else "RGB")


def _bare(image: Image.Image) -> Image.Image:
    """The pixels alone."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _written(image: Image.Image, is_photo: bool) -> CleanArtwork:
    written = io.BytesIO()
    if is_photo and image.mode == "RGB":
        image.save(written, "JPEG", quality=92, subsampling=0)
        return CleanArtwork(image, written.getvalue(), "image/jpeg")
    image.save(written, "PNG", compress_level=6)
    return CleanArtwork(image, written.getvalue(), "image/png")


# Keeping


def artwork_path(sha: str) -> Path:
    """Where the artwork with this sha256 lies; raises ValueError for anything else."""
    if not _SHA.fullmatch(sha):
        raise ValueError("not the sha256 of an artwork")
    return Path(settings.MEDIA_ROOT) / "artwork" / sha[:2] / sha


def keep_artwork(artwork: CleanArtwork) -> Path:
    """Write a cleaned artwork under its content's name, once, and never half."""
    return _keep(artwork_path(artwork.sha), artwork.data)


def keep_original(artwork: CleanArtwork) -> str:
    """Write the file as it came, for the factory; its sha256, "" where the cleaned one serves."""
    if artwork.original is None:
        return ""
    sha = hashlib.sha256(artwork.original).hexdigest()
    _keep(artwork_path(sha), artwork.original)
    return sha


def _keep(path: Path, data: bytes) -> Path:
    if path.exists():
        return path
    with whole_file(path) as opened:
        opened.write(data)
    _sweep(path.parent)
    return path


def _sweep(folder: Path) -> None:
    """Delete what killed writers left long ago; a failure costs only space."""
    for left in folder.glob(".new-*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > FORGOTTEN:
                left.unlink()
