"""How much there is, told by an ERP or a file."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from configurator.capacity.models import StockItem, StockMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(db: Any) -> StockItem:
    return StockItem.objects.create(number="P-1", name="Pole", on_hand=5, reserved=3)


def put(client: Client, number: str, body: str) -> Any:
    return client.put(f"/api/v1/stock/{number}", body, content_type="application/json")


def test_stock_is_told(reader: Client, item: StockItem) -> None:
    assert reader.get("/api/v1/stock").json() == [
        {"number": "P-1", "name": "Pole", "on_hand": "5.000", "reserved": "3.000", "free": "2.000"}
    ]


def test_an_erp_counts(writer: Client, item: StockItem) -> None:
    for _again in range(2):
        assert put(writer, "P-1", '{"on_hand": "12.5"}').json()["free"] == "9.500"
    item.refresh_from_db()
    assert item.on_hand == Decimal("12.5")
    assert sum(move.quantity for move in StockMove.objects.all()) == Decimal("7.5")


def test_no_less_than_is_reserved(writer: Client, item: StockItem) -> None:
    told = put(writer, "P-1", '{"on_hand": 2}')
    assert (told.status_code, told.json()["field"]) == (409, "on_hand")
    item.refresh_from_db()
    assert item.on_hand == 5


def test_unknown_parts(writer: Client) -> None:
    assert put(writer, "P-9", '{"on_hand": 2}').status_code == 404


def test_a_reader_counts_nothing(reader: Client, item: StockItem) -> None:
    assert put(reader, "P-1", '{"on_hand": 9}').status_code == 403


@pytest.mark.parametrize("said", ["-1", "NaN", "1e30", "1.23456", "many", "Infinity"])
def test_absurd_counts(said: str, writer: Client, item: StockItem) -> None:
    told = put(writer, "P-1", f'{{"on_hand": "{said}"}}')
    assert told.status_code == 422
    assert told.json()["field"] == "on_hand"


def test_a_file_counts(tmp_path: Path, item: StockItem) -> None:
    file = tmp_path / "stock.csv"
    file.write_text("\ufeffnumber,on_hand\r\nP-1,40\r\n", encoding="utf-8")
    call_command("import_stock", str(file))
    item.refresh_from_db()
    assert item.on_hand == 40


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("number\nP-1\n", "no column on_hand"),
        ("", "no column"),
        ("number,on_hand\nP-1,9\nP-2,1\n", ":3: no stock is kept"),
        ("number,on_hand\nP-1,x\n", ":2: “x” is no number"),
        ("number,on_hand\nP-1,-1\n", ":2: on_hand must be 0 or more"),
        ("number,on_hand\nP-1,NaN\n", ":2: on_hand must be"),
        ("number,on_hand\nP-1,1\n", ":2: 3.000 of P-1 are reserved"),
        ("number,on_hand\nP-1\n", ":2: “” is no number"),
    ],
)
def test_a_bad_file_counts_nothing(text: str, told: str, tmp_path: Path, item: StockItem) -> None:
    file = tmp_path / "stock.csv"
    file.write_text(text)
    with pytest.raises(CommandError, match=told):
        call_command("import_stock", str(file))
    item.refresh_from_db()
    assert item.on_hand == 5


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_stock", str(tmp_path / "none.csv"))
