"""What chaos tests do inside a house, in a process of its own: python -m tests.chaos.hands …

Each command answers with JSON on its last line.
"""

import json
import random
import sys
import threading
from collections import Counter
from typing import Any

import django

from tests.chaos.late_jobs import ask_for_all, come_of_all
from tests.chaos.speaking import ask_to_speak, come_of_speaking, speak, take_back_while_speaking
from tests.chaos.together import pay, take
from tests.chaos.walkers import begin_walks, walks


def set_up() -> str:
    """An empty database becomes one that sells the lamp."""
    from django.core.management import call_command

    from tests.orders import kit

    call_command("migrate", verbosity=0)
    kit.import_lamp()
    return "done"


def form() -> dict[str, Any]:
    """A whole design, and what the review page's form posts for it."""
    from tests.orders import kit

    design = kit.whole_design()
    return {"design": str(design.pk), "form": kit.form_of(design)}


def order(count: str) -> list[str]:
    """Place orders; their numbers."""
    from tests.orders import kit

    return [kit.order(kit.whole_design()).number for _number in range(int(count))]


def race(carts: str, threads: str, guard: str = "guarded") -> dict[str, Any]:
    """Many threads post each cart's form at the same moment.

    "unguarded" takes every guard away, to show that the race is real.
    """
    from django.conf import settings
    from django.db import connection

    from orders import placing
    from orders.models import Order
    from tests.orders import kit

    settings.ALLOWED_HOSTS = ["testserver"]
    if guard == "unguarded":
        setattr(placing, "order_of", lambda _design, _revision: None)  # noqa: B010
        _drop_the_constraint(connection)
    before = Order.objects.count()
    designs = [kit.whole_design() for _cart in range(int(carts))]
    results = [
        _post_together(kit.place_url(design.pk), kit.form_of(design), int(threads))
        for design in designs
    ]
    numbers = sorted(Order.objects.values_list("number", flat=True))
    return {
        "orders": Order.objects.count() - before,
        "places": [len(places) for places, _statuses in results],
        "statuses": Counter(status for _places, statuses in results for status in statuses),
        "numbers": [int(number[5:]) for number in numbers],
    }


def race_carts(carts: str, threads: str) -> dict[str, Any]:
    """Many threads post the checkout of the same cart, of three designs, at the same moment."""
    from django.conf import settings

    from orders.models import Order

    settings.ALLOWED_HOSTS = ["testserver"]
    results = []
    for _cart in range(int(carts)):
        form, token = _cart_of_three()
        results.append(_post_together("/cart/checkout/", form, int(threads), {"cart": token}))
    return {
        "orders": Order.objects.count(),
        "lines": sorted(order.lines.count() for order in Order.objects.all()),
        "places": [len(places) for places, _statuses in results],
        "statuses": Counter(status for _places, statuses in results for status in statuses),
    }


def _cart_of_three() -> tuple[dict[str, Any], str]:
    """What the checkout of a new cart sends, and the cart's cookie."""
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    from orders.cart import checkout, keys, services
    from orders.deals import Where
    from tests.orders import kit

    guest = RequestFactory().get("/")
    guest.user = AnonymousUser()
    cart, token = keys.open_cart(guest)
    for _design in range(3):
        design = kit.whole_design()
        services.add(cart=cart, design=design, quantity=1, rush=False, agreed={})
    shown = checkout.checkout_of(cart, "the browser", Where("PL"), agreed=True)
    assert shown is not None
    hidden = {"lines": shown.hidden, "total": str(shown.seen.total)}
    hidden["terms_version"] = shown.seen.terms
    return {**hidden, "terms": "on", **vars(kit.CONTACT)}, token


