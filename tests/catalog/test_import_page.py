"""Import in the admin: upload, see what would change, confirm; nothing else ever changes."""

from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from configurator.catalog.drafts import read_content
from configurator.catalog.exporting.yaml import write_yaml
from configurator.catalog.importing import uploads
from configurator.catalog.importing.loader import read_yaml
from configurator.catalog.models import Choice, Option, Product, Release, Revision, Step
from tests.catalog.archives import pictured_files, zipped
from tests.catalog.kit import STOOL, rows
from tests.catalog.test_admin import admin, signed_in, stool

__all__ = ["admin", "stool"]  # fixtures
pytestmark = pytest.mark.django_db
PAGE = "/admin/catalog/product/import/"


@pytest.fixture(autouse=True)
def kept(settings: object, tmp_path: Path) -> Path:
    settings.IMPORTS_DIR = tmp_path / "imports"  # type: ignore[attr-defined]
    return tmp_path / "imports"


def sent(client: Client, data: bytes, name: str = "product.yaml") -> str:
    """Upload a file; the address of what it would change."""
    answer = client.post(PAGE, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def stool_with(old: str, new: str) -> bytes:
    text = STOOL.read_text(encoding="utf-8")
    assert text.count(old) == 1
    return text.replace(old, new).encode()


DEARER = stool_with("price: 25,", "price: 27.50,")


def test_what_would_change_is_told_then_done(stool: Product, admin: Client) -> None:
    before, releases = rows(), Release.objects.count()
    address = sent(admin, DEARER)
    page = admin.get(address)
    assert "“Wood: Oak”: price is now 27.5, was 25" in page.content.decode()
    assert page.content.decode().count("<li>“") == 1
    assert rows() == before

    answer = admin.post(address, {"base": page.context["proposal"].base})

    assert answer["Location"] == reverse("admin:catalog_product_change", args=[stool.pk])
    assert Choice.objects.get(code="oak").price == "27.5"
    assert Release.objects.count() == releases
    entry = LogEntry.objects.get()
    assert "“Wood: Oak”: price is now 27.5, was 25" in entry.get_change_message()
    assert admin.get(address).status_code == 302  # it is done, and forgotten


def test_what_could_not_be_published_is_told_before_it_is_accepted(
    stool: Product, admin: Client
) -> None:
    before = rows()
    data = stool_with(
        "rule: footrest requires height >= 500 mm", "rule: height >= 600 and height < 500"
    )
    address = sent(admin, data)
    page = admin.get(address).content.decode()
    assert 'hx-get="?examined=1"' in page
    assert "It is being examined." in page
    examined = admin.get(f"{address}?examined=1").content.decode()  # without scripts
    assert "Change the draft" in examined
    assert "No: what stands below is to be mended first." in examined
    part = admin.get(f"{address}?examined=1", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "No design at all can meet “low-stools-have-no-footrest”" in part.replace("&quot;", '"')
    line = (
        data.decode().split("\n").index("    rule: height >= 600 and height < 500")
    )  # its code is above it
    assert f"<strong>line {line}</strong>" in part
    assert rows() == before
    sound = admin.get(f"{sent(admin, DEARER)}?examined=1").content.decode()
    assert "Yes. " in sound
    assert "designs are possible." in sound


def test_a_new_product_becomes_a_draft_with_its_pictures(admin: Client, tmp_path: Path) -> None:
    file = zipped(tmp_path / "stool.zip", pictured_files(tmp_path / "made"))
    address = sent(admin, file.read_bytes(), "stool.zip")
    page = admin.get(address)
    assert "makes a new product: “Stool”" in page.content.decode()
    admin.post(address, {"base": page.context["proposal"].base})
    assert Product.objects.get().layer_files.count() == 5
    assert not Release.objects.exists()


def test_a_feature_model_begins_a_product(admin: Client) -> None:
    model = b"features\n\tHouse\n\t\toptional\n\t\t\tGarden\n\t\t\tCellar\n"
    address = sent(admin, model, "My house.uvl")
    page = admin.get(address)
    assert "/p/my-house/" in page.content.decode()
    admin.post(address, {"base": page.context["proposal"].base})
    assert Product.objects.get().options.count() == 3


def test_errors_are_told_with_their_line_and_nothing_is_offered(
    stool: Product, admin: Client
) -> None:
    before = rows()
    address = sent(admin, stool_with("height >= 500 mm", "hight >= 500 mm"))
    for answer in (admin.get(address), admin.post(address, {"base": ""})):
        assert answer.status_code == 422
        text = answer.content.decode()
        assert "<strong>line " in text
        assert "Did you mean “height”?" in text
        assert 'name="base"' not in text
    assert rows() == before


def test_an_edit_meanwhile_is_told_before_anything_is_changed(
    stool: Product, admin: Client
) -> None:
    address = sent(admin, DEARER)
    base = admin.get(address).context["proposal"].base
    Choice.objects.filter(code="pine").update(price="5")
    answer = admin.post(address, {"base": base})
    assert answer.status_code == 409
    assert "Somebody has edited the product meanwhile" in answer.content.decode()
    assert "“Wood: Pine”: price is empty now, was 5" in answer.content.decode()
    assert Choice.objects.get(code="oak").price == "25"


def test_the_same_again_changes_nothing(stool: Product, admin: Client) -> None:
    page = admin.get(sent(admin, STOOL.read_bytes())).content.decode()
    assert "There is nothing to change" in page
    assert 'name="base"' not in page


@pytest.mark.parametrize("name", ["product.exe", "product", "x.yaml.gz", "yaml"])
def test_other_files_are_refused_at_the_field(admin: Client, name: str) -> None:
    answer = admin.post(PAGE, {"file": SimpleUploadedFile(name, b"x")})
    assert answer.status_code == 422
    assert b"A product is read from a file that ends in" in answer.content


def test_no_file_and_an_empty_one(admin: Client) -> None:
    assert b"Choose a file first" in admin.post(PAGE, {}).content
    assert b"empty" in admin.post(PAGE, {"file": SimpleUploadedFile("a.yaml", b"")}).content


def test_too_large_is_refused(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 1024 * 1024)
    answer = admin.post(PAGE, {"file": SimpleUploadedFile("a.yaml", b"#" * (1024 * 1024 + 1))})
    assert b"The file is larger than 1 MB" in answer.content


@pytest.mark.parametrize(
    "name", ["../../x.yaml", "..\\x.yaml", "żółw & co.yaml", "a" * 150 + ".yaml"]
)
def test_odd_names_stay_in_the_folder(admin: Client, kept: Path, name: str) -> None:
    sent(admin, STOOL.read_bytes(), name)
    (file,) = [path for path in kept.rglob("*") if path.is_file()]
    assert file.parent.parent == kept
    assert file.suffix == ".yaml"


def test_uploads_are_their_owners_and_are_forgotten(stool: Product, admin: Client) -> None:
    address = sent(admin, DEARER)
    other = signed_in_as_another()
    assert other.get(address)["Location"] == PAGE
    for _each in range(uploads.MOST_A_PERSON + 3):
        sent(admin, DEARER)
    assert admin.get(address)["Location"] == PAGE


def signed_in_as_another() -> Client:
    from django.contrib.auth.models import User

    client = Client()
    client.force_login(User.objects.create_superuser("other"))
    return client


def test_who_may_not_edit_all_of_a_product_imports_nothing(stool: Product) -> None:
    editor = signed_in("catalog.view_product", "catalog.change_product")
    assert editor.get(PAGE).status_code == 403
    assert b"product/import" not in editor.get("/admin/catalog/product/").content


def test_what_stays_keeps_its_rows_and_what_changes_its_history(
    stool: Product, admin: Client
) -> None:
    keys = {
        name: sorted((row["id"], row.get("code")) for row in found)
        for name, found in rows().items()
        if name not in ("Release", "LayerFile")
    }
    Revision.objects.all().delete()  # of its first import
    changed = stool_with("price: 25,", "price: 27.50,").replace(b"en: Pine,", b"en: Pinewood,")
    changed = changed.replace(b"code: low-stools-have-no-footrest", b"code: no-footrest-below-50")
    address = sent(admin, changed)
    admin.post(address, {"base": admin.get(address).context["proposal"].base})

    after = rows()
    for name, before in keys.items():
        if name != "Rule":
            assert sorted((row["id"], row.get("code")) for row in after[name]) == before
    told = {(r.model, r.label, r.before is None, r.after is None) for r in Revision.objects.all()}
    assert told == {
        *(("choice", "Oak", False, False), ("choice", "Pinewood", False, False)),
        *(("rule", "no-footrest-below-50", True, False),),
        *(("rule", "low-stools-have-no-footrest", False, True),),
    }
    assert {r.note for r in Revision.objects.all()} == {"imported"}
    assert {r.by for r in Revision.objects.all()} == {"anna"}


def test_an_option_moves_to_another_step_with_its_choices(stool: Product, admin: Client) -> None:
    """Also when its old step goes."""
    engraved = Option.objects.get(code="engraved")
    data = read_yaml(STOOL).data
    moved = [option for step in data["steps"] for option in step["options"]]
    data["steps"] = [{"code": "all", "name": "All", "options": moved}]
    address = sent(admin, write_yaml(data).encode())
    admin.post(address, {"base": admin.get(address).context["proposal"].base})
    assert [step.code for step in Step.objects.all()] == ["all"]
    assert Option.objects.get(code="engraved").pk == engraved.pk
    assert read_content(Product.objects.get())["steps"][0]["options"][0]["choices"]


def test_mistakes_of_a_file_are_told_in_the_readers_language(admin: Client) -> None:
    broken = b"format: 1\nproduct: {slug: x, name: X, color: red}\nsteps: []\n"
    for name, data, told in (
        ("product.yaml", broken, "línea 2"),
        ("product.yaml", b"\tformat: 1\n", "Hay un tabulador; sangra con espacios."),
        ("product.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "Este es un archivo antiguo de Excel"),
    ):
        address = sent(admin, data, name)
        page = admin.get(address, headers={"Accept-Language": "es"}).content.decode()
        assert told in page
