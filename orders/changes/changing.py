"""A customer changes what they ordered: begun as a design of its own, accepted whole or not."""

from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from configurator.capacity import changing as capacity
from configurator.capacity.minutes import Full
from configurator.capacity.schedule import NoTime
from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.wizard import locking
from configurator.wizard.models import Design
from orders import jobs
from orders.changes.cutoffs import Bench, bench_of, locked_options
from orders.changes.discounts import Kept, discounts_with, shrunk
from orders.deals import promised, sums_of
from orders.factory.reservations import key_of
from orders.factory.services import PastCutOff, revise
from orders.models import Order, OrderChange, OrderEvent, OrderLine, Specification
from orders.offers import Offer, offer
from orders.paying.returning import settle_difference
from orders.selling.sums import Sums
from orders.services import line_key, release_later
from orders.specifications import charge_in, store

State = OrderChange.State
LASTS = timedelta(days=7)


class Over(Exception):
    """Nothing of the order can be changed any more."""


class NoChange(Exception):
    """There is no open change; it was accepted or withdrawn, or has expired."""


class Nothing(Exception):
    """The changed design is what was ordered."""


class Different(Exception):
    """What would be agreed is not what the customer saw: show it and ask again."""


class CutOff(Exception):
    """The bench went on: `gone` are options that went back to what they were."""

    def __init__(self, gone: tuple[str, ...]) -> None:
        super().__init__(", ".join(gone))
        self.gone = gone


@dataclass(frozen=True)
class Seen:
    """What the customer had before their eyes when they accepted."""

    revision: int  # of the design
    specification: str
    difference: Decimal  # with tax, of the whole line
    ready_on: date


@dataclass(frozen=True)
class Proposal:
    """What a change would come to now; `specification` is None while its design is not whole.

    `before` and `after` are of the whole order, the `line` is as it would be, `discounts` are what
    codes would take off then.
    """

    change: OrderChange
    bench: Bench
    offered: Offer
    specification: Specification | None
    line: OrderLine
    before: Sums
    after: Sums
    discounts: list[Kept]
    ready_on: date | None  # None: the workshop has no time for as far as it plans
    held_until: datetime | None = None

    @property
    def difference(self) -> Decimal:
        return self.after.total - self.before.total

    @property
    def same(self) -> bool:
        """Whether nothing is changed."""
        return (
            self.specification is not None
            and self.specification.pk == self.bench.line.specification_id
        )

    @property
    def seen(self) -> Seen | None:
        if self.specification is None or self.ready_on is None:
            return None
        revision = self.change.design.revision
        return Seen(revision, self.specification.pk, self.difference, self.ready_on)


def begin(*, order_id: UUID, position: int) -> OrderChange:
    """A change of a line, as a copy of its design to be changed; the open one, if there is one.

    Raises Over and OrderLine.DoesNotExist.
    """
    with transaction.atomic():
        line = _held_line(order_id, position)
        bench = bench_of(line)
        if not bench.open:
            raise Over(line.order.number)
        found = open_change(line)
        if found is not None:
            _lock_again(found)
            return found
        _end(OrderChange.objects.filter(line=line, state=State.OPEN), State.WITHDRAWN)
        design = locking.begin_copy(
            language=line.order.language,
            release_id=line.specification.release_id,
            whole=_ordered(line.specification),
            locked=locked_options(bench),
            notice=_notice(line.order),
            place=_wish(bench, _ordered(line.specification)).to_json(),
            charge=charge_in(line.specification.content).to_json(),
        )
        return OrderChange.objects.create(
            line=line,
            design=design,
            base=line.specification,
            base_revision=line.order.revision,
            expires_at=timezone.now() + LASTS,
        )


def open_change(line: OrderLine) -> OrderChange | None:
    """The change that may still be accepted, if there is one."""
    rows = line.changes.filter(state=State.OPEN, expires_at__gt=timezone.now())
    return rows.filter(base_revision=line.order.revision).select_related("design", "base").first()


