"""Choices and options as a table: one save is one change, and what is wrong is told at its cell."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from configurator.catalog.drafts import read_content
from configurator.catalog.editing.numbers import number_from
from configurator.catalog.models import Choice, Option, Product, Revision
from configurator.catalog.roles import CATALOG_ADMIN_PERMISSIONS
from tests.catalog.test_admin import signed_in
from tests.catalog.test_workspace import import_stool
from tests.rows import written_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def stool() -> Product:
    written_once(import_stool)
    Revision.objects.all().delete()  # of its import
    return Product.objects.get()


@pytest.fixture
def admin() -> Client:
    return signed_in(*CATALOG_ADMIN_PERMISSIONS)


class Fields(HTMLParser):
    """The fields of a table as a browser would send them, and which of them are refused."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, Any] = {}
        self.refused: list[str] = []
        self._select = ""
        self._new = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "template":
            self._new = True
        if tag == "select":
            self._select = name
        if self._new or "csrf" in name:
            return
        if (
            tag == "option"
            and self._select
            and ("selected" in given or self._select not in self.sent)
        ):
            self.sent[self._select] = given.get("value") or ""
        if tag == "input" and name and (given.get("type") != "checkbox" or "checked" in given):
            values = self.sent.setdefault(name, [])
            values.append(given.get("value") or "")
        if "aria-invalid" in given:
            self.refused.append(name)

    def handle_endtag(self, tag: str) -> None:
        self._new = self._new and tag != "template"


def fields(page: bytes) -> Fields:
    found = Fields()
    found.feed(page.decode())
    return found


