"""Picture files that have another size than the picture which they must fill."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path as FilePath

from django.conf import settings
from PIL import Image

from configurator.catalog.braces import NAMED
from configurator.catalog.content import Content, Path

MOST_TOLD = 12
DEFAULT = (1200, 900)


def wrong_sizes(content: Content) -> Iterator[tuple[Path, str, tuple[int, int], tuple[int, int]]]:
    """Where a layer names a file of another size, the file, its size, and the picture's.

    Layers in a box are stretched into it, and may have any.
    """
    picture = content["picture"] or {}
    size = (picture.get("width", DEFAULT[0]), picture.get("height", DEFAULT[1]))
    seen: set[str] = set()
    for layer, path in _layers(picture.get("layers", ()), ("picture", "layers")):
        for key in ("image", "mask"):
            template = layer.get(key)
            if not template or layer.get("box"):
                continue
            for file in files_meant(str(template), content["files"]):
                mine = None if file in seen else size_of(content["files"][file])
                seen.add(file)
                if mine and mine != size:
                    yield (*path, key), file, mine, size


def files_meant(template: str, files: dict[str, str]) -> list[str]:
    """The files that a path with options in braces can mean."""
    if template in files:
        return [template]
    pieces = NAMED.split(template)[::2]
    meant = re.compile(".+".join(map(re.escape, pieces)))
    return [file for file in files if meant.fullmatch(file)]


def size_of(place: str) -> tuple[int, int] | None:
    """The size of a kept picture file; None where it is not there."""
    try:
        return _size(str(FilePath(settings.MEDIA_ROOT) / place))
    except OSError:
        return None


@lru_cache(maxsize=8192)
def _size(file: str) -> tuple[int, int]:
    """A picture file never changes: it is named by its content."""
    with Image.open(file, formats=("PNG", "JPEG", "WEBP")) as opened:
        return opened.size


def _layers(layers: list[Content], path: Path) -> Iterator[tuple[Content, Path]]:
    for index, layer in enumerate(layers):
        yield layer, (*path, index)
        yield from _layers(layer.get("layers", []), (*path, index, "layers"))