def withdraw(*, order_id: UUID, position: int) -> None:
    """Leave the order as it is; what was begun of a change is put aside."""
    with transaction.atomic():
        line = _held_line(order_id, position)
        _end(line.changes.filter(state=State.OPEN), State.WITHDRAWN)
        let_go(line)


def propose(change: OrderChange) -> Proposal:
    """What the change would come to, as things are now. Keeps its specification."""
    line = change.line
    bench = bench_of(line)
    offered = offer(change.design)
    changed = _changed(line, offered)
    discounts = discounts_with(line, changed, offered)
    return Proposal(
        change=change,
        bench=bench,
        offered=offered,
        specification=store(offered) if offered.complete else None,
        line=changed,
        before=sums_of(line.order),
        after=sums_of(line.order, [*line.order.lines.exclude(pk=line.pk), changed], discounts),
        discounts=discounts,
        ready_on=_day(bench, offered),
    )


def _changed(line: OrderLine, offered: Offer) -> OrderLine:
    """The line with the money of what it would be; not saved."""
    after = offered.amounts(line.quantity, rush=line.rush_net is not None)
    changed = copy(line)
    changed.unit_net, changed.net, changed.rush_net = offered.unit_net, after.net, after.rush
    return changed


def keep_day(proposal: Proposal) -> Proposal:
    """The proposal with a place held for its day, where there is something to accept."""
    if proposal.seen is None or proposal.same or past_cut_off(proposal):
        return proposal
    try:
        with transaction.atomic():
            held = capacity.hold(_wish(proposal.bench, proposal.offered.configuration))
            if held.until is not None:
                release_later(held.until)
    except (NoTime, Full):  # somebody else was faster
        return replace(proposal, ready_on=None)
    return replace(proposal, ready_on=held.ready_on, held_until=held.until)


def let_go(line: OrderLine) -> None:
    """Give back what is held for a change of a line."""
    capacity.let_go(_key(bench_of(line)))


def accept(*, order_id: UUID, position: int, seen: Seen | None) -> Order:
    """Change the order as its customer saw it, with all that follows, or not at all.

    Raises NoChange, Over, Nothing, Different and CutOff; the design stays, brought back to what is
    still possible.
    """
    try:
        with transaction.atomic():
            line = _held_line(order_id, position)
            return _accept(line, seen)
    except CutOff as found:
        refused = found
    with transaction.atomic():
        change = open_change(_held_line(order_id, position))
        gone = _lock_again(change) if change else ()
    raise CutOff(gone or refused.gone)


def _accept(line: OrderLine, seen: Seen | None) -> Order:
    order = line.order
    change = open_change(line)
    if change is None:
        raise NoChange(order.number)
    proposal = propose(change)
    if not proposal.bench.open:
        raise Over(order.number)
    if proposal.same:
        raise Nothing(order.number)
    if late := past_cut_off(proposal):
        raise CutOff(late)
    if proposal.specification is None or seen is None or proposal.seen != seen:
        raise Different(order.number)
    try:
        ready_on = capacity.change(_wish(proposal.bench, proposal.offered.configuration))
        _agree(proposal, proposal.specification, ready_on)
        if proposal.bench.work_order is not None:
            revise(
                work_order_id=proposal.bench.work_order.pk,
                specification=proposal.specification,
                due_on=ready_on,
            )
    except NoTime:
        raise Different(order.number) from None
    except PastCutOff as past:
        raise CutOff(past.codes) from None
    if ready_on != seen.ready_on:
        raise Different(order.number)
    order.refresh_from_db()
    return order


def past_cut_off(proposal: Proposal) -> tuple[str, ...]:
    """The options that were changed and for which it is too late by now."""
    base, after = _ordered(proposal.change.base), proposal.offered.configuration
    found = []
    for code in locked_options(proposal.bench):
        was, now = (
            (one.choices.get(code), one.texts.get(code), one.files.get(code))
            for one in (base, after)
        )
        if was != now:
            found.append(code)
    return tuple(found)


