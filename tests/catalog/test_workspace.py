"""The workspace of a product: everything in its order is added, moved, copied and deleted there."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from configurator.catalog.checks import problems
from configurator.catalog.checks.options import problems_of_option
from configurator.catalog.drafts import read_content
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Choice, Layer, Option, Product, Revision, Rule, Step
from configurator.catalog.roles import CATALOG_ADMIN_PERMISSIONS
from tests.catalog.kit import STOOL
from tests.catalog.test_admin import signed_in
from tests.rows import written_once

pytestmark = pytest.mark.django_db


def import_stool() -> None:
    import_product(file=STOOL)


@pytest.fixture
def stool() -> Product:
    written_once(import_stool)
    Revision.objects.all().delete()  # of its import
    return Product.objects.get()


@pytest.fixture
def admin() -> Client:
    return signed_in(*CATALOG_ADMIN_PERMISSIONS)


def address(product: Product, name: str = "workspace", *more: Any) -> str:
    return reverse(f"admin:catalog_product_{name}", args=[product.pk, *more])


def send(client: Client, product: Product, status: int = 200, **data: Any) -> str:
    """A change as htmx sends it."""
    answer = client.post(address(product), data, headers={"HX-Request": "true"})
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def codes(step: Step) -> list[str]:
    return list(step.options.values_list("code", flat=True))


def test_it_shows_the_product_and_the_way_to_all_of_it(admin: Client, stool: Product) -> None:
    page = admin.get(address(stool)).content.decode()
    for option in Option.objects.all():
        assert f'id="option-{option.pk}"' in page
    height = Option.objects.get(code="height")
    assert f"{height.minimum:f}".rstrip("0").rstrip(".") in page
    assert "only when" in page
    for way in ("examine", "publish", "history", "duplicate", "change"):
        assert address(stool, way) in page
    for kind in ("rule", "pricerule", "part", "operation", "layer", "designcase"):
        rows = admin.get(address(stool), {"list": kind}).content.decode()
        assert f'id="list-{kind}"' in rows
    assert address(stool) in admin.get(reverse("admin:catalog_product_changelist")).content.decode()


def test_choices_come_when_they_are_unfolded(admin: Client, stool: Product) -> None:
    wood = Option.objects.get(code="wood")
    choice = wood.choices.get(code="oak")
    here = f'id="choice-{choice.pk}"'
    toggle = f'id="unfold-{wood.pk}"'  # by which the keyboard stays on it
    folded = admin.get(address(stool)).content.decode()
    assert here not in folded
    assert toggle in folded
    fragment = admin.get(address(stool, "choices", wood.pk), headers={"HX-Request": "true"})
    assert here in fragment.content.decode()
    assert toggle in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    plain = admin.get(address(stool, "choices", wood.pk), follow=True)  # without scripts
    assert here in plain.content.decode()


def test_an_option_is_moved_and_it_is_told_who_did_it(admin: Client, stool: Product) -> None:
    step = Step.objects.get(code="body")
    first, second = codes(step)[:2]
    option = Option.objects.get(code=second)
    page = send(admin, stool, up=f"option-{option.pk}")
    assert codes(step)[:2] == [second, first]
    assert f"{option.name} is moved." in page
    entry = LogEntry.objects.filter(object_id=str(option.pk)).latest("id")
    assert (entry.user.get_username(), entry.change_message) == ("anna", "moved")
    assert LogEntry.objects.count() == 1  # not of the other, which made room
    told = admin.get(address(stool, "history")).content.decode()
    assert told.count("moved") == 1
    revision = Revision.objects.get(model="option", row=option.pk)
    assert revision.before is not None
    assert revision.after is not None
    assert (revision.before["position"], revision.after["position"]) == (1, 0)


def test_an_option_leaves_its_step_at_the_end(admin: Client, stool: Product) -> None:
    first, second = stool.steps.all()[:2]
    option = first.options.last()
    assert option is not None
    send(admin, stool, down=f"option-{option.pk}")
    assert codes(second)[0] == option.code
    told = admin.get(reverse("admin:catalog_option_history", args=[option.pk])).content.decode()
    assert f"<del>{first.name}</del> → <ins>{second.name}</ins>" in told
    send(admin, stool, up=f"option-{option.pk}")
    assert codes(first)[-1] == option.code


def test_a_row_is_dragged_before_another(admin: Client, stool: Product) -> None:
    first, second = stool.steps.all()[:2]
    option, other = first.options.first(), second.options.last()
    assert option is not None
    assert other is not None
    send(admin, stool, move=f"option-{option.pk}", before=f"option-{other.pk}")
    assert codes(second)[-2:] == [option.code, other.code]
    send(admin, stool, move=f"option-{option.pk}", into=f"step-{first.pk}")
    assert codes(first)[-1] == option.code
    foreign = Choice.objects.exclude(option=option).first()
    assert foreign is not None
    told = send(admin, stool, 422, move=f"option-{option.pk}", before=f"choice-{foreign.pk}")
    assert "cannot be put there" in told


def test_rules_are_ordered_too(admin: Client, stool: Product) -> None:
    before = list(Rule.objects.values_list("code", flat=True))
    last = Rule.objects.last()
    assert last is not None
    page = send(admin, stool, up=f"rule-{last.pk}", list="rule")
    assert list(Rule.objects.values_list("code", flat=True))[-2] == before[-1]
    assert 'id="list-rule"' in page
    assert 'id="outline"' not in page


@pytest.mark.parametrize("kind", Option.Kind.values)
def test_an_option_of_every_kind_is_in_order_at_once(
    admin: Client, stool: Product, kind: str
) -> None:
    step = stool.steps.get(code="extras")
    send(admin, stool, add=f"option-{step.pk}", name="New one", kind=kind)
    content = read_content(stool)
    mine = [each for each in problems(content) if kind != Option.Kind.CHOICE]
    assert mine == []  # a choice needs its choices first


def test_it_works_without_scripts(admin: Client, stool: Product) -> None:
    step = stool.steps.first()
    assert step is not None
    option = step.options.last()
    wood = Option.objects.get(code="wood")
    assert option is not None
    answer = admin.post(
        address(stool), {"up": f"option-{option.pk}", "open": str(wood.pk)}, follow=True
    )
    assert answer.redirect_chain[0][0].endswith(f"?open={wood.pk}#option-{option.pk}")
    page = answer.content.decode()
    assert f"{option.name} is moved." in page
    assert f'name="open" value="{wood.pk}"' in page


def test_steps_options_and_choices_are_added_by_their_names(admin: Client, stool: Product) -> None:
    send(admin, stool, add="step-", name="Finishing touches")
    step = Step.objects.latest("pk")
    assert (step.code, step.name) == ("finishing_touches", "Finishing touches")
    send(admin, stool, add=f"option-{step.pk}", name="Łąka & co", kind="choice")
    option = Option.objects.latest("pk")
    assert (option.code, option.control, option.step) == ("laka_co", "cards", step)
    names: dict[str, Any] = {f"names-{option.pk}": "Rose gold\r\n\r\nRose gold\n18 k"}
    send(admin, stool, add=f"choice-{option.pk}", **names)
    assert list(option.choices.values_list("code", "name_en", "position")) == [
        ("rose_gold", "Rose gold", 0),
        ("rose_gold_2", "Rose gold", 1),
        ("n18_k", "18 k", 2),
    ]
    numbers: dict[str, Any] = {"minimum": "10", "maximum": "12,5", "step_size": "0.5", "unit": "mm"}
    send(admin, stool, add=f"option-{step.pk}", name="If", kind="number", **numbers)
    number = Option.objects.latest("pk")
    assert (number.code, number.unit, str(number.maximum)) == ("if_", "mm", "12.500")
    assert read_content(stool)["steps"][-1]["options"][-1]["maximum"] == "12.5"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"add": "step-", "name": "  "}, "Write a name."),
        ({"add": "step-", "name": "x" * 121}, "at most 120"),
        ({"add": "option-STEP", "name": "A", "kind": "nonsense"}, "not a valid choice"),
        ({"add": "option-STEP", "name": "A", "kind": "number", "minimum": "ten"}, "not a number"),
        (
            {"add": "option-STEP", "name": "A", "kind": "number", "minimum": "9", "maximum": "1"},
            "above the maximum",
        ),
        ({"add": "option-999999", "name": "A"}, "not there any more"),
        ({"add": "nonsense-1", "name": "A"}, "Nothing was asked for"),
        ({"up": "option-999999"}, "not there any more"),
        ({"up": "user-1"}, "not there any more"),
        ({"move": "option-", "before": "x"}, "not there any more"),
        ({}, "Nothing was asked for"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_lost(
    admin: Client, stool: Product, data: dict[str, Any], reason: str
) -> None:
    step = stool.steps.first()
    assert step is not None
    before = read_content(stool)
    data = {name: value.replace("STEP", str(step.pk)) for name, value in data.items()}
    page = send(admin, stool, 422, **data)
    assert reason in page
    if data.get("name", "").strip() and "STEP" not in reason and "there" not in reason:
        assert data["name"] in page or "Nothing" in reason
    assert read_content(stool) == before


def test_a_step_is_duplicated_with_all_it_holds(admin: Client, stool: Product) -> None:
    step = Step.objects.get(code="body")
    send(admin, stool, duplicate=f"step-{step.pk}")
    copy = Step.objects.get(code="body_2")
    assert [each.code for each in stool.steps.all()][:2] == ["body", "body_2"]
    assert copy.name == f"{step.name} 2"
    assert codes(copy) == [f"{code}_2" for code in codes(step)]
    of_wood = Choice.objects.filter(option__code="wood").values_list("code", "price", "attributes")
    again = Choice.objects.filter(option__code="wood_2").values_list("code", "price", "attributes")
    assert list(of_wood) == list(again)


@pytest.mark.parametrize("kind", ["choice", "rule", "pricerule", "part", "operation", "layer"])
def test_any_row_is_duplicated_under_a_free_code(admin: Client, stool: Product, kind: str) -> None:
    from configurator.catalog.editing.kinds import rows_of

    if kind == "layer":
        Layer.objects.create(product=stool, code="seat", spec={"image": "layers/seat.png"})
    rows = rows_of(kind, stool)
    row = rows[0]
    count = rows.count()
    send(admin, stool, duplicate=f"{kind}-{row.pk}")
    send(admin, stool, duplicate=f"{kind}-{row.pk}")
    copies = rows_of(kind, stool).exclude(pk=row.pk).filter(code__startswith=row.code)
    assert {f"{row.code}_2", f"{row.code}_3"} <= {copy.code for copy in copies}
    assert rows_of(kind, stool).count() == count + 2


def test_a_whole_product_is_duplicated(admin: Client, stool: Product) -> None:
    data = {"slug": "bar-stool", "name": "Bar stool"}
    answer = admin.post(address(stool, "duplicate"), data)
    copy = Product.objects.get(slug="bar-stool")
    assert answer.headers["Location"] == address(copy)
    mine, its = read_content(stool), read_content(copy)
    assert {**its["product"], "slug": "", "name": ""} == {**mine["product"], "slug": "", "name": ""}
    assert {**its, "product": {}} == {**mine, "product": {}}
    again = admin.post(address(stool, "duplicate"), data)
    assert again.status_code == 422
    assert "at this address already" in again.content.decode()
    assert 'value="Bar stool"' in again.content.decode()


def test_what_speaks_of_a_row_is_told_before_it_is_deleted(admin: Client, stool: Product) -> None:
    wood = Option.objects.get(code="wood")
    page = admin.get(reverse("admin:catalog_option_delete", args=[wood.pk])).content.decode()
    assert "must be mended" in page
    assert any(f"/rule/{rule.pk}/" in page for rule in Rule.objects.all())
    answer = admin.post(
        reverse("admin:catalog_option_delete", args=[wood.pk]), {"post": "yes"}, follow=True
    )
    assert answer.redirect_chain[-1][0].startswith(address(stool))
    assert "Bring it back" in answer.content.decode()
    assert not Option.objects.filter(code="wood").exists()


def test_who_may_not_edit_sees_nothing(stool: Product) -> None:
    client = signed_in("catalog.view_product", "catalog.change_step")
    assert client.get(address(stool)).status_code == 403
    assert client.post(address(stool), {"up": "option-1"}).status_code == 403


def test_who_may_only_move_adds_nothing(stool: Product) -> None:
    client = signed_in("catalog.change_product", "catalog.change_option")
    option = Option.objects.first()
    assert option is not None
    assert client.post(address(stool), {"down": f"option-{option.pk}"}).status_code == 302
    assert client.post(address(stool), {"duplicate": f"option-{option.pk}"}).status_code == 403
    assert client.post(address(stool), {"add": "step-", "name": "x"}).status_code == 403


def test_the_steps_of_a_large_product_are_folded(admin: Client, stool: Product) -> None:
    first, second = stool.steps.all()[:2]
    Option.objects.bulk_create(
        Option(product=stool, step=second, code=f"o{n}", position=100 + n, name="O", name_en="O")
        for n in range(120)
    )
    option, other = first.options.first(), second.options.first()
    assert option is not None
    assert other is not None
    page = admin.get(address(stool)).content.decode()
    assert f'id="option-{option.pk}"' not in page
    assert "Show its options" in page
    shown = admin.get(
        address(stool), {"from": f"{second.pk}-0"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert f'id="option-{other.pk}"' in shown
    assert shown.count('class="outline__option"') == 50
    assert "More options" in shown
    later = admin.get(address(stool), {"from": f"{second.pk}-100"}).content.decode()
    assert "Earlier options" in later
    assert "More options" not in later
    moved = send(admin, stool, down=f"option-{option.pk}")
    assert f'id="option-{option.pk}"' in moved


def test_a_new_row_comes_last(admin: Client, stool: Product) -> None:
    form = admin.get(reverse("admin:catalog_rule_add"), {"product": stool.pk}).context["adminform"]
    last = stool.rules.last()
    assert last is not None
    assert form.form["position"].value() == last.position + 1


@pytest.mark.parametrize("kind", ["text", "file", "toggle"])
def test_a_new_option_is_as_its_kind_begins(admin: Client, stool: Product, kind: str) -> None:
    step = stool.steps.first()
    assert step is not None
    send(admin, stool, add=f"option-{step.pk}", name="New", kind=kind)
    content = read_content(stool)["steps"][0]["options"][-1]
    assert list(problems_of_option(content, ())) == []
    assert not content["accept"] or content["max_megabytes"] == 8
