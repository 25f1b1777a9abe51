from typing import Any

import pytest

from orders.factory.models import WorkOrder
from orders.factory.services import release_work_orders
from orders.models import Order
from tests.orders import kit


@pytest.fixture
def order(db: None, tmp_path: Any, settings: Any) -> Order:
    """Two engraved lamps, ordered; their jobs are waiting."""
    settings.PAPERS_DIR = tmp_path / "papers"
    kit.import_lamp()
    return kit.order(kit.whole_design(), quantity=2)


@pytest.fixture
def work_order(order: Order) -> WorkOrder:
    return release_work_orders(order_id=order.pk)[0]
