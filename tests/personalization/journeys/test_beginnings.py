"""What begins journeys, each brought about by the services that bring it about in the shop."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from configurator.catalog.models import Product
from configurator.catalog.publishing import publish
from configurator.wizard.models import Design
from orders import services as orders
from orders.factory.models import WorkOrder
from orders.factory.services import release_work_orders
from orders.models import Order, OrderEvent
from orders.offers import offer
from orders.places import place_for
from personalization.journeys.models import Place
from personalization.journeys.plan import (
    BIRTHDAY,
    CAPACITY,
    DAY,
    EVENT,
    LEFT,
    PRICE,
    SEGMENT,
    WEATHER,
    Trigger,
)
from personalization.journeys.ticking import tick
from personalization.people import events, profiles, receipts, visitors
from personalization.people.exchanges import Exchange, Question
from personalization.people.models import Event, Person
from personalization.segments import services as segments
from personalization.segments.models import Segment
from tests.factory import kit as factory
from tests.orders import kit
from tests.personalization.journeys.conftest import Running, message, wait

MONDAY = datetime(2026, 2, 2, 9, tzinfo=UTC)


@pytest.fixture
def lamps(lamp: None, tmp_path: Any, settings: Any) -> Iterator[Any]:
    """The lamp is on sale, on a Monday."""
    settings.PAPERS_DIR = tmp_path / "papers"
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def ordered(person: Person, quantity: int = 1) -> WorkOrder:
    """They order a lamp; its work order is released."""
    with visitors.acting(person):
        order = kit.order(kit.whole_design(), quantity=quantity)
    return release_work_orders(order_id=order.pk)[0]


def came() -> list[str]:
    """Who came, by what brought them."""
    tick()
    return list(Place.objects.order_by("pk").values_list("journey__slug", flat=True))


STATES = {
    "started": ["start cut"],
    "made": ["start cut", "done cut", "start fit", "done fit"],
    "finished": ["start", "finish"],
    "reopened": ["start", "finish", "rework"],
    "shipped": ["start", "finish", "ship"],
}


@pytest.mark.parametrize("state", STATES)
def test_what_becomes_of_an_order_in_the_workshop(
    state: str, lamps: Any, person: Person, running: Running
) -> None:
    option = "fit" if state == "made" else ""
    about: dict[str, Any] = {"event": state, "option": option, "product": "desk-lamp"}
    running(wait(), message(), slug=state, trigger=Trigger(kind=EVENT, **about))
    running(
        message(), slug="bike", trigger=Trigger(kind=EVENT, event=state, product="touring-bicycle")
    )
    work_order = ordered(person)
    assert came() == []
    for what in STATES[state]:
        work_order = factory.event(work_order, what)
    assert came() == [state]
    assert came() == [state]
    place = Place.objects.get()
    assert (place.person, place.order) == (person, work_order.line.order)
    assert place.told == {"product": "desk-lamp"}
    told = Event.objects.filter(order=place.order).values_list("kind", "option")
    assert ("started", "") in told
    assert list(told).count(("started", "")) == 1


def test_an_order_that_is_paid(lamps: Any, person: Person, running: Running) -> None:
    running(message(), slug="paid", trigger=Trigger(kind=EVENT, event="paid"))
    order = ordered(person).line.order
    for _time in range(2):
        orders.record(order_id=order.pk, kind=OrderEvent.Kind.PAID, detail={"payment": "1"})
    assert came() == ["paid"]


def test_the_workshop_is_nobody_who_was_here(lamps: Any, person: Person) -> None:
    work_order = ordered(person)
    profiles.refresh_all()
    before = {name: fact.value for name, fact in profiles.facts_of(person).items()}
    lamps.shift(timedelta(days=3))
    for what in ("start", "finish", "ship"):
        work_order = factory.event(work_order, what)
    profiles.refresh_all()
    assert {name: fact.value for name, fact in profiles.facts_of(person).items()} == before
    person.refresh_from_db()
    assert person.seen_at == MONDAY


def test_who_objects_hears_nothing_of_the_workshop(lamps: Any, person: Person) -> None:
    work_order = ordered(person)
    Person.objects.filter(pk=person.pk).update(quiet=True)
    count = Event.objects.count()
    factory.event(work_order, "start cut")
    assert Event.objects.count() == count


@pytest.mark.parametrize(("product", "reached"), [("", True), ("desk-lamp", True), ("bike", False)])
def test_a_goal_may_be_one_products(
    product: str, reached: bool, lamps: Any, person: Person, running: Running
) -> None:
    about = {"goal": "shipped", "goal_product": product}
    running(wait(), message(), trigger=Trigger(kind=EVENT, event="saved"), **about)
    events.append(person=person, kind="saved", product="desk-lamp")
    assert came() == ["care"]
    work_order = ordered(person)
    for what in STATES["shipped"]:
        work_order = factory.event(work_order, what)
    tick()
    assert (Place.objects.get().state == Place.State.GOAL) is reached


def test_a_design_that_is_left(lamps: Any, person: Person, running: Running) -> None:
    running(message("s1"), slug="left", trigger=Trigger(kind=LEFT, number=4))
    with visitors.acting(person):
        design = kit.whole_design()
    assert came() == ["left"]
    place = Place.objects.get()
    assert (place.design, place.due_at) == (design, MONDAY + timedelta(hours=4))


def test_coming_into_a_segment(lamps: Any, person: Person, running: Running) -> None:
    rule = "orders at least 1"
    segment = segments.save(segment=Segment(slug="buyers", name="Buyers", rule=rule))
    running(message("s1"), slug="entry", trigger=Trigger(kind=SEGMENT, segment="buyers"))
    ordered(person)
    segments.refresh(segment)
    segments.refresh(segment)
    assert came() == ["entry"]


def test_a_birthday_that_was_told(lamps: Any, person: Person, running: Running) -> None:
    running(message("s1"), slug="birthday", trigger=Trigger(kind=BIRTHDAY))
    exchange = Exchange.objects.create(code="day", name="Your day", text="")
    Question.objects.create(exchange=exchange, code="birthday", label="Birthday", kind="day")
    receipts.give(person=person, exchange=exchange, answers={"birthday": "02-03"})
    assert came() == []
    lamps.shift(timedelta(days=1))
    assert came() == ["birthday"]
    receipts.take_back(person=person, exchange=exchange)
    lamps.shift(timedelta(days=365))
    assert came() == ["birthday"]


def test_the_weather_where_it_is_ordered_to(lamps: Any, person: Person, running: Running) -> None:
    running(message("s1"), slug="cold", trigger=Trigger(kind=WEATHER, number=5, way="<"))
    running(message("s1"), slug="hot", trigger=Trigger(kind=WEATHER, number=20, way=">"))
    ordered(person)  # to Poland, in February
    profiles.refresh_all()
    assert came() == ["cold"]


@pytest.fixture
def kept(lamps: Any, person: Person) -> Design:
    with visitors.acting(person):
        design = kit.whole_design()
        events.append(person=person, kind="saved", product="desk-lamp", design=design)
    return design


def test_another_price(lamps: Any, kept: Design, running: Running) -> None:
    for way in ("up", "down", ""):
        running(message("s1"), slug=f"price{way}", trigger=Trigger(kind=PRICE, way=way))
    assert came() == []
    product = Product.objects.get(slug="desk-lamp")
    Product.objects.filter(pk=product.pk).update(base_price=60)
    product.refresh_from_db()
    publish(product=product)
    lamps.shift(timedelta(hours=7))
    assert sorted(came()) == ["price", "pricedown"]
    lamps.shift(timedelta(hours=7))
    assert sorted(came()) == ["price", "pricedown"]  # once
    place = Place.objects.get(journey__slug="price")
    assert place.design == kept


def full(design: Design) -> Order:
    """Ninety-nine of it are ordered, as soon as there is time for them."""
    place = place_for(offer(design), 99, "the browser", False, 9)
    assert place is not None
    seen = replace(kit.seen_now(design, 99), ready_on=place.ready_on)
    return kit.order(design, seen, quantity=99)


def test_capacity_that_is_taken_and_opens_again(lamps: Any, kept: Design, running: Running) -> None:
    running(message("s1"), slug="later", trigger=Trigger(kind=DAY, number=1, way="later"))
    running(message("s1"), slug="opens", trigger=Trigger(kind=CAPACITY, number=1))
    assert came() == []
    big = [full(kit.whole_design()) for _week in range(5)]
    lamps.shift(timedelta(hours=7))
    assert came() == ["later"]
    for order in big:
        orders.record(order_id=order.pk, kind=OrderEvent.Kind.CANCELED)
    lamps.shift(timedelta(hours=7))
    assert came() == ["later", "opens"]
