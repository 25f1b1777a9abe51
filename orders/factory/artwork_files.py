"""A customer's artwork as files for the machines: as it came, as it is placed, and ink by ink."""

import csv
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from PIL import Image

from configurator.wizard.models import Artwork
from configurator.wizard.preview.artwork import artwork_path
from configurator.wizard.preview.color_names import color_name
from configurator.wizard.preview.inks import plates
from configurator.wizard.preview.placed import placed_large

DPI = 600
LARGEST = 5000  # px of the longer side
WITHOUT_MEASURE = 2400  # px of the longer side where no true size is known
SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same content is the same archive


@dataclass(frozen=True)
class File:
    """A file to be taken from a work order's page."""

    data: bytes
    media_type: str
    suffix: str


def original(item: Mapping[str, Any]) -> File:
    """The file as it came, without metadata; OSError if it is gone."""
    stored = Artwork.objects.filter(sha=item["sha"]).first()
    if stored is not None and stored.original:
        kind = stored.original_type
        return File(artwork_path(stored.original).read_bytes(), kind, SUFFIXES.get(kind, "bin"))
    data = artwork_path(str(item["sha"])).read_bytes()
    kind = stored.media_type if stored else "image/png"
    return File(data, kind, SUFFIXES.get(kind, "bin"))


def placed(item: Mapping[str, Any]) -> File:
    """What lies in the place, at true size, transparent where nothing is made."""
    image, dpi = _placed(item)
    return File(_png(image, dpi), "image/png", "png")


def separated(item: Mapping[str, Any]) -> File:
    """A zip with one plate an ink, black where it is laid down, and a list of the inks."""
    image, dpi = _placed(item)
    rows = [["plate", "color", "name", "percent"]]
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, plate in enumerate(plates(image, int(item.get("inks") or 1)), 1):
            color = "#{:02x}{:02x}{:02x}".format(*plate.color)
            name = f"{number}-{slugify(color_name(plate.color))}-{color[1:]}.png"
            laid = plate.mask.point(lambda value: 255 - value).convert("1")
            _add(archive, name, _png(laid, dpi))
            rows.append([name, color, color_name(plate.color), f"{plate.share * 100:.1f}"])
        listed = io.StringIO()
        csv.writer(listed).writerows(rows)
        _add(archive, "inks.csv", listed.getvalue().encode())
    return File(to.getvalue(), "application/zip", "zip")


def _placed(item: Mapping[str, Any]) -> tuple[Image.Image, float]:
    """The picture in its place, and its pixels an inch (0 if no measure is known)."""
    box = item.get("box")
    shape = box or item.get("shape") or (item.get("width") or 1, item.get("height") or 1)
    scale = WITHOUT_MEASURE / max(shape)
    if box:
        scale = min(DPI / 25.4, LARGEST / max(box))
    size = max(1, round(shape[0] * scale)), max(1, round(shape[1] * scale))
    reference = str(item.get("reference") or item["sha"])
    return placed_large(reference, size), scale * 25.4 if box else 0


def _png(image: Image.Image, dpi: float) -> bytes:
    to = io.BytesIO()
    told = {"dpi": (dpi, dpi)} if dpi else {}
    image.save(to, "PNG", compress_level=3, **told)
    return to.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)


FILES = {"original": original, "placed": placed, "inks": separated}
