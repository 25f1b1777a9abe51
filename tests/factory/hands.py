"""Twenty scanners at once, in a process of its own: python -m tests.factory.hands [WHAT]."""

import json
import sys
import threading
from collections.abc import Callable
from typing import Any

import django

SCANNERS = 20


def scan_together(what: str = "order", guard: str = "guarded") -> dict[str, Any]:
    """Start the one work order, or its first operation, from many threads.

    "operation" with keys: half of the scanners send the same key as another one.
    "unguarded" reads before it writes.
    """
    from orders.factory import services
    from orders.factory.models import WorkOrder, WorkOrderMove
    from orders.models import Order, OrderEvent

    if guard == "unguarded":
        _take_the_guards_away()
    (work_order,) = services.release_work_orders(order_id=Order.objects.get().pk)
    code = work_order.operations.values_list("code", flat=True)[0]

    def scan(number: int) -> None:
        if what == "order":
            services.start(work_order_id=work_order.pk, by=None)
        else:
            services.start_operation(
                work_order_id=work_order.pk, code=code, by=None, key=f"tap-{number % 2}"
            )

    outcomes = _together(scan)
    return {
        "outcomes": sorted(outcomes),
        "moves": WorkOrderMove.objects.filter(operation=None, after="started").count(),
        "steps": WorkOrderMove.objects.filter(after="started").exclude(operation=None).count(),
        "events": OrderEvent.objects.filter(kind="started").count(),
        "version": WorkOrder.objects.get().version,
    }


def _together(scan: Callable[[int], None]) -> list[str]:
    """What becomes of scans that are made at the same moment."""
    from django.db import connections

    from orders.factory.services import NotPossible

    ready, outcomes = threading.Barrier(SCANNERS), list[str]()

    def run(number: int) -> None:
        ready.wait()
        try:
            scan(number)
            outcomes.append("counted")
        except NotPossible:
            outcomes.append("refused")
        finally:
            connections.close_all()

    crowd = [threading.Thread(target=run, args=[number]) for number in range(SCANNERS)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    return outcomes


def _take_the_guards_away() -> None:
    from orders.factory.services import moving, story
    from orders.models import Order

    unguarded: Any = moving
    unguarded.guarded = _look_think_write
    told: Any = story
    told.record = lambda **_facts: None
    orders: Any = Order.objects
    orders.select_for_update = orders.all


def _look_think_write(work_order: Any, before: str, changes: dict[str, Any]) -> bool:
    """What a naive move does."""
    import time

    if work_order.state != before:
        return False
    time.sleep(0.05)
    work_order.state = changes["state"]
    work_order.save(update_fields=["state"])
    return True


if __name__ == "__main__":
    django.setup()
    print(json.dumps(scan_together(*sys.argv[1:])))  # noqa: T201
