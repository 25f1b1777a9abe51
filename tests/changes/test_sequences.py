"""Whatever is begun, done and changed, and in whichever order: the bench builds what is ordered."""

import contextlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configurator.capacity.models import Booking, DayLoad, Reservation
from configurator.engine import Value
from configurator.wizard.errors import Refused
from orders.changes import changing
from orders.factory import services as factory
from orders.factory.models import WorkOrder
from orders.factory.services.release import rows_of
from orders.models import Order
from tests.changes import kit
from tests.effort import often

PART = (
    *("code", "number", "material", "unit", "quantity", "bin", "operation", "scrap"),
    *("cut_length", "cut_width", "cut_thickness"),
)
STEP = (
    *("position", "code", "work_center", "setup_minutes", "run_minutes", "instructions"),
    *("checks", "predecessors", "reads"),
)
CHOICES = st.sampled_from(
    [
        *(("wood", wood) for wood in ("oak", "ash")),
        *(("height", height) for height in (400, 600, 800)),
        *(("color", color) for color in ("red", "blue", "none_")),
        *(("feet", feet) for feet in (0, 3, 7)),
        *(("cushion", cushion) for cushion in (True, False)),
        *(("engraved", engraved) for engraved in (True, False)),
        *(("ribbon", ribbon) for ribbon in (True, False)),
    ]
)
CHANGE = st.tuples(st.just("change"), st.lists(CHOICES, min_size=1, max_size=3))
WORK = st.tuples(st.sampled_from(["start", "done", "pause", "resume"]), st.integers(0, 4))


@pytest.fixture
def stool(db: None, tmp_path: Path, settings: Any) -> None:
    settings.PAPERS_DIR = tmp_path / "papers"
    kit.import_stool()


def facts(rows: Any, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, name) for name in names) for row in rows]


@settings(max_examples=often(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.one_of(CHANGE, WORK), min_size=2, max_size=9), quantity=st.integers(1, 3))
def test_parts_and_operations_are_those_of_the_specification(
    stool: None, acts: list[tuple[str, Any]], quantity: int
) -> None:
    order = kit.ordered(quantity=quantity)
    (work_order,) = factory.release_work_orders(order_id=order.pk)
    for verb, about in acts:
        before = begun(work_order)
        if verb == "change":
            change(order, about)
        else:
            work(work_order, verb, about)
        work_order.refresh_from_db()
        order.refresh_from_db()
        whole(work_order, order)
        kept(work_order, before)
    conserved(work_order)
    balanced()


def change(order: Order, choices: list[tuple[str, Value]]) -> None:
    """As far as it is possible; what the wizard refuses is left out."""
    with contextlib.suppress(changing.Over, changing.Nothing, changing.Different):
        begun = changing.begin(order_id=order.pk, position=1)
        for option, value in choices:
            with contextlib.suppress(Refused):
                design = kit.choose(begun.design, option, value)
                if option == "engraved" and value:
                    kit.write(design, "engraving", "Ola")
        kit.accept(begun)


def work(work_order: WorkOrder, verb: str, place: int) -> None:
    codes = list(work_order.operations.values_list("code", flat=True))
    act = {
        "start": factory.start_operation,
        "done": factory.finish_operation,
        "pause": factory.pause_operation,
        "resume": factory.resume_operation,
    }[verb]
    with contextlib.suppress(factory.NotPossible):
        act(work_order_id=work_order.pk, code=codes[place % len(codes)], by=None)


def whole(work_order: WorkOrder, order: Order) -> None:
    """The rows are the explosion of the specification, which is the order line's."""
    line = order.lines.get()
    assert work_order.specification_id == line.specification_id
    assert (order.net, order.total) == (line.net, order.net + order.tax)
    assert work_order.due_on == order.promised_on
    parts, operations = rows_of(work_order, work_order.specification.content)
    assert facts(work_order.parts.all(), PART) == facts(parts, PART)
    assert facts(work_order.operations.all(), STEP) == facts(operations, STEP)
    done = {o.code for o in work_order.operations.all() if o.state == "done"}
    for operation in work_order.operations.all():
        assert operation.ready == (set(operation.predecessors) <= done)


def balanced() -> None:
    """Every minute that is booked belongs to an operation that is still there."""
    ahead = DayLoad.objects.filter(day__gte=timezone.localdate())
    loads = {(load.work_center_id, load.day): load.booked for load in ahead}
    rows = Booking.objects.filter(day__gte=timezone.localdate())
    sums = rows.values_list("work_center_id", "day").annotate(sum=Sum("minutes"))
    booked = {(center, day): total for center, day, total in sums if total}
    assert {key: total for key, total in loads.items() if total} == booked
    for reservation in Reservation.objects.filter(state="firm"):
        number = reservation.key.removeprefix("line:")
        codes = set(WorkOrder.objects.get(number=number).operations.values_list("code", flat=True))
        assert set(reservation.bookings.values_list("operation", flat=True)) <= codes


def begun(work_order: WorkOrder) -> dict[str, Any]:
    """What has begun, with all that is known of it."""
    rows = work_order.operations.exclude(started_at=None)
    return {
        row.code: (row.pk, facts([row], STEP[1:-1]), used(work_order, row.code)) for row in rows
    }


def used(work_order: WorkOrder, code: str) -> list[tuple[Any, ...]]:
    return facts(work_order.parts.filter(operation=code), PART)


def kept(work_order: WorkOrder, before: dict[str, Any]) -> None:
    """Nothing that had begun is another now."""
    now = begun(work_order)
    assert {code: now.get(code) for code in before} == before


def conserved(work_order: WorkOrder) -> None:
    """Of every revision: what was kept and what was returned is what there was, and what was kept
    and what was pulled is what there is."""
    for revision in work_order.revisions.all():
        old, new = (
            quantities(work_order, spec.content) for spec in (revision.before, revision.after)
        )
        returned, pulled = told(revision.returns), told(revision.pulls)
        for code in old.keys() | new.keys():
            was, is_now = old.get(code, Decimal(0)), new.get(code, Decimal(0))
            kept_of_old = was - returned.get(code, Decimal(0))
            assert kept_of_old == is_now - pulled.get(code, Decimal(0))
            assert 0 <= kept_of_old <= min(was, is_now)


def quantities(work_order: WorkOrder, content: Any) -> dict[str, Decimal]:
    return {part.code: part.quantity for part in rows_of(work_order, content)[0]}


def told(parts: list[dict[str, Any]]) -> dict[str, Decimal]:
    return {part["code"]: Decimal(part["quantity"]) for part in parts}
