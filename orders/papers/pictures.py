"""Pictures for paper, all as JPEG: the product as the wizard draws it, and uploaded artwork."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.preview import render_picture
from configurator.wizard.preview.artwork import artwork_path

WIDTH = 1200  # pixels of the product's picture: 300 dpi at 10 cm
LARGEST = 1600  # pixels of the longer side of artwork


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


def as_jpeg(data: bytes) -> bytes:
    """A stored picture on white, no larger than is useful in print."""
    with Image.open(BytesIO(data)) as opened:
        image = opened.convert("RGBA")
    image.thumbnail((LARGEST, LARGEST))
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    buffer = BytesIO()
    ground.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()
