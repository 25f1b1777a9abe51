"""A Monday morning in a workshop with a saw and a bench, eight hours a day."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import live_release
from configurator.catalog.released import ReleasedProduct
from tests.orders import kit

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning(settings: Any, tmp_path: Path) -> Iterator[time_machine.Traveller]:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PROMISE_BUFFER_DAYS = 0
    settings.RUSH_SHARE = 0
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def lamp(db: None) -> ReleasedProduct:
    kit.import_lamp()
    return live_release("desk-lamp")


@pytest.fixture
def glass() -> Configuration:
    """The lamp of the tests: 6 minutes at the saw, 10 at the bench."""
    return Configuration(dict(kit.CHOICES), {"engraving": kit.TEXT})
