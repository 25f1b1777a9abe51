"""Nothing that the doctor calls an error goes live, by whichever door it comes."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from configurator.catalog.content import Content, sha_of
from configurator.catalog.doctor import examine
from configurator.catalog.drafts import read_content
from configurator.catalog.exporting.service import product_yaml
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import (
    Choice,
    DesignCase,
    Part,
    PriceRule,
    Product,
    Publication,
    Release,
    Rule,
)
from configurator.catalog.publications import begin_again, confirm
from configurator.catalog.publishing import PublishRefused, publish
from configurator.wizard import services as wizard
from tests.catalog.kit import STOOL, chosen, publish_in_admin, spoiled
from tests.rows import written_once
from tests.work import work_off

pytestmark = pytest.mark.django_db


def import_stool() -> None:
    import_product(file=STOOL)


@pytest.fixture
def stool() -> Product:
    written_once(import_stool)
    return Product.objects.get()


def contradiction(product: Product) -> None:
    Rule.objects.create(product=product, code="none", text="wood not in {pine, oak}")


def misspelled(product: Product) -> None:
    Rule.objects.filter(code="low-stools-have-no-footrest").update(text="footrst requires height")


def negative(product: Product) -> None:
    Part.objects.filter(code="leg").update(quantity="500 - height")


def undefined(product: Product) -> None:
    Part.objects.filter(code="glue").update(quantity="1 / (height - 500)")


def cheaper_than_nothing(product: Product) -> None:
    PriceRule.objects.filter(code="varnish").update(amount="-1 * height")


def without_picture(product: Product) -> None:
    picture = {"width": 100, "height": 100}
    Product.objects.filter(pk=product.pk).update(picture=picture)
    product.layers.create(code="wood", spec={"image": "layers/{wood}.png"})


def without_part(product: Product) -> None:
    said = [{"code": "bars", "of": ["bar"], "exactly": "1", "message": {"en": "One bar."}}]
    Product.objects.filter(pk=product.pk).update(coverage=said)


def broken_case(product: Product) -> None:
    choices = chosen().to_json()["choices"]
    DesignCase.objects.create(product=product, name="Cheap", choices=choices, price="1.00")


DEFECTS = (
    *(contradiction, misspelled, negative, undefined, cheaper_than_nothing),
    *(without_picture, without_part, broken_case),
)


@pytest.mark.parametrize("plant", DEFECTS, ids=lambda each: each.__name__)
def test_every_door_is_shut(
    plant: Callable[[Product], None], stool: Product, tmp_path: Path, admin_client: Client
) -> None:
    good = read_content(stool)
    plant(stool)
    stool.refresh_from_db()
    content = read_content(stool)
    assert not examine(content, cases=stool.cases.all()).publishable
    before = list(Release.objects.values())
    by_admin(admin_client, stool)
    by_service(stool)
    by_command(content, tmp_path)
    by_schedule(stool, content)
    assert list(Release.objects.values()) == before
    by_return(stool, content)
    assert Release.objects.get(live=True).content == good


def by_admin(client: Client, product: Product) -> None:
    try:
        page = publish_in_admin(client, product)
    except KeyError:  # refused at first sight: there is no page to go to
        return
    assert "This cannot be published yet" in page


def by_service(product: Product) -> None:
    with pytest.raises(PublishRefused):
        publish(product=product)


def by_command(content: Content, folder: Path) -> None:
    """From a folder, as a shop kept in git would."""
    file = folder / "product.yaml"
    file.write_text(product_yaml(content), encoding="utf-8")
    errors = io.StringIO()
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_product", str(file), "--publish", stderr=errors, no_color=True)
    assert all(line.startswith(f"{file}:") for line in errors.getvalue().splitlines())


def by_schedule(product: Product, content: Content) -> None:
    """Whatever was checked before: it is checked again at its moment."""
    asked = Publication.objects.create(
        product=product,
        content=content,
        sha=sha_of(content),
        state=Publication.State.ASKING,
    )
    decide(asked)
    asked.refresh_from_db()
    assert asked.state == Publication.State.REFUSED
    assert asked.problems


def decide(asked: Publication) -> None:
    confirm(publication_id=asked.pk, by="anna")
    work_off()


def by_return(product: Product, content: Content) -> None:
    """A release from before the doctor knew of this."""
    old = Release.objects.create(
        product=product, number=9, sha=sha_of(content), content=content, space="0" * 64
    )
    asked = begin_again(release_id=old.pk, by="anna")
    work_off()
    asked.refresh_from_db()
    assert asked.state == Publication.State.REFUSED


def test_the_command_tells_what_designs_are_changed(stool: Product, tmp_path: Path) -> None:
    design = wizard.start_design(slug="stool", language="en")
    edit = wizard.Edit(design.pk, 0)
    wizard.choose(edit=edit, option="height", value=800)
    lower = str(spoiled(tmp_path, "maximum: 800", "maximum: 700"))
    errors = io.StringIO()
    with pytest.raises(CommandError, match="Nothing was imported; one thing to mend"):
        call_command("import_product", lower, "--keep-designs", stderr=errors, no_color=True)
    assert f"One design of customers would break: Design {str(design.pk)[:8]}" in errors.getvalue()
    assert Release.objects.count() == 1
    out = io.StringIO()
    call_command("import_product", lower, "--by", "ci", stdout=out, no_color=True)
    assert "Customers’ designs: 1 of 1 would break." in out.getvalue()
    assert "sampled designs are not possible any more." in out.getvalue()
    assert Release.objects.get(live=True).published_by == "ci"


def test_moments_are_the_shops(stool: Product, admin_client: Client, settings: Any) -> None:
    settings.TIME_ZONE = "Europe/Warsaw"
    Choice.objects.filter(code="oak").update(name_en="Old oak")
    day = (timezone.now() + timedelta(days=400)).strftime("%Y-07-01T10:00")
    publish_page = reverse("admin:catalog_product_publish", args=[stool.pk])
    assert "(Europe/Warsaw)" in admin_client.get(publish_page).content.decode()
    assert admin_client.post(publish_page, {"at": day}).status_code == 302
    at = Publication.objects.get().goes_live_at
    assert at is not None
    assert at.hour == 8  # UTC, in summer
