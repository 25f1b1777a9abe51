from typing import Any

import pytest

from tests.selling.kit import write_rates


@pytest.fixture
def rates(db: Any) -> None:
    """The union's rates of tax."""
    write_rates()
