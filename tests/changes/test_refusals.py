"""What is sent wrong, late or by somebody else changes nothing, and is told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from orders.factory import services as factory
from orders.factory.models import WorkOrder
from orders.models import Order, OrderChange
from tests.changes import kit
from tests.changes.kit import form, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("verb", ["", "begin/", "accept/", "withdraw/"])
def test_a_wrong_token_or_line_opens_nothing(client: Client, order: Order, verb: str) -> None:
    send = client.post if verb else client.get
    assert send(f"/o/{order.token}x/1/change/{verb}").status_code == 404
    assert send(url(order, verb, n=7)).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("difference", "-1000"),
        ("difference", "NaN"),
        ("ready_on", "2020-01-01"),
        ("specification", "0" * 64),
        ("revision", "0"),
        ("revision", ""),
        ("quantity", "1"),
        ("quantity", "-5"),
    ],
)
def test_a_tampered_form_changes_nothing_and_says_so(
    client: Client, order: Order, field: str, value: str
) -> None:
    change = kit.begin(order, color="blue")
    answer = client.post(url(order, "accept/"), {**form(change), field: value})
    assert answer.status_code in (409, 422)
    assert 'role="alert"' in answer.content.decode()
    order.refresh_from_db()
    assert order.revision == 1
    assert kit.fresh(change).state == "open"


def test_an_expired_change_is_not_accepted_and_another_may_begin(
    client: Client, order: Order
) -> None:
    change = kit.begin(order, color="blue")
    sent = form(change)
    OrderChange.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = client.post(url(order, "accept/"), sent)
    assert answer.status_code == 409
    assert "too much time went by" in answer.content.decode()
    assert client.post(url(order, "begin/")).status_code == 302
    assert sorted(OrderChange.objects.values_list("state", flat=True)) == ["open", "withdrawn"]


def test_withdrawn_leaves_the_order_as_it_is(client: Client, order: Order) -> None:
    change = kit.begin(order, color="blue")
    assert client.post(url(order, "withdraw/")).status_code == 302
    assert client.post(url(order, "accept/"), {}).status_code == 409
    assert kit.fresh(change).state == "withdrawn"


@pytest.mark.parametrize("end", ["ship", "cancel"])
def test_what_is_over_is_not_changed(client: Client, work_order: WorkOrder, end: str) -> None:
    order = work_order.line.order
    change = kit.begin(order, color="blue")
    sent = form(change)
    if end == "ship":
        factory.start(work_order_id=work_order.pk, by=None)
        factory.finish(work_order_id=work_order.pk, by=None)
        factory.ship(work_order_id=work_order.pk, by=None)
    else:
        client.post(f"/o/{order.token}/cancel/")
    assert "can’t be changed any more" in client.get(url(order)).content.decode()
    for verb in ("begin/", "accept/"):
        assert client.post(url(order, verb), sent).status_code == 409
    work_order.refresh_from_db()
    assert work_order.revision == 1
