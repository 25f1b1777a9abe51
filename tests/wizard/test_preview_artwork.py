"""Uploaded artwork: what is refused and why, what is cleaned, and how it is kept and shown."""

import io
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from PIL import Image, ImageCms, PngImagePlugin

from configurator.catalog.configuration import Configuration
from configurator.wizard.preview import (
    ArtworkError,
    artwork_path,
    keep_artwork,
    open_artwork,
    render_picture,
)
from configurator.wizard.preview.stock import stock
from tests.wizard.preview_double import product


def saved(image: Image.Image, format: str, **how: Any) -> bytes:
    written = io.BytesIO()
    image.save(written, format, **how)
    return written.getvalue()


def red(width: int = 40, height: int = 20) -> Image.Image:
    return Image.new("RGB", (width, height), (200, 10, 10))


def refusal(data: bytes, **limits: Any) -> str:
    with translation.override("en"), pytest.raises(ArtworkError) as caught:
        open_artwork(io.BytesIO(data), **limits)
    return str(caught.value)


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and has hardly any data."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checked = kind + body
        return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("format", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/png")],
)
def test_real_pictures_are_taken(format: str, media_type: str, tmp_path: Path) -> None:
    path = tmp_path / "upload.bin"
    path.write_bytes(saved(red(), format))
    artwork = open_artwork(path)
    assert artwork.media_type == media_type
    assert artwork.image.size == (40, 20)
    again = Image.open(io.BytesIO(artwork.data))
    assert again.size == (40, 20)


