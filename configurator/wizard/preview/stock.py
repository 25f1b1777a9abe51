"""Pictures that stay decoded in memory, newest first, within a budget of bytes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil, floor
from pathlib import Path
from threading import Lock
from typing import TypeVar

from django.conf import settings
from PIL import Image, ImageChops

MAX_BYTES = 160 * 1024 * 1024
REACH = 4
"""So many of the larger pixels around it one pixel is mixed of, at most."""
MAX_LAYER_PIXELS = 40_000_000

T = TypeVar("T")


class Stock:
    """A thread-safe cache that forgets what was used least recently when it grows too large."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._kept: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """What `key` names, made now if it is not at hand; `size` tells its bytes."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]  # type: ignore[return-value]
        made = make()
        self._keep(key, made, size(made))
        return made

    def _keep(self, key: Hashable, made: object, weight: int) -> None:
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = (made, weight)
            self._bytes += weight
            self._trim()

    @contextmanager
    def roomy(self, max_bytes: int) -> Iterator[None]:
        """Let it hold so much for a while, as for very many large pictures of one product."""
        before = self._max_bytes
        self._max_bytes = max(before, max_bytes)
        try:
            yield
        finally:
            with self._lock:
                self._max_bytes = before
                self._trim()

    def _trim(self) -> None:
        """Forget what is too much; held by the caller."""
        while self._bytes > self._max_bytes and len(self._kept) > 1:
            _key, (_made, freed) = self._kept.popitem(last=False)
            self._bytes -= freed

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0


stock = Stock()


def weight(image: Image.Image) -> int:
    """The bytes that a decoded image takes."""
    return image.width * image.height * len(image.getbands())


def layer_path(name: str, files: Mapping[str, str] | None) -> Path | None:
    """Where the layer file called `name` lies, or None when the product has none.

    `files` maps names to places under MEDIA_ROOT. Nothing outside of MEDIA_ROOT is ever opened.
    """
    place = name if files is None else files.get(name)
    if not place:
        return None
    try:
        return _found(str(settings.MEDIA_ROOT), place)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=4096)
def _found(media: str, place: str) -> Path:
    """Remembered once found: picture files are named by their content and never change."""
    root = Path(media).resolve()
    path = (root / place).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise FileNotFoundError(place)
    return path


def open_layer(path: Path) -> Image.Image:
    """The decoded layer file as RGBA."""
    with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as opened:
        if opened.width * opened.height > MAX_LAYER_PIXELS:
            raise ValueError(f"{path.name} is too large for a layer")
        return opened.convert("RGBA")


@dataclass(frozen=True)
class Cutout:
    """A layer cut to what is visible of it: color, coverage, and where it lies on the canvas."""

    color: Image.Image
    mask: Image.Image
    left: int
    top: int
    origin: "Cutout | None" = None  # what it was moved from

    @property
    def bytes(self) -> int:
        return weight(self.color) + weight(self.mask)

    @cached_property
    def coarse(self) -> Image.Image | None:
        """Where it is solid (255, else 0), a quarter the size; None for what is too thin."""
        if self.origin is not None:
            return self.origin.coarse
        wide, high = self.mask.width // COARSE, self.mask.height // COARSE
        if not wide or not high:
            return None
        small = self.mask.resize((wide, high), Image.Resampling.NEAREST)
        return ImageChops.add(small, small, 1 / 128, -256 * (SOLID - 1))

    def moved(self, left: int, top: int) -> "Cutout":
        """The same at another place."""
        return Cutout(self.color, self.mask, self.left + left, self.top + top, self)


COARSE = 4  # a silhouette is this much smaller
SOLID = 190  # of 255: what covers less is half transparent


def cut_out(image: Image.Image, left: int = 0, top: int = 0) -> Cutout | None:
    """`image` (RGBA) cropped to its visible part, or None when nothing is visible."""
    box = image.getchannel("A").getbbox()
    if box is None:
        return None
    visible = image.crop(box)
    return Cutout(visible.convert("RGB"), visible.getchannel("A"), left + box[0], top + box[1])


def scaled(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """`image` (RGBA) in another size; premultiplied, so that edges get no fringes."""
    if image.size == size:
        return image
    seen = image.getchannel("A").getbbox()
    whole = Image.new("RGBA", size)
    if seen is None:
        return whole
    across = _stretch(seen[0], seen[2], image.width, size[0])
    down = _stretch(seen[1], seen[3], image.height, size[1])
    # Most of a layer is empty: only what is seen is computed, with the pixels that it is mixed of.
    around = image.crop((across.first, down.first, across.last, down.last)).convert("RGBa")
    how = Image.Resampling.BOX if max(across.way, down.way) >= 2 else Image.Resampling.LANCZOS
    inside = across.begins, down.begins, across.ends, down.ends
    small = around.resize((across.end - across.start, down.end - down.start), how, inside)
    whole.paste(small.convert("RGBA"), (across.start, down.start))
    return whole


@dataclass(frozen=True)
class _Stretch:
    """Pixels `start` to `end` of a picture, which come of `first` to `last` of a larger or smaller
    one, and there of `begins` to `ends`; one of them is `way` of those wide."""

    way: float
    start: int
    end: int
    first: int
    last: int
    begins: float
    ends: float


def _stretch(start: int, end: int, old: int, new: int) -> _Stretch:
    """Where the pixels `start` to `end` of `old` have an effect on `new`."""
    way = old / new
    reach = ceil(REACH / min(1.0, way))
    left, right = max(0, floor(start / way) - reach), min(new, ceil(end / way) + reach)
    seam = ceil(REACH * max(1.0, way))
    first, last = max(0, floor(left * way) - seam), min(old, ceil(right * way) + seam)
    ends = min(right * way - first, float(last - first))
    return _Stretch(way, left, right, first, last, left * way - first, ends)
