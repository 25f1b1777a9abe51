from typing import Any

import pytest

from configurator.wizard.models import Design
from tests.orders import kit
from tests.selling.kit import write_rates


@pytest.fixture
def lamp(db: Any) -> None:
    """The desk lamp, published."""
    kit.import_lamp()


@pytest.fixture
def design(lamp: None) -> Design:
    """A whole design of the lamp."""
    return kit.whole_design()


@pytest.fixture
def second(lamp: None) -> Design:
    """Another one."""
    return kit.started({**kit.CHOICES, "shade": "linen"}, "two")


@pytest.fixture
def rates(db: Any) -> None:
    """The union's rates of tax."""
    write_rates()