def test_the_same_picture_is_the_same_artwork() -> None:
    data = saved(red(), "PNG")
    assert open_artwork(io.BytesIO(data)).sha == open_artwork(io.BytesIO(data)).sha


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"hello, I am text", "not a picture"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"\xef\xbb\xbf<svg onload='alert(1)'/>", "SVG"),
        (b"GIF89a" + b"\0" * 40, "GIF"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 30, "HEIC"),
        (b"BM" + b"\0" * 60, "BMP"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 30, "damaged"),
        (b"\xff\xd8\xff\xe0 not really", "damaged"),
        (b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 20, "damaged"),
    ],
)
def test_other_files_are_named(data: bytes, said: str) -> None:
    assert said in refusal(data)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_truncated_pictures_are_damaged(format: str) -> None:
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    data = saved(noise, format)
    assert "damaged" in refusal(data[: len(data) // 2])


def test_a_png_with_a_broken_checksum_is_damaged() -> None:
    data = bytearray(saved(red(), "PNG"))
    data[-20] ^= 0xFF
    assert "damaged" in refusal(bytes(data))


@pytest.mark.parametrize("size", [(10_000, 10_000), (60_000, 60_000), (1_000_000, 1_000_000)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    assert "megapixels" in refusal(png_header(*size))


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_an_animation_is_refused(format: str) -> None:
    frames = [red(), Image.new("RGB", (40, 20), (10, 200, 10))]
    data = saved(frames[0], format, save_all=True, append_images=frames[1:])
    assert "animation" in refusal(data)


def test_only_the_accepted_formats() -> None:
    said = refusal(saved(red(), "WEBP"), accept=("png", "jpeg"))
    assert "WEBP" in said
    assert "PNG or JPEG" in said


def test_too_few_pixels_and_too_many_bytes() -> None:
    assert "40 × 20" in refusal(saved(red(), "PNG"), minimum_pixels=300)
    assert "1 MB" in refusal(b"\x89PNG" + b"\0" * 2_000_000, max_bytes=1024 * 1024)
    assert open_artwork(io.BytesIO(saved(red(), "PNG")), minimum_pixels=20).image.width == 40


def test_a_sideways_photo_is_put_upright_and_loses_its_metadata() -> None:
    image = red()
    image.paste((10, 10, 200), (0, 0, 20, 20))  # blue on the left
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise to see it upright
    exif[0x010E] = "my address"
    artwork = open_artwork(io.BytesIO(saved(image, "JPEG", exif=exif, quality=95)))
    assert artwork.image.size == (20, 40)
    blue = artwork.image.getpixel((10, 5))
    assert isinstance(blue, tuple)
    assert blue[2] > 150
    assert b"my address" not in artwork.data
    assert not Image.open(io.BytesIO(artwork.data)).getexif()


def test_text_chunks_and_trailing_bytes_are_dropped() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("comment", "<script>alert(1)</script>")
    data = saved(red(), "PNG", pnginfo=info) + b"PK\x03\x04 a hidden archive"
    artwork = open_artwork(io.BytesIO(data))
    assert b"script" not in artwork.data
    assert b"archive" not in artwork.data


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr", "I;16"])
def test_every_kind_of_pixel_becomes_rgb(mode: str) -> None:
    format = "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"
    image = Image.new("I;16", (8, 8), 65_000) if mode == "I;16" else red(8, 8).convert(mode)
    artwork = open_artwork(io.BytesIO(saved(image, format)))
    assert artwork.image.mode in ("RGB", "RGBA")
    if mode == "I;16":
        assert artwork.image.getpixel((4, 4)) == (253, 253, 253)
    elif mode in ("CMYK", "RGBA", "YCbCr"):
        pixel = artwork.image.getpixel((4, 4))
        assert isinstance(pixel, tuple)
        assert pixel[0] > 180
        assert pixel[1] < 60


def test_transparency_survives() -> None:
    image = Image.new("RGBA", (30, 30))
    image.paste((0, 0, 0, 255), (10, 10, 20, 20))
    artwork = open_artwork(io.BytesIO(saved(image, "PNG")))
    assert artwork.image.getpixel((0, 0)) == (0, 0, 0, 0)
    palette = open_artwork(io.BytesIO(saved(image.quantize(4), "PNG")))
    assert palette.image.mode == "RGBA"


def test_a_broken_color_profile_is_ignored() -> None:
    data = saved(red(), "JPEG", icc_profile=b"nonsense" * 20)
    assert open_artwork(io.BytesIO(data)).image.size == (40, 20)


def test_a_color_profile_is_applied_and_dropped() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    artwork = open_artwork(io.BytesIO(saved(red(), "PNG", icc_profile=profile)))
    assert "icc_profile" not in Image.open(io.BytesIO(artwork.data)).info


# Keeping and showing


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PICTURES_DIR = tmp_path / "pictures"
    stock.clear()
    return tmp_path / "media"


def test_artwork_is_kept_once_by_its_content(media: Path) -> None:
    artwork = open_artwork(io.BytesIO(saved(red(), "PNG")))
    path = keep_artwork(artwork)
    assert path == artwork_path(artwork.sha)
    assert path.is_relative_to(media)
    assert path.read_bytes() == artwork.data
    assert keep_artwork(artwork) == path
    assert [each for each in media.rglob("*") if each.is_file()] == [path]


@pytest.mark.parametrize("sha", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_only_a_hash_names_an_artwork(sha: str) -> None:
    with pytest.raises(ValueError, match="sha256"):
        artwork_path(sha)


FILE = {"code": "artwork", "kind": "file"}
CHOICES: dict[str, Any] = {}


def shown(sha: str, effect: str, leather: str = "#8a5a3a") -> Image.Image:
    points = [[0, 0], [400, 0], [400, 300], [0, 300]]
    layers = [
        {"code": "leather", "panel": {"points": points, "fill": leather}},
        {
            "code": "art",
            "artwork": {"option": "artwork", "box": [100, 50, 200, 200], "effect": effect},
        },
    ]
    made = product({"width": 400, "height": 300, "layers": layers}, [FILE])
    configuration = Configuration({}, {}, {"artwork": sha} if sha else {})
    data = render_picture(made, configuration, width=400, format="png")
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_printed_artwork_fits_into_its_box(media: Path) -> None:
    artwork = open_artwork(io.BytesIO(saved(red(200, 100), "PNG")))
    keep_artwork(artwork)
    image = shown(artwork.sha, "print")
    assert image.getpixel((200, 150)) == (200, 10, 10)
    assert image.getpixel((105, 105)) == (200, 10, 10)
    assert image.getpixel((200, 90)) == (0x8A, 0x5A, 0x3A)  # twice as wide as high: room above
    assert image.getpixel((95, 150)) == (0x8A, 0x5A, 0x3A)


def test_pressed_artwork_keeps_the_color_of_the_leather(media: Path) -> None:
    drawing = Image.new("RGB", (200, 200), (255, 255, 255))
    drawing.paste((0, 0, 0), (60, 60, 140, 140))
    artwork = open_artwork(io.BytesIO(saved(drawing, "PNG")))
    keep_artwork(artwork)
    image = shown(artwork.sha, "emboss")
    pressed, flat = image.getpixel((200, 150)), image.getpixel((110, 60))
    assert isinstance(pressed, tuple)
    assert isinstance(flat, tuple)
    assert pressed[0] < flat[0]
    assert pressed[0] > pressed[1] > pressed[2]
    lit, shaded = image.getpixel((240, 150)), image.getpixel((160, 150))
    assert isinstance(lit, tuple)
    assert isinstance(shaded, tuple)
    assert shaded[0] + 20 < lit[0]  # the lamp is at the upper left


@pytest.mark.parametrize("sha", ["", "0" * 64, "../../../../etc/passwd"])
def test_artwork_that_is_not_there_leaves_its_place_empty(media: Path, sha: str) -> None:
    assert shown(sha, "print").getpixel((200, 150)) == (0x8A, 0x5A, 0x3A)


def test_what_killed_uploads_left_is_swept(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    written = io.BytesIO()
    Image.new("RGB", (40, 40), "#336699").save(written, "PNG")
    clean = open_artwork(io.BytesIO(written.getvalue()))
    folder = artwork_path(clean.sha).parent
    folder.mkdir(parents=True)
    old, young = folder / ".new-old", folder / ".new-young"
    for left in (old, young):
        left.write_bytes(b"half")
    os.utime(old, (0, 0))
    keep_artwork(clean)
    assert sorted(path.name for path in folder.iterdir()) == [young.name, clean.sha]
