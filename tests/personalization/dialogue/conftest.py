"""A product that is designed, ordered and shipped."""

import pytest
from django.core.cache import cache

from configurator.wizard.models import Design
from orders import services as orders
from orders.models import Order, OrderEvent
from tests.orders import kit


@pytest.fixture
def lamp(db: None) -> None:
    cache.clear()
    kit.import_lamp()


@pytest.fixture
def design(lamp: None) -> Design:
    return kit.whole_design()


@pytest.fixture
def order(design: Design) -> Order:
    return kit.order(design)


@pytest.fixture
def shipped(order: Order) -> Order:
    for kind in ("STARTED", "FINISHED", "SHIPPED"):
        orders.record(order_id=order.pk, kind=getattr(OrderEvent.Kind, kind))
    order.refresh_from_db()
    return order
