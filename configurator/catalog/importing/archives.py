"""A product in a zip: nothing is unpacked, and nothing of it is taken before all is checked."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from stat import S_ISLNK

from configurator.catalog.importing.errors import FileProblem, ImportRefused, refuse
from configurator.catalog.importing.shelves import MOST_BYTES
from configurator.catalog.problems import short
from configurator.engine.words import Words as _

PICTURES = (".png", ".jpg", ".jpeg", ".webp")
OTHER_PICTURES = (
    *(".gif", ".svg", ".bmp", ".tif", ".tiff", ".avif", ".heic", ".psd", ".ico", ".jp2", ".eps"),
)
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst", ".jar")
PRODUCTS = ("product.yaml", "product.yml", "product.xlsx")
LEFT_OVERS = re.compile(r"(^|/)(__MACOSX|\.[^/]*|Thumbs\.db|desktop\.ini)(/|$)", re.IGNORECASE)
"""What operating systems put into archives."""
MOST_FILES = 20_000
MOST_TOTAL = 1024 * 1024 * 1024
MOST_RATIO = 200
SMALL = 1024 * 1024
"""Files that may be as compressible as they like."""
LONGEST_NAME = 300
UNSAFE = re.compile(r"[\x00-\x1f\x7f\\:]")


@dataclass
class Archive:
    """A checked zip; `product` names its product file, "" where it holds only pictures."""

    file: Path
    zip: zipfile.ZipFile
    product: str = ""
    entries: dict[str, zipfile.ZipInfo] = field(default_factory=dict)  # by path beside the product
    others: tuple[str, ...] = ()  # what is neither the product nor a picture

    @property
    def inner(self) -> Path:
        """How the product file is called in messages."""
        return self.file / self.product

    def product_bytes(self) -> bytes:
        return _read(self.zip, self.zip.getinfo(self.product))

    def read(self, path: str) -> bytes | None:
        """A picture; ValueError where it is damaged."""
        info = self.entries.get(path)
        return None if info is None else _read(self.zip, info)


def open_archive(file: Path) -> Archive:
    """Open a zip and check all that its list tells; raises ImportRefused with every reason."""
    try:
        opened = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        reason = "There is no such file" if isinstance(error, FileNotFoundError) else ""
        raise refuse(file, f"{reason or 'This is not a zip archive, or it is damaged'}.") from None
    infos = opened.infolist()
    problems = list(_problems(infos))
    if problems:
        opened.close()
        raise ImportRefused(file, problems)
    archive = Archive(file, opened)
    _sort(archive, [info for info in infos if not info.is_dir()])
    return archive


def _problems(infos: list[zipfile.ZipInfo]) -> Iterator[FileProblem]:
    if len(infos) > MOST_FILES:
        yield FileProblem(
            0,
            _(
                "The archive has %(count)s files; %(most)s at most.",
                count=f"{len(infos):,}",
                most=f"{MOST_FILES:,}",
            ),
        )
        return
    total = sum(info.file_size for info in infos)
    if total > MOST_TOTAL:
        sizes = f"{total // 1024 // 1024:,} MB; {MOST_TOTAL // 1024 // 1024:,} MB at most"
        yield FileProblem(0, f"Unpacked, the archive would have {sizes}.")
    seen: dict[str, str] = {}
    for number, info in enumerate(infos, start=1):
        name = info.filename
        other = seen.get(name.casefold(), "")
        seen[name.casefold()] = name
        twice = f"It is there twice, as “{short(other)}” too." if other else ""
        if reason := _name_reason(name) or _entry_reason(info) or twice:
            yield FileProblem(number, reason, short(name))


def _name_reason(name: str) -> str:
    """Why a name is not taken; "" if it is."""
    parts = PurePosixPath(name).parts
    if name.startswith(("/", "~")) or ".." in parts or UNSAFE.search(name):
        return _("This name leads out of the archive; nothing was taken from it.")
    if len(name) > LONGEST_NAME:
        return _("This name has more than %(most)s letters.", most=LONGEST_NAME)
    return ""


def _entry_reason(info: zipfile.ZipInfo) -> str:
    suffix = PurePosixPath(info.filename).suffix.lower()
    if LEFT_OVERS.search(info.filename):
        return ""
    if S_ISLNK(info.external_attr >> 16):
        return _("This is a link to another file; put the file itself into the archive.")
    if info.flag_bits & 1:
        return _("It is protected by a password; make the archive without one.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _("It is compressed in an unusual way; make a plain zip.")
    if suffix in ARCHIVES:
        return _("An archive in the archive is not opened; put its files into this one.")
    if suffix in OTHER_PICTURES:
        return _("Pictures are PNG, JPEG or WebP files.")
    if info.file_size > MOST_BYTES:
        return _(
            "It is larger than %(most)s MB.",
            most=MOST_BYTES // 1024 // 1024,
        )
    if info.file_size > SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        return _(
            "It would become more than %(ratio)s times as large when it is unpacked.",
            ratio=MOST_RATIO,
        )
    return ""


def _sort(archive: Archive, infos: list[zipfile.ZipInfo]) -> None:
    """Find the product and the pictures beside it and below."""
    names = [info.filename for info in infos if not LEFT_OVERS.search(info.filename)]
    found = [name for name in names if PurePosixPath(name).name.lower() in PRODUCTS]
    top = min((name.count("/") for name in found), default=0)
    candidates = [name for name in found if name.count("/") == top]
    if len(candidates) > 1:
        listed = ", ".join(map(short, candidates[:5]))
        raise refuse(
            archive.file,
            _("There are several products in this archive: %(listed)s.", listed=listed),
        )
    archive.product = candidates[0] if candidates else ""
    base = archive.product.rpartition("/")[0]
    if not candidates:
        base = _common_folder(names)
    before = f"{base}/" if base else ""
    others = []
    for info in infos:
        name = info.filename
        if name == archive.product or LEFT_OVERS.search(name):
            continue
        if name.startswith(before) and name.lower().endswith(PICTURES):
            archive.entries[name.removeprefix(before)] = info
        else:
            others.append(name)
    archive.others = tuple(others)


def _common_folder(names: list[str]) -> str:
    """The one folder in which everything is, "" where there is none; layers/ is no such folder."""
    tops = {name.partition("/")[0] for name in names}
    top = tops.pop() if len(tops) == 1 else ""
    nested = top and all(name.count("/") > 1 for name in names)
    return top if nested else ""


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a file; ValueError where it is not what the archive's list says."""
    try:
        with archive.open(info) as file:
            data = file.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError):
        raise ValueError("is damaged") from None
    if len(data) != info.file_size:
        raise ValueError("is damaged")
    return data
