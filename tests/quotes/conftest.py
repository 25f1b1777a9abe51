from typing import Any

import pytest

from configurator.wizard.models import Design
from tests.orders import kit


@pytest.fixture
def design(db: Any) -> Design:
    """A whole design of the lamp, which is on sale."""
    kit.import_lamp()
    return kit.whole_design()
