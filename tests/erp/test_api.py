"""The JSON API as a program meets it."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from orders.erp import queries
from orders.factory.models import WorkOrder, WorkOrderPart
from orders.factory.services import start

pytestmark = pytest.mark.django_db
State = WorkOrder.State


def test_a_work_order_with_all_that_builds_it(reader: Client, work_order: WorkOrder) -> None:
    told = reader.get(f"/api/v1/work-orders/{work_order.number}").json()
    assert told["number"] == work_order.number
    assert told["state"] == "released"
    assert told["specification"] == work_order.specification_id
    assert {choice["option"] for choice in told["choices"]} >= {"shade", "engraving"}
    assert [part["quantity"] for part in told["parts"]] == [
        str(part.quantity) for part in work_order.parts.all()
    ]
    assert [each["code"] for each in told["operations"]] == [
        each.code for each in work_order.operations.all()
    ]


def test_nothing_says_who_the_customer_is(reader: Client, work_order: WorkOrder) -> None:
    order = work_order.line.order
    for path in (f"work-orders/{work_order.number}", "work-orders", "events", "parts-demand"):
        body = reader.get(f"/api/v1/{path}").content.decode()
        for secret in (order.name, order.email, order.street, order.city, order.token):
            assert secret not in body


def test_pages_lead_through_all(reader: Client, work_order: WorkOrder) -> None:
    facts = {"line": work_order.line, "specification_id": work_order.specification_id}
    for n in range(2, 6):
        WorkOrder.objects.create(
            number=f"Z-{n}", attempt=n, quantity=1, due_on=work_order.due_on, **facts
        )
    seen, after = [], ""
    while after is not None:
        told = reader.get(f"/api/v1/work-orders?limit=2&after={after}").json()
        seen += [item["number"] for item in told["items"]]
        after = told["next"]
    assert seen == sorted(WorkOrder.objects.values_list("number", flat=True))


def test_filters(reader: Client, work_order: WorkOrder) -> None:
    def count(query: str) -> int:
        return len(reader.get(f"/api/v1/work-orders?{query}").json()["items"])

    assert count("state=released&state=started") == 1
    assert count("state=finished") == 0
    assert count(f"due_until={work_order.due_on}") == 1
    assert count("due_until=2020-01-01") == 0
    assert count("changed_since=2020-01-01T00:00:00Z") == 1
    assert count("changed_since=2020-01-01T00:00:00") == 1
    assert count("changed_since=2100-01-01T00:00:00Z") == 0


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("work-orders?limit=0", "limit"),
        ("work-orders?limit=1e9", "limit"),
        ("work-orders?limit=201", "limit"),
        ("work-orders?state=asleep", "state"),
        ("work-orders?due_until=soon", "due_until"),
        ("work-orders?changed_since=99999-01-01", "changed_since"),
        ("work-orders?changed_since=9999-12-31T23:59:59-14:00", "changed_since"),
        ("work-orders?changed_since=0001-01-01T00:00:00%2B14:00", "changed_since"),
        ("events?after=-1", "after"),
        ("events?after=99999999999999999999", "after"),
        ("parts-demand?due_until=2026-13-01", "due_until"),
    ],
)
def test_what_is_wrong_is_said_with_its_field(reader: Client, path: str, field: str) -> None:
    told = reader.get(f"/api/v1/{path}")
    assert told.status_code == 422
    problem = told.json()
    assert problem["field"] == field
    assert problem["message"]


@pytest.mark.parametrize("number", ["2026-99999-1", "%00", "a" * 500, "ż"])
def test_unknown_work_orders(reader: Client, number: str) -> None:
    assert reader.get(f"/api/v1/work-orders/{number}").status_code == 404


def test_events_tell_each_move_once(
    reader: Client, work_order: WorkOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "SETTLED", timedelta(0))
    start(work_order_id=work_order.pk, by=None)
    first = reader.get("/api/v1/events?limit=1").json()
    assert [each["type"] for each in first["items"]] == ["work_order.released"]
    parts = first["items"][0]["work_order"]["parts"]
    assert len(parts) == work_order.parts.count()
    then = reader.get(f"/api/v1/events?after={first['next']}").json()
    assert then["items"][0]["type"] == "work_order.started"
    last = reader.get(f"/api/v1/events?after={then['next']}").json()
    assert last == {"items": [], "next": then["next"]}


def test_demand_adds_up_what_is_open(reader: Client, work_order: WorkOrder) -> None:
    part = work_order.parts.exclude(number="").first()
    assert part is not None
    WorkOrderPart.objects.filter(pk=part.pk).update(scrap=Decimal("0.5"))

    def line() -> dict[str, Any] | None:
        lines = reader.get("/api/v1/parts-demand").json()
        return next((each for each in lines if each["number"] == part.number), None)

    total = sum(row.quantity for row in work_order.parts.filter(number=part.number))
    found = line()
    assert found is not None
    assert (Decimal(found["quantity"]), found["scrap"]) == (total, "0.500")
    assert found["first_due_on"] == work_order.due_on.isoformat()
    WorkOrder.objects.update(state=State.FINISHED)
    assert line() is None


def test_the_document_describes_the_addresses(client: Client) -> None:
    document = json.loads(client.get("/api/v1/openapi.json").content)
    assert set(document["paths"]) >= {
        "/api/v1/work-orders",
        "/api/v1/work-orders/{number}",
        "/api/v1/events",
        "/api/v1/parts-demand",
    }


def report(client: Client, work_order: WorkOrder, event: str, key: str = "key-0001") -> Any:
    return client.post(
        f"/api/v1/work-orders/{work_order.number}/events",
        {"event": event, "key": key},
        content_type="application/json",
    )


def test_an_erp_reports_a_move_once(writer: Client, work_order: WorkOrder) -> None:
    told = report(writer, work_order, "start")
    assert told.status_code == 200
    assert told.json()["state"] == "started"
    assert report(writer, work_order, "start").status_code == 200
    assert work_order.moves.filter(event="start", after="started").count() == 1
    assert report(writer, work_order, "finish", "key-0002").json()["state"] == "finished"
    assert report(writer, work_order, "ship", "key-0003").json()["state"] == "shipped"


def test_an_impossible_move_is_refused_with_its_reason(
    writer: Client, work_order: WorkOrder
) -> None:
    told = report(writer, work_order, "ship")
    assert told.status_code == 409
    assert work_order.number in told.json()["message"]
    work_order.refresh_from_db()
    assert work_order.state == "released"


def test_a_reading_token_moves_nothing(reader: Client, work_order: WorkOrder) -> None:
    assert report(reader, work_order, "start").status_code == 403
    work_order.refresh_from_db()
    assert work_order.state == "released"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"event": "start"}',
        '{"event": "explode", "key": "12345678"}',
        '{"event": "start", "key": "short"}',
        '{"event": "start", "key": "with space"}',
        '{"event": 7, "key": "12345678"}',
        '{"event": "start", "key": "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000"}',
    ],
)
def test_bad_reports(body: str, writer: Client, work_order: WorkOrder) -> None:
    told = writer.post(
        f"/api/v1/work-orders/{work_order.number}/events", body, content_type="application/json"
    )
    assert told.status_code in (400, 422)
    assert told.json()["message"]
