"""Composition: features of other UVL files, put under a feature of this one.

`imports` names files below the folder of the model; `sub.Root` in the tree stands for the whole
tree of such a file, whose features are called `sub.Feature` from then on, with its constraints.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from configurator.engine.errors import FormatError
from configurator.engine.formats import files
from configurator.engine.formats.uvl_tokens import tokens
from configurator.engine.formats.uvl_tree import Feature, Import, Part, Reader

DEEPEST = 20
MOST_FILES = 500


@dataclass
class Source:
    """What one file says, with everything that it imports."""

    root: Feature
    constraints: list[tuple[str, Part]]


class Library:
    """Reads a file and those that it imports, all of them below one folder."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder.resolve() if folder is not None else None
        self.opened: list[Path] = []
        self.files = 0

    def source(self, data: bytes) -> Source:
        """A file's features and named constraints, imports composed into them."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise FormatError(f"this is not UTF-8 text (byte {error.start + 1}).") from None
        reader = Reader(tokens(text))
        root, constraints = reader.file()
        lines = text.splitlines()
        inner = [part for feature in walk(root) for part in feature.constraints]
        named = [(_name(part, lines), part) for part in [*inner, *constraints]]
        found = Source(root, named)
        self._compose(found, reader.imports)
        return found

    def _compose(self, source: Source, imports: dict[tuple[str, ...], Import]) -> None:
        """Put the trees of imported files in the places that name them."""
        for feature in list(walk(source.root)):
            if len(feature.path) < 2:
                continue
            alias = next((a for a in imports if feature.path[:-1] == a), None)
            if alias is None:
                feature.name = feature.path[-1]  # a folder of a namespace before the name
                continue
            imported = self._imported(imports[alias], alias)
            if imported.root.name != feature.name:
                raise FormatError(
                    f"line {feature.line}: “{feature.name}” is not the root of that file, which"
                    f" is “{imported.root.name}”."
                )
            feature.attributes = {**imported.root.attributes, **feature.attributes}
            feature.groups = [*imported.root.groups, *feature.groups]
            feature.type = feature.type or imported.root.type
            feature.copies = feature.copies or imported.root.copies
            source.constraints += imported.constraints

    def _imported(self, wanted: Import, alias: tuple[str, ...]) -> Source:
        """Another file, all of whose names begin with the alias."""
        shown = "/".join(wanted.path)
        path = self._path(wanted)
        if path in self.opened or len(self.opened) >= DEEPEST:
            raise FormatError(f"line {wanted.line}: “{shown}” imports itself, or too deep.")
        self.files += 1
        if self.files > MOST_FILES:
            raise FormatError(f"there are more than {MOST_FILES} imports.")
        self.opened.append(path)
        try:
            found = self.source(files.content(path))
        except FormatError as error:
            raise FormatError(f"line {wanted.line}: {shown}.uvl: {error}") from None
        self.opened.pop()
        return _within(found, alias, f"{shown}.uvl")

    def _path(self, wanted: Import) -> Path:
        if self.folder is None:
            raise FormatError(
                f"line {wanted.line}: imports are read beside a file; write the model as one."
            )
        path = self.folder.joinpath(*wanted.path).with_suffix(".uvl").resolve()
        if not path.is_relative_to(self.folder):
            raise FormatError(f"line {wanted.line}: imports stand below the folder of the model.")
        return path


def _within(source: Source, alias: tuple[str, ...], file: str) -> Source:
    """The same names behind an alias, and places that tell the file."""
    for feature in walk(source.root):
        feature.name = ".".join((*alias, feature.name))
        feature.line = _placed(feature.line, file)
    constraints = [(name, _behind(part, alias, file)) for name, part in source.constraints]
    return Source(source.root, constraints)


def _placed(line: int | str, file: str) -> str:
    return line if isinstance(line, str) else f"{line} of {file}"


def _behind(part: Part, alias: tuple[str, ...], file: str) -> Part:
    parts = tuple(_behind(item, alias, file) for item in part.parts)
    path = (*alias, *part.path) if part.path else ()
    return replace(part, parts=parts, path=path, line=_placed(part.line, file))


def walk(root: Feature) -> Iterator[Feature]:
    """All features, parents before children, in the order of the file."""
    stack = [root]
    while stack:
        feature = stack.pop()
        yield feature
        below = [child for group in feature.groups for child in group.features]
        stack.extend(reversed(below))


def _name(part: Part, lines: list[str]) -> str:
    """A constraint is called by its own text."""
    text = " ".join(lines[int(part.line) - 1].split())
    return text if len(text) <= 120 else f"{text[:117]}…"
