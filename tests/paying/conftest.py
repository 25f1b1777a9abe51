from typing import Any

import pytest

from configurator.wizard.models import Design
from tests.orders import kit


@pytest.fixture
def card(settings: Any) -> None:
    """Cards are taken, by the pretended provider."""
    settings.CARD_SANDBOX = True
    settings.CARD_SECRET = "a secret between the two"


@pytest.fixture
def design(db: Any, card: None) -> Design:
    """A whole design of the lamp, which is on sale."""
    kit.import_lamp()
    return kit.whole_design()
