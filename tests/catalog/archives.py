"""Zips that bring a product, and zips that nobody should send."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.catalog.test_pictures import ALL, pictured

BOMB = b"\0" * (8 * 1024 * 1024)


def zipped(target: Path, files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip of files: name -> bytes."""
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return target


def pictured_files(folder: Path) -> dict[str, bytes]:
    """The stool with its pictures, by name."""
    folder.mkdir(exist_ok=True)
    file = pictured(folder)
    return {"product.yaml": file.read_bytes(), **{p: (folder / p).read_bytes() for p in ALL}}


def linked(name: str) -> zipfile.ZipInfo:
    """An entry that is a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    return info
