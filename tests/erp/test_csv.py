"""The CSV route: in the browser, with a token, into a folder."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from orders.erp.csv_files import FILES
from orders.factory.models import WorkOrder, WorkOrderPart
from orders.tables import csv_text
from tests.factory.conftest import signed_in

pytestmark = pytest.mark.django_db


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("name", FILES)
def test_a_lead_and_a_program_get_the_same_file(
    name: str, reader: Client, work_order: WorkOrder
) -> None:
    mine = signed_in("factory lead").get(f"/factory/files/{name}.csv")
    theirs = reader.get(f"/api/v1/files/{name}.csv")
    assert mine.content == theirs.content
    assert mine["Content-Type"].startswith("text/csv")
    rows = read(mine.content.decode())
    assert tuple(rows[0]) == FILES[name].header


def test_a_program_needs_a_token(client: Client, work_order: WorkOrder) -> None:
    assert client.get("/api/v1/files/work-orders.csv").status_code == 401


@pytest.mark.parametrize("path", ["files/customers.csv", "orders", "work-orders/a/b", "x/"])
def test_what_is_not_there_is_told_to_programs(path: str, reader: Client) -> None:
    for answer in (reader.get(f"/api/v1/{path}"), reader.post(f"/api/v1/{path}")):
        assert answer.status_code in (404, 405)
    answer = reader.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_parts_add_up(reader: Client, work_order: WorkOrder) -> None:
    rows = read(reader.get("/api/v1/files/work-order-parts.csv").content.decode())
    assert [row["quantity"] for row in rows] == [str(p.quantity) for p in work_order.parts.all()]


def test_no_cell_is_run_as_a_formula(reader: Client, work_order: WorkOrder) -> None:
    evil = '=HYPERLINK("http://x","y")'
    WorkOrderPart.objects.filter(work_order=work_order).update(name={"en": evil}, bin="+1")
    rows = read(reader.get("/api/v1/files/work-order-parts.csv").content.decode())
    assert rows[0]["name"] == f"'{evil}"
    assert rows[0]["bin"] == "'+1"


def test_numbers_stay_numbers() -> None:
    assert (
        csv_text(["a"], [[-1], [None], ["@x"], ["ąę"]])
        == '\ufeffa\r\n-1\r\n""\r\n\'@x\r\ną\u0119\r\n'
    )


def test_all_files_into_a_folder(tmp_path: Path, work_order: WorkOrder) -> None:
    call_command("export_csv", str(tmp_path / "out"), "--language", "pl")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{name}.csv" for name in FILES}


def test_a_folder_that_can_not_be_written(tmp_path: Path, work_order: WorkOrder) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="can't be written"):
        call_command("export_csv", str(tmp_path / "file"))
