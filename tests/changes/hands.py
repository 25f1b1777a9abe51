"""A customer and a bench at the same moment: python -m tests.changes.hands WHAT [GUARD]."""

import json
import sys
import threading
from collections.abc import Callable
from typing import Any

import django

from tests.effort import often

ROUNDS = often(8)


def cancel_and_start(guard: str = "guarded") -> dict[str, Any]:
    """Two clicks that cancel and two taps that start, together, for several orders.

    "unguarded" looks before it holds the order, as a naive view would.
    """
    from orders.changes import canceling
    from orders.factory import services as factory
    from orders.factory.models import WorkOrder, WorkOrderMove
    from orders.models import Order, OrderEvent
    from tests.orders import kit

    if guard == "unguarded":
        orders: Any = Order.objects
        orders.select_for_update = orders.all
        _look_slowly(canceling)
    told = []
    for _round in range(ROUNDS):
        order = kit.order(kit.whole_design())
        (work_order,) = factory.release_work_orders(order_id=order.pk)

        def cancel(order: Order = order) -> None:
            canceling.cancel_order(order_id=order.pk)

        def start(work_order: WorkOrder = work_order) -> None:
            factory.start_operation(work_order_id=work_order.pk, code="cut", by=None)

        together([cancel, start, cancel, start])
        moves = WorkOrderMove.objects.filter(work_order=work_order, operation=None)
        order.refresh_from_db()
        told.append(
            {
                "order": order.state,
                "work_order": WorkOrder.objects.get(pk=work_order.pk).state,
                "started": moves.filter(event="start").count(),
                "canceled": moves.filter(event="cancel").count(),
                "events": OrderEvent.objects.filter(
                    order=order, kind__in=["started", "canceled"]
                ).count(),
            }
        )
    return {"rounds": told}


def change_and_start() -> dict[str, Any]:
    """Two clicks that accept a change of the wood and two taps that start to saw, together."""
    from orders.changes import changing
    from orders.factory import services as factory
    from orders.factory.models import WorkOrder
    from orders.models import OrderEvent
    from tests.changes import kit

    kit.import_stool()
    told = []
    for _round in range(ROUNDS):
        order = kit.ordered(wood="oak")
        (work_order,) = factory.release_work_orders(order_id=order.pk)
        change = kit.begin(order, wood="ash")
        seen = changing.propose(change).seen

        def accept(pk: Any = order.pk, seen: Any = seen) -> None:
            changing.accept(order_id=pk, position=1, seen=seen)

        def start(work_order: WorkOrder = work_order) -> None:
            factory.start_operation(work_order_id=work_order.pk, code="saw", by=None)

        outcomes = together([accept, start, accept, start])
        work_order.refresh_from_db()
        events = list(work_order.moves.filter(operation=None).values_list("event", flat=True))
        told.append(
            {
                "outcomes": sorted(outcomes),
                "events": [event for event in events if event != "release"],
                "revision": work_order.revision,
                "told": OrderEvent.objects.filter(order=order, kind="changed").count(),
                "leg": work_order.parts.get(code="leg").material["en"],
                "line": order.lines.get().specification_id == work_order.specification_id,
            }
        )
    return {"rounds": told}


def together(acts: list[Callable[[], None]]) -> list[str]:
    """What becomes of acts at the same moment: "" or the name of what was raised."""
    from django.db import connections

    ready, outcomes = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number: int, act: Callable[[], None]) -> None:
        ready.wait()
        try:
            act()
        except Exception as refusal:
            outcomes[number] = type(refusal).__name__
        finally:
            connections.close_all()

    crowd = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    return outcomes


def _look_slowly(canceling: Any) -> None:
    import time

    look = canceling.can_be_canceled

    def slowly(order: Any) -> bool:
        found = bool(look(order))
        time.sleep(0.1)
        return found

    canceling.can_be_canceled = slowly


if __name__ == "__main__":
    django.setup()
    what, *words = sys.argv[1:]
    print(json.dumps(globals()[what](*words)))  # noqa: T201
