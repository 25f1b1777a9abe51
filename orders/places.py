"""Places in the workshop for what customers look at: kept while they think, firm with the order."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from configurator.capacity import services as capacity
from configurator.capacity.models import Reservation
from configurator.capacity.places import design_key
from configurator.capacity.promises import Promise, desk
from configurator.wizard.models import Design
from orders import jobs
from orders.models import Job
from orders.offers import Offer

RELEASE_PLACES = "orders.release_places"


def keep_place(
    *, offered: Offer, quantity: int, browser: str, rush: bool = False, besides: int = 0
) -> Reservation | None:
    """Hold a place in the workshop for a complete design while its customer looks at it.

    The same place is kept each time, until the other speed is asked for; rush, where there is none,
    is as usual. None if the workshop has no time for as far as it plans. The browser holds so many
    `besides` the usual number, of the same order.
    """
    with transaction.atomic():
        place = place_for(offered, quantity, browser, rush, besides)
        if place is not None and place.held_until:
            release_later(place.held_until)
    return place


def place_for(
    offered: Offer, quantity: int, browser: str, rush: bool, besides: int = 0
) -> Reservation | None:
    """The same in the caller's transaction, who gives it back in time."""
    try:
        return capacity.hold(
            key=design_key(offered.design.pk),
            product=offered.product,
            configuration=offered.configuration,
            quantity=quantity,
            rush=rush and offered.product.rush is not None,
            holder=browser,
            most=capacity.MOST_HELD + besides,
        )
    except capacity.NoTime:
        return None


def promise_at(*, offered: Offer, quantity: int, rush: bool) -> Promise:
    """When it would be ready at this speed, in whichever its customer's place is held."""
    whole, key = offered.configuration, design_key(offered.design.pk)
    at = desk(offered.product, quantity=quantity, rush=rush, key=key)
    return at.promise(whole.choices, offered.product.texts_of(whole))


def kept_rush(design: Design, browser: str) -> bool:
    """Whether this browser holds a rush place for the design."""
    held = Reservation.objects.filter(state=Reservation.State.HELD, holder=browser, rush=True)
    return bool(browser) and held.filter(key=design_key(design.pk)).exists()


def release_places() -> None:
    """Give back what is held no more; and come again when the next one ends."""
    with transaction.atomic():
        capacity.sweep()
        held = Reservation.objects.filter(state=Reservation.State.HELD).order_by("held_until")
        if (until := held.values_list("held_until", flat=True).first()) is not None:
            release_later(until)


def release_later(until: datetime) -> None:
    """A job that gives back what nobody ordered; one is enough, it looks after all."""
    waiting = Job.objects.filter(kind=RELEASE_PLACES, state=Job.State.DUE)
    if not waiting.filter(due_at__gt=timezone.now()).exists():
        due_at = until + timedelta(seconds=1)
        jobs.enqueue(kind=RELEASE_PLACES, queue="factory", due_at=due_at)


def line_key(number: str, position: int) -> str:
    """The key of an order line's place in the workshop."""
    return f"line:{number}-{position}"
