"""Pictures of values: the catalog's, or what of the product a choice changes.

For an option shown as cards whose values differ on the picture, every value is drawn by the
renderer on the cheapest design, and all are cropped to the part in which they differ: the saddles
on the card show saddles, large. Made once a release and kept beside the pictures.
"""

import hashlib
import io
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from PIL import Image, ImageChops

from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import ChoiceInfo, OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.engine import EngineError
from configurator.wizard.answers import completed
from configurator.wizard.preview.rendering import compose, scene_of

LOOK = 1  # raise it when the same release would be cropped differently
DRAWN = 1200  # px, the width at which values are compared
SIZE = (360, 240)
NOTICEABLE = 12  # of 255: smaller differences of a pixel do not count
MARGIN = 0.10
SMALLEST = 0.22  # of the picture's width: no crop is closer than this

_lock = Lock()


@lru_cache(maxsize=64)
def pictured_options(product: ReleasedProduct) -> frozenset[str]:
    """The options whose values have pictures."""
    uses = scene_of(product).uses if product.picture else frozenset()
    return frozenset(
        code
        for code, option in product.options.items()
        if option.control == "cards" and (code in uses or any(c.image for c in option.choices))
    )


def value_thumb(product: ReleasedProduct, code: str, value: str) -> bytes:
    """The WebP picture of a value; KeyError if the option or value has none."""
    if code not in pictured_options(product):
        raise KeyError(code)
    option = product.options[code]
    choice = option.choice(value)
    if choice is None:
        raise KeyError(value)
    path = _place(product, option, choice)
    if not path.exists():
        with _lock:
            if not path.exists():
                _make(product, option)
    return path.read_bytes()


def _place(product: ReleasedProduct, option: OptionInfo, choice: ChoiceInfo) -> Path:
    name = f"{LOOK} {product.sha} {option.code} {choice.code}"
    key = hashlib.sha256(name.encode()).hexdigest()
    return Path(settings.PICTURES_DIR) / "values" / f"{key}.webp"


def _make(product: ReleasedProduct, option: OptionInfo) -> None:
    """Write the pictures of all values of an option."""
    drawn: dict[str, Image.Image] = {}
    if not all(choice.image for choice in option.choices):
        drawn = _drawn(product, option)
        box = _frame(list(drawn.values()))
        drawn = {code: image.crop(box) for code, image in drawn.items()}
    for choice in option.choices:
        image = _given(choice) if choice.image else drawn[choice.code]
        _keep(_place(product, option, choice), image.resize(SIZE, Image.Resampling.LANCZOS))


def _drawn(product: ReleasedProduct, option: OptionInfo) -> dict[str, Image.Image]:
    """The product with each value, everything else as near as possible to the cheapest design."""
    base = completed(product, Configuration())
    images = {}
    for choice in option.choices:
        try:
            whole = product.space.complete({option.code: choice.code}, prefer=base.choices)
        except EngineError:  # no design has this value
            whole = base.choices
        images[choice.code] = compose(product, Configuration(whole), DRAWN)
    return images


def _frame(images: list[Image.Image]) -> tuple[int, int, int, int]:
    """The part in which the images differ, with a margin, in the shape of a card's picture."""
    width, height = images[0].size
    boxes = [box for image in images[1:] if (box := _differing(images[0], image))]
    if not boxes:
        boxes = [(0, 0, width, height)]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    shape = SIZE[0] / SIZE[1]
    wide = max(right - left, (bottom - top) * shape) * (1 + 2 * MARGIN)
    wide = min(max(wide, width * SMALLEST), width, height * shape)
    high = wide / shape
    x = min(max((left + right - wide) / 2, 0), width - wide)
    y = min(max((top + bottom - high) / 2, 0), height - high)
    return round(x), round(y), round(x + wide), round(y + high)


def _differing(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    difference = ImageChops.difference(one, other).convert("L")
    return difference.point([0] * NOTICEABLE + [255] * (256 - NOTICEABLE)).getbbox()


def _given(choice: ChoiceInfo) -> Image.Image:
    """The catalog's own picture of a choice, cut to the shape of a card's picture."""
    with Image.open(Path(settings.MEDIA_ROOT) / choice.image) as opened:
        image = opened.convert("RGBA")
    ground = Image.new("RGBA", image.size, "#f2ece2")
    plain = Image.alpha_composite(ground, image).convert("RGB")
    shape = SIZE[0] / SIZE[1]
    wide = min(plain.width, plain.height * shape)
    high = wide / shape
    left, top = (plain.width - wide) / 2, (plain.height - high) / 2
    return plain.crop((round(left), round(top), round(left + wide), round(top + high)))


def _keep(path: Path, image: Image.Image) -> None:
    """Write beside and rename, so that a reader never sees half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    image.save(written, "WEBP", quality=82, method=2)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as opened:
        opened.write(written.getvalue())
    Path(temporary).replace(path)
