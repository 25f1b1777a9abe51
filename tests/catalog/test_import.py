"""Importing a product: rows, a release, and what the command says."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from configurator.catalog.drafts import read_content
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Choice, Option, Product, Release, Rule, WorkCenter
from tests.catalog.kit import STOOL, line_of, refused, rows, spoiled, written

pytestmark = pytest.mark.django_db


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import_product", *arguments, stdout=out, no_color=True)
    return out.getvalue()


def test_an_import_makes_rows_and_a_live_release() -> None:
    done = import_product(file=STOOL, by="maker")
    product = Product.objects.get(slug="stool")
    assert (product.name_pl, product.currency, product.base_days) == ("Taboret", "EUR", 4)  # type: ignore[attr-defined]
    assert [step.code for step in product.steps.all()] == ["body", "extras"]
    oak = Choice.objects.get(option__code="wood", code="oak")
    assert (oak.lead_days, oak.attributes) == (3, {"weight_g": 2600, "grade": "hard"})
    assert Rule.objects.get(code="brass-is-for-oak").rows == [["pine", "brass"]]
    release = product.releases.get()
    assert (release.live, release.number, release.published_by) == (True, 1, "maker")
    assert done.created
    assert done.published is not None
    assert done.published.release == release
    assert int(release.designs) == done.designs == 66
    assert release.content == read_content(product)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("15%", {"percent": "15.00"}),
        ("{percent: 7.5}", {"percent": "7.50"}),
        ("90", {"amount": "90.00"}),
        ("{amount: 90.5}", {"amount": "90.50"}),
        ("0", {"amount": "0.00"}),
    ],
)
def test_the_price_of_rush(said: str, kept: dict[str, str], tmp_path: Path) -> None:
    done = import_product(file=spoiled(tmp_path, "base_days: 4", f"base_days: 4\n  rush: {said}"))
    assert done.published is not None
    content = done.published.release.content
    assert content["product"]["rush"] == kept
    assert content == read_content(Product.objects.get(slug="stool"))


def test_the_same_file_again_changes_nothing() -> None:
    import_product(file=STOOL)
    again = import_product(file=STOOL)
    assert not again.created
    assert again.published is not None
    assert not again.published.created
    assert Release.objects.count() == 1
    assert Option.objects.count() == 8


def test_a_changed_file_makes_the_next_release(tmp_path: Path) -> None:
    import_product(file=STOOL)
    import_product(file=spoiled(tmp_path, "base_price: 40.50", "base_price: 41"))
    first, second = Release.objects.order_by("number")
    assert (first.live, second.live, second.number) == (False, True, 2)
    assert first.content["product"]["base_price"] == "40.50"
    assert second.content["product"]["base_price"] == "41.00"
    assert first.space != second.space


def test_a_draft_leaves_the_live_release(tmp_path: Path) -> None:
    import_product(file=STOOL)
    cheap = spoiled(tmp_path, "base_price: 40.50", "base_price: 1")
    done = import_product(file=cheap, publish=False)
    assert done.published is None
    assert Product.objects.get().base_price == 1
    assert Release.objects.get().content["product"]["base_price"] == "40.50"


def test_a_dry_run_saves_nothing() -> None:
    import_product(file=STOOL, dry_run=True)
    assert not any(rows().values())


def test_other_products_and_their_work_centers_stay(tmp_path: Path) -> None:
    import_product(file=STOOL)
    import_product(file=spoiled(tmp_path, "slug: stool", "slug: stool-two"))
    assert Product.objects.count() == 2
    assert WorkCenter.objects.count() == 2
    assert Option.objects.count() == 16


def test_a_work_center_may_be_known_from_before(tmp_path: Path) -> None:
    text = STOOL.read_text(encoding="utf-8")
    file = written(tmp_path, text[: text.index("work_centers:")])
    assert len(refused(file)) == 2
    import_product(file=STOOL)
    import_product(file=file)


def test_the_least_product(tmp_path: Path) -> None:
    done = import_product(
        file=written(
            tmp_path,
            "format: 1\nproduct: {slug: pin, name: Pin}\nsteps:\n- code: all\n  name: All\n"
            "  options: [{code: gold, name: Gold, kind: toggle}]\n",
        )
    )
    assert done.designs == 2


def test_the_command_tells_what_it_did(tmp_path: Path) -> None:
    said = command(str(STOOL))
    assert "created and published as release 1" in said
    assert "66 valid designs" in said
    assert "Compiling 8 options and 3 rules" in said
    assert "unchanged; release 1 stays live" in command(str(STOOL))
    changed = spoiled(tmp_path, "base_price: 40.50", "base_price: 50")
    assert "Nothing was saved" in command(str(changed), "--dry-run")
    assert "updated as a draft" in command(str(changed), "--no-publish")
    assert "updated and published as release 2" in command(str(changed))


def test_the_command_warns_of_dead_values(tmp_path: Path) -> None:
    rule = "rules:\n  - {code: no-pine, rule: wood = oak}"
    assert "No design can have wood = pine" in command(str(spoiled(tmp_path, "rules:", rule)))


def test_the_command_refuses_with_a_line_a_problem(tmp_path: Path) -> None:
    file = spoiled(tmp_path, "rule: height >= 600 requires", "rule: hight >= 600 requires")
    errors = io.StringIO()
    with pytest.raises(CommandError, match="Nothing was imported; one thing to mend"):
        call_command("import_product", str(file), stderr=errors, no_color=True)
    assert (
        f"{file}:{line_of(file, 'hight')}: rules → tall-stools-stand-on-four → rule"
        in errors.getvalue()
    )
    assert "Did you mean “height”?" in errors.getvalue()


def test_edits_in_the_admin_are_undone_by_an_import() -> None:
    import_product(file=STOOL)
    Choice.objects.filter(code="oak").update(price="99")
    done = import_product(file=STOOL)
    assert Choice.objects.get(code="oak").price == "25"
    assert done.published is not None
    assert not done.published.created
