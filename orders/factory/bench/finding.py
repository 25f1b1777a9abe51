"""From what was scanned at a station to the operation that is to be done there, or why not."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orders.factory import codes, queries, telling
from orders.factory.differences import Change, between
from orders.factory.machine import ENDED
from orders.factory.models import WorkOrder, WorkOrderOperation
from orders.factory.services.moving import missing
from orders.models import Specification

State = WorkOrder.State
Step = WorkOrderOperation.State


@dataclass(frozen=True)
class Found:
    """The operation of a work order that is at hand at a station."""

    work_order: WorkOrder
    operation: WorkOrderOperation


@dataclass
class Refused(Exception):
    """Nothing is to be done here with what was scanned; `told` says what to do instead.

    `stale` are the differences between an old paper and what is built now. `centers` are the work
    centers where it goes on (code and name).
    """

    told: str
    work_order: WorkOrder | None = None
    stale: Sequence[Change] = ()
    centers: Sequence[tuple[str, str]] = ()


def scanned(code: str) -> WorkOrder:
    """The work order of a code; Refused if it is none, or its paper is not what is built."""
    try:
        scan = codes.read(code)
        work_order = queries.work_order(scan.number)
    except codes.UnreadableCode:
        raise Refused(_("Only a part of a code was read. Please scan it again.")) from None
    except WorkOrder.DoesNotExist:
        told = _("There is no work order %(number)s. Scan again, or type the number.")
        raise Refused(told % {"number": scan.number[:40]}) from None
    check_paper(work_order, scan.revision)
    return work_order


def check_paper(work_order: WorkOrder, revision: str) -> None:
    """Refused if the paper is of another revision, with what has changed since."""
    if not revision or work_order.specification_id.startswith(revision):
        return
    earlier = _earlier(work_order, revision)
    if earlier is None:
        told = _("This paper is of another revision. Print the sheet again.")
        raise Refused(told, work_order)
    told = _("This paper is of another revision. Put it aside and print the sheet again.")
    changes = between(earlier.content, work_order.specification.content, telling.language())
    raise Refused(told, work_order, stale=changes)


def _earlier(work_order: WorkOrder, revision: str) -> Specification | None:
    """The specification that an old paper showed, if it is one of the same product."""
    same = Specification.objects.filter(sha__startswith=revision)
    same = same.filter(release__product__releases=work_order.specification.release_id)
    return same.first()


def at_station(work_order: WorkOrder, station: str) -> Found:
    """What is to be done with it here and now; Refused says what to do instead."""
    if work_order.state in ENDED:
        raise Refused(telling.told_over(work_order), work_order)
    if work_order.state == State.HELD:
        raise Refused(_held(work_order), work_order)
    operations = list(work_order.operations.all())
    here = [o for o in operations if o.work_center == station]
    for steps in ((Step.STARTED, Step.PAUSED), (Step.WAITING,)):
        for operation in here:
            if operation.state in steps and not missing(operation, operations):
                return Found(work_order, operation)
    raise _elsewhere(work_order, here, operations)


def _held(work_order: WorkOrder) -> str:
    told = _("%(number)s is on hold: %(reason)s – %(who)s must answer first. Leave it as it is.")
    return told % {
        "number": work_order.number,
        "reason": work_order.hold_reason,
        "who": work_order.get_hold_for_display(),
    }


def _elsewhere(
    work_order: WorkOrder, here: list[WorkOrderOperation], operations: list[WorkOrderOperation]
) -> Refused:
    """It is not its turn here, or it never is: where it goes now."""
    now = [o for o in operations if o.state != Step.DONE and not missing(o, operations)]
    facts = {"number": work_order.number, "next": telling.steps_at(now)}
    if any(operation.state != Step.DONE for operation in here):
        told = _("Not yet: first comes %(next)s. Take it there.")
    elif here:
        told = _("All is done here. Next comes %(next)s. Take it there.")
    elif operations:
        told = _("%(number)s has nothing to be done here. Next comes %(next)s. Take it there.")
    else:
        told = _("%(number)s has no operations; start and finish it as a whole.")
    centers = dict.fromkeys((o.work_center, telling.center_name(o)) for o in now)
    return Refused(told % facts, work_order, centers=tuple(centers))
