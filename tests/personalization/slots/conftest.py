"""A shop with two products that have designs to begin with, and whoever looks at it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.test import Client

from configurator.catalog.importing.service import import_product
from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from personalization.people.models import Person
from personalization.slots.models import Variant
from tests.rows import written_once
from tests.wizard.conftest import LAMP

LAMPS = (
    LAMP.read_text(encoding="utf-8")
    + """
inspirations:
  - {code: desk, name: By the desk, design: {shade: brass, dimmer: true}}
  - {code: bed, name: By the bed, design: {shade: linen}}
"""
)
STOOLS = (
    LAMPS.replace("slug: lamp", "slug: stool")
    .replace("Desk lamp", "Stool")
    .replace("position: 1", "position: 2")
)


@pytest.fixture
def shop(db: None, settings: Any, tmp_path: Path) -> None:
    """The lamp, then the stool."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path
    written_once(_write)


def _write() -> None:
    with TemporaryDirectory() as folder:
        for name, text in (("lamp", LAMPS), ("stool", STOOLS)):
            file = Path(folder) / f"{name}.yaml"
            file.write_text(text, encoding="utf-8")
            import_product(file=file)


def variant(place: str, title: str = "", **fields: Any) -> Variant:
    """A variant that is shown."""
    return Variant.objects.create(
        place=place, name=title or place, title={"en": title} if title else {}, **fields
    )


def begun(client: Client, slug: str = "lamp", **choices: Any) -> Design:
    """This browser begins a design and chooses."""
    client.post(f"/p/{slug}/start/")
    design = Design.objects.latest("created_at")
    for option, value in choices.items():
        edit = wizard.Edit(design.pk, design.revision)
        design = wizard.choose(edit=edit, option=option, value=value).design
    return design


def person_of(client: Client) -> Person:
    """Who this browser is."""
    return Person.objects.get(pk=client.session["person"])
