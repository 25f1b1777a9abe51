"""Pictures for paper, all as JPEG: the product as the wizard draws it, and uploaded artwork."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.preview import render_picture
from configurator.wizard.preview.artwork import artwork_path

WIDTH = 1200  # pixels of the product's picture: 300 dpi at 10 cm
LARGEST = 1600  # pixels of the longer side of artwork
SMALL = 360  # of an operation's picture: 300 dpi at 3 cm


def has_picture(product: ReleasedProduct) -> bool:
    """Whether anything is drawn of this product."""
    return bool((product.picture or {}).get("layers"))


def product_picture(product: ReleasedProduct, configuration: Configuration) -> bytes | None:
    """The product as designed, or None for a product without a picture."""
    if not has_picture(product):
        return None
    return render_picture(product, configuration, width=WIDTH, format="jpeg")


def artwork(content: Mapping[str, Any]) -> dict[str, bytes]:
    """The artwork of a specification by hash; a file that is gone is left out."""
    found: dict[str, bytes] = {}
    for item in content.get("files", ()):
        try:
            found[item["sha"]] = as_jpeg(artwork_path(item["sha"]).read_bytes())
        except (OSError, ValueError):
            continue
    return found


def of_operation(places: Iterable[str]) -> tuple[bytes, ...]:
    """An operation's pictures, small, from their places under MEDIA_ROOT; none that is gone."""
    found = []
    for place in places:
        try:
            path = in_media(str(place))
            found.append(_small(path, path.stat().st_mtime_ns))
        except (OSError, ValueError, Image.DecompressionBombError):
            continue
    return tuple(found)


def in_media(place: str) -> Path:
    """Where a file lies; ValueError if that is not under MEDIA_ROOT."""
    root = Path(settings.MEDIA_ROOT).resolve()
    path = (root / place).resolve()
    if not path.is_relative_to(root):
        raise ValueError("This is no file of ours.")
    return path


@lru_cache(maxsize=256)
def _small(path: Path, _changed: int) -> bytes:
    return as_jpeg(path.read_bytes(), SMALL)


def as_jpeg(data: bytes, largest: int = LARGEST) -> bytes:
    """A stored picture on white, no larger than is useful in print."""
    with Image.open(BytesIO(data)) as opened:
        image = opened.convert("RGBA")
    image.thumbnail((largest, largest))
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    buffer = BytesIO()
    ground.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()
