"""Several at the same moment: a payment that is heard of from all sides, a guest's order that two
accounts take over. Each tells what came of it."""

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any


def _crowd(acts: list[Callable[[], Any]]) -> list[str]:
    """All of them at once; what each came to, or the name of what it raised."""
    from django.db import connections

    start, found = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            found.append(str(act()))
        except Exception as error:
            found.append(type(error).__name__)
        finally:
            connections.close_all()

    crowd = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    return sorted(found)


def pay(rounds: str, guard: str = "guarded") -> list[Any]:
    """The provider's message, the way back from its page, and a person, who all say it is paid."""
    from functools import partial

    from configurator.catalog.models import WorkCenter
    from orders.models import OrderEvent
    from orders.paying import services
    from orders.paying.models import Payment
    from orders.paying.providers import Standing
    from tests.orders import kit

    WorkCenter.objects.update(stations=500)
    if guard != "guarded":
        setattr(services, "_held", _not_held)  # noqa: B010
    found = []
    for number in range(int(rounds)):
        order = kit.order(kit.started(kit.CHOICES, f"No. {number}"))
        payment = Payment.objects.get(order=order)
        paid = Standing("paid", payment.amount, payment.currency)
        acts: list[Callable[[], Any]] = [partial(services.settle, payment.pk, paid)] * 4
        acts.append(partial(services.record_transfer, payment_id=payment.pk))
        acts.append(
            partial(services.settle, payment.pk, Standing("paid", Decimal(1), payment.currency))
        )
        said = _crowd(acts)
        events = OrderEvent.objects.filter(order=order, kind=OrderEvent.Kind.PAID).count()
        found.append({"paid": said.count("paid"), "events": events, "others": sorted({*said})})
    return found


def _not_held(payment_id: Any) -> Any:
    """The control: nobody waits for what the others write, and all look a while."""
    import time

    from orders.paying.models import Payment

    payment = Payment.objects.select_related("order").get(pk=payment_id)
    time.sleep(0.05)
    return payment


def take(rounds: str, guard: str = "guarded") -> list[Any]:
    """Two people sign in at a browser that they share: its order becomes one's, not both's."""
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.test import RequestFactory

    from accounts import takeover
    from configurator.catalog.models import WorkCenter
    from orders.models import Order
    from tests.orders import kit

    WorkCenter.objects.update(stations=500)
    setattr(takeover, "browser_of", lambda _request: "the browser")  # noqa: B010
    if guard != "guarded":
        setattr(takeover, "_own", _own_without_a_look)  # noqa: B010
    users = [User.objects.create_user(f"taker {number}") for number in range(4)]
    found = []
    for number in range(int(rounds)):
        order = kit.order(kit.started(kit.CHOICES, f"Taken {number}"))

        def act(user: Any) -> int:
            request = RequestFactory().get("/")
            request.session = SessionStore()
            request.user = user
            return takeover.take_over(request, user).orders

        said = _crowd([lambda user=user: act(user) for user in users])  # type: ignore[misc]
        owned = Order.objects.get(pk=order.pk).customer_id is not None
        found.append({"said": said, "owned": owned})
    return found


def _own_without_a_look(orders: Any, user: Any) -> int:
    """The control: what was free when one looked is one's own."""
    import time

    from orders.models import Order

    numbers = list(orders.values_list("pk", flat=True))
    time.sleep(0.05)
    return Order.objects.filter(pk__in=numbers).update(customer=user)
