"""What people do, read from the stream of events: who comes, who reaches a goal, who leaves, and
what somebody waited for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from personalization.journeys import asking
from personalization.journeys.advancing import plans_of
from personalization.journeys.crediting import told_for
from personalization.journeys.crowd import add
from personalization.journeys.entering import Coming, enter
from personalization.journeys.models import Cursor, Journey, Place
from personalization.journeys.plan import EVENT, LEFT, SEGMENT, Plan, Trigger
from personalization.people import wholes
from personalization.people.models import Event

AT_ONCE = 2_000
LAG = timedelta(seconds=30)
"""Events are numbered before they are committed: those that are younger are read again, in case one
with a lower number came later. Reading twice changes nothing."""
READ_AGAIN = 20_000
"""So many are read again at most, whatever the clock says."""
Kind = Event.Kind
TOUCHED = (Kind.BEGAN, Kind.CHOSE, Kind.SAVED, Kind.CARTED)
"""What somebody does with a design that they may leave."""


def listen(now: datetime | None = None) -> int:
    """Read what is new; how many came. One reader at a time: the cursor's row is held."""
    now, came, begin = now or timezone.now(), 0, 0
    while True:
        with transaction.atomic():
            count, last = _read(now, begin)
        came += count
        if last is None:
            return came
        begin = last


def running() -> list[Journey]:
    """The journeys into which people come now, with their versions."""
    rows = Journey.objects.filter(state=Journey.State.LIVE, live__isnull=False)
    return list(rows.select_related("live"))


def start(*, afresh: bool = False) -> None:
    """Read from now on: what was before is nobody's occasion. `afresh`: nobody has read for a
    while, and what was meanwhile is nobody's either."""
    last = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    row, new = Cursor.objects.get_or_create(name="events", defaults={"number": last})
    if afresh and not new:
        Cursor.objects.filter(pk=row.pk, number__lt=last).update(number=last)


def _read(now: datetime, begin: int) -> tuple[int, int | None]:
    """Read some events after this id; how many came, and where to go on if there are more."""
    cursor = _cursor()
    new = Event.objects.filter(id__gt=max(begin, cursor.number)).order_by("id")
    events = list(new.select_related("person")[:AT_ONCE])
    came = _hear(events, running(), now) if events else 0
    Cursor.objects.filter(pk=cursor.pk).update(number=_old_enough(cursor, events, now), at=now)
    return came, events[-1].pk if len(events) == AT_ONCE else None


def _cursor() -> Cursor:
    """Where reading goes on, held."""
    rows = Cursor.objects.select_for_update().filter(name="events")
    if (found := rows.first()) is None:
        start()
        found = rows.get()
    return found


def _old_enough(cursor: Cursor, events: Sequence[Event], now: datetime) -> int:
    """The last event before which none comes any more."""
    old = [event.pk for event in events if event.at <= now - LAG]
    last = events[-1].pk if events else cursor.number
    return max(old[-1] if old else 0, cursor.number, last - READ_AGAIN)


def _hear(events: Sequence[Event], live: Sequence[Journey], now: datetime) -> int:
    kept = [event for event in events if not event.person.quiet]
    here = _here(kept)
    _end(kept, here, now)
    _wake(kept, here, now)
    came = 0
    for journey in live:
        if journey.live is not None:
            came += enter(journey, _coming(Plan.from_json(journey.live.plan), kept), now)
    return came


# Who comes


def _coming(plan: Plan, events: Iterable[Event]) -> Iterator[Coming]:
    trigger = plan.trigger
    for event in events:
        if not _fits(trigger, event):
            continue
        left = trigger.kind == LEFT
        yield Coming(
            person=event.person.whole_id,
            occasion=_occasion(event, left),
            at=event.at,
            due_at=event.at + timedelta(hours=trigger.number) if left else event.at,
            design=event.design_id if trigger.has_design else None,
            order=event.order_id if trigger.has_order else None,
            told=_told(event, trigger),
        )


def _told(event: Event, trigger: Trigger) -> dict[str, str]:
    product = event.product or trigger.product
    return {"product": product} if product else {}


