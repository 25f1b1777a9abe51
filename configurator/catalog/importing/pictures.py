"""The picture files that a product names: found and checked, and only then stored."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from math import prod

from PIL import Image

from configurator.catalog import media
from configurator.catalog.braces import NAMED, filled
from configurator.catalog.content import Content, options_of
from configurator.catalog.content import Path as Where
from configurator.catalog.importing.shelves import Shelf
from configurator.catalog.modeling import number_values
from configurator.catalog.problems import Problem
from configurator.engine import NONE, Value

MOST_PIXELS = 4000 * 4000
MOST_FILES = 20_000
LONGEST_PATH = 200
FORMATS = ("PNG", "JPEG", "WEBP")


@dataclass
class Files:
    """What was found: path -> (sha256, width, height); and what is wrong with it."""

    shelf: Shelf
    found: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def shas(self) -> dict[str, str]:
        return {path: sha for path, (sha, _width, _height) in self.found.items()}

    @property
    def places(self) -> dict[str, str]:
        return {path: media.place_of(sha, path) for path, sha in sorted(self.shas.items())}

    def keep(self) -> None:
        """Store the files; OSError where one is not what it was when it was checked."""
        for path, sha in self.shas.items():
            if media.is_kept(sha, path):
                continue
            data = self.shelf.read(path)
            if data is None or media.sha256(data) != sha:
                raise OSError(f"“{path}” has changed while it was imported")
            media.keep(data, path)


def collect(content: Content, shelf: Shelf) -> Files:
    """Read and check the picture files; those that only some designs need may be missing."""
    files = Files(shelf)
    for path, where in _choice_images(content):
        if not _take(files, path, where):
            files.problems.append(Problem(where, f"The picture file “{path}” is missing."))
    picture = content["picture"]
    size = (picture.get("width", 1200), picture.get("height", 900))
    for layer, where in _layers(picture.get("layers", ()), ("picture", "layers")):
        if template := layer.get("image"):
            exact = None if layer.get("box") else size
            _take_all(files, content, template, (*where, "image"), exact)
            if mask := layer.get("mask"):
                _take_all(files, content, mask, (*where, "mask"), exact)
        if template := (layer.get("panel") or {}).get("texture"):
            _take_all(files, content, template, (*where, "panel", "texture"), None)
    for index, operation in enumerate(content["operations"]):
        for place, template in enumerate(operation["pictures"]):
            _take_all(files, content, template, ("operations", index, "pictures", place), None)
    return files


@dataclass
class _Asked:
    """A shelf without files, that remembers what was looked for."""

    paths: set[str] = field(default_factory=set)

    def read(self, path: str) -> bytes | None:
        self.paths.add(path)
        return None


def named_paths(content: Content) -> frozenset[str]:
    """Every path that a picture file of the content may have."""
    asked = _Asked()
    collect(content, asked)
    return frozenset(asked.paths)


def _choice_images(content: Content) -> Iterator[tuple[str, Where]]:
    for s, step in enumerate(content["steps"]):
        for o, option in enumerate(step["options"]):
            for c, choice in enumerate(option["choices"]):
                if choice["image"]:
                    yield choice["image"], ("steps", s, "options", o, "choices", c, "image")


def _layers(layers: list[Content], path: Where) -> Iterator[tuple[Content, Where]]:
    for index, layer in enumerate(layers):
        yield layer, (*path, index)
        yield from _layers(layer.get("layers", []), (*path, index, "layers"))


def _take_all(
    files: Files, content: Content, template: str, where: Where, size: tuple[int, int] | None
) -> None:
    """Every file that the template can mean, and that exists."""
    options = {option["code"]: option for option in options_of(content)}
    names = sorted(set(NAMED.findall(template)))
    domains = [_values(options[name]) for name in names]
    if prod(len(domain) for domain in domains) > MOST_FILES:
        message = f"This can mean more than {MOST_FILES:,} files; use fewer options in one layer."
        files.problems.append(Problem(where, message))
        return
    for row in product(*domains):
        path = filled(template, dict(zip(names, row, strict=True)))
        if _take(files, path, where) and size and path in files.found:
            _check_size(files, path, where, size)


def _values(option: Content) -> tuple[Value, ...]:
    if option["kind"] == "toggle":
        return (False, True)
    if option["kind"] == "number":
        return number_values(option)
    codes = tuple(choice["code"] for choice in option["choices"])
    return (*codes, NONE) if option["when"] else codes


def _check_size(files: Files, path: str, where: Where, size: tuple[int, int]) -> None:
    _sha, width, height = files.found[path]
    if (width, height) != size:
        message = f"“{path}” has {width} × {height} pixels; the picture has {size[0]} × {size[1]}."
        files.problems.append(Problem(where, message))


def _take(files: Files, path: str, where: Where) -> bool:
    """Take note of one file; whether it exists. What is wrong with it goes to the problems."""
    if path in files.found:
        return True
    try:
        data = files.shelf.read(path)
        if data is None:
            return False
        if len(path) > LONGEST_PATH:
            raise ValueError(f"has a path of more than {LONGEST_PATH} letters")
        width, height = measured(data)
    except (OSError, ValueError) as error:
        reason = str(error) if isinstance(error, ValueError) else "cannot be read"
        files.problems.append(Problem(where, f"The picture file “{path}” {reason}."))
        return True
    files.found[path] = (media.sha256(data), width, height)
    return True


def measured(data: bytes) -> tuple[int, int]:
    """The size of a picture in pixels; ValueError where it is none, or too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS:
                    raise ValueError(f"is too large: {width} × {height} pixels")
                picture.load()
    except (OSError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError("is not a PNG, JPEG or WebP picture, or is damaged") from None
    return width, height
