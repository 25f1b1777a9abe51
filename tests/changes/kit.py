"""A stool whose operations read different options, its orders, and changes of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from configurator.capacity.models import Reservation
from configurator.catalog.importing.service import import_product
from configurator.engine import Value
from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from orders import services
from orders.changes import changing
from orders.factory import services as factory
from orders.factory.models import WorkOrder
from orders.models import Order, OrderChange
from orders.offers import offer
from tests.orders import kit
from tests.rows import written_once

STOOL = Path(__file__).with_name("stool.yaml")
CHOICES: dict[str, Value] = {
    **{"wood": "oak", "height": 500, "color": "red"},
    **{"engraved": False, "cushion": False, "feet": 3, "ribbon": False},
}


def import_stool() -> None:
    written_once(_write_stool)


def _write_stool() -> None:
    import_product(file=STOOL)


def stool(**choices: Value) -> Design:
    """A whole design of the stool."""
    design = wizard.start_design(slug="stool", language="en")
    for option, value in {**CHOICES, **choices}.items():
        design = choose(design, option, value)
    return design


def choose(design: Design, option: str, value: Value) -> Design:
    design.refresh_from_db()
    edit = wizard.Edit(design.pk, design.revision)
    return wizard.choose(edit=edit, option=option, value=value).design


def write(design: Design, option: str, text: str) -> Design:
    design.refresh_from_db()
    edit = wizard.Edit(design.pk, design.revision)
    return wizard.write_text(edit=edit, option=option, text=text).design


def ordered(quantity: int = 1, **choices: Value) -> Order:
    design = stool(**choices)
    place = services.keep_place(offered=offer(design), quantity=quantity, browser="the browser")
    assert place is not None
    seen = replace(kit.seen_now(design, quantity), ready_on=place.ready_on)
    return kit.order(design, seen, quantity=quantity)


def begin(order: Order, **choices: Value) -> OrderChange:
    """A change begun, with these choices made."""
    change = changing.begin(order_id=order.pk, position=1)
    for option, value in choices.items():
        choose(change.design, option, value)
    return fresh(change)


def fresh(change: OrderChange) -> OrderChange:
    return OrderChange.objects.select_related("design", "base", "line__order").get(pk=change.pk)


def accept(change: OrderChange) -> Order:
    """Accept what the page would show now."""
    seen = changing.propose(fresh(change)).seen
    return changing.accept(order_id=change.line.order_id, position=1, seen=seen)


def url(order: Order, verb: str = "", n: int = 1) -> str:
    return f"/o/{order.token}/{n}/change/{verb}"


def form(change: OrderChange) -> dict[str, Any]:
    """What the page's form sends."""
    seen = changing.propose(fresh(change)).seen
    assert seen is not None
    return {
        "revision": seen.revision,
        "specification": seen.specification,
        "difference": str(seen.difference),
        "ready_on": seen.ready_on.isoformat(),
    }


def done(work_order: WorkOrder, *codes: str) -> None:
    for code in codes:
        factory.start_operation(work_order_id=work_order.pk, code=code, by=None)
        factory.finish_operation(work_order_id=work_order.pk, code=code, by=None)


def held() -> list[str]:
    rows = Reservation.objects.filter(state="held", key__startswith="change:")
    return list(rows.values_list("key", flat=True))
