"""Where the picture files of an import are found: a folder, an archive, or the shop itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from configurator.catalog import media
from configurator.catalog.models import LayerFile

MOST_BYTES = 20 * 1024 * 1024


class Shelf(Protocol):
    """Files by the path that a product names."""

    def read(self, path: str) -> bytes | None:
        """The bytes; None where there is no such file, ValueError for one that is not taken."""


@dataclass(frozen=True)
class Folder:
    """The files beside a product's file and below."""

    folder: Path

    def read(self, path: str) -> bytes | None:
        file = self.folder / path
        if not file.is_file():
            return None
        if not file.resolve().is_relative_to(self.folder.resolve()):
            raise ValueError("lies outside of the product's folder")
        if file.stat().st_size > MOST_BYTES:
            raise ValueError(f"is larger than {MOST_BYTES // 1024 // 1024} MB")
        return file.read_bytes()


@dataclass(frozen=True)
class Known:
    """The files that a product of the shop has already: path -> sha256."""

    shas: Mapping[str, str]

    @classmethod
    def of(cls, slug: str) -> "Known":
        rows = LayerFile.objects.filter(product__slug=slug)
        return cls(dict(rows.values_list("path", "sha")))

    def read(self, path: str) -> bytes | None:
        sha = self.shas.get(path)
        if sha is None:
            return None
        file = Path(settings.MEDIA_ROOT) / media.place_of(sha, path)
        return file.read_bytes() if file.is_file() else None


@dataclass(frozen=True)
class Shelves:
    """The first of several that has a file."""

    shelves: tuple[Shelf, ...]

    def read(self, path: str) -> bytes | None:
        found = (shelf.read(path) for shelf in self.shelves)
        return next((data for data in found if data is not None), None)
