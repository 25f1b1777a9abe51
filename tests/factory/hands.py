"""Twenty scanners at once, in a process of its own: python -m tests.factory.hands."""

import json
import sys
import threading
from typing import Any

import django

SCANNERS = 20


def scan_together(guard: str = "guarded") -> dict[str, Any]:
    """Start the one work order from many threads; "unguarded" reads before it writes."""
    from django.db import connections

    from orders.factory import services
    from orders.factory.models import WorkOrder, WorkOrderMove
    from orders.models import Order, OrderEvent

    if guard == "unguarded":
        unguarded: Any = services
        unguarded._guarded = _unguarded
        unguarded.record = lambda **_facts: None
        orders: Any = Order.objects
        orders.select_for_update = orders.all
    (work_order,) = services.release_work_orders(order_id=Order.objects.get().pk)
    ready, outcomes = threading.Barrier(SCANNERS), list[str]()

    def scan() -> None:
        ready.wait()
        try:
            services.start(work_order_id=work_order.pk, by=None)
            outcomes.append("moved")
        except services.NotPossible:
            outcomes.append("refused")
        finally:
            connections.close_all()

    crowd = [threading.Thread(target=scan) for _number in range(SCANNERS)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    return {
        "outcomes": sorted(outcomes),
        "moves": WorkOrderMove.objects.filter(after="started").count(),
        "events": OrderEvent.objects.filter(kind="started").count(),
        "version": WorkOrder.objects.get().version,
    }


def _unguarded(work_order: Any, transition: Any, _version: Any, _now: Any) -> bool:
    """What a naive move does: look, think, write."""
    import time

    if work_order.state != transition.before:
        return False
    time.sleep(0.05)
    work_order.state = transition.after
    work_order.save(update_fields=["state"])
    return True


if __name__ == "__main__":
    django.setup()
    print(json.dumps(scan_together(*sys.argv[1:])))  # noqa: T201
