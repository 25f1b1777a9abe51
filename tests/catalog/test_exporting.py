"""Products written to files: everything is in them, always in the same words, and comes back."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from configurator.catalog.drafts import read_content, write_content
from configurator.catalog.exporting.plain import data_of
from configurator.catalog.exporting.service import export_product
from configurator.catalog.exporting.yaml import write_yaml
from configurator.catalog.importing.loader import forbidden, read_yaml
from configurator.catalog.importing.normal import centers_of_file, content_of_file
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Option, Part, Product, Release, WorkCenter
from tests.catalog.kit import STOOL, written
from tests.catalog.test_admin import admin, signed_in, stool

__all__ = ["admin", "stool"]  # fixtures

DEMOS = sorted((Path(__file__).parents[2] / "configurator/catalog/demo").glob("*/product.yaml"))


def exported(product: Product, kind: str = "yaml") -> bytes:
    with export_product(product=product, kind=kind).file as file:
        return file.read()


def forget() -> None:
    """An empty catalog."""
    Release.objects.all().delete()
    Product.objects.all().delete()
    WorkCenter.objects.all().delete()


def put_in(file: Path, files: dict[str, str]) -> Product:
    """The rows of a file, unchecked, its pictures known."""
    data = read_yaml(file).data
    content = content_of_file(data, {})
    return write_content(content=content, files=files, centers=centers_of_file(data))


@pytest.mark.django_db
@pytest.mark.parametrize("demo", DEMOS, ids=lambda path: path.parent.name)
def test_a_demo_brought_to_an_empty_shop_is_exported_to_the_same_bytes(
    demo: Path, tmp_path: Path
) -> None:
    product = put_in(demo, {"cards/one.png": "0" * 64})
    first, content = exported(product), read_content(product)
    forget()

    again = put_in(written(tmp_path, first), {"cards/one.png": "0" * 64})

    assert read_content(again) == content
    assert exported(again) == first


@pytest.mark.django_db
def test_what_admins_type_comes_back(stool: Product, tmp_path: Path) -> None:
    """Line ends of browsers, words that YAML takes for others, numbers that are texts."""
    option: Any = Option.objects.get(code="wood")
    option.help_en = "First line.\r\n\r\n  - indented: yes # no comment \r\nlast"
    option.help_pl = 'Cudzysłów "„ and \\ and \u2028 and tab\there'
    option.save()
    Part.objects.filter(code="leg").update(
        number="007", bin="1.50", name_en="yes", name_es="- null"
    )
    first = exported(stool)

    again = put_in(written(tmp_path, first), {})

    assert again.pk == stool.pk
    assert exported(again) == first
    leg: Any = Part.objects.get(code="leg")
    assert (leg.number, leg.bin, leg.name_en, leg.name_es) == ("007", "1.50", "yes", "- null")
    wood: Any = Option.objects.get(code="wood")
    assert wood.help_en == "First line.\n\n  - indented: yes # no comment \nlast"


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=30)
values = st.one_of(
    *(texts, st.booleans(), st.none(), st.integers(-(10**12), 10**12)),
    st.decimals(-1000, 1000, places=3, allow_nan=False).filter(lambda n: n != n.to_integral()),
)
documents = st.dictionaries(
    st.text("abc_", min_size=1, max_size=4),
    st.recursive(
        values,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=3),
        max_leaves=15,
    ),
    min_size=1,
    max_size=4,
)


@given(data=documents)
def test_whatever_is_written_is_read_as_it_was(tmp_path_factory: Any, data: Any) -> None:
    file = tmp_path_factory.getbasetemp() / "written.yaml"
    text = write_yaml(data)
    if _is_forbidden(data):
        return
    file.write_text(text, encoding="utf-8")
    assert read_yaml(file).data == data


def _is_forbidden(data: Any) -> bool:
    """Signs that no catalog may hold, and that the reader refuses."""
    if isinstance(data, dict):
        return any(bool(forbidden(key)) or _is_forbidden(each) for key, each in data.items())
    if isinstance(data, list):
        return any(map(_is_forbidden, data))
    return isinstance(data, str) and bool(forbidden(data))


@pytest.mark.django_db
def test_an_archive_holds_the_product_and_its_pictures(stool: Product) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(stool, "zip"))) as archive:
        assert archive.namelist()[0] == "product.yaml"
        assert archive.read("product.yaml") == exported(stool)
        assert set(archive.namelist()[1:]) == set(read_content(stool)["files"])
    assert exported(stool, "zip") == exported(stool, "zip")


@pytest.mark.django_db
def test_the_page_offers_every_format(stool: Product, admin: Client) -> None:
    page = f"/admin/catalog/product/{stool.pk}/export/"
    kinds = {kind: kind for kind in ("zip", "yaml", "xlsx", "uvl")}
    for kind, suffix in (kinds | {"xcsp": "xml"}).items():
        assert f"?format={kind}".encode() in admin.get(page).content
        answer = admin.get(page, {"format": kind})
        assert f'filename="stool.{suffix}"' in answer["Content-Disposition"]
        assert answer.getvalue() == exported(stool, kind)
    assert admin.get(page, {"format": "exe"}).status_code == 404


@pytest.mark.django_db
def test_a_draft_that_is_in_no_order_is_written_or_refused_kindly(
    stool: Product, admin: Client
) -> None:
    Option.objects.filter(code="height").update(minimum=None)
    page = f"/admin/catalog/product/{stool.pk}/export/"
    assert b"height" in admin.get(page, {"format": "yaml"}).getvalue()
    answer = admin.get(page, {"format": "uvl"})
    assert answer.status_code == 422
    assert b"not in order yet" in answer.content


@pytest.mark.django_db
def test_only_who_may_edit_exports(stool: Product) -> None:
    reader = signed_in("catalog.view_product")
    assert reader.get(f"/admin/catalog/product/{stool.pk}/export/").status_code == 403


@pytest.mark.django_db
def test_the_command_writes_a_file(stool: Product, tmp_path: Path) -> None:
    target = tmp_path / "kept.yaml"
    call_command("export_product", "stool", "--output", str(target), verbosity=0)
    assert target.read_bytes() == exported(stool)
    with pytest.raises(CommandError, match="Did you mean “stool”"):
        call_command("export_product", "stol")


@pytest.mark.django_db
def test_an_export_is_in_the_shape_that_an_import_takes(tmp_path: Path) -> None:
    import_product(file=STOOL, publish=False)
    file = written(tmp_path, exported(Product.objects.get()))
    assert import_product(file=file, dry_run=True).slug == "stool"
    assert list(data_of(read_content(Product.objects.get()))) == [
        *("format", "product", "steps", "rules", "prices", "parts", "operations"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "name"), [("uvl", "again.uvl"), ("xcsp", "again.xml")])
def test_models_have_as_many_designs_as_the_product(
    stool: Product, tmp_path: Path, kind: str, name: str
) -> None:
    file = written(tmp_path, exported(stool, kind), name)
    assert import_product(file=file, dry_run=True).designs == 66
