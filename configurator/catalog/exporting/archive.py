"""A whole product in one file: product.yaml and its pictures, as a zip that is always the same."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from django.conf import settings

from configurator.catalog.exporting.errors import ExportRefused

PRODUCT = "product.yaml"
EPOCH = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16


def write_archive(target: IO[bytes], product: str, files: Mapping[str, str]) -> None:
    """Write product.yaml and the picture files: path -> place under MEDIA_ROOT."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, PRODUCT, product.encode(), zipfile.ZIP_DEFLATED)
        for path, place in sorted(files.items()):
            _add(archive, path, _bytes(path, place), zipfile.ZIP_STORED)  # compressed already


def _add(archive: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    info = zipfile.ZipInfo(name, EPOCH)
    info.external_attr = READABLE
    archive.writestr(info, data, method)


def _bytes(path: str, place: str) -> bytes:
    try:
        return (Path(settings.MEDIA_ROOT) / place).read_bytes()
    except OSError:
        raise ExportRefused(
            f"The picture file “{path}” is not in the media folder anymore. "
            "Upload it again, or export without the pictures."
        ) from None
