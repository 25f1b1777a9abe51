"""The picture of a configuration: composed, encoded, and kept on disk by its content."""

import hashlib
import io
import json
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from django.conf import settings
from PIL import Image

from configurator.catalog.configuration import Configuration, value_to_json
from configurator.wizard.preview.cache import keep, sweep
from configurator.wizard.preview.formulas import Number
from configurator.wizard.preview.ground import contact_shadow, studio
from configurator.wizard.preview.painting import marks
from configurator.wizard.preview.scene import Scene, read_scene
from configurator.wizard.preview.stock import COARSE, Stock
from configurator.wizard.preview.view import Mark, View, define

if TYPE_CHECKING:
    from configurator.catalog.released import ReleasedProduct

Format = Literal["webp", "jpeg", "png", "avif"]

LOOK = 3  # raise it when the same scene would be painted differently
SMALLEST, LARGEST = 16, 2400  # px, the width of a picture
SHADOW: tuple[int, int, int] = (38, 28, 20)

SWEEP_EVERY = 2_000  # new pictures of a process
MOST_BYTES = 1024 * 1024 * 1024  # that kept pictures may take on disk
TRIED_BYTES = 16 * 1024 * 1024  # of pictures just made, in memory

_made = count(1)
_tried = Stock(TRIED_BYTES)
_EMPTY_SCENE: dict[str, Any] = {"width": 1200, "height": 900, "layers": []}


def render_picture(
    product: "ReleasedProduct",
    configuration: Configuration,
    *,
    width: int = 600,
    format: Format = "webp",
    view: str = "",
    only: str = "",
) -> bytes:
    """The picture of a configuration whose choices are complete, encoded.

    `view` is the code of a view, the first one where it is none; `only` the code of a layer to be
    painted without the others. The same configuration gives the same bytes. Texts and files that
    are missing leave their place empty.
    """
    if format not in ENCODERS:
        raise ValueError(f"no picture format {format!r}")
    width = max(SMALLEST, min(LARGEST, width))
    path = _place(picture_key(product, configuration, view, only), width, format)
    kept = _kept(path, format)
    if kept is not None:
        return kept
    data = _tried.get(
        path, lambda: _encoded(compose(product, configuration, width, view, only), format), len
    )
    keep(path, data)
    if next(_made) % SWEEP_EVERY == 0:
        sweep(MOST_BYTES)
    return data


def try_picture(
    product: "ReleasedProduct",
    configuration: Configuration,
    *,
    width: int,
    format: Format = "webp",
    view: str = "",
) -> bytes:
    """As `render_picture`, for what may never be saved: kept in memory alone, for a while."""
    width = max(SMALLEST, min(LARGEST, width))
    path = _place(picture_key(product, configuration, view), width, format)
    kept = _kept(path, format)
    if kept is not None:
        return kept
    return _tried.get(
        path, lambda: _encoded(compose(product, configuration, width, view), format), len
    )


def is_made(
    product: "ReleasedProduct", configuration: Configuration, width: int, format: Format, view: str
) -> bool:
    """Whether this picture lies ready on disk."""
    width = max(SMALLEST, min(LARGEST, width))
    return _place(picture_key(product, configuration, view), width, format).exists()


def picture_key(
    product: "ReleasedProduct", configuration: Configuration, view: str = "", only: str = ""
) -> str:
    """A hash which is the same for configurations that look the same."""
    scene = scene_of(product)
    used = scene.uses
    choices = {code: value_to_json(v) for code, v in configuration.choices.items() if code in used}
    texts = {code: text for code, text in configuration.texts.items() if code in used}
    files = {code: sha for code, sha in configuration.files.items() if code in used}
    facts: list[Any] = [LOOK, product.sha, choices, texts, files]
    if view in scene.views[1:] or only:  # the first view is what a picture shows anyway
        facts += [view, only]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def scene_of(product: "ReleasedProduct") -> Scene:
    """The scene of a release, read once a process."""
    return _scene(_Release(product))


class _Release:
    """A release as a key for a cache: the same content is the same scene."""

    def __init__(self, product: "ReleasedProduct") -> None:
        self.product = product

    def __hash__(self) -> int:
        return hash(self.product.sha)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Release) and other.product.sha == self.product.sha


@lru_cache(maxsize=64)
def _scene(release: _Release) -> Scene:
    product = release.product
    return read_scene(product.picture or _EMPTY_SCENE, product.schema)


def compose(
    product: "ReleasedProduct",
    configuration: Configuration,
    width: int,
    view: str = "",
    only: str = "",
) -> Image.Image:
    """The picture itself (RGB), `width` px wide."""
    seen = view_of(product, configuration, width, view)
    scene = seen.scene
    layers = tuple(each for each in scene.layers if not only or each.code == only)
    painted = list(marks(seen, layers))
    canvas = studio({} if only else scene.ground, *seen.size)
    if not only:
        _throw_shadow(canvas, seen, painted)
    for mark in painted:
        mark.put_on(canvas)
    return canvas


