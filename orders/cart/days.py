"""When several designs are ready, made one after another on what is free now."""

from collections.abc import Sequence
from datetime import date

from configurator.capacity.models import Reservation
from configurator.capacity.places import design_key, free_without
from configurator.capacity.promises import Desk, Promise
from configurator.capacity.services import fingerprint
from configurator.capacity.snapshot import Snapshot, now_minute
from orders.deals import Wish


def ready_days(wishes: Sequence[Wish]) -> list[date]:
    """The day of each, in this order: the later ones have what the earlier ones leave.

    What has a place that is held has its day; nothing is held for the others.
    """
    keys = [design_key(wish.offered.design.pk) for wish in wishes]
    held = Reservation.objects.filter(key__in=keys, state=Reservation.State.HELD)
    places = {place.key: place for place in held}
    kept = [_kept(wish, places.get(key)) for wish, key in zip(wishes, keys, strict=True)]
    stale = [
        (places[key], ())
        for key, day in zip(keys, kept, strict=True)
        if day is None and key in places
    ]
    snapshot = free_without(*stale)
    return [
        _planned(wish, snapshot) if day is None else day
        for wish, day in zip(wishes, kept, strict=True)
    ]


def _kept(wish: Wish, place: Reservation | None) -> date | None:
    """The day of the place, if it is for just this."""
    if place is None:
        return None
    product, whole = wish.offered.product, wish.offered.configuration
    rush = wish.rush_net is not None
    made_of = fingerprint(product, whole.choices, product.texts_of(whole), wish.quantity, rush)
    return place.ready_on if place.made_of == made_of else None


def _planned(wish: Wish, snapshot: Snapshot) -> date:
    product, whole = wish.offered.product, wish.offered.configuration
    rush = wish.rush_net is not None
    desk = Desk(product, snapshot, now_minute(), wish.quantity, rush)
    promise = desk.promise(whole.choices, product.texts_of(whole))
    _book(promise, snapshot, rush)
    return promise.ready_on


def _book(promise: Promise, snapshot: Snapshot, rush: bool) -> None:
    """Take off the snapshot what it needs: nobody else sees it."""
    if promise.planned is not None:
        for slot in promise.planned.slots:
            snapshot.book(slot.center, slot.day, slot.minutes, rush=rush)
    if promise.work is not None:
        for need in promise.work.needs:
            if need.number in snapshot.stock:
                snapshot.stock[need.number] -= need.quantity
