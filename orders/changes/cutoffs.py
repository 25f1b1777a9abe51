"""How far the bench is, and so what can still be canceled or changed.

The first operation that starts ends the time in which a customer can cancel. An option can be
changed until an operation that depends on it starts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import override

from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.routing import predecessors
from configurator.catalog.texts import say
from configurator.wizard.locking import with_conditions
from orders.factory.machine import OPEN
from orders.factory.models import WorkOrder, WorkOrderOperation
from orders.factory.services import begun
from orders.models import Order, OrderLine

Words = dict[str, str]  # by language


def begun_at(order: Order) -> datetime | None:
    """When building began; None if it has not. A work order that was scrapped counts too."""
    rows = WorkOrder.objects.filter(line__order=order)
    firsts = rows.aggregate(
        whole=Min("started_at"), operation=Min("operations__started_at")
    ).values()
    return min((at for at in firsts if at is not None), default=None)


def can_be_canceled(order: Order) -> bool:
    """Whether its customer may still cancel it; sure only while the order is held."""
    early = (Order.State.AWAITING, Order.State.PLACED)
    return order.state in early and begun_at(order) is None


def open_work_orders(order: Order) -> list[WorkOrder]:
    """What is still to be built of an order."""
    return list(WorkOrder.objects.filter(line__order=order, state__in=OPEN).order_by("number"))


@dataclass(frozen=True)
class Bench:
    """How far a line of an order is. Without a work order, nobody has begun.

    `open`: whether anything of it may still be changed.
    """

    line: OrderLine
    work_order: WorkOrder | None
    operations: Sequence[WorkOrderOperation] = ()

    @property
    def open(self) -> bool:
        order_open = self.line.order.state in (Order.State.PLACED, Order.State.IN_PRODUCTION)
        return order_open and (self.work_order is None or self.work_order.state in OPEN)

    @property
    def begun(self) -> list[WorkOrderOperation]:
        return begun(self.work_order, self.operations) if self.work_order else []

    @property
    def begun_codes(self) -> frozenset[str]:
        """Their codes, with "" if the first one has begun: it takes the parts that name none."""
        codes = {operation.code for operation in self.begun}
        first = self.operations[0].code if self.operations else ""
        return frozenset(codes | ({""} if first in codes else set()))


def bench_of(line: OrderLine) -> Bench:
    """How far it is now; of several attempts the last one counts."""
    found = line.work_orders.order_by("attempt").last()
    return Bench(line, found, tuple(found.operations.all()) if found else ())


def locked_options(bench: Bench) -> dict[str, Words]:
    """The options that can't be changed any more, with the reason."""
    started = bench.begun
    if not started:
        return {}
    product = released(bench.line.specification.release_id)
    found: dict[str, Words] = {}
    for operation in started:
        codes = set(operation.reads) | _reads(product, operation, bench.operations)
        _note(found, with_conditions(product, codes), operation)
    for operation, codes in _too_late_to_add(product, bench, {o.code for o in started}):
        _note(found, with_conditions(product, codes), operation)
    _note(found, with_conditions(product, _read_nowhere(product)), started[0])
    return found


def _note(found: dict[str, Words], codes: Iterable[str], operation: WorkOrderOperation) -> None:
    for code in sorted(codes):
        found.setdefault(code, _why(operation))


def _why(operation: WorkOrderOperation) -> Words:
    done = operation.state == WorkOrderOperation.State.DONE
    words = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            told = _("“%(operation)s” is done") if done else _("“%(operation)s” has begun")
            words[language] = told % {"operation": say(operation.name, language)}
    return words


def _reads(
    product: ReleasedProduct, operation: WorkOrderOperation, all_: Sequence[WorkOrderOperation]
) -> set[str]:
    """As the release says it, also for rows from before they kept it."""
    return set(product.recipe.reads(operation.code, first=operation.pk == all_[0].pk))


def _too_late_to_add(
    product: ReleasedProduct, bench: Bench, started: set[str]
) -> Iterable[tuple[WorkOrderOperation, set[str]]]:
    """Conditions of operations which do not apply, and would come before what has begun."""
    routing = product.content["operations"]
    codes = [operation.code for operation in bench.operations]
    places = {each["code"]: place for place, each in enumerate(routing)}
    rows = {operation.code: operation for operation in bench.operations}
    first_place = places.get(codes[0], 0) if codes and codes[0] in started else -1
    for place, each in enumerate(routing):
        when = product.recipe.operations[place].when
        if each["code"] in rows or when is None:
            continue
        before = predecessors(routing, {*codes, each["code"]})
        blocked = [code for code in started if each["code"] in _all_before(code, before)]
        if not blocked and place < first_place:
            blocked = [codes[0]]
        if blocked:
            yield rows[blocked[0]], set(when.references)


def _all_before(code: str, before: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    new = set(before.get(code, ()))
    while new:
        found |= new
        new = {other for each in new for other in before.get(each, ())} - found
    return found


def _read_nowhere(product: ReleasedProduct) -> set[str]:
    """Options of which no part or operation says that it depends on them: nobody can tell when
    they are used, so they are held as soon as anything has begun."""
    recipe = product.recipe
    read = set[str]().union(
        *(recipe.read_by_operation(n) for n in range(len(recipe.operations))),
        *(recipe.read_by_part(n) for n in range(len(recipe.parts))),
    )
    return set(product.options) - read
