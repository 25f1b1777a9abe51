"""The stool, and how tests spoil it."""

from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from configurator.catalog.configuration import Configuration
from configurator.catalog.importing.errors import ImportRefused
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import (
    Choice,
    Layer,
    LayerFile,
    Operation,
    Option,
    Part,
    PriceRule,
    Product,
    Publication,
    Release,
    Rule,
    Step,
    WorkCenter,
)
from configurator.engine import Value
from tests.work import work_off

STOOL = Path(__file__).with_name("stool.yaml")
TABLES: tuple[type[Model], ...] = (
    *(Product, Step, Option, Choice, Rule, PriceRule, Part, WorkCenter, Operation),
    *(Layer, LayerFile, Release),
)


def spoiled(folder: Path, old: str, new: str) -> Path:
    """A copy of the stool's file with `old` (which is there once) replaced."""
    text = STOOL.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return written(folder, text.replace(old, new))


def written(folder: Path, text: str | bytes, name: str = "product.yaml") -> Path:
    file = folder / name
    data = text.encode() if isinstance(text, str) else text
    file.write_bytes(data)
    return file


def line_of(file: Path, words: str) -> int:
    """The line on which the words first stand."""
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        if words in line:
            return number
    raise AssertionError(f"{words!r} is not in the file")


def rows() -> dict[str, list[Any]]:
    """Every row of the catalog."""
    return {
        table.__name__: list(table._default_manager.order_by("pk").values()) for table in TABLES
    }


def refused(file: Path) -> list[str]:
    """Import a file which must be refused; the messages. Nothing may have changed."""
    before = rows()
    with pytest.raises(ImportRefused) as caught:
        import_product(file=file)
    assert rows() == before
    return caught.value.messages


def refused_at(file: Path, words: str) -> str:
    """Import a file whose one error must be told at the line with these words."""
    messages = refused(file)
    assert len(messages) == 1, messages
    assert messages[0].startswith(f"{file}:{line_of(file, words)}: "), messages
    return messages[0]


def publish_in_admin(client: Client, product: Product, notes: str = "") -> str:
    """Press Publish, let the worker check, confirm if asked; the page of the publication."""
    address = reverse("admin:catalog_product_publish", args=[product.pk])
    page = client.post(address, {"notes": notes})["Location"]
    work_off()
    if Publication.objects.get(pk=page.split("/")[-3]).state == Publication.State.ASKING:
        client.post(page.replace("/change/", "/decide/"), {"do": "now"})
        work_off()
    return client.get(page).content.decode()


def chosen(**changes: Any) -> Configuration:
    """A whole stool."""
    choices: dict[str, Value] = {
        "wood": "oak",
        "height": 600,
        "legs": "4",
        "footrest": True,
        "rest_metal": "brass",
        "engraved": True,
    }
    return Configuration({**choices, **changes}, {"engraving": "Żółw"}, {})
