"""A product in a zip: brought whole to another shop; refused with the name of what is wrong."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from configurator.catalog.drafts import read_content
from configurator.catalog.importing.drafting import propose
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import LayerFile, Product
from tests.catalog.archives import BOMB, linked, pictured_files, zipped
from tests.catalog.kit import refused
from tests.catalog.test_exporting import exported, forget
from tests.catalog.test_pictures import ALL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    """A media folder in which nothing is yet."""
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path / "media"


def test_a_whole_product_comes_from_another_shop(tmp_path: Path, media: Path) -> None:
    import_product(file=zipped(tmp_path / "stool.zip", pictured_files(tmp_path / "made")))
    content, brought = read_content(Product.objects.get()), exported(Product.objects.get(), "zip")
    forget()
    for kept in media.rglob("*.*"):
        kept.unlink()
    file = tmp_path / "brought.zip"
    file.write_bytes(brought)

    import_product(file=file)

    assert read_content(Product.objects.get()) == content
    assert exported(Product.objects.get(), "zip") == brought


def test_a_folder_in_the_archive_and_what_systems_leave_there_are_fine(tmp_path: Path) -> None:
    files = {f"stool/{name}": data for name, data in pictured_files(tmp_path / "made").items()}
    files |= {"__MACOSX/._x": b"", "stool/.DS_Store": b"", "stool/README.md": b"hello"}
    done = import_product(file=zipped(tmp_path / "stool.zip", files))
    assert LayerFile.objects.count() == len(ALL)
    assert any("stool/README.md" in warning for warning in done.warnings)


def test_pictures_that_the_product_does_not_name_are_left_out_and_told(tmp_path: Path) -> None:
    files = pictured_files(tmp_path / "made")
    done = import_product(file=zipped(tmp_path / "x.zip", {**files, "old.png": files[ALL[0]]}))
    assert any("old.png" in warning for warning in done.warnings)
    assert not LayerFile.objects.filter(path="old.png").exists()


def _changed(name: str, data: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda files: {**files, name: data}


def _gif() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (60, 40)).save(data, "GIF")
    return data.getvalue()


def _small() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (50, 40)).save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize(
    ("spoil", "name", "reason"),
    [
        (_changed("../evil.png", b"x"), "../evil.png", "leads out of the archive"),
        (_changed("a/../../evil.png", b"x"), "a/../../evil.png", "leads out"),
        (_changed("/etc/evil.png", b"x"), "/etc/evil.png", "leads out"),
        (_changed("C:\\evil.png", b"x"), "C:\\evil.png", "leads out"),
        (_changed("~/evil.png", b"x"), "~/evil.png", "leads out"),
        (_changed("more.zip", b"PK"), "more.zip", "An archive in the archive is not opened"),
        (_changed("layers/a.svg", b"<svg/>"), "layers/a.svg", "PNG, JPEG or WebP"),
        (_changed("layers/x.png", BOMB), "layers/x.png", "times as large when it is unpacked"),
        (_changed("LAYERS/SEAT-OAK.png", b"x"), "LAYERS/SEAT-OAK.png", "there twice"),
        (_changed("layers/" + "x" * 300 + ".png", b"x"), "layers/xxx", "more than 300 letters"),
        (_changed(ALL[0], _gif()), ALL[0], "is not a PNG, JPEG or WebP picture, or is damaged"),
        (_changed(ALL[0], b"nothing"), ALL[0], "is not a PNG, JPEG or WebP picture"),
        (_changed(ALL[0], _small()), ALL[0], "50 × 40 pixels; the picture has 60 × 40"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(
    tmp_path: Path,
    media: Path,
    spoil: Callable[[dict[str, bytes]], dict[str, bytes]],
    name: str,
    reason: str,
) -> None:
    file = zipped(tmp_path / "x.zip", spoil(pictured_files(tmp_path / "made")))
    (message,) = refused(file)
    assert name in message
    assert reason in message
    assert not media.exists()
    assert not (tmp_path.parent / "evil.png").exists()


def test_links_passwords_and_unusual_compression_are_refused(tmp_path: Path) -> None:
    files = pictured_files(tmp_path / "made")
    file = zipped(tmp_path / "x.zip", files)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(linked("layers/link.png"), "/etc/passwd")
        archive.writestr("layers/odd.png", b"x", zipfile.ZIP_LZMA)
    messages = refused(file)
    assert [m for m in messages if "layers/link.png: This is a link" in m]
    assert [m for m in messages if "layers/odd.png: It is compressed in an unusual way" in m]

    locked = bytearray(zipped(tmp_path / "y.zip", files).read_bytes())
    at = locked.rindex(b"PK\x01\x02")
    locked[at + 8] |= 1
    (tmp_path / "y.zip").write_bytes(locked)
    assert "protected by a password" in refused(tmp_path / "y.zip")[0]


def test_an_archive_that_lies_about_its_files_is_refused(tmp_path: Path) -> None:
    """The list says that a picture is small; its data, that it is not what was packed."""
    files = pictured_files(tmp_path / "made")
    data = bytearray(zipped(tmp_path / "x.zip", files, zipfile.ZIP_STORED).read_bytes())
    at = data.index(files[ALL[0]])
    data[at + 40] ^= 0xFF
    (tmp_path / "x.zip").write_bytes(data)
    (message,) = refused(tmp_path / "x.zip")
    assert f"“{ALL[0]}” is damaged" in message


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"not a zip at all", b"PK\x05\x06" + b"\0" * 9]
)
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(data)
    assert "This is not a zip archive, or it is damaged" in refused(file)[0]


def test_an_archive_without_a_product_or_with_two_is_refused(tmp_path: Path) -> None:
    files = pictured_files(tmp_path / "made")
    two = {f"{name}/product.yaml": files["product.yaml"] for name in "ab"}
    assert "several products" in refused(zipped(tmp_path / "x.zip", two))[0]
    none = {name: data for name, data in files.items() if name != "product.yaml"}
    assert "no product.yaml" in refused(zipped(tmp_path / "x.zip", none))[0]


def test_the_line_in_the_archives_product_is_told(tmp_path: Path) -> None:
    files = pictured_files(tmp_path / "made")
    files["product.yaml"] = files["product.yaml"].replace(b"currency: EUR", b"curency: EUR")
    (message,) = refused(zipped(tmp_path / "x.zip", files))
    assert "x.zip/product.yaml:8: product → curency" in message


def test_too_many_and_too_much_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = zipped(tmp_path / "x.zip", pictured_files(tmp_path / "made"))
    where = "configurator.catalog.importing.archives"
    with monkeypatch.context() as less:
        less.setattr(f"{where}.MOST_FILES", 3)
        assert "6 files; 3 at most" in refused(file)[0]
    with monkeypatch.context() as less:
        less.setattr(f"{where}.MOST_TOTAL", 1024)
        assert "Unpacked, the archive would have" in refused(file)[0]


def test_a_dry_run_writes_no_picture(tmp_path: Path, media: Path) -> None:
    file = zipped(tmp_path / "x.zip", pictured_files(tmp_path / "made"))
    import_product(file=file, dry_run=True)
    assert not media.exists()
    assert Path(settings.MEDIA_ROOT) == media


def test_files_that_nothing_names_stay_and_are_not_sent_along(tmp_path: Path) -> None:
    file = zipped(tmp_path / "x.zip", pictured_files(tmp_path / "made"))
    import_product(file=file)
    product = Product.objects.get()
    brought = exported(product, "zip")
    known = product.layer_files.get(path=ALL[0])
    LayerFile.objects.create(product=product, path="later.png", sha=known.sha)

    assert propose(file=file).differences == []
    import_product(file=file)

    assert LayerFile.objects.filter(path="later.png").exists()
    assert exported(product, "zip") == brought
