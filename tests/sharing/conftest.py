"""The desk lamp of the orders' tests, and a newer release of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings

from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Release
from configurator.wizard.models import Design
from tests.orders import kit

Publish = Callable[..., Release]


@pytest.fixture(autouse=True)
def places(settings: LazySettings, tmp_path: Path) -> None:
    """Nothing is written outside of the test's folder."""
    settings.PICTURES_DIR = tmp_path / "pictures"


@pytest.fixture
def lamp(db: None) -> None:
    kit.import_lamp()


@pytest.fixture
def design(lamp: None) -> Design:
    """A glass lamp, 450 high, engraved: €132.03 and more."""
    return kit.whole_design()


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """`publish((old, new), …)`: the lamp with changes of its file, live."""

    def published(*changes: tuple[str, str]) -> Release:
        text = kit.LAMP.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        file = tmp_path / "lamp.yaml"
        file.write_text(text, encoding="utf-8")
        import_product(file=file)
        return Release.objects.get(live=True)

    return published
