"""What may still be changed: each up to the start of the operations that read it."""

import pytest
from django.test import Client

from configurator.engine import Value
from configurator.wizard.errors import Locked
from orders.changes import changing
from orders.factory import services as factory
from orders.factory.models import WorkOrder
from orders.models import Order
from tests.changes import kit
from tests.changes.kit import done, form, url
from tests.factory.kit import states

pytestmark = pytest.mark.django_db


def test_what_has_begun_is_locked_and_the_rest_is_not(
    client: Client, work_order: WorkOrder
) -> None:
    order = work_order.line.order
    done(work_order, "saw")
    page = client.get(url(order)).content.decode()
    assert "“Saw the wood” is done" in page
    change = kit.begin(order)
    assert set(change.design.locked) == {"wood", "height", "ribbon"}
    assert change.design.locked["wood"]["pl"] == "„Przycięcie drewna” jest gotowe"
    with pytest.raises(Locked):
        kit.choose(change.design, "wood", "ash")
    kit.choose(change.design, "color", "blue")
    kit.accept(change)
    assert states(work_order) == {"saw": "done", "paint": "waiting", "assemble": "waiting"}


def test_what_would_have_to_come_before_what_is_done_is_too_late(work_order: WorkOrder) -> None:
    done(work_order, "saw", "paint")
    change = kit.begin(work_order.line.order)
    assert {"engraved", "engraving"} & set(change.design.locked) == {"engraved"}
    assert "cushion" not in change.design.locked


def test_a_bench_that_goes_on_meanwhile_ends_the_time(
    client: Client, work_order: WorkOrder
) -> None:
    order = work_order.line.order
    change = kit.begin(order, wood="ash", color="blue")
    sent = form(change)
    done(work_order, "saw")
    assert "can’t be changed any more" in client.get(url(order)).content.decode()
    answer = client.post(url(order, "accept/"), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "went back to what you ordered: Wood" in page
    assert "Blue" in page
    work_order.refresh_from_db()
    assert (work_order.revision, work_order.state) == (1, "started")
    answer = client.post(url(order, "accept/"), form(change))
    assert answer.status_code == 302
    work_order.refresh_from_db()
    content = work_order.specification.content
    chosen = {choice["option"]: choice["value"] for choice in content["choices"]}
    assert (chosen["wood"], chosen["color"]) == ("oak", "blue")


def test_a_harmless_move_at_the_bench_does_not_stand_against_it(
    client: Client, work_order: WorkOrder
) -> None:
    order = work_order.line.order
    done(work_order, "saw")
    sent = form(kit.begin(order, cushion=True))
    factory.pause(work_order_id=work_order.pk, by=None)
    assert client.post(url(order, "accept/"), sent).status_code == 302


@pytest.mark.parametrize(
    ("option", "value", "ordered"), [("wood", "ash", "oak"), ("ribbon", True, False)]
)
def test_a_lock_that_was_tampered_with_is_still_enforced(
    work_order: WorkOrder, option: str, value: Value, ordered: Value
) -> None:
    """Even if the design itself lets it happen."""
    done(work_order, "saw")
    change = kit.begin(work_order.line.order)
    type(change.design).objects.filter(pk=change.design_id).update(locked={})
    kit.choose(change.design, option, value)
    with pytest.raises(changing.CutOff) as late:
        kit.accept(change)
    work_order.refresh_from_db()
    assert late.value.gone == (option,)
    assert work_order.revision == 1
    assert kit.fresh(change).design.state["choices"][option] == ordered


def test_a_work_order_started_as_a_whole_is_fixed(work_order: WorkOrder) -> None:
    factory.start(work_order_id=work_order.pk, by=None)
    change = kit.begin(work_order.line.order)
    assert {"wood", "color", "feet", "height"} <= set(change.design.locked)


def test_the_last_operation_may_vanish_and_then_it_is_finished(order: Order) -> None:
    order = kit.ordered(cushion=True)
    (work_order,) = factory.release_work_orders(order_id=order.pk)
    done(work_order, "saw", "paint", "assemble")
    kit.accept(kit.begin(order, cushion=False))
    work_order.refresh_from_db()
    order.refresh_from_db()
    assert (work_order.state, order.state) == ("finished", "finished")
