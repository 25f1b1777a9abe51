"""What is said when a move is not made: what is so, and what to do instead."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from orders.factory.models import WorkOrder, WorkOrderOperation
from orders.factory.services import NotPossible
from orders.factory.services.refusals import Why
from orders.papers import words
from orders.papers.content import spoken

State = WorkOrder.State
Step = WorkOrderOperation.State


def language() -> str:
    return get_language() or "en"


def operation_name(operation: WorkOrderOperation) -> str:
    return spoken(operation.name, language())


def center_name(operation: WorkOrderOperation) -> str:
    return spoken(operation.work_center_name, language()) or operation.work_center


def steps_at(operations: Iterable[WorkOrderOperation]) -> str:
    """“Cut the pole” (Saw), “Fit the shade” (Bench)"""
    return ", ".join(f"“{operation_name(o)}” ({center_name(o)})" for o in operations)


def why_not(refusal: NotPossible) -> str:
    """Why a move was not made, said to who asked for it."""
    facts = {"number": refusal.work_order.number}
    if refusal.why == Why.KEY:
        return _("This tap was counted for another work order already. Please tap again.")
    if refusal.why == Why.VERSION:
        return _("%(number)s has changed meanwhile; here it is as it is now.") % facts
    if refusal.why == Why.UNKNOWN:
        return _("%(number)s has no such operation. Please scan its sheet again.") % facts
    if refusal.operation is not None and refusal.why != Why.STATE:
        return _why_not_the_operation(refusal, refusal.operation)
    return _why_not_in_this_state(refusal)


def _why_not_the_operation(refusal: NotPossible, operation: WorkOrderOperation) -> str:
    facts = {
        "operation": operation_name(operation),
        "center": center_name(operation),
        "first": steps_at(refusal.first),
    }
    if refusal.why == Why.BEFORE:
        return _("Not yet: first comes %(first)s. Take it there.") % facts
    if refusal.why == Why.STATION:
        return _("“%(operation)s” is done at %(center)s. Take it there.") % facts
    if refusal.event == "rework":
        return _("“%(operation)s” has not begun; choose an operation that was done.") % facts
    return {
        Step.WAITING: _("“%(operation)s” has not been started yet. Start it first."),
        Step.STARTED: _("“%(operation)s” was started already. Nothing was changed."),
        Step.PAUSED: _("“%(operation)s” is paused. Resume it first."),
        Step.DONE: _("“%(operation)s” was done already. Nothing was changed."),
    }[Step(operation.state)] % facts


def _why_not_in_this_state(refusal: NotPossible) -> str:
    work_order = refusal.work_order
    facts = {
        "number": work_order.number,
        "at": _time(work_order),
        "reason": work_order.hold_reason,
        "who": work_order.get_hold_for_display(),
    }
    state = State(work_order.state)
    if over := told_over(work_order):
        return over
    if state == State.HELD:
        return _("%(number)s is on hold: %(reason)s – %(who)s must answer first.") % facts
    if state == State.PAUSED:
        return _("%(number)s is paused. Resume it first.") % facts
    if refusal.event == "start":
        return _("%(number)s was started already, %(at)s. Nothing was changed.") % facts
    if refusal.event == "unhold":
        return _("%(number)s is not on hold any more. Nothing was changed.") % facts
    if refusal.event == "ship":
        return _("%(number)s is not finished yet. Finish it first, then ship it.") % facts
    if state == State.RELEASED:
        return _("%(number)s has not been started yet. Start it first, then finish it.") % facts
    return _("%(number)s is being worked on. Nothing was changed.") % facts


def told_over(work_order: WorkOrder) -> str:
    """What to do with the paper of a work order that is over; "" if it is not."""
    facts = {"number": work_order.number, "at": _time(work_order)}
    if work_order.state == State.FINISHED:
        return _("%(number)s was finished already, %(at)s. Nothing was changed.") % facts
    if work_order.state == State.SHIPPED:
        return _("%(number)s was shipped, %(at)s. Nothing was changed.") % facts
    if work_order.state == State.CANCELED:
        return _("%(number)s was canceled. Do not build it; put the sheet aside.") % facts
    if work_order.state == State.SCRAPPED:
        remake = work_order.remakes.values_list("number", flat=True).last()
        if remake:
            told = _("%(number)s was scrapped. Put the sheet aside; %(remake)s is built instead.")
            return told % {**facts, "remake": remake}
        return _("%(number)s was scrapped. Do not build it; put the sheet aside.") % facts
    return ""


def _time(work_order: WorkOrder) -> str:
    at = work_order.shipped_at or work_order.finished_at or work_order.started_at
    return words.moment(at, language()) if at else ""
