"""Several tabs and several changes, each counted from what the order is by then."""

from decimal import Decimal

import pytest
from django.test import Client

from configurator.capacity.models import Booking
from orders.factory import services as factory
from orders.factory.models import WorkOrder
from orders.models import Order
from tests.changes import kit
from tests.changes.kit import done, form, held, url
from tests.factory.kit import states

pytestmark = pytest.mark.django_db


def test_changed_twice_the_second_is_counted_from_the_first(
    client: Client, work_order: WorkOrder
) -> None:
    order = work_order.line.order
    before = order.total
    kit.accept(kit.begin(order, cushion=True))
    second = kit.begin(order, cushion=False, wood="ash")
    shown = form(second)
    assert shown["difference"] == "-63.96"  # (20 + 6) * 2 + 23 %, back
    assert "Comes back to you" in client.get(url(order)).content.decode()
    assert client.post(url(order, "accept/"), shown).status_code == 302
    order.refresh_from_db()
    work_order.refresh_from_db()
    assert order.total == before - Decimal("14.76")  # the ash
    assert (order.revision, work_order.revision) == (3, 3)
    assert [part["code"] for part in work_order.revisions.get(revision=2).pulls] == ["cushion"]
    assert "upholster" not in states(work_order)


def test_what_another_tab_changed_meanwhile_is_asked_again(client: Client, order: Order) -> None:
    change = kit.begin(order, cushion=True)
    shown = form(change)
    kit.choose(change.design, "color", "blue")
    answer = client.post(url(order, "accept/"), shown)
    assert answer.status_code == 409
    assert "This is not what you saw a moment ago" in answer.content.decode()
    order.refresh_from_db()
    assert order.revision == 1


def test_canceled_in_another_tab_nothing_is_changed(client: Client, order: Order) -> None:
    change = kit.begin(order, cushion=True)
    client.get(url(order))
    shown = form(change)
    client.post(f"/o/{order.token}/cancel/")
    answer = client.post(url(order, "accept/"), shown)
    assert answer.status_code == 409
    order.refresh_from_db()
    assert (order.state, order.revision) == ("canceled", 1)
    assert not Booking.objects.exclude(reservation__state="released").exists()


def test_the_form_of_one_order_changes_no_other(client: Client, order: Order) -> None:
    """Nor does it tell anything of it."""
    mine = kit.begin(order, cushion=True)
    other = kit.ordered()
    answer = client.post(url(other, "accept/"), form(mine))
    assert answer.status_code == 409
    assert order.number not in answer.content.decode()
    kit.begin(other, color="blue")
    assert client.post(url(other, "accept/"), form(mine)).status_code == 409
    assert set(Order.objects.values_list("revision", flat=True)) == {1}


def test_a_remake_is_changed_in_its_own_place(client: Client, work_order: WorkOrder) -> None:
    done(work_order, "saw")
    factory.scrap(work_order_id=work_order.pk, by=None, cause="material", note="cracked")
    remake = WorkOrder.objects.get(attempt=2)
    order = work_order.line.order
    order.refresh_from_db()
    change = kit.begin(order, cushion=True, wood="ash")
    client.get(url(order))
    assert held() == [f"change:line:{remake.number}"]
    assert client.post(url(order, "accept/"), form(change)).status_code == 302
    remake.refresh_from_db()
    assert (remake.revision, "upholster" in states(remake)) == (2, True)
    mine = Booking.objects.filter(reservation__key=f"line:{remake.number}")
    assert "upholster" in mine.values_list("operation", flat=True)
    assert work_order.revision == 1