def _agree(proposal: Proposal, specification: Specification, ready_on: date) -> None:
    """The order and its line as they are from now on, the story, and the customer's new paper."""
    line, before = proposal.bench.line, proposal.bench.line.specification_id
    order, now, after = line.order, proposal.line, proposal.after
    OrderLine.objects.filter(pk=line.pk).update(
        specification=specification,
        unit_net=now.unit_net,
        net=now.net,
        rush_net=now.rush_net,
        promised_on=ready_on,
    )
    days = promised(order)
    moved = {}
    if days.ready_on != order.promised_on:
        told = {"day_before": order.promised_on, "day": days.ready_on}
        moved = {name: day.isoformat() for name, day in told.items()}
    revision = order.revision + 1
    Order.objects.filter(pk=order.pk).update(
        net=after.net,
        tax=after.tax,
        total=after.total,
        discounts=proposal.discounts,
        promised_on=days.ready_on,
        arrives_on=days.arrives_on,
        revision=revision,
        version=F("version") + 1,
    )
    _end(OrderChange.objects.filter(pk=proposal.change.pk), State.ACCEPTED)
    OrderEvent.objects.create(
        order=order,
        kind=OrderEvent.Kind.CHANGED,
        detail={
            "before": before,
            "after": specification.pk,
            "difference": str(proposal.difference),
            "revision": str(revision),
            **moved,
            **_told_off(proposal),
        },
    )
    order.refresh_from_db(fields=["total"])
    settle_difference(order, proposal.difference, revision)
    jobs.enqueue(
        kind="orders.send_change", queue="mail", payload={"order": str(order.pk), "to": revision}
    )


def _told_off(proposal: Proposal) -> dict[str, object]:
    """Codes that take off another amount now, as the story keeps it."""
    found = shrunk(proposal.bench.line.order, proposal.discounts)
    told = [
        {"name": dict(each.name), "before": str(each.before), "after": str(each.after)}
        for each in found
    ]
    return {"discounts": told} if told else {}


def _lock_again(change: OrderChange) -> tuple[str, ...]:
    """Lock what has begun by now, and say what went back with it."""
    design = Design.objects.select_for_update().get(pk=change.design_id)
    bench, whole = bench_of(change.line), _ordered(change.base)
    place = _wish(bench, whole).to_json()
    return locking.lock(design=design, locked=locked_options(bench), whole=whole, place=place)


def _day(bench: Bench, offered: Offer) -> date | None:
    try:
        return capacity.look(_wish(bench, offered.configuration))
    except NoTime:
        return None


def _wish(bench: Bench, after: Configuration) -> capacity.Wish:
    line = bench.line
    return capacity.Wish(
        key=_key(bench),
        product=released(line.specification.release_id),
        before=_ordered(line.specification),
        after=after,
        quantity=line.quantity,
        begun=bench.begun_codes,
        ordered_on=timezone.localdate(line.order.placed_at),
        promised_on=line.promised_on,
    )


def _key(bench: Bench) -> str:
    """Of the place that the line has: the one of its last attempt."""
    line = bench.line
    if bench.work_order is not None:
        return key_of(bench.work_order)
    return line_key(line.order.number, line.position)


def _held_line(order_id: UUID, position: int) -> OrderLine:
    """The line, its order held as every move at the bench holds it."""
    order = Order.objects.select_for_update().get(pk=order_id)
    line = order.lines.select_related("specification").get(position=position)
    line.order = order
    return line


def _end(rows: QuerySet[OrderChange], state: OrderChange.State) -> None:
    rows.update(state=state, ended_at=timezone.now())


def _ordered(specification: Specification) -> Configuration:
    return Configuration.from_json(specification.content["configuration"])


def _notice(order: Order) -> dict[str, str]:
    words = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            told = _("You are changing order %(number)s. Nothing is changed until you accept it.")
            words[language] = told % {"number": order.number}
    return words
