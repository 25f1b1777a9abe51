from typing import Any

import pytest

from configurator.sharing.gallery import approve, submit
from configurator.sharing.models import Entry
from tests.orders import kit


@pytest.fixture
def lamp(db: Any) -> None:
    """The desk lamp, published."""
    kit.import_lamp()


@pytest.fixture
def entry(lamp: None) -> Entry:
    """A lamp in the gallery."""
    made = submit(design=kit.whole_design(), title="Reading light & more", author="Ana")
    approve(entry=made, by="")
    return made


@pytest.fixture(autouse=True)
def everything_has_a_picture(monkeypatch: Any, settings: Any, tmp_path: Any) -> None:
    """The lamp is not drawn; its feeds would be empty. Files are each test's own."""
    for place in ("items", "views"):
        monkeypatch.setattr(f"personalization.feeds.{place}.is_pictured", lambda _product: True)
    settings.DATA_DIR = tmp_path
