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
from configurator.wizard.preview.placed import placed_artwork

WIDTH = 1200  # pixels of the product's picture: 300 dpi at 10 cm
LARGEST = 1600  # pixels of the longer side of artwork
FINE_DPI = 400  # in which placed artwork is drawn, if that is not larger
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
    """The artwork of a specification by its reference; a file that is gone is left out.

    The specification has its sizes (`with_sizes`): what was placed is drawn as it lies in its box.
    """
    found: dict[str, bytes] = {}
    for item in content.get("files", ()):
        reference = str(item.get("reference") or item["sha"])
        try:
            found[reference] = _as_placed(item, reference)
        except (OSError, ValueError):
            continue
    return found


def _as_placed(item: Mapping[str, Any], reference: str) -> bytes:
    inks = int(item.get("inks") or 0)
    box = item.get("box") or item.get("shape")
    if not box or (reference == item["sha"] and not inks):
        return as_jpeg(artwork_path(item["sha"]).read_bytes())
    factor = min(FINE_DPI / 25.4, LARGEST / max(box)) if item.get("box") else LARGEST / max(box)
    size = max(1, round(box[0] * factor)), max(1, round(box[1] * factor))
    return on_white(placed_artwork(reference, size, inks, LARGEST))


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
    return on_white(image)


def on_white(image: Image.Image) -> bytes:
    """A picture (RGBA) as a JPEG on white."""
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    buffer = BytesIO()
    ground.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()
