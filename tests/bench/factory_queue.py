"""The factory's queues with 5,000 open work orders: python -m tests.bench.factory_queue [rows]

Server time of the whole request (session, sign-in check, queries, template), in-process, on
SQLite. Goal: at most 100 ms.
"""

import os
import statistics
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from orders.factory.models import WorkOrder, WorkOrderOperation  # noqa: E402
from orders.models import OrderLine  # noqa: E402
from tests.factory.conftest import signed_in  # noqa: E402
from tests.orders import kit  # noqa: E402

GOAL = 100


def stock(rows: int) -> None:
    """One order with so many lines, a work order each, due over the next three months.

    Each has four operations, all at the same two work centers; the first is done on some.
    """
    placed = kit.order(kit.whole_design())
    line, today = placed.lines.get(), timezone.localdate()
    facts = {"order": placed, "specification_id": line.specification_id, "quantity": 1}
    money = {"unit_net": line.unit_net, "net": line.net, "tax_rate": line.tax_rate}
    facts |= {"design_id": line.design_id, "promised_on": line.promised_on}
    lines = OrderLine.objects.bulk_create(
        OrderLine(position=position, design_revision=1000 + position, **facts, **money)
        for position in range(2, rows + 2)
    )
    made = WorkOrder.objects.bulk_create(
        WorkOrder(
            number=f"2026-{number:05}-1",
            line=line,
            specification_id=line.specification_id,
            quantity=1,
            due_on=today + timedelta(days=number % 90 - 5),
            state="started" if number % 7 == 0 else "released",
        )
        for number, line in enumerate(lines, start=10)
    )
    WorkOrderOperation.objects.bulk_create(
        _operation(work_order, position) for work_order in made for position in range(1, 5)
    )


def _operation(work_order: WorkOrder, position: int) -> WorkOrderOperation:
    begun = work_order.state == "started"
    return WorkOrderOperation(
        work_order=work_order,
        position=position,
        code=f"step-{position}",
        name={"en": f"Step {position}"},
        work_center=("saw", "bench")[position % 2],
        work_center_name={"en": "Somewhere"},
        setup_minutes=1,
        run_minutes=2,
        predecessors=[f"step-{position - 1}"] if position > 1 else [],
        state="done" if begun and position == 1 else "waiting",
        ready=position == (2 if begun else 1) or (begun and position == 1),
    )


def timed(client: Client, url: str, headers: dict[str, str], rounds: int = 20) -> float:
    """Median milliseconds of a request."""
    times = []
    for _round in range(rounds + 2):
        start = time.perf_counter()
        answer = client.get(url, headers=headers)
        times.append((time.perf_counter() - start) * 1000)
        assert answer.status_code in (200, 204), answer.status_code
    return statistics.median(times[2:])


def main(rows: int) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    kit.import_lamp()
    stock(rows)
    client = signed_in("factory operator")
    poll = client.get("/factory/").text.split('hx-get="', 1)[1].split('"', 1)[0]
    client.post("/factory/bench/station/", {"station": "bench"})
    station = client.get("/factory/bench/").text.split('id="tasks" hx-get="', 1)[1].split('"', 1)[0]
    asked: dict[str, tuple[str, dict[str, str]]] = {
        "the queue": ("/factory/", {}),
        "its page 150": ("/factory/?page=150", {}),
        "a search": ("/factory/?q=0042", {}),
        "a poll when nothing changed": (poll.replace("&amp;", "&"), {"HX-Request": "true"}),
        "a station's queue": ("/factory/bench/", {}),
        "its poll when nothing changed": (station, {"HX-Request": "true"}),
    }
    print(f"| request, {rows:,} open work orders | ms |")
    print("|---|---|")
    for name, (url, headers) in asked.items():
        print(f"| {name} | {timed(client, url, headers):.1f} |")
    print(f"\nGoal: at most {GOAL} ms.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
