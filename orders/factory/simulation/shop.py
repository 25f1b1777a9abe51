"""The shop floor: stations that take the most urgent work that is ready, and what goes wrong."""

from __future__ import annotations

import heapq
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from configurator.capacity.calendar import Hours
from configurator.capacity.models import Reservation
from orders.factory import services
from orders.factory.models import WorkOrder, WorkOrderOperation
from orders.factory.reservations import key_of
from orders.factory.simulation import clock

CAUSES = ("damage", "measure", "material", "surface", "assembly")


@dataclass(frozen=True)
class Troubles:
    """How often things go wrong. Times are minutes of work at a station."""

    spread: float = 0.2  # of the minutes that an operation takes, around those planned
    between_breakdowns: float = 1500.0
    breakdown: float = 45.0  # on average
    rework: float = 0.02  # of operations are found to be bad at their end
    scrap: float = 0.002  # of operations spoil the piece


@dataclass
class Work:
    """An operation of a work order, as the floor knows it."""

    work_order: UUID
    number: str
    code: str
    center: str
    minutes: float
    urgency: tuple[int, int, str]  # not rush, the promised day, number
    after: tuple[str, ...]
    ready_at: int = 0
    done: bool = False


@dataclass
class Piece:
    """A work order on the floor."""

    order: UUID
    works: dict[str, Work]
    open: bool = True


@dataclass
class Seen:
    """What happened, counted."""

    waits: list[int] = field(default_factory=list)  # clock minutes from ready to begun
    spells: list[tuple[str, int, int]] = field(default_factory=list)  # work center, from, to
    events: Counter[str] = field(default_factory=Counter)
    finished: dict[UUID, int] = field(default_factory=dict)  # order -> minute of its last finish


Event = tuple[int, int, Callable[[int], None]]


