"""A customer's picture as it lies in its place: cut, turned, without its ground, in these inks."""

from pathlib import Path

import numpy as np
from PIL import Image

from configurator.catalog.placements import Placement, placement_of, sha_of
from configurator.wizard.preview.artwork import artwork_path
from configurator.wizard.preview.inks import in_inks
from configurator.wizard.preview.plain_ground import without_ground
from configurator.wizard.preview.stock import scaled, stock, weight

SHARP, SHARPEST = 1000, 2000  # px; artwork is not decoded larger than this for a picture
FINEST = 6000  # px; nor larger than this for the factory

Size = tuple[int, int]


def placed_artwork(reference: str, size: Size, inks: int = 0, sharp: int = 0) -> Image.Image:
    """What is seen of the picture in a place of this size, RGBA. OSError if the file is gone.

    `inks` is the most colors that the process can lay down; 0 does not count them. `sharp` is the
    size in which the picture is read; 0 is what is enough for a picture of the product.
    """
    placement = placement_of(reference)
    if not sharp:
        sharp = SHARP if max(size) * placement.scale <= SHARP * 80 else SHARPEST
    key = ("placed", reference, size, inks, sharp)
    return stock.get(key, lambda: _placed(cleared(reference, inks, sharp), placement, size), weight)


def placed_large(reference: str, size: Size) -> Image.Image:
    """As `placed_artwork`, for the factory: from all pixels that there are, kept nowhere."""
    placement = placement_of(reference)
    path = artwork_path(sha_of(reference))
    return _placed(_cleared(path, placement.ground, 0, max(FINEST, *size)), placement, size)


def cleared(reference: str, inks: int = 0, sharp: int = SHARPEST) -> Image.Image:
    """The whole picture, its ground taken away and in its inks as the reference asks, RGBA."""
    sha, ground = sha_of(reference), placement_of(reference).ground
    key = ("cleared", sha, ground, inks, sharp)
    return stock.get(key, lambda: _cleared(artwork_path(sha), ground, inks, sharp), weight)


def _cleared(path: Path, ground: int, inks: int, sharp: int) -> Image.Image:
    with Image.open(path, formats=("PNG", "JPEG")) as opened:
        opened.draft("RGB", (sharp, sharp))
        picture = opened.convert("RGBA")
    if max(picture.size) > sharp:
        factor = sharp / max(picture.size)
        size = round(picture.width * factor), round(picture.height * factor)
        picture = scaled(picture, (max(1, size[0]), max(1, size[1])))
    if ground:
        picture = without_ground(picture, ground)
    return in_inks(picture, inks) if inks else picture


def cropped_size(width: int, height: int, placement: Placement) -> tuple[float, float]:
    """The pixels of a picture of this size that are left by the cropping."""
    return (
        width * (100 - placement.left - placement.right) / 100,
        height * (100 - placement.top - placement.bottom) / 100,
    )


def _placed(whole: Image.Image, placement: Placement, size: Size) -> Image.Image:
    picture = cropped(whole, placement)
    factor = min(size[0] / picture.width, size[1] / picture.height) * placement.scale / 100
    place = Image.new("RGBA", size)
    x = size[0] * (0.5 + placement.x / 1000)
    y = size[1] * (0.5 + placement.y / 1000)
    if not placement.angle:
        return _laid(place, picture, factor, (x, y))
    if factor < 1:
        smaller = max(1, round(picture.width * factor)), max(1, round(picture.height * factor))
        picture, factor = scaled(picture, smaller), 1.0
    return _turned(picture, size, factor, placement.angle, (x, y))


def cropped(picture: Image.Image, placement: Placement) -> Image.Image:
    """What is left of a picture when its sides are cut away."""
    width, height = picture.size
    left, top = round(width * placement.left / 100), round(height * placement.top / 100)
    right = width - round(width * placement.right / 100)
    bottom = height - round(height * placement.bottom / 100)
    return picture.crop((left, top, max(right, left + 1), max(bottom, top + 1)))


def _laid(
    place: Image.Image, picture: Image.Image, factor: float, middle: tuple[float, float]
) -> Image.Image:
    """Upright: only the part of the picture that lies in the place is scaled."""
    wide, high = picture.width * factor, picture.height * factor
    left, top = middle[0] - wide / 2, middle[1] - high / 2
    box = (
        max(0, round(left)),
        max(0, round(top)),
        min(place.width, round(left + wide)),
        min(place.height, round(top + high)),
    )
    if box[2] <= box[0] or box[3] <= box[1]:
        return place
    source = (
        *(max(0.0, (box[0] - left) / factor), max(0.0, (box[1] - top) / factor)),
        min(float(picture.width), (box[2] - left) / factor),
        min(float(picture.height), (box[3] - top) / factor),
    )
    how = Image.Resampling.BOX if factor <= 0.5 else Image.Resampling.LANCZOS
    size = box[2] - box[0], box[3] - box[1]
    part = picture.convert("RGBa").resize(size, how, box=source).convert("RGBA")
    place.paste(part, box[:2])
    return place


def _turned(
    picture: Image.Image, size: Size, factor: float, angle: int, middle: tuple[float, float]
) -> Image.Image:
    """Every pixel of the place looks up where it lies on the picture."""
    turn = np.radians(angle)
    cos, sin = float(np.cos(turn)) / factor, float(np.sin(turn)) / factor
    x, y = middle
    across = picture.width / 2 - cos * x - sin * y
    down = picture.height / 2 + sin * x - cos * y
    return picture.transform(
        size, Image.Transform.AFFINE, (cos, sin, across, -sin, cos, down), Image.Resampling.BICUBIC
    )
