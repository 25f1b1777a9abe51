"""Pictures in a file: JPEG as it comes, named by its content, in sRGB with the profile."""

import hashlib
from dataclasses import dataclass

from orders.papers.pen import jpeg_size
from personalization.brochures.press.objects import Entries, Writer, reference


@dataclass(frozen=True)
class Picture:
    """A JPEG (three channels of eight bits)."""

    name: str
    data: bytes
    width: int
    height: int


def picture(data: bytes) -> Picture:
    across, up = jpeg_size(data)
    return Picture(f"P{hashlib.sha256(data).hexdigest()[:24]}", data, across, up)


def entries(width: int, height: int, color_space: int) -> Entries:
    """What is said of a picture in a file whose sRGB is that object."""
    return {
        "Type": "XObject",
        "Subtype": "Image",
        "Width": width,
        "Height": height,
        "BitsPerComponent": 8,
        "ColorSpace": reference(color_space),
        "Filter": "DCTDecode",
    }


def embed(writer: Writer, shown: Picture, color_space: int) -> int:
    """Write a picture; its number."""
    return writer.stream(entries(shown.width, shown.height, color_space), shown.data)
