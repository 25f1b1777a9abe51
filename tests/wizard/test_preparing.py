"""Releases are made ready ahead, once; what is lost is made again."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import LazySettings

from configurator.catalog import queries, spaces
from configurator.catalog.models import Release
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.preparing import prepare_pictures, prepare_spaces, silent

pytestmark = pytest.mark.django_db


def test_live_releases_are_made_ready_once(lamp: ReleasedProduct, settings: LazySettings) -> None:
    told: list[str] = []

    def stage(name: str) -> AbstractContextManager[object]:
        told.append(name)
        return silent(name)

    assert prepare_spaces(stage) == 0
    assert prepare_pictures(stage) == 1
    assert told == ["pictures of lamp"]
    assert prepare_pictures(stage) == 0
    assert list((Path(settings.PICTURES_DIR) / "ready").iterdir())


def test_a_space_that_another_engine_made_is_made_anew(
    lamp: ReleasedProduct, settings: LazySettings, tmp_path: Path
) -> None:
    settings.SPACES_DIR = tmp_path / "empty"
    queries.forget()
    assert prepare_spaces() == 1
    assert spaces.space_path(Release.objects.get().space).exists()
    assert prepare_spaces() == 0
