"""What a station has to do, read in a handful of queries however long the queue is."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone

from configurator.catalog.models import WorkCenter
from orders.factory import machine
from orders.factory.models import WorkOrder, WorkOrderOperation
from orders.factory.plan import plan_of
from orders.factory.services.moving import missing
from orders.factory.telling import center_name

State = WorkOrder.State
Step = WorkOrderOperation.State
SHOWN = 12  # rows of each kind

_BEGUN = Q(state__in=(Step.STARTED, Step.PAUSED))
_FREE = Q(work_order__state__in=machine.OPERATION["start"].within)
KINDS: dict[str, Q] = {
    "work": _BEGUN & _FREE,
    "ready": Q(state=Step.WAITING, ready=True) & _FREE,
    "coming": Q(state=Step.WAITING, ready=False) & _FREE,
    "held": ~Q(state=Step.DONE) & Q(work_order__state=State.HELD),
}


@dataclass(frozen=True)
class Station:
    """A work center as one chooses it, with how much waits there."""

    code: str
    name: str
    ready: int = 0


@dataclass(frozen=True)
class Task:
    """An operation in a station's queue; `after` are those that have to be done before,
    `planned` the day that capacity has for it."""

    operation: WorkOrderOperation
    work_order: WorkOrder
    product: dict[str, str]
    after: Sequence[WorkOrderOperation]
    planned: date | None = None


@dataclass(frozen=True)
class StationQueue:
    """The first tasks of each kind, and how many there are in all."""

    station: Station
    tasks: dict[str, list[Task]]
    counts: dict[str, int]
    today: date

    @property
    def mark(self) -> str:
        """Equal as long as the queue would look the same."""
        rows = [
            (task.operation.pk, task.operation.version, task.work_order.version, task.planned)
            for tasks in self.tasks.values()
            for task in tasks
        ]
        facts = (self.station.code, rows, sorted(self.counts.items()), self.today)
        return f"{zlib.crc32(repr(facts).encode()):08x}"


def stations() -> list[Station]:
    """All work centers where something is, or could be, done; by name."""
    rows = WorkOrderOperation.objects.filter(KINDS["ready"]).values_list("work_center")
    ready = dict(rows.annotate(count=Count("pk")).order_by())
    names = dict(WorkCenter.objects.values_list("code", "name"))
    for code in ready.keys() - names.keys():
        names[code] = _name_of(code)
    found = [Station(code, name, ready.get(code, 0)) for code, name in names.items()]
    return sorted(found, key=lambda station: station.name.casefold())


def station(code: str) -> Station | None:
    """The work center with this code, if there is one."""
    name = WorkCenter.objects.filter(code=code).values_list("name", flat=True).first()
    name = name or _name_of(code)
    return Station(code, name) if name else None


def _name_of(code: str) -> str:
    """The name of a work center that has left the catalog, from an operation that is done there."""
    operation = WorkOrderOperation.objects.filter(work_center=code).first()
    return center_name(operation) if operation else ""


def station_queue(found: Station) -> StationQueue:
    """What is in work here, ready, coming, and held; due soonest first, rush first of a day."""
    here = WorkOrderOperation.objects.filter(work_center=found.code)
    counted = {f"{kind}_count": Count("pk", filter=which) for kind, which in KINDS.items()}
    totals = here.exclude(state=Step.DONE).aggregate(**counted)
    counts = {kind: int(totals[f"{kind}_count"]) for kind in KINDS}
    order = ("work_order__due_on", "-work_order__rush", "work_order__number", "position")
    # The ids first: a list of thousands is sorted without reading what a row shows.
    ids = {
        kind: list(here.filter(which).order_by(*order).values_list("pk", flat=True)[:SHOWN])
        if counts[kind]
        else []
        for kind, which in KINDS.items()
    }
    tasks = _tasks([pk for some in ids.values() for pk in some])
    return StationQueue(
        station=found,
        tasks={kind: [tasks[pk] for pk in some if pk in tasks] for kind, some in ids.items()},
        counts=counts,
        today=timezone.localdate(),
    )


def _tasks(ids: list[int]) -> dict[int, Task]:
    rows = WorkOrderOperation.objects.filter(pk__in=ids).select_related("work_order")
    operations = {operation.pk: operation for operation in rows}
    orders = {operation.work_order_id for operation in operations.values()}
    siblings: dict[object, list[WorkOrderOperation]] = {}
    for other in WorkOrderOperation.objects.filter(work_order__in=orders):
        siblings.setdefault(other.work_order_id, []).append(other)
    named = WorkOrder.objects.filter(pk__in=orders)
    plan = plan_of({operation.work_order.number for operation in operations.values()})
    products = dict(named.values_list("pk", "specification__content__product__name"))
    return {
        pk: Task(
            operation,
            operation.work_order,
            products.get(operation.work_order_id) or {},
            missing(operation, siblings[operation.work_order_id]),
            plan.days.get((operation.work_order.number, operation.code)),
        )
        for pk, operation in operations.items()
    }
