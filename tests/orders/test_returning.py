"""What came back is written down once, told, and part of the order's story."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.test import Client

from orders.models import Order, OrderEvent, OrderLine
from orders.returning import came_back, returned
from personalization.people import visitors
from personalization.people.models import Person
from project.roles import make_groups
from tests.orders import kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return Person.objects.create()


@pytest.fixture
def line(person: Person) -> OrderLine:
    """Of an order that has left."""
    kit.import_lamp()
    with visitors.acting(person):
        order = kit.order(kit.whole_design(), quantity=2)
    Order.objects.update(state=Order.State.SHIPPED)
    return order.lines.get()


def back(line: OrderLine, quantity: int = 1, reason: str = "too tall") -> OrderEvent:
    return came_back(line=line, quantity=quantity, reason=reason, by="lead")


def test_it_is_told_of_the_customer_whose_order_it_is(line: OrderLine, person: Person) -> None:
    back(line)
    event = person.events.get(kind="returned")
    assert (event.product, event.number, event.order_id) == ("desk-lamp", 1, line.order_id)
    assert event.amount == line.unit_net
    assert "too tall" not in str(vars(event))


def test_no_more_comes_back_than_was_sent(line: OrderLine) -> None:
    back(line)
    back(line)
    assert returned(line) == 2
    with pytest.raises(ValidationError, match="0 can still come back"):
        back(line)


@pytest.mark.parametrize(
    ("quantity", "reason", "field"),
    [(0, "x", "quantity"), (3, "x", "quantity"), (1, " ", "reason"), (1, "x" * 201, "reason")],
)
def test_what_makes_no_sense_is_told_at_its_field(
    line: OrderLine, quantity: int, reason: str, field: str
) -> None:
    with pytest.raises(ValidationError) as told:
        back(line, quantity, reason)
    assert list(told.value.message_dict) == [field]


def test_nothing_comes_back_that_has_not_left(line: OrderLine) -> None:
    Order.objects.update(state=Order.State.FINISHED)
    with pytest.raises(ValidationError, match="has not left"):
        back(line)


def test_the_lead_writes_it_down_and_the_customer_reads_that_it_came(
    client: Client, line: OrderLine
) -> None:
    make_groups()
    lead = User.objects.create_user("lead", is_staff=True)
    lead.groups.add(Group.objects.get(name="factory lead"))
    client.force_login(lead)
    url = f"/admin/orders/order/{line.order_id}/returned/"
    assert url in client.get(f"/admin/orders/order/{line.order_id}/change/").content.decode()
    wrong = client.post(url, {"line": "9", "quantity": "x", "reason": "<b>"})
    assert wrong.status_code == 422
    assert "&lt;b&gt;" in wrong.content.decode()
    said = {"line": "1", "quantity": "1", "reason": "too tall"}
    assert client.post(url, said).status_code == 302
    assert "too tall" in client.get(url).content.decode()
    page = Client().get(f"/o/{line.order.token}/").content.decode()
    assert "It came back to us" in page
    assert "too tall" not in page
