from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from orders.factory.models import WorkOrder
from orders.factory.services import release_work_orders
from orders.models import Order
from tests.orders import kit

Person = str
ROLES = ("factory operator", "factory lead", "catalog admin", "marketer")


@pytest.fixture
def papers_folder(tmp_path: Any, settings: Any) -> None:
    """Papers and pictures of one test only."""
    settings.PAPERS_DIR = tmp_path / "papers"


@pytest.fixture
def order(db: None, papers_folder: None) -> Order:
    """Two engraved lamps, ordered; their jobs are waiting."""
    kit.import_lamp()
    return kit.order(kit.whole_design(), quantity=2)


@pytest.fixture
def work_order(order: Order) -> WorkOrder:
    """Its work order, released; its sheet is not drawn yet."""
    return release_work_orders(order_id=order.pk)[0]


def person(role: str) -> User:
    """Somebody in a group, a superuser, or ("") a customer with an account."""
    name = role.replace(" ", "-") or "customer"
    if role == "superuser":
        return User.objects.create_superuser(name)
    user = User.objects.create_user(name)
    if role:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


@pytest.fixture
def operator(db: None) -> Client:
    """The browser of a factory operator."""
    return signed_in("factory operator")


@pytest.fixture
def lead(db: None) -> Client:
    return signed_in("factory lead")


@pytest.fixture
def two(work_order: WorkOrder) -> list[WorkOrder]:
    """Two work orders of two customers."""
    other = kit.order(kit.started({**kit.CHOICES, "shade": "linen", "height": 300}, "Ana"))
    return [work_order, *release_work_orders(order_id=other.pk)]