@dataclass
class Shop:
    """Stations, what waits for them, and what is to happen when."""

    hours: dict[str, Hours]
    troubles: Troubles
    dice: random.Random
    events: list[Event] = field(default_factory=list)
    waiting: dict[str, list[tuple[tuple[int, int, str], int, Work]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    busy: Counter[str] = field(default_factory=Counter)
    woken: dict[str, int] = field(default_factory=dict)
    pieces: dict[UUID, Piece] = field(default_factory=dict)
    seen: Seen = field(default_factory=Seen)
    counter: int = 0

    def at(self, minute: int, what: Callable[[int], None]) -> None:
        """Something is to happen."""
        self.counter += 1
        heapq.heappush(self.events, (minute, self.counter, what))

    def take_in(self, work_order: WorkOrder, now: int) -> None:
        """A work order came to the floor: what needs nothing before it is ready."""
        place = Reservation.objects.filter(key=key_of(work_order)).first()
        begins = {task["code"]: task["ready"] for task in place.routing} if place else {}
        urgency = (not (place and place.rush), work_order.due_on.toordinal(), work_order.number)
        works = {
            row.code: self._work(work_order, row, urgency, begins.get(row.code, 0))
            for row in work_order.operations.all()
        }
        piece = Piece(work_order.line.order_id, works)
        self.pieces[work_order.pk] = piece
        self._offer(piece, now)

    def _work(
        self,
        work_order: WorkOrder,
        row: WorkOrderOperation,
        urgency: tuple[int, int, str],
        begins: int,
    ) -> Work:
        return Work(
            work_order=work_order.pk,
            number=work_order.number,
            code=row.code,
            center=row.work_center,
            minutes=float(row.setup_minutes + row.run_minutes),
            urgency=urgency,
            after=tuple(row.predecessors),
            ready_at=begins,
        )

    def _offer(self, piece: Piece, now: int) -> None:
        """Put what can be begun before its stations."""
        for work in piece.works.values():
            if not work.done and all(piece.works[code].done for code in work.after):
                self._queue_at(max(now, work.ready_at), work)

    def _queue_at(self, minute: int, work: Work) -> None:
        self.at(minute, lambda at: self._queue(work, at))

    def _queue(self, work: Work, now: int) -> None:
        if work.done or not self.pieces[work.work_order].open:
            return
        work.ready_at = now
        self.counter += 1
        heapq.heappush(self.waiting[work.center], (work.urgency, self.counter, work))
        self._dispatch(work.center, now)

    def _dispatch(self, center: str, now: int) -> None:
        """Give free stations the most urgent work; outside of the shifts, in the morning."""
        hours, queue = self.hours[center], self.waiting[center]
        while queue and self.busy[center] < hours.stations:
            opens = clock.next_open(hours, now)
            if opens > now:
                if self.woken.get(center) != opens:
                    self.woken[center] = opens
                    self.at(opens, lambda at: self._dispatch(center, at))
                return
            _urgency, _tie, work = heapq.heappop(queue)
            if not work.done and self.pieces[work.work_order].open:
                self._begin(work, now)

    def _begin(self, work: Work, now: int) -> None:
        services.start_operation(work_order_id=work.work_order, code=work.code, by=None)
        self.busy[work.center] += 1
        self.seen.waits.append(now - work.ready_at)
        hours = self.hours[work.center]
        ends = clock.after(hours, now, self._effort(work))
        self.seen.spells.append((work.center, now, ends))
        self.at(ends, lambda at: self._end(work, at))

    def _effort(self, work: Work) -> float:
        """Clock minutes that it really takes, with the breakdowns in between."""
        spread = self.troubles.spread
        takes = work.minutes * self.dice.lognormvariate(-spread * spread / 2, spread)
        broken, left = 0.0, takes
        while left > 0:
            left -= self.dice.expovariate(1 / self.troubles.between_breakdowns)
            if left > 0:
                broken += self.dice.expovariate(1 / self.troubles.breakdown)
                self.seen.events["breakdowns"] += 1
        return takes + broken

    def _end(self, work: Work, now: int) -> None:
        self.busy[work.center] -= 1
        piece = self.pieces[work.work_order]
        if not piece.open:  # it was scrapped meanwhile
            self._dispatch(work.center, now)
            return
        moved = services.finish_operation(work_order_id=work.work_order, code=work.code, by=None)
        work.done = True
        luck = self.dice.random()
        if luck < self.troubles.scrap:
            self._scrap(piece, work, now)
        elif luck < self.troubles.scrap + self.troubles.rework:
            self._rework(piece, work, now)
        elif moved.state == WorkOrder.State.FINISHED:
            self._finished(piece, now)
        else:
            self._follow(piece, work, now)
        self._dispatch(work.center, now)

    def _finished(self, piece: Piece, now: int) -> None:
        piece.open = False
        self.seen.finished[piece.order] = max(now, self.seen.finished.get(piece.order, 0))

    def _follow(self, piece: Piece, work: Work, now: int) -> None:
        """Those that waited for this one alone are ready."""
        for other in piece.works.values():
            waited = work.code in other.after and not other.done
            if waited and all(piece.works[code].done for code in other.after):
                self._queue_at(max(now, other.ready_at), other)

    def _rework(self, piece: Piece, work: Work, now: int) -> None:
        """It is to be done again."""
        self.seen.events["rework"] += 1
        cause = self.dice.choice(CAUSES)
        services.rework(work_order_id=work.work_order, by=None, operation=work.code, cause=cause)
        self.seen.finished.pop(piece.order, None)
        work.done = False
        self._queue_at(now, work)

    def _scrap(self, piece: Piece, work: Work, now: int) -> None:
        """It is spoiled, and made anew from the start."""
        self.seen.events["scrap"] += 1
        piece.open = False
        services.scrap(work_order_id=work.work_order, by=None, cause=self.dice.choice(CAUSES))
        remake = WorkOrder.objects.select_related("line__order").get(remake_of=work.work_order)
        self.take_in(remake, now)
