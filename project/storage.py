"""Style sheets and scripts as browsers get them: few requests, each named by its content."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

IMPORT = re.compile(r'^@import url\("([\w.-]+\.css)"\);$', re.MULTILINE)


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also names the modules that scripts import, and joins the sheets that a sheet imports: over
    a slow line each request that a page waits for costs more than what it brings."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        # Django's switch would read other people's comments as imports, too.
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        joined = {
            name: (Joined(storage), path) if name.startswith("css/") else (storage, path)
            for name, (storage, path) in paths.items()
        }
        yield from super().post_process(joined, dry_run, **options)


class Joined:
    """A storage whose style sheets hold those of the same folder that they import."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def open(self, path: str) -> Any:
        if not path.endswith(".css"):
            return self.storage.open(path)
        return ContentFile(self.text(path).encode())

    def text(self, path: str) -> str:
        """A sheet with what it imports in place of its imports."""
        folder = path.rpartition("/")[0]
        with self.storage.open(path) as file:
            own = file.read().decode("utf-8")
        return IMPORT.sub(lambda found: self.text(f"{folder}/{found[1]}").rstrip("\n"), own)