def view_of(
    product: "ReleasedProduct", configuration: Configuration, width: int, view: str = ""
) -> View:
    """What a picture of this width is painted from, the scene's own names computed."""
    scene = scene_of(product)
    scale = width / scene.width
    values: dict[str, Any] = {**configuration.texts, **configuration.choices}
    code = view if view in scene.views else next(iter(scene.views), "")
    define(values, scene.names(code))
    return View(
        product=product,
        scene=scene,
        values=values,
        texts=configuration.texts,
        files=configuration.files,
        size=(width, max(1, round(scene.height * scale))),
        scale=scale,
        view=code,
    )


def _throw_shadow(canvas: Image.Image, view: View, painted: list[Mark]) -> None:
    """The shadow of all that is painted, or of what stands between left, right and floor."""
    names: dict[str, Any] = {}
    define(names, tuple((key, _given(n, view)) for key, n in view.scene.shadow.items()))
    strength = float(names.get("strength", 1.0))
    if strength <= 0:
        return
    mask = _silhouette(canvas.size, painted)
    coarse = view.scale / COARSE
    box = (
        max(0, round(names.get("left", 0) * coarse)),
        0,
        min(mask.width, round(names.get("right", view.scene.width) * coarse)),
        min(mask.height, round(names.get("floor", view.scene.height) * coarse)),
    )
    standing = Image.new("L", mask.size)
    if box[2] > box[0] and box[3] > 0:
        standing.paste(mask.crop(box), box)
    shadow = contact_shadow(standing, min(strength, 2.0))
    if shadow is not None:
        band = _band(shadow, canvas.size)
        whole = shadow.resize(canvas.size, Image.Resampling.BILINEAR)
        canvas.paste(SHADOW, band, whole.crop(band))


def _band(shadow: Image.Image, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The rows of a canvas on which a coarse shadow falls: only these need paint."""
    box = shadow.getbbox() or (0, 0, 0, 0)
    step = size[1] / shadow.height
    return 0, max(0, int((box[1] - 2) * step)), size[0], min(size[1], int((box[3] + 2) * step) + 1)


def _given(number: Number, view: View) -> Number:
    return lambda _names: number(view.values)


def _silhouette(size: tuple[int, int], painted: list[Mark]) -> Image.Image:
    """Where the canvas will be covered, coarsely; what is half transparent does not count."""
    small = Image.new("L", (size[0] // COARSE + 1, size[1] // COARSE + 1))
    for mark in painted:
        if mark.look or mark.blend != "normal":
            continue
        cutout = mark.cutout
        if (solid := cutout.coarse) is not None:
            small.paste(255, (cutout.left // COARSE, cutout.top // COARSE), solid)
    return small


# Encoding and keeping


def _webp(image: Image.Image, to: io.BytesIO) -> None:
    image.save(to, "WEBP", quality=84, method=0)


def _avif(image: Image.Image, to: io.BytesIO) -> None:
    image.save(to, "AVIF", quality=62, speed=8)


def _jpeg(image: Image.Image, to: io.BytesIO) -> None:
    image.save(to, "JPEG", quality=88)


def _png(image: Image.Image, to: io.BytesIO) -> None:
    image.save(to, "PNG", compress_level=1)


ENCODERS = {"avif": _avif, "webp": _webp, "jpeg": _jpeg, "png": _png}


def _encoded(image: Image.Image, format: Format) -> bytes:
    written = io.BytesIO()
    ENCODERS[format](image, written)
    return written.getvalue()


def _place(key: str, width: int, format: Format) -> Path:
    return Path(settings.PICTURES_DIR) / key[:2] / f"{key}-{width}.{format}"


def _kept(path: Path, format: Format) -> bytes | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if _is_whole(data, format) else None


def _is_whole(data: bytes, format: Format) -> bool:
    """Whether nothing is cut off, as after a power failure."""
    if format == "webp":
        return data[:4] == b"RIFF" and int.from_bytes(data[4:8], "little") == len(data) - 8
    if format == "avif":
        return data[4:12] == b"ftypavif" and _boxes(data) == len(data)
    if format == "jpeg":
        return data[:2] == b"\xff\xd8" and data[-2:] == b"\xff\xd9"
    return data[:4] == b"\x89PNG" and data[-8:-4] == b"IEND"


def _boxes(data: bytes) -> int:
    """Where the last box of an ISO media file ends."""
    at = 0
    while at + 8 <= len(data) and (size := int.from_bytes(data[at : at + 4], "big")) >= 8:
        at += size
    return at
