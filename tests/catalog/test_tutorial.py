"""The tutorial is followed to the letter, and makes the product that it promises."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Group, User
from django.test import Client

from configurator.catalog.configuration import Configuration
from configurator.catalog.drafts import read_content
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Product
from configurator.catalog.queries import live_release
from project.roles import make_groups
from tests.catalog.tutorial import Reader
from tests.work import work_off_all

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[2] / "docs"
FILES = DOCS / "images" / "cutting-board"


@pytest.fixture(autouse=True)
def places(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PICTURES_DIR = tmp_path / "pictures"


def part(heading: str) -> str:
    """What stands below a heading of the tutorial."""
    text = (DOCS / "modeling.md").read_text(encoding="utf-8")
    return text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


def editor(client: Client) -> Client:
    """Somebody who keeps the catalog, and nothing else."""
    make_groups()
    user = User.objects.create_user("anna", is_staff=True)
    user.groups.add(Group.objects.get(name="catalog admin"))
    client.force_login(user)
    return client


def comparable(product: Product) -> Any:
    content = read_content(product)
    content["product"]["position"] = 0
    return content


def test_a_product_is_made_in_the_browser_as_the_tutorial_says(
    client: Client, tmp_path: Path
) -> None:
    reader = Reader(editor(client), FILES, work_off_all)
    reader.follow(part("Your first product, in the browser"))
    assert reader.acts > 50
    product = live_release("cutting-board")
    assert product.space.count() == 36
    whole = product.space.complete({"wood": "oak", "length": 400, "handle": True})
    lines = product.price_lines(Configuration(whole, {"words": "Ania"}))
    assert str(sum(line.amount for line in lines)) == "50.00"  # 20 + 12 + 8 + 8 + 2
    made = comparable(Product.objects.get())

    Product.objects.filter(slug="cutting-board").update(slug="browser")
    yaml, *_others = re.findall(r"```yaml\n(.*?)```", part("The same product as a file"), re.DOTALL)
    (tmp_path / "layers").mkdir()
    for file in FILES.glob("*.png"):
        (tmp_path / "layers" / file.name).write_bytes(file.read_bytes())
    (tmp_path / "product.yaml").write_text(yaml, encoding="utf-8")
    import_product(file=tmp_path / "product.yaml")
    assert comparable(Product.objects.get(slug="cutting-board")) == made
