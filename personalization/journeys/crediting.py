"""What people told about themselves that brought a journey's message about, and its taking back."""

from personalization.journeys.models import Place
from personalization.journeys.plan import BIRTHDAY, BIRTHDAY_FACT, IF, Plan
from personalization.people import wholes
from personalization.people.models import Event
from personalization.segments.models import Segment
from personalization.segments.reading import told_in


def told_for(plan: Plan, step_id: str) -> tuple[str, ...]:
    """The names of what was told that brings somebody to a step: their birthday, what the segment
    reads that they came from, and the conditions before."""
    found = {BIRTHDAY_FACT} if plan.trigger.kind == BIRTHDAY else set[str]()
    if plan.trigger.segment:
        segment = Segment.objects.filter(slug=plan.trigger.segment).first()
        found |= told_in(segment.rule) if segment is not None else set()
    before = plan.steps[: plan.places.get(step_id, 0)]
    for each in before:
        if each.kind == IF:
            found |= told_in(each.rule)
    return tuple(sorted(found))


def took_back(plan: Plan, place: Place, step_id: str) -> bool:
    """Whether they have taken back, since they came, something that brought them to this step."""
    told = told_for(plan, step_id)
    if not told:
        return False
    whole = wholes.of(place.person.whole_id)
    rows = Event.objects.filter(whole, kind=Event.Kind.WITHDREW, option__in=told)
    return rows.filter(at__gte=place.entered_at).exists()
