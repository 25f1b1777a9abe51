"""The figures over 5,000 work orders: python -m tests.bench.factory_figures [work orders]

Server time of the whole request (session, sign-in check, queries, counting, template), in-process,
on SQLite. Every work order has six operations, all of them done within the last 30 days. Goal: at
most 100 ms.
"""

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from orders.factory.models import WorkOrder, WorkOrderMove, WorkOrderOperation  # noqa: E402
from tests.bench.factory_queue import stock, timed  # noqa: E402
from tests.factory.conftest import signed_in  # noqa: E402
from tests.orders import kit  # noqa: E402

GOAL = 100
CENTERS = ("saw", "bench")
CAUSES = ("surface", "measure", "material")


def build() -> None:
    """Finish all work orders, some of them late, every twentieth with rework."""
    now = timezone.now()
    rows = list(WorkOrder.objects.all())
    for n, row in enumerate(rows):
        row.state = WorkOrder.State.SHIPPED
        row.finished_at = now - timedelta(minutes=n * 30 * 1440 // len(rows))
        row.due_on = row.finished_at.date() + timedelta(days=n % 9 - 1)
    WorkOrder.objects.bulk_update(rows, ["state", "finished_at", "due_on"], batch_size=500)
    WorkOrderOperation.objects.all().delete()
    WorkOrderOperation.objects.bulk_create(
        WorkOrderOperation(
            work_order=row,
            position=position,
            code=f"operation-{position}",
            name={"en": "Cut", "es": "Cortar", "pl": "Ciąć"},
            work_center=CENTERS[position % 2],
            setup_minutes=5,
            run_minutes=10 + position,
            worked_minutes=14,
            setup_key=f"{position}-{n % 7}",
            instructions={"en": "Mind the grain. " * 30},
            state="done",
            done_at=row.finished_at,
        )
        for n, row in enumerate(rows)
        for position in range(1, 7)
    )
    WorkOrderMove.objects.bulk_create(
        WorkOrderMove(
            work_order=row,
            event="rework" if step == 0 and n % 20 == 0 else "pause",
            after="rework",
            cause=CAUSES[n % 3],
            at=row.finished_at or timezone.now(),
        )
        for n, row in enumerate(rows)
        for step in range(6)
    )


def main(rows: int) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    kit.import_lamp()
    stock(rows)
    build()
    client = signed_in("factory lead")
    asked = {"the page": "/factory/figures/", "a table as XLSX": "/factory/figures/load.xlsx"}
    print(f"| request, {WorkOrder.objects.count():,} work orders of six operations | ms |")
    print("|---|---|")
    for name, url in asked.items():
        print(f"| {name} | {timed(client, url, {}):.1f} |")
    print(f"\nGoal: at most {GOAL} ms.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
