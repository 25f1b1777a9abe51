"""The uploaded file for the factory: its pixels as they came, nothing of where and by whom."""

import io
import struct
import zlib
from random import Random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, PngImagePlugin

from configurator.wizard.models import Artwork
from configurator.wizard.preview import artwork_path
from configurator.wizard.preview.originals import stripped
from tests.effort import often
from tests.wizard.conftest import Shop

SECRETS = (b"my address", b"52.2297", b"archive", b"CAMERA")


def photo(mode: str = "RGB", size: tuple[int, int] = (80, 60)) -> Image.Image:
    return Image.effect_noise(size, 60).convert(mode)


def exif(turned: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x0112] = turned
    made[0x010E] = "my address"
    made[0x0110] = "CAMERA"
    gps = made.get_ifd(0x8825)
    gps[2] = (52.2297, 0, 0)
    return made


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    to = io.BytesIO()
    image.save(to, kind, **how)
    return to.getvalue()


def text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "my address")
    return info


FILES = {
    "jpeg": saved(photo(), "JPEG", quality=90, exif=exif(), comment=b"my address"),
    "progressive": saved(photo(), "JPEG", progressive=True, exif=exif()),
    "turned": saved(photo(), "JPEG", exif=exif(6)),
    "cmyk": saved(photo("CMYK"), "JPEG", exif=exif()),
    "gray": saved(photo("L"), "JPEG", restart_marker_blocks=2),
    "trailing": saved(photo(), "JPEG", exif=exif()) + b"PK archive",
    "png": saved(photo("RGBA"), "PNG", pnginfo=text(), exif=exif()),
    "palette": saved(photo("P"), "PNG", pnginfo=text()) + b"archive",
    "deep": saved(Image.new("I;16", (40, 30), 4000), "PNG", pnginfo=text()),
    "webp": saved(photo(), "WEBP", exif=exif(), xmp=b"<x>my address</x>"),
    "alpha": saved(photo("RGBA"), "WEBP", lossless=True, exif=exif()),
}


@pytest.mark.parametrize("name", FILES)
def test_pixels_stay_and_all_else_goes(name: str) -> None:
    data = FILES[name]
    bare = stripped(data)
    assert bare is not None
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(bare)) as after:
        assert (after.mode, after.size) == (before.mode, before.size)
        assert after.tobytes() == before.tobytes()
        assert dict(after.getexif()) == ({0x0112: 6} if name == "turned" else {})
    assert not any(secret in bare for secret in SECRETS)
    assert stripped(bare) == bare


def test_color_profiles_stay() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("JPEG", "PNG", "WEBP"):
        bare = stripped(saved(photo(), kind, icc_profile=profile, exif=exif()))
        assert bare is not None
        assert Image.open(io.BytesIO(bare)).info["icc_profile"] == profile


def test_what_can_not_be_taken_apart_is_not_kept() -> None:
    for data in (b"", b"x", b"\xff\xd8\xff", b"<svg/>", FILES["jpeg"][:80], FILES["png"][:90]):
        assert stripped(data) is None
    assert stripped(saved(photo(), "PNG", exif=exif(6))) is None, "how it lies would be lost"


@pytest.mark.filterwarnings("ignore::UserWarning")  # of Pillow, about broken tags
@pytest.mark.parametrize("seed", range(often(100)))
def test_broken_files_break_nothing(seed: int) -> None:
    chance = Random(seed)
    data = bytearray(chance.choice(list(FILES.values())))
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    bare = stripped(bytes(data[: chance.choice([len(data), chance.randrange(len(data))])]))
    if bare is not None:
        Image.open(io.BytesIO(bare)).load()


@pytest.mark.django_db
def test_an_upload_keeps_it_beside_what_is_shown(shop: Shop) -> None:
    data = FILES["trailing"]
    file = SimpleUploadedFile("../../holiday.jpg", data)
    assert shop.post("file", option="print", file=file).status_code == 200
    stored = Artwork.objects.get()
    assert stored.original_type == "image/jpeg"
    kept = artwork_path(stored.original).read_bytes()
    assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(data)).tobytes()
    for sha in (stored.sha, stored.original):
        assert not any(secret in artwork_path(sha).read_bytes() for secret in SECRETS)
    shown = shop.get("artwork/print/").content + shop.get("artwork/print/", cut="1").content
    assert not any(secret in shown for secret in SECRETS)


def test_a_chunk_that_lies_about_its_size_is_refused() -> None:
    chunk = struct.pack(">I4s", 2**31 - 1, b"tEXt") + b"x"
    head = FILES["palette"][:33]
    assert stripped(head + chunk + struct.pack(">I", zlib.crc32(b"x"))) is None
