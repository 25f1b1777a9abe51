from typing import Any

import pytest

from tests.orders import kit


@pytest.fixture
def lamp(db: Any) -> None:
    """The desk lamp, published."""
    kit.import_lamp()


@pytest.fixture
def folders(settings: Any, tmp_path: Any) -> None:
    """Files, papers and exports of one test only."""
    settings.DATA_DIR = settings.MEDIA_ROOT = tmp_path
    settings.PAPERS_DIR = tmp_path / "papers"
