"""What people told about themselves that brought a journey's message about."""

from personalization.journeys.plan import IF, Plan, Step
from personalization.segments.models import Segment
from personalization.segments.reading import told_in


def told_for(plan: Plan, step: Step) -> tuple[str, ...]:
    """The names of what was told: by the segment that one came from, and the conditions before."""
    found = set[str]()
    if plan.trigger.segment:
        segment = Segment.objects.filter(slug=plan.trigger.segment).first()
        found |= told_in(segment.rule) if segment is not None else set()
    for each in plan.steps:
        if each.id == step.id:
            break
        if each.kind == IF:
            found |= told_in(each.rule)
    return tuple(sorted(found))