def _post_together(
    url: str, posted: dict[str, Any], threads: int, cookies: dict[str, str] | None = None
) -> tuple[set[str], list[int]]:
    """Where the threads landed, and with which statuses."""
    from django.db import connections
    from django.test import Client

    start, places, statuses = threading.Barrier(threads), set(), []

    def post() -> None:
        client = Client(raise_request_exception=False)
        client.cookies.load(cookies or {})
        start.wait()
        answer = client.post(url, posted)
        statuses.append(answer.status_code)
        places.add(answer.headers.get("Location", ""))
        connections.close_all()

    crowd = [threading.Thread(target=post) for _number in range(threads)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    return places, statuses


def places(capacity: str, demand: str, threads: str, guard: str = "guarded") -> dict[str, Any]:
    """Many threads want a place in a workshop which has so many on the first day.

    "unguarded" plans all of them with what was free at first, and books without a look.
    """
    from django.conf import settings
    from django.db.models import F

    from configurator.capacity.models import Booking, DayLoad
    from configurator.catalog.models import WorkCenter

    settings.RUSH_SHARE, settings.PROMISE_BUFFER_DAYS = 0, 0
    WorkCenter.objects.filter(code="saw").update(hours="mon-sun 00:00-08:00", stations=500)
    bench = WorkCenter.objects.filter(code="bench")
    bench.update(hours="mon-sun 08:00-08:10", stations=int(capacity))
    if guard == "unguarded":
        _book_without_a_look()
    _hold_together(int(demand), int(threads))
    fitted = Booking.objects.filter(operation="fit")
    first = fitted.order_by("day").values_list("day", flat=True)[0]
    return {
        "first_day": fitted.filter(day=first).count(),
        "all": fitted.values("reservation").distinct().count(),
        "over": DayLoad.objects.filter(booked__gt=F("capacity")).count(),
    }


def promo(limit: str, buyers: str, guard: str = "guarded") -> dict[str, int]:
    """Many buyers use a promo code that holds for so many."""
    from tests.chaos.buyers import buy_together

    return buy_together(int(limit), int(buyers), guarded=guard == "guarded")


def own_codes(people: str, guard: str = "guarded") -> dict[str, int]:
    """Many ask at once for the code of one person, and use it."""
    from tests.chaos.own_codes import own_codes as together

    return together(int(people), guarded=guard == "guarded")


def quote(people: str, guard: str = "guarded") -> dict[str, int]:
    """Many accept one quote."""
    from tests.chaos.buyers import accept_together

    return accept_together(int(people), guarded=guard == "guarded")


def _hold_together(demand: int, threads: int) -> None:
    """Hold places from many threads; every second one is given back and wanted again."""
    from django.db import connections

    from configurator.capacity import services
    from configurator.catalog.configuration import Configuration
    from configurator.catalog.queries import live_release
    from tests.orders import kit

    product = live_release("desk-lamp")
    design = Configuration(dict(kit.CHOICES), {"engraving": kit.TEXT})
    start = threading.Barrier(threads)

    def want(number: int) -> None:
        key = f"design:{number}"
        services.hold(key=key, product=product, configuration=design, quantity=1)

    def customer(first: int) -> None:
        start.wait()
        for number in range(first, demand, threads):
            want(number)
            if number % 2:
                services.release(key=f"design:{number}")
                want(number)
        connections.close_all()

    crowd = [threading.Thread(target=customer, args=(n,)) for n in range(threads)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()


def _book_without_a_look() -> None:
    from django.db import connection
    from django.db.models import F

    from configurator.capacity import minutes, services
    from configurator.capacity.models import DayLoad
    from configurator.capacity.snapshot import current

    before = current()

    def book(center: int, day: Any, wanted: int, kept: int, *, rush: bool) -> bool:
        rows = DayLoad.objects.filter(work_center_id=center, day=day)
        return rows.update(booked=F("booked") + wanted) == 1

    setattr(services, "snapshot_at", lambda _version: before)  # noqa: B010
    setattr(services, "read", lambda _version, _rows: before)  # noqa: B010
    setattr(minutes, "_book", book)  # noqa: B010
    constraints, DayLoad._meta.constraints = DayLoad._meta.constraints, []
    with connection.schema_editor() as editor:
        for constraint in constraints:
            if constraint.name == "never_booked_above_capacity":
                editor.remove_constraint(DayLoad, constraint)


def _drop_the_constraint(connection: Any) -> None:
    from orders.models import OrderLine

    name = "one_order_a_design_revision"
    (constraint,) = (each for each in OrderLine._meta.constraints if each.name == name)
    others = [each for each in OrderLine._meta.constraints if each is not constraint]
    OrderLine._meta.constraints = others
    with connection.schema_editor() as editor:
        editor.remove_constraint(OrderLine, constraint)


def order_under_fire(count: str) -> dict[str, Any]:
    """Place orders while their database connections are cut; customers without a reply retry.

    Tells what an order lacks, if any does.
    """
    from django.db import Error, close_old_connections, connection

    from orders.models import Job, Order, OrderEvent
    from tests.orders import kit

    designs = [kit.whole_design() for _number in range(int(count))]
    seen = [kit.seen_now(design) for design in designs]
    over, lost = threading.Event(), []
    pauses = random.Random(1)

    def cut() -> None:
        while not over.wait(pauses.uniform(0.02, 0.2)):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        connection.close()

    knife = threading.Thread(target=cut)
    knife.start()
    for design, what in zip(designs, seen, strict=True):
        while True:
            try:
                kit.order(design, what)
                break
            except Error:
                lost.append(design)
                connection.close()
                close_old_connections()
    over.set()
    knife.join()
    connection.close()  # the last cut may have been this one
    orders = list(Order.objects.prefetch_related("lines"))
    return {
        "cut": len(lost),
        "orders": len(orders),
        "lines": [order.lines.count() for order in orders],
        "events": OrderEvent.objects.count(),
        "jobs": Job.objects.exclude(kind__endswith=".learn").count(),
        "numbers": sorted(int(order.number[5:]) for order in orders),
    }


def deliver(times: str, seed: str = "1") -> str:
    """Deliver every due job so many times, in any order, until nothing is due."""
    from celery import current_app

    from orders.models import Job

    shuffled = random.Random(int(seed))
    current_app.loader.import_default_modules()
    seen: set[Any] = set()
    while due := set(Job.objects.values_list("kind", "pk")) - seen:
        messages = sorted(due | seen) * int(times)
        shuffled.shuffle(messages)
        for kind, pk in messages:
            current_app.tasks[kind](str(pk))
        seen |= due
    return "done"


def contents() -> dict[str, Any]:
    """All that jobs made, without times and random keys: equal after equal effects."""
    from orders.factory.models import WorkOrder, WorkOrderOperation, WorkOrderPart
    from orders.models import Job, Order, OrderEvent, Paper

    def rows(model: Any, *fields: str) -> list[Any]:
        return sorted([str(value) for value in row] for row in model.objects.values_list(*fields))

    return {
        "orders": rows(Order, "number", "state"),
        "events": rows(OrderEvent, "order__number", "kind", "detail"),
        "work orders": rows(WorkOrder, "number", "line__order__number", "state", "quantity"),
        "parts": rows(WorkOrderPart, "work_order__number", "position", "code", "quantity"),
        "operations": rows(WorkOrderOperation, "work_order__number", "position", "code"),
        "papers": rows(Paper, "kind", "size", "subject", "revision", "sha"),
        "jobs": rows(Job, "kind", "state"),
    }


COMMANDS = {
    command.__name__: command
    for command in (
        set_up,
        form,
        order,
        order_under_fire,
        race,
        race_carts,
        places,
        promo,
        own_codes,
        quote,
        deliver,
        contents,
        ask_for_all,
        come_of_all,
        begin_walks,
        walks,
        ask_to_speak,
        speak,
        come_of_speaking,
        take_back_while_speaking,
        pay,
        take,
    )
}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))  # noqa: T201
