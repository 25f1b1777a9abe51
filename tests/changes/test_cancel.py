"""The customer cancels: up to the first operation's start, once, with all that follows."""

from typing import Any

import pytest
from django.core import mail
from django.db.models import Sum
from django.test import Client

from configurator.capacity.models import DayLoad, Reservation, StockItem
from orders import confirmations
from orders.changes import canceling
from orders.factory import services as factory
from orders.factory.models import WorkOrder
from orders.models import Job, Order, OrderEvent
from tests.factory.conftest import person
from tests.orders import kit


@pytest.fixture
def order(db: None, tmp_path: Any, settings: Any) -> Order:
    """Two engraved lamps, ordered; their jobs are waiting."""
    settings.PAPERS_DIR = tmp_path / "papers"
    kit.import_lamp()
    return kit.order(kit.whole_design(), quantity=2)


def url(order: Order) -> str:
    return f"/o/{order.token}/cancel/"


def tell(order: Order) -> None:
    confirmations.send_cancellation(Job.objects.get(kind="orders.send_cancellation").pk)


def test_it_asks_first(client: Client, work_order: WorkOrder, order: Order) -> None:
    assert url(order) in client.get(f"/o/{order.token}/").content.decode()
    page = client.get(url(order)).content.decode()
    for told in (order.number, "2 × Desk lamp", "costs you nothing", "No, keep it"):
        assert told in page
    order.refresh_from_db()
    assert order.state == "placed"


def test_everything_is_canceled_once(client: Client, work_order: WorkOrder, order: Order) -> None:
    for _click in range(2):
        answer = client.post(url(order), follow=True)
        assert answer.redirect_chain == [(f"/o/{order.token}/", 302)]
    assert "is canceled" in answer.content.decode()
    order.refresh_from_db()
    work_order.refresh_from_db()
    assert (order.state, work_order.state) == ("canceled", "canceled")
    (event,) = order.events.filter(kind=OrderEvent.Kind.CANCELED)
    assert event.detail == {"by": "customer"}
    (move,) = work_order.moves.filter(event="cancel")
    assert (move.by, move.before, move.note) == (None, "released", "Canceled by the customer")
    tell(order)
    (sent,) = mail.outbox
    assert sent.to == ["zofia@example.com"]
    assert "as you asked" in sent.body
    assert "canceled" in sent.subject
    assert url(order) not in client.get(f"/o/{order.token}/").content.decode()


def test_its_place_and_its_parts_are_free_again(client: Client, order: Order) -> None:
    item = StockItem.objects.create(number="P-2", on_hand=5)
    factory.release_work_orders(order_id=order.pk)
    other = kit.order(kit.whole_design())
    item.refresh_from_db()
    assert booked() > 0
    assert item.reserved == 1
    client.post(url(other))
    client.post(url(order))
    item.refresh_from_db()
    assert booked() == 0
    assert item.reserved == 0
    states = Reservation.objects.filter(key__startswith="line:").values_list("state", flat=True)
    assert set(states) == {"released"}


def booked() -> int:
    return int(DayLoad.objects.aggregate(sum=Sum("booked"))["sum"] or 0)


def test_an_order_without_work_orders_yet_gets_none(client: Client, order: Order) -> None:
    client.post(url(order))
    assert factory.release_work_orders(order_id=order.pk) == []
    assert not WorkOrder.objects.exists()


@pytest.mark.parametrize("how", ["whole", "operation"])
def test_once_building_began_it_says_whom_to_ask(
    client: Client, work_order: WorkOrder, order: Order, how: str
) -> None:
    if how == "whole":
        factory.start(work_order_id=work_order.pk, by=None)
    else:
        factory.start_operation(work_order_id=work_order.pk, code="cut", by=None)
    assert client.get(url(order)).status_code == 200
    answer = client.post(url(order))
    assert answer.status_code == 409
    page = answer.content.decode()
    for told in ("we began to build it", "workshop@example.com", "lead decides"):
        assert told in page
    work_order.refresh_from_db()
    assert work_order.state == "started"
    assert not Job.objects.filter(kind="orders.send_cancellation").exists()
    assert url(order) not in client.get(f"/o/{order.token}/").content.decode()


def test_what_was_begun_and_held_is_begun(work_order: WorkOrder, order: Order) -> None:
    factory.start_operation(work_order_id=work_order.pk, code="cut", by=None)
    factory.hold(work_order_id=work_order.pk, by=None, reason="no steel", answerer="purchasing")
    with pytest.raises(canceling.TooLate):
        canceling.cancel_order(order_id=order.pk)


def test_what_is_held_before_it_began_may_be_canceled(work_order: WorkOrder, order: Order) -> None:
    factory.hold(work_order_id=work_order.pk, by=None, reason="no steel", answerer="purchasing")
    assert canceling.cancel_order(order_id=order.pk).state == "canceled"
    work_order.refresh_from_db()
    assert (work_order.state, work_order.hold_reason) == ("canceled", "")


def test_a_lead_may_still_cancel_and_the_customer_is_told(
    client: Client, work_order: WorkOrder, order: Order
) -> None:
    factory.start(work_order_id=work_order.pk, by=None)
    factory.cancel(work_order_id=work_order.pk, by=person("factory lead"))
    tell(order)
    assert "by the workshop" in mail.outbox[0].body
    assert client.get(url(order), follow=True).redirect_chain


def test_the_mail_speaks_the_language_of_the_order(client: Client, order: Order) -> None:
    Order.objects.update(language="pl")
    client.post(url(order))
    tell(order)
    assert "anulowane" in mail.outbox[0].subject


def test_its_paper_is_void(client: Client, work_order: WorkOrder, order: Order) -> None:
    client.post(url(order))
    client.force_login(person("factory operator"))
    page = client.get(f"/factory/scan/?code=WO:{work_order.number}:", follow=True)
    assert page.status_code in (200, 409, 422)
    with pytest.raises(factory.NotPossible):
        factory.start_operation(work_order_id=work_order.pk, code="cut", by=None)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_token_opens_nothing(client: Client, order: Order, method: str) -> None:
    assert getattr(client, method)(f"/o/{order.token}x/cancel/").status_code == 404
    order.refresh_from_db()
    assert order.state == "placed"
