"""Pictures that customers uploaded: kept while anything names them, then deleted."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts import artwork
from configurator.wizard.models import Artwork, Design
from configurator.wizard.preview import artwork_path
from configurator.wizard.uploads import DROP, ask_to_drop
from orders.models import Job, Specification
from tests.accounts.hands import design_begun

pytestmark = pytest.mark.usefixtures("lamp")


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = settings.MEDIA_ROOT = tmp_path


def kept(sha: str, original: str = "") -> Path:
    """A picture that somebody uploaded long ago, and where it lies."""
    for each in {sha, original} - {""}:
        path = artwork_path(each)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    facts = {"width": 1, "height": 1, "media_type": "image/png", "size": 1}
    Artwork.objects.create(sha=sha, original=original, **facts)
    Artwork.objects.update(created_at=timezone.now() - timedelta(days=99))
    return artwork_path(sha)


def test_a_picture_that_nothing_names_is_deleted_with_its_original(client: Client) -> None:
    path = kept("c" * 64, original="d" * 64)
    with transaction.atomic():
        ask_to_drop("c" * 64)
    job = Job.objects.get(kind=DROP)
    assert artwork.drop_later(str(job.pk))
    assert not path.exists()
    assert not artwork_path("d" * 64).exists()
    assert not Job.objects.filter(kind=DROP, state=Job.State.DUE).exists()


@pytest.mark.parametrize("where", ["design", "undone", "ordered", "fresh"])
def test_a_picture_that_is_needed_stays_and_is_looked_at_again(client: Client, where: str) -> None:
    sha = "e" * 64
    path, design = kept(sha), design_begun(client)
    named = {"files": {"print": f"{sha}@0,0,80,0,0,0,0,0,0"}}
    if where == "design":
        Design.objects.filter(pk=design.pk).update(state=named)
    elif where == "undone":
        design.events.update(state=named)
    elif where == "ordered":
        Specification.objects.create(sha="f" * 64, release=design.release, content=named)
    else:
        Artwork.objects.update(created_at=timezone.now())
    with transaction.atomic():
        ask_to_drop(sha)
    job = Job.objects.get(kind=DROP)
    assert artwork.drop_later(str(job.pk))
    assert path.exists()
    again = Job.objects.exclude(state=Job.State.DONE).get(kind=DROP)
    assert again.due_at > timezone.now() + timedelta(days=20)
