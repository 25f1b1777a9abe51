"""Stock: reserved with an order, used at the bench, received, counted; all in a ledger."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from configurator.capacity.making import Need
from configurator.capacity.minutes import lock
from configurator.capacity.models import Reservation, StockClaim, StockItem, StockMove
from configurator.catalog.models import Part

Kind = StockMove.Kind
State = StockClaim.State


def opening() -> dict[str, Decimal]:
    """What the catalog says is there of parts that nobody keeps stock of yet, by number."""
    rows = Part.objects.exclude(stock=None).exclude(number="")
    known = rows.exclude(number__in=StockItem.objects.values("number"))
    pairs = known.order_by("number", "-pk").values_list("number", "stock")
    return {number: stock for number, stock in pairs if stock is not None}


def open_items() -> None:
    """Begin to keep stock of parts that have an opening stock; under `lock`."""
    new = opening()
    names = dict(Part.objects.exclude(stock=None).values_list("number", "name")) if new else {}
    for number, quantity in new.items():
        item = StockItem.objects.create(
            number=number, name=names.get(number) or "", on_hand=quantity
        )
        _note(item.pk, Kind.COUNTED, quantity, "")


class NotThatMany(Exception):
    """More would be taken or left than there is; `item` is the row as it is."""

    def __init__(self, item: StockItem) -> None:
        super().__init__(item.number)
        self.item = item


def claim(reservation: Reservation, needs: Iterable[Need]) -> None:
    """Reserve what is there; what is not stays to come, and is reserved when it is received. Under
    `lock`, so that it can be worked out here; written all at once."""
    needs = list(needs)
    open_items()
    items = {i.number: i for i in StockItem.objects.filter(number__in={n.number for n in needs})}
    claims, moves, changed = [], [], {}
    for need in needs:
        item = items.get(need.number)
        if item is None:
            continue
        enough = item.reserved + need.quantity <= item.on_hand
        if enough:
            item.reserved += need.quantity
            changed[item.pk] = item
            about = {"quantity": need.quantity, "key": reservation.key}
            moves.append(StockMove(item=item, kind=Kind.RESERVED, **about))
        claims.append(
            StockClaim(
                reservation=reservation,
                item=item,
                operation=need.operation,
                quantity=need.quantity,
                state=State.COVERED if enough else State.SHORT,
            )
        )
    StockItem.objects.bulk_update(changed.values(), ["reserved"])
    StockMove.objects.bulk_create(moves)
    StockClaim.objects.bulk_create(claims)


def let_go(reservation: Reservation) -> None:
    """What was reserved and not used is free again, and goes to who waits for it."""
    for item in _set_free(reservation):
        _cover(item)


def exchange(reservation: Reservation, needs: Iterable[Need], besides: Iterable[str] = ()) -> None:
    """Reserve other parts instead, first of what was reserved before; what is left of that goes to
    who waits for it. What the operations `besides` take stays reserved."""
    freed = _set_free(reservation, besides)
    claim(reservation, needs)
    for item in freed:
        _cover(item)


def _set_free(reservation: Reservation, besides: Iterable[str] = ()) -> list[int]:
    """The items of which something is free now."""
    freed = set()
    mine = reservation.claims.exclude(operation__in=list(besides))
    for each in mine.filter(state=State.COVERED):
        _change(each.item_id, reserved=-each.quantity)
        _note(each.item_id, Kind.RELEASED, each.quantity, reservation.key)
        freed.add(each.item_id)
    mine.exclude(state=State.USED).delete()
    return sorted(freed)


def use(reservation: Reservation, operation: str) -> None:
    """An operation is done: its parts have left the shelf."""
    for each in reservation.claims.filter(operation=operation, state=State.COVERED):
        _change(each.item_id, on_hand=-each.quantity, reserved=-each.quantity)
        _note(each.item_id, Kind.USED, each.quantity, reservation.key)
        StockClaim.objects.filter(pk=each.pk).update(state=State.USED)


MOST = Decimal(10) ** 9  # of a part, in its unit: more is a slip of the pen


def receive(
    *, number: str, quantity: Decimal, by: Any = None, note: str = "", mark: UUID | None = None
) -> StockItem:
    """So much came in; those who wait get it, the earliest promised first.

    The same `mark` counts once. NotThatMany if there would be more than `MOST`.
    """
    if quantity <= 0:
        raise ValueError("nothing is received")
    with transaction.atomic():
        lock()
        open_items()
        item = StockItem.objects.get(number=number)
        if mark is not None and StockMove.objects.filter(mark=mark).exists():
            return item
        if item.on_hand + quantity > MOST:
            raise NotThatMany(item)
        _change(item.pk, on_hand=quantity)
        _note(item.pk, Kind.RECEIVED, quantity, "", by, note=note, mark=mark)
        _cover(item.pk)
        item.refresh_from_db()
    return item


def count(*, number: str, quantity: Decimal, by: Any = None) -> StockItem:
    """Somebody counted: so much is there. NotThatMany if more than that is reserved."""
    with transaction.atomic():
        lock()
        item = StockItem.objects.get(number=number)
        if quantity < item.reserved:
            raise NotThatMany(item)
        _change(item.pk, on_hand=quantity - item.on_hand)
        _note(item.pk, Kind.COUNTED, quantity - item.on_hand, "", by)
        _cover(item.pk)
        item.refresh_from_db()
    return item


def _cover(item: int) -> None:
    """Reserve for claims that wait, as far as it reaches."""
    waiting = StockClaim.objects.filter(item_id=item, state=State.SHORT)
    for each in waiting.order_by("reservation__promised_on", "pk").select_related("reservation"):
        if _reserve(each):
            StockClaim.objects.filter(pk=each.pk).update(state=State.COVERED)


def _reserve(found: StockClaim) -> bool:
    """Whether there was enough."""
    item = StockItem.objects.get(pk=found.item_id)
    if item.reserved + found.quantity > item.on_hand:
        return False
    _change(found.item_id, reserved=found.quantity)
    _note(found.item_id, Kind.RESERVED, found.quantity, found.reservation.key)
    return True


def _change(item: int, **by: Decimal) -> None:
    """Add to what is there or reserved; under `lock`, so that it can be worked out here.

    SQLite would add Decimals as floats, and 0.1 + 0.2 is more than 0.3 there.
    """
    row = StockItem.objects.get(pk=item)
    exact = {name: getattr(row, name) + more for name, more in by.items()}
    StockItem.objects.filter(pk=item).update(**exact)


def _note(item: int, kind: str, quantity: Decimal, key: str, by: Any = None, **more: Any) -> None:
    StockMove.objects.create(item_id=item, kind=kind, quantity=quantity, key=key, by=by, **more)