def opened(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200
    return fields(answer.content).sent


def of_choices(code: str) -> str:
    return reverse("admin:catalog_option_table", args=[Option.objects.get(code=code).pk])


def of_options(product: Product) -> str:
    return reverse("admin:catalog_product_options", args=[product.pk])


def row_of(sent: dict[str, Any], code: str) -> int:
    return next(
        int(name[1:].partition("-")[0])
        for name, value in sent.items()
        if name.endswith("-code") and value == [code]
    )


def save(client: Client, address: str, sent: dict[str, Any]) -> Any:
    return client.post(address, {**sent, "save": "stay"})


def test_opening_and_saving_changes_nothing(admin: Client, stool: Product) -> None:
    was = read_content(stool)
    for address in (of_choices("wood"), of_options(stool)):
        assert save(admin, address, opened(admin, address)).status_code == 302
    assert read_content(stool) == was
    assert not Revision.objects.exists()


def test_choices_are_changed_added_and_deleted_at_once(admin: Client, stool: Product) -> None:
    address = of_choices("wood")
    sent = opened(admin, address)
    oak, pine = row_of(sent, "oak"), row_of(sent, "pine")
    new = int(sent["rows"][0]) - 1
    sent |= {
        f"c{oak}-price": "1 234,50 €",
        f"c{oak}-name_pl": "Dąb",
        f"d{pine}": "on",
        f"c{new}-name_en": "Black walnut",
        f"c{new}-lead_days": "3",
    }
    assert save(admin, address, sent).status_code == 302
    wood = Option.objects.get(code="wood")
    rows = {row.code: row for row in wood.choices.all()}
    assert rows["oak"].price == "1234.50"
    assert Choice.objects.get(name_pl="Dąb") == rows["oak"]
    assert "pine" not in rows
    assert rows["black_walnut"].lead_days == 3
    assert list(rows)[-1] == "black_walnut"
    assert len({revision.change for revision in Revision.objects.all()}) == 1
    assert LogEntry.objects.filter(change_message="edited in the table").count() == 3


def test_attributes_are_columns(admin: Client, stool: Product) -> None:
    address = of_choices("wood")
    sent = opened(admin, address)
    added = admin.post(address, {**sent, "attribute_add": "1", "new_attribute": "grain"})
    sent = fields(added.content).sent
    oak, pine = row_of(sent, "oak"), row_of(sent, "pine")
    sent |= {f"c{oak}-@grain": "2.50", f"c{pine}-@grain": "fine"}
    before = Choice.objects.get(code="oak").attributes
    assert save(admin, address, sent).status_code == 302
    assert Choice.objects.get(code="oak").attributes == {**before, "grain": 2.5}
    assert Choice.objects.get(code="pine").attributes["grain"] == "fine"
    refused = admin.post(address, {**sent, "attribute_add": "1", "new_attribute": "two words"})
    assert "letters, digits and _" in refused.content.decode()


def test_what_is_wrong_is_told_at_its_cell_and_nothing_is_lost(
    admin: Client, stool: Product
) -> None:
    was = read_content(stool)
    address = of_choices("wood")
    sent = opened(admin, address)
    oak, pine = row_of(sent, "oak"), row_of(sent, "pine")
    new = int(sent["rows"][0]) - 1
    wrong = {
        f"c{oak}-price": "2 * hight",
        f"c{oak}-lead_days": "soon",
        f"c{oak}-swatch": "red",
        f"c{pine}-name_en": "",
        f"c{new}-code": "oak",
        f"c{new}-name_en": "Oak again",
    }
    answer = save(admin, address, {**sent, **wrong, f"c{pine}-price": "99"})
    assert answer.status_code == 422
    assert read_content(stool) == was
    page = fields(answer.content)
    assert {f"c{oak}-lead_days", f"c{oak}-swatch", f"c{pine}-name_en"} <= set(page.refused)
    assert "2 rows" in answer.content.decode() or "3 rows" in answer.content.decode()
    for name, text in {**wrong, f"c{pine}-price": "99"}.items():
        if not name.startswith(f"c{new}"):
            assert page.sent[name] == [text]
    assert any(value == ["Oak again"] for value in page.sent.values())
    alone = save(admin, address, {**sent, f"c{oak}-price": "2 * hight"})
    assert "There is no option called “hight”" in alone.content.decode()
    doubled = save(admin, address, {**sent, f"c{new}-code": "oak", f"c{new}-name_en": "Oak"})
    assert "used twice" in doubled.content.decode()
    two_ways = save(admin, address, {**sent, f"c{oak}-price": "1,234"})
    assert "in two ways" in two_ways.content.decode()


def test_codes_are_exchanged(admin: Client, stool: Product) -> None:
    address = of_choices("wood")
    keys = {row.code: row.pk for row in Choice.objects.filter(option__code="wood")}
    sent = opened(admin, address)
    oak, pine = row_of(sent, "oak"), row_of(sent, "pine")
    sent |= {f"c{oak}-code": "pine", f"c{pine}-code": "oak"}
    assert save(admin, address, sent).status_code == 302
    assert Choice.objects.get(pk=keys["oak"]).code == "pine"
    revision = Revision.objects.get(model="choice", row=keys["oak"])
    assert revision.before is not None
    assert revision.before["code"] == "oak"


def test_nobody_writes_over_somebody_else(admin: Client, stool: Product) -> None:
    address = of_choices("wood")
    sent = opened(admin, address)
    oak = row_of(sent, "oak")
    other = opened(admin, address)
    assert save(admin, address, {**other, f"c{oak}-price": "77"}).status_code == 302
    mine = {**sent, f"c{oak}-price": "88"}
    answer = save(admin, address, mine)
    assert answer.status_code == 422
    assert "Somebody else" in answer.content.decode()
    assert "It is now: 77" in answer.content.decode()
    assert Choice.objects.get(code="oak").price == "77"
    again = fields(answer.content).sent
    assert again[f"c{oak}-price"] == ["88"]
    assert save(admin, address, again).status_code == 302
    assert Choice.objects.get(code="oak").price == "88"


def test_a_row_that_is_gone_is_told(admin: Client, stool: Product) -> None:
    address = of_choices("wood")
    sent = opened(admin, address)
    oak = row_of(sent, "oak")
    Choice.objects.get(code="oak").delete()
    answer = save(admin, address, {**sent, f"c{oak}-price": "88"})
    assert answer.status_code == 422
    assert "not there any more" in answer.content.decode()
    assert save(admin, address, {**sent, f"d{oak}": "on"}).status_code == 302


def test_rows_are_pasted_seen_and_then_saved(admin: Client, stool: Product) -> None:
    was = read_content(stool)
    address = of_choices("wood")
    block = (
        "Code\tName (en)\tPrice, net\tdensity\r\n"
        "oak\tOak\t30,5\t0.7\r\n"
        '\t"Old\tpine"\t12\t0.5\r\n'
        "ash\tAsh\tPLN 1.200,00\t0.65\r\n"
    )
    answer = admin.post(address, {**opened(admin, address), "paste": "1", "pasted": block})
    page = answer.content.decode()
    assert "3 rows are filled in, and not saved yet." in page
    assert page.count("sheet__filled") >= 6
    assert read_content(stool) == was
    assert save(admin, address, fields(answer.content).sent).status_code == 302
    rows = {row.code: row for row in Option.objects.get(code="wood").choices.all()}
    assert (rows["oak"].price, rows["oak"].attributes["density"]) == ("30.5", 0.7)
    assert (rows["ash"].price, rows["ash"].attributes["density"]) == ("1200.00", 0.65)
    assert rows["old_pine"].price == "12"


def test_names_alone_are_names(admin: Client, stool: Product) -> None:
    address = of_choices("wood")
    sent = fields(admin.get(address).content).sent
    answer = admin.post(address, {**sent, "paste": "1", "pasted": "Half wells\nFull wells"})
    assert save(admin, address, fields(answer.content).sent).status_code == 302
    rows = Option.objects.get(code="wood").choices.filter(name_en__endswith="wells")
    assert [row.code for row in rows] == ["half_wells", "full_wells"]


@pytest.mark.parametrize(
    ("block", "first", "reason"),
    [
        ("Code\tName\tNo such thing!\nx\tX\ty", "code", "There is no column “No such thing!”"),
        ("a\tb", "needs", "A row has 2 cells, but only 1 columns follow"),
        ("x\n" * 1001, "code", "1,001 rows"),
        ("x" * 500_001, "code", "too much at once"),
    ],
)
def test_what_cannot_be_pasted_stays_where_it_is(
    admin: Client, stool: Product, block: str, first: str, reason: str
) -> None:
    address = of_choices("legs")
    sent = {**opened(admin, address), "paste": "1", "pasted": block, "first": first}
    answer = admin.post(address, sent)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert block.splitlines()[0][:100] in answer.content.decode()


def test_options_are_edited_as_a_table(admin: Client, stool: Product) -> None:
    address = of_options(stool)
    sent = opened(admin, address)
    height, new = row_of(sent, "height"), int(sent["rows"][0]) - 1
    step = stool.steps.last()
    assert step is not None
    sent |= {
        f"c{height}-maximum": "900",
        f"c{height}-name_es": "Alto",
        f"c{new}-name_en": "Castors",
        f"c{new}-kind": "toggle",
        f"c{new}-step": str(step.pk),
        f"c{new}-when": "height >= 500",
    }
    assert save(admin, address, sent).status_code == 302
    assert Option.objects.get(code="height").maximum == 900
    made = Option.objects.get(code="castors")
    assert (made.control, made.step, made.when) == ("switch", step, "height >= 500")


def test_an_option_that_cannot_be_is_told_at_its_cell(admin: Client, stool: Product) -> None:
    address = of_options(stool)
    sent = opened(admin, address)
    height, wood = row_of(sent, "height"), row_of(sent, "wood")
    wrong = {
        f"c{height}-step_size": "7",
        f"c{wood}-control": "slider",
        f"c{wood}-when": "hight > 2",
    }
    answer = save(admin, address, {**sent, **wrong})
    assert answer.status_code == 422
    page = fields(answer.content)
    assert set(page.refused) == set(wrong)
    assert {name: page.sent[name] for name in wrong} == {
        f"c{height}-step_size": ["7"],
        f"c{wood}-control": "slider",
        f"c{wood}-when": ["hight > 2"],
    }


def test_forms_that_no_browser_sends(admin: Client, stool: Product) -> None:
    was = read_content(stool)
    address = of_choices("wood")
    for data in (
        {},
        {"rows": "99999999999"},
        {"rows": "-1"},
        {"rows": "2", "key0": "x", "from": "y"},
    ):
        assert admin.post(address, {**data, "save": "stay"}).status_code in (302, 422)
    foreign = Choice.objects.exclude(option__code="wood").first()
    assert foreign is not None
    stranger = {"rows": "1", "key0": str(foreign.pk), "c0-code": "mine", "c0-name_en": "Mine"}
    assert save(admin, address, stranger).status_code == 422
    nul = {"rows": "1", "c0-code": "a\0b", "c0-name_en": "N\0"}
    assert save(admin, address, nul).status_code == 302
    assert Choice.objects.latest("pk").code == "ab"
    Choice.objects.latest("pk").delete()
    assert read_content(stool) == was


def test_who_may_not_delete_choices_deletes_none(stool: Product) -> None:
    client = signed_in("catalog.add_choice", "catalog.change_choice")
    address = of_choices("wood")
    sent = opened(client, address)
    assert save(client, address, {**sent, "d0": "on"}).status_code == 403
    assert signed_in_again("catalog.view_choice").get(address).status_code == 403


def signed_in_again(permission: str) -> Client:
    from django.contrib.auth.models import Group, User

    User.objects.all().delete()
    Group.objects.all().delete()
    return signed_in(permission)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("12", "12"), ("12.50", "12.50"), ("12,50", "12.50"), ("-3", "-3"), ("+3", "3")),
        *(("1 234,50", "1234.50"), ("1.234,50", "1234.50"), ("1,234.50", "1234.50")),
        *(("€12", "12"), ("12 zł", "12"), ("PLN 5,5", "5.5"), ("1,234,567", "1234567")),
        *(("0,125", "0.125"), ("1'200", "1200"), ("2 * height", None), ("EUR", None), ("", None)),
    ],
)
def test_numbers_are_read_as_spreadsheets_write_them(text: str, number: str | None) -> None:
    assert number_from(text) == number