def _occasion(event: Event, left: bool) -> str:
    """A design is left once a day at most; anything else is an occasion of its own."""
    return f"left:{event.design_id}:{event.at:%Y-%m-%d}" if left else f"event:{event.pk}"


def _is_of(event: Event, product: str) -> bool:
    """Whether it is about this product, if about any: of an order's states, whether it has one."""
    if product in ("", event.product):
        return True
    if event.product or event.order_id is None:
        return False
    bought = Event.objects.filter(order=event.order_id, kind=Kind.BOUGHT, product=product)
    return bought.exists()


def _fits(trigger: Trigger, event: Event) -> bool:
    if trigger.kind == LEFT:
        return event.kind in TOUCHED and bool(event.design_id) and _is_of(event, trigger.product)
    if trigger.kind == SEGMENT:
        return event.kind == Kind.ENTERED and event.option == trigger.segment
    if trigger.kind != EVENT or event.kind != trigger.event:
        return False
    option = not trigger.option or trigger.option == event.option
    value = not trigger.value or trigger.value == event.value
    return option and value and _is_of(event, trigger.product)


# Who is here already


def _here(events: Iterable[Event]) -> list[Place]:
    """The places on the way of those who did something."""
    people = {event.person.whole_id for event in events}
    if not people:
        return []
    rows = Place.objects.filter(state=Place.State.WAITING)
    mine = rows.filter(wholes.of(people))
    return list(mine.select_related("person", "version", "journey"))


def _end(events: Sequence[Event], here: Iterable[Place], now: datetime) -> None:
    """A goal is reached, or a yes is taken back: they go no further, and nothing waits."""
    places: dict[int, list[Place]] = {}
    for place in here:
        places.setdefault(place.person.whole_id, []).append(place)
    ended: list[Place] = []
    plans = plans_of(place.version_id for each in places.values() for place in each)
    for event in events:
        for place in places.get(event.person.whole_id, []):
            reason = _reason(plans[place.version_id], place, event)
            if reason and place not in ended and _move_out(place, *reason, now):
                ended.append(place)
    asking.call_off(ended)


def _reason(plan: Plan, place: Place, event: Event) -> tuple[str, str] | None:
    """Why an event ends somebody's journey, if it does."""
    if event.at < place.entered_at:
        return None
    if event.kind == Kind.REFUSED and (event.option, event.value) in plan.purposes:
        others = plan.purposes - {(event.option, event.value)}
        return None if others else (Place.State.LEFT, "refused")
    if event.kind == Kind.WITHDREW and event.option in told_for(plan, place.step):
        return Place.State.LEFT, "withdrew"
    if plan.goal == "design" and event.kind == Kind.BOUGHT and event.design_id:
        mine = event.design_id == place.design_id or place.design_id is None
        return (Place.State.GOAL, "goal") if mine else None
    if plan.goal and event.kind == plan.goal:
        return (Place.State.GOAL, "goal") if _is_of(event, plan.goal_product) else None
    return None


def _move_out(place: Place, state: str, why: str, now: datetime) -> bool:
    """One guarded update, as any other move."""
    rows = Place.objects.filter(pk=place.pk, moves=place.moves, state=Place.State.WAITING)
    moved = rows.update(
        state=state, why=why, moves=place.moves + 1, moved_at=now, ended_at=now, awaiting=""
    )
    if moved:
        add({(place.version_id, "", why): 1})
    return bool(moved)


def _wake(events: Sequence[Event], here: Iterable[Place], now: datetime) -> None:
    """What somebody waits for has come: they are due, unless their journey has just ended."""
    by: dict[tuple[int, str], datetime] = {}
    for event in events:
        key = event.person.whole_id, event.kind
        by[key] = max(event.at, by.get(key, event.at))
    for place in here:
        came = by.get((place.person.whole_id, place.awaiting))
        if place.awaiting and came is not None and came >= place.moved_at:
            rows = Place.objects.filter(pk=place.pk, moves=place.moves, state=Place.State.WAITING)
            rows.update(heard=True, due_at=now)
