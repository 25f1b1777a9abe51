"""Uploaded pictures that nothing shows any more go; those of any variant stay."""

import os
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from configurator.catalog import places
from personalization.slots import uploads
from tests.personalization.slots.conftest import variant

pytestmark = pytest.mark.django_db
TWO_DAYS = 2 * 24 * 60 * 60


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path / "pages"


def kept(color: str) -> str:
    written = BytesIO()
    Image.new("RGB", (20, 15), color).save(written, "PNG")
    written.seek(0)
    return uploads.keep(written)


def files(name: str) -> list[Path]:
    sha = name.removeprefix(uploads.NAMED)
    return [uploads.path_of(sha, width) for width in uploads.WIDTHS]


def grow_old(*names: str) -> None:
    then = time.time() - TWO_DAYS
    for file in (each for name in names for each in files(name)):
        os.utime(file, (then, then))


def test_what_no_variant_shows_goes_after_a_day(media: Path) -> None:
    shown, off, gone, fresh = (kept(color) for color in ("red", "blue", "green", "black"))
    variant(places.HOME, "Red", picture=shown)
    variant(places.HOME, "Blue", picture=off, on=False)
    grow_old(shown, off, gone)
    scratch = media / gone.removeprefix(uploads.NAMED)[:2] / ".new-x"
    scratch.write_bytes(b"half")
    os.utime(scratch, (0, 0))
    assert uploads.sweep() == len(uploads.WIDTHS) + 1
    assert [file.exists() for file in files(gone)] == [False] * len(uploads.WIDTHS)
    assert all(file.exists() for name in (shown, off, fresh) for file in files(name))
    assert uploads.sweep() == 0


def test_one_that_is_uploaded_again_stays(media: Path) -> None:
    again = kept("red")
    grow_old(again)
    assert kept("red") == again
    kept("blue")
    assert all(file.exists() for file in files(again))


def test_every_upload_sweeps(media: Path) -> None:
    gone = kept("red")
    grow_old(gone)
    kept("blue")
    assert not any(file.exists() for file in files(gone))
