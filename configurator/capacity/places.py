"""Places in the workshop as rows: what of them lies ahead, and what would be free without them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from configurator.capacity.models import Booking, Reservation, StockClaim
from configurator.capacity.snapshot import Snapshot, centers_now, current, read

__all__ = ["ahead", "claims", "design_key", "free_without", "held"]


def design_key(design: object) -> str:
    """The key of the place that is held for a design with this primary key."""
    return f"design:{design}"


def held(key: str) -> Reservation | None:
    """The reservation of a key that is held now."""
    return Reservation.objects.filter(key=key, state=Reservation.State.HELD).first()


def ahead(found: Reservation, besides: Iterable[str] = ()) -> list[Booking]:
    """Bookings of what is not done, nor one of the operations `besides`."""
    rows = found.bookings.filter(done=False).exclude(operation__in=list(besides))
    return list(rows.select_related("work_center").order_by("position", "day"))


def claims(found: Reservation, besides: Iterable[str] = ()) -> QuerySet[StockClaim]:
    """Parts that are not used, nor for one of the operations `besides`."""
    rows = found.claims.exclude(operation__in=list(besides)).exclude(state=StockClaim.State.USED)
    return rows.select_related("item").order_by("pk")


def free_without(*places: tuple[Reservation, Collection[str]]) -> Snapshot:
    """What is free with all that some places have, besides these operations of theirs; a snapshot
    of its own, to try out."""
    snapshot = read(current().version, centers_now())
    for place, besides in places:
        for booking in ahead(place, besides):
            if booking.day >= snapshot.today:
                code, ordinal = booking.work_center.code, booking.day.toordinal()
                snapshot.book(code, ordinal, -booking.minutes, rush=place.rush)
        for claim in claims(place, besides).filter(state=StockClaim.State.COVERED):
            snapshot.stock[claim.item.number] += claim.quantity
    return snapshot
