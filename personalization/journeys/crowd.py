"""Some people in one journey who are due at the same time, taken on together: each question is
asked of all of them at once, and each of them is moved on by one guarded update."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, Q

from orders.models import OrderLine
from personalization.journeys import asking
from personalization.journeys.clocks import ends_at
from personalization.journeys.models import Journey, Passage, Place, Tally
from personalization.journeys.plan import (
    END,
    EVERY,
    GO,
    IF,
    LEFT,
    OFFER,
    START,
    STOP,
    WAIT,
    Plan,
    Step,
)
from personalization.journeys.weather import colder_or_warmer
from personalization.people import profiles
from personalization.people.models import Person
from personalization.segments.evaluating import Everybody
from personalization.segments.language import BadRule, parse

State = Place.State
MOST_MOVES = 500
"""Whoever has gone on so often goes round in circles."""
MOST_ROUNDS = 60
"""So many steps at most from one wait to the next."""


class Overtaken(Exception):
    """Somebody else has moved one of them meanwhile; nothing is written."""


@dataclass
class Walker:
    """One of them: where they are, what they passed, and what becomes of their row."""

    place: Place
    plan: Plan
    version: int
    at: str
    passed: list[tuple[str, str]] = field(default_factory=list)
    over: bool = False

    @property
    def person(self) -> Person:
        return self.place.person

    def pass_by(self, outcome: str, to: str) -> None:
        """They passed the step at which they are, and are at the next, not begun yet."""
        self.passed.append((self.at, outcome))
        self.at = to

    def end(self, state: str, why: str = "") -> None:
        """They go no further."""
        self.place.state, self.place.why, self.over = state, why, True
        self.place.awaiting = ""


@dataclass
class Crowd:
    """They are held, or alone, in the caller's transaction; `write` ends it all."""

    journey: Journey
    walkers: list[Walker]
    now: datetime

    def go(self) -> None:
        """Take all of them on until they wait again, or are through."""
        self._join()
        self._leave()
        self._begin([w for w in self._walking() if w.at == START])
        for walker in self._walking():
            if not walker.passed:
                self._end_wait(walker)
        walking = [w for w in self._walking() if w.passed]
        for _round in range(MOST_ROUNDS):
            walking = self._step(walking)
            if not walking:
                return
        for walker in walking:
            walker.end(State.STUCK, "circle")

    def _walking(self) -> list[Walker]:
        return [walker for walker in self.walkers if not walker.over]

    # Before anything else: who turned out to be somebody else, and who leaves

    def _join(self) -> None:
        """Who turned out to be somebody known goes on as them, unless they are here already."""
        for walker in self.walkers:
            whole = walker.person.into
            if whole is None:
                continue
            place = walker.place
            others = Place.objects.filter(journey=self.journey, person=whole)
            same = Q(occasion=place.occasion)
            if walker.plan.again != EVERY:
                same |= Q(state=State.WAITING)
            if others.filter(same).exists():
                walker.end(State.LEFT, "joined")
            else:
                Place.objects.filter(pk=place.pk).update(person=whole)
                place.person = whole

    def _leave(self) -> None:
        ordered = self._ordered()
        rules = {walker.plan.leave for walker in self.walkers if walker.plan.leave}
        leaving = {rule: self._true(rule, self.walkers) for rule in rules}
        for walker in self._walking():
            if walker.person.quiet:
                walker.end(State.LEFT, "objects")
            elif walker.place.moves >= MOST_MOVES:
                walker.end(State.STUCK, "circle")
            elif walker.place.design_id in ordered and self._is_new(walker, ordered):
                walker.end(State.GOAL if walker.plan.goal else State.LEFT, "ordered")
            elif walker.plan.leave and walker.person.pk in leaving[walker.plan.leave]:
                walker.end(State.LEFT, "rule")

    def _ordered(self) -> dict[object, datetime]:
        """The designs among theirs that are ordered, and when last."""
        designs = [w.place.design_id for w in self.walkers if w.place.design_id]
        if not designs:
            return {}
        lines = OrderLine.objects.filter(design__in=designs).exclude(order__state="canceled")
        return dict(lines.order_by("order__placed_at").values_list("design", "order__placed_at"))

    def _is_new(self, walker: Walker, ordered: dict[object, datetime]) -> bool:
        """Ordered since they came; an earlier order is no reason to leave."""
        return ordered[walker.place.design_id] >= walker.place.entered_at

    # The beginning

    def _begin(self, new: list[Walker]) -> None:
        """Those whose reason to come still stands begin; who is held out does not."""
        for walker in new:
            until = self._still_busy(walker)
            if until is not None:
                walker.place.due_at, walker.over = until, True
        ready = [walker for walker in new if not walker.over]
        held = asking.held_out(self.journey, [walker.person for walker in ready])
        for walker in ready:
            if walker.person.pk in held:
                walker.passed.append((START, "held"))
                walker.end(State.HELD, "holdout")
            else:
                walker.pass_by("began", walker.plan.after(START))

    def _still_busy(self, walker: Walker) -> datetime | None:
        """When to look again at a design on which they still work; None: they have left it."""
        design, trigger = walker.place.design, walker.plan.trigger
        if trigger.kind != LEFT or design is None:
            return None
        left = design.updated_at + timedelta(hours=trigger.number)
        return left if left > self.now else None

    # From wait to wait

    def _end_wait(self, walker: Walker) -> None:
        """The wait at which they are is over: it was long enough, or what they wait for came."""
        step, place = walker.plan.step(walker.at), walker.place
        if step is None:
            walker.end(State.LEFT, "gone")
        elif step.kind != WAIT:
            walker.passed.append((START, "moved"))
        elif step.how == "event" and not place.heard:
            walker.pass_by("timeout", walker.plan.target(step))
        else:
            walker.pass_by("heard" if step.how == "event" else "waited", walker.plan.after(step.id))
        place.heard, place.awaiting = False, ""

    def _step(self, walking: list[Walker]) -> list[Walker]:
        """One step for each of them; who is still on the way after it."""
        groups: dict[tuple[int, str], list[Walker]] = defaultdict(list)
        for walker in walking:
            groups[walker.version, walker.at].append(walker)
        for (_version, at), group in groups.items():
            step = group[0].plan.step(at)
            if step is None or step.kind == STOP:
                self._arrive(group, step)
            else:
                self._do(step, group)
        return [walker for walker in walking if not walker.over]

    def _arrive(self, group: list[Walker], step: Step | None) -> None:
        for walker in group:
            if step is not None:
                walker.pass_by("end", END)
            walker.end(State.DONE)

    def _do(self, step: Step, group: list[Walker]) -> None:
        if step.kind == WAIT:
            self._wait(step, group)
        elif step.kind == IF:
            self._if(step, group)
        elif step.kind == GO:
            for walker in group:
                walker.pass_by("went", walker.plan.target(step))
        else:
            asking.ask(self.journey, step, group, self.now)
            told = "offered" if step.kind == OFFER else "asked"
            for walker in group:
                walker.pass_by(told, walker.plan.after(step.id))

    def _wait(self, step: Step, group: list[Walker]) -> None:
        for walker in group:
            place = walker.place
            place.step, place.heard = step.id, False
            place.due_at = ends_at(step, self.now, walker.person.time_zone)
            place.awaiting = step.event if step.how == "event" else ""
            walker.over = True

    def _if(self, step: Step, group: list[Walker]) -> None:
        if step.weather is not None:
            people = {walker.person.pk for walker in group}
            true = colder_or_warmer(people, step.sign, step.weather, self.now)
        else:
            true = self._true(step.rule, group)
        for walker in group:
            so = walker.person.pk in true
            to = walker.plan.after(step.id) if so else walker.plan.target(step)
            walker.pass_by("yes" if so else "no", to)

    def _true(self, rule: str, group: Iterable[Walker]) -> set[int]:
        """The persons among them of whom a rule is true."""
        people = {walker.person.pk for walker in group}
        try:
            node = parse(rule)
        except BadRule:  # a name that has gone since: then it is true of nobody
            return set()
        return {int(pk) for pk in Everybody(self.now, self._members(people)).where(node)} & people

    def _members(self, people: set[int]) -> list[int]:
        """They and their parts, whose profiles are brought up to date."""
        wholes = Q(pk__in=people) | Q(into__in=people)
        rows = list(Person.objects.filter(wholes).values_list("pk", "into_id", "stale"))
        for whole in {into or pk for pk, into, stale in rows if stale}:
            profiles.refresh(Person(pk=whole))
        return [pk for pk, _into, _stale in rows]

    # The rows

    def write(self) -> int:
        """Move every row on, if it is where it was; how many steps were passed. Overtaken."""
        for walker in self.walkers:
            walker.place.ended_at = self.now if walker.place.state != State.WAITING else None
        self._update()
        rows = [
            Passage(place_id=walker.place.pk, step=step, outcome=outcome, at=self.now)
            for walker in self.walkers
            for step, outcome in walker.passed
        ]
        Passage.objects.bulk_create(rows)
        self._count()
        asking.call_off([w.place for w in self.walkers if w.place.state in asking.CALLED_OFF])
        return len(rows)

    def _update(self) -> None:
        """One guarded update each: of two who move the same row, one finds it moved."""
        adapt = connection.ops.adapt_datetimefield_value
        rows = [
            (
                *(w.place.state, w.place.why, w.place.step, adapt(w.place.due_at)),
                *(w.place.awaiting, w.place.heard, adapt(self.now)),
                adapt(w.place.ended_at) if w.place.ended_at else None,
                *(w.place.pk, w.place.moves),
            )
            for w in self.walkers
        ]
        with connection.cursor() as cursor:
            cursor.executemany(UPDATE, rows)
            if cursor.rowcount != len(rows):
                raise Overtaken

    def _count(self) -> None:
        counts: Counter[tuple[int, str, str]] = Counter()
        for walker in self.walkers:
            counts.update((walker.version, step, outcome) for step, outcome in walker.passed)
            if walker.over and walker.place.state != State.WAITING:
                counts[walker.version, "", walker.place.why or walker.place.state] += 1
        add(counts)


UPDATE = (
    'UPDATE "journeys_place" SET "state" = %s, "why" = %s, "step" = %s, "due_at" = %s,'
    ' "awaiting" = %s, "heard" = %s, "moved_at" = %s, "ended_at" = %s, "moves" = "moves" + 1,'
    ' "failures" = 0 WHERE "id" = %s AND "moves" = %s AND "state" = \'waiting\''
)


def add(counts: Mapping[tuple[int, str, str], int]) -> None:
    """Count more for these versions, steps and outcomes; the order of rows is always the same."""
    for (version, step, outcome), more in sorted(counts.items()):
        row = Tally.objects.filter(version=version, step=step, outcome=outcome)
        if not row.update(count=F("count") + more):
            Tally.objects.get_or_create(version_id=version, step=step, outcome=outcome)
            row.update(count=F("count") + more)
