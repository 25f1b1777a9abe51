"""What the customer reads of the making, from the work orders' true operations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from orders.chapters import Chapter, Photo, Told, Tracking
from orders.factory.models import SharedPhoto, Stage, WorkOrder, WorkOrderOperation
from orders.factory.plan import Plan, plan_of
from orders.factory.telling import language
from orders.models import Order
from orders.summary import say_day

State = WorkOrder.State
Step = WorkOrderOperation.State
BEGUN = {Step.STARTED, Step.PAUSED, Step.DONE}


@dataclass
class Work:
    """A stage with the operations of an order that are done in it."""

    stage: Stage
    operations: list[WorkOrderOperation] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)


def tell(order: Order) -> Told:
    """The stages of all that is built of an order; of several attempts the last one counts."""
    building = _building(order)
    numbers = {work_order.pk: work_order.number for work_order in building}
    rows = WorkOrderOperation.objects.filter(work_order__in=building)
    works = _works(rows)
    loose = _hang_photos(order, works)
    plan = plan_of(numbers.values()) if any(not _is_done(work) for work in works) else Plan()
    again = any(work_order.attempt > 1 for work_order in building)
    stages = [_chapter(work, plan, numbers) for work in works if work.operations]
    if again and stages:
        note = _("We began anew: what we had made was not good enough for you.")
        stages[0] = Chapter(**{**vars(stages[0]), "note": note})
    parcels = [
        Tracking(parcel.carrier, parcel.number, parcel.link)
        for parcel in order.parcels.filter(work_order__state=State.SHIPPED)
    ]
    return Told(stages, loose, parcels)


def mark(order: Order) -> str:
    """Changes with every move of the order's work orders, every photo and every parcel."""
    rows = WorkOrder.objects.filter(line__order=order)
    moved = rows.aggregate(count=Count("pk"), moves=Sum("version"))
    shown = SharedPhoto.objects.filter(work_order__line__order=order)
    photos = shown.aggregate(last=Max("pk"), gone=Count("withdrawn_at"))
    parcels = order.parcels.aggregate(count=Count("pk"), at=Max("at"))
    at = parcels["at"].timestamp() if parcels["at"] else 0
    facts = (*moved.values(), *photos.values(), parcels["count"], at)
    return "-".join(str(fact or 0) for fact in facts)


def _building(order: Order) -> list[WorkOrder]:
    """The last attempt at each line, unless it was given up for good."""
    last: dict[int, WorkOrder] = {}
    for work_order in WorkOrder.objects.filter(line__order=order).order_by("attempt"):
        last[work_order.line_id] = work_order
    return [each for each in last.values() if each.state not in (State.CANCELED, State.SCRAPPED)]


def _works(rows: Iterable[WorkOrderOperation]) -> list[Work]:
    stages = list(Stage.objects.prefetch_related("work_centers"))
    works = {stage.pk: Work(stage) for stage in stages}
    by_center: dict[str, int] = {}
    for stage in stages:
        for center in stage.work_centers.all():
            by_center.setdefault(center.code, stage.pk)
    for operation in rows:
        if operation.work_center in by_center:
            works[by_center[operation.work_center]].operations.append(operation)
    return list(works.values())


def _hang_photos(order: Order, works: Sequence[Work]) -> list[Photo]:
    """Photos go to the stage of the operation that they show; the others are given back."""
    where = {
        (operation.work_order_id, operation.code): work
        for work in works
        for operation in work.operations
    }
    loose: list[Photo] = []
    rows = SharedPhoto.objects.filter(work_order__line__order=order, withdrawn_at=None)
    for row in rows:
        photo = Photo(reverse("story:photo", args=[order.token, row.pk]), row.caption, row.at)
        work = where.get((row.work_order_id, row.operation))
        (work.photos if work else loose).append(photo)
    return loose


def _is_done(work: Work) -> bool:
    return all(operation.state == Step.DONE for operation in work.operations)


def _chapter(work: Work, plan: Plan, numbers: dict[UUID, str]) -> Chapter:
    done = [operation for operation in work.operations if operation.state == Step.DONE]
    whole = len(done) == len(work.operations)
    begun = any(operation.state in BEGUN for operation in work.operations)
    ends = [operation.done_at for operation in done if operation.done_at is not None]
    return Chapter(
        kind="stage",
        title=work.stage.name,
        at=max(ends, default=None) if whole else None,
        now=begun and not whole,
        done=len(done),
        steps=len(work.operations),
        planned="" if whole or begun else _planned(work, plan, numbers),
        photos=work.photos,
    )


def _planned(work: Work, plan: Plan, numbers: dict[UUID, str]) -> str:
    days: list[date] = []
    for operation in work.operations:
        day = plan.days.get((numbers[operation.work_order_id], operation.code))
        if day is not None:
            days.append(day)
    return say_day(min(days), language()) if days else ""
