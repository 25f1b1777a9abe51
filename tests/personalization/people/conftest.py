from typing import Any

import pytest

from tests.orders import kit


@pytest.fixture
def lamp(db: Any) -> None:
    """The desk lamp, published."""
    kit.import_lamp()
