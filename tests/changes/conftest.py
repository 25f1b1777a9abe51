from typing import Any

import pytest

from orders.factory import services as factory
from orders.factory.models import WorkOrder
from orders.models import Order
from tests.changes import kit


@pytest.fixture
def order(db: None, tmp_path: Any, settings: Any) -> Order:
    """Two red oak stools."""
    settings.PAPERS_DIR = tmp_path / "papers"
    settings.PICTURES_DIR = tmp_path / "pictures"
    kit.import_stool()
    return kit.ordered(quantity=2)


@pytest.fixture
def work_order(order: Order) -> WorkOrder:
    return factory.release_work_orders(order_id=order.pk)[0]
