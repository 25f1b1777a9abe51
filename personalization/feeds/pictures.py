"""Square pictures for ads: as the shop shows them, their ground drawn on above and below."""

from functools import lru_cache
from io import BytesIO

from PIL import Image

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.preview import render_picture

SIDE = 1080  # px; Google wants 100 at least, Meta 500


def square(product: ReleasedProduct, whole: Configuration) -> bytes:
    """The picture as a JPEG."""
    return _squared(render_picture(product, whole, width=SIDE, format="jpeg"))


@lru_cache(maxsize=64)
def _squared(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as opened:
        image = opened.convert("RGB")
    if image.height > SIDE:
        image = image.resize((round(image.width * SIDE / image.height), SIDE))
    canvas = Image.new("RGB", (SIDE, SIDE))
    left, top = (SIDE - image.width) // 2, (SIDE - image.height) * 2 // 5
    low = SIDE - top - image.height
    if image.width < SIDE:
        canvas.paste(image.resize((1, 1)).resize((SIDE, SIDE)))
    if top > 0:
        canvas.paste(_row(image, 0).resize((image.width, top)), (left, 0))
    if low > 0:
        canvas.paste(_row(image, image.height - 1).resize((image.width, low)), (left, SIDE - low))
    canvas.paste(image, (left, top))
    written = BytesIO()
    canvas.save(written, "JPEG", quality=88)
    return written.getvalue()


def _row(image: Image.Image, y: int) -> Image.Image:
    """A row of pixels, smoothed."""
    row = image.crop((0, y, image.width, y + 1))
    return row.resize((24, 1), Image.Resampling.BOX).resize(
        (image.width, 1), Image.Resampling.BICUBIC
    )
