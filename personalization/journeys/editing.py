"""Changing the list of steps: what leads to a step goes on leading to it, wherever it stands."""

from dataclasses import replace

from personalization.journeys.plan import END, GO, IF, KINDS, MESSAGE, NEXT, OFFER, Plan, Step


def new_id(plan: Plan, used: frozenset[str] = frozenset()) -> str:
    """An id that no step has, or had in a version (`used`)."""
    taken = {*plan.places, *used}
    numbers = [int(each[1:]) for each in taken if each[1:].isdecimal()]
    return f"s{max(numbers, default=0) + 1}"


def added(
    plan: Plan, kind: str, after: str, used: frozenset[str] = frozenset()
) -> tuple[Plan, str]:
    """With one more step behind another ("": before all); and its id. KeyError for no such kind."""
    if kind not in KINDS:
        raise KeyError(kind)
    step = Step(id=new_id(plan, used), kind=kind, to=_usual_target(kind))
    if kind in (MESSAGE, OFFER):
        step = replace(step, purpose="own_designs" if plan.trigger.has_design else "marketing")
    place = plan.places.get(after, -1) + 1 if after else 0
    if after and after not in plan.places:
        place = len(plan.steps)
    steps = (*plan.steps[:place], step, *plan.steps[place:])
    return plan.with_steps(steps), step.id


def _usual_target(kind: str) -> str:
    return NEXT if kind not in (IF, GO) else END


def changed(plan: Plan, step: Step) -> Plan:
    """With a step in the place of the one with its id."""
    return plan.with_steps(tuple(step if each.id == step.id else each for each in plan.steps))


def moved(plan: Plan, step_id: str, by: int) -> Plan:
    """With a step so many places further down, or up; no further than there is a place."""
    steps, place = list(plan.steps), plan.places[step_id]
    to = min(max(place + by, 0), len(steps) - 1)
    steps.insert(to, steps.pop(place))
    return plan.with_steps(tuple(steps))


def copied(plan: Plan, step_id: str, used: frozenset[str] = frozenset()) -> Plan:
    """With the same step once more behind it."""
    place = plan.places[step_id]
    copy = replace(plan.steps[place], id=new_id(plan, used))
    return plan.with_steps((*plan.steps[: place + 1], copy, *plan.steps[place + 1 :]))


def without(plan: Plan, step_id: str) -> Plan:
    """Without a step; what led to it leads to the one after it."""
    behind = plan.after(step_id)
    steps = tuple(
        replace(each, to=behind) if each.to == step_id else each
        for each in plan.steps
        if each.id != step_id
    )
    return plan.with_steps(steps)
