"""The customer changes what was ordered: begun, reviewed, accepted."""

from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from configurator.catalog.importing.service import import_product
from orders import confirmations
from orders.changes import changing
from orders.factory import services as factory
from orders.factory.models import WorkOrder
from orders.models import Job, Order, OrderChange, OrderEvent, OrderLine, Paper
from tests.changes import kit
from tests.changes.kit import form, url
from tests.factory.kit import states

pytestmark = pytest.mark.django_db


def facts(work_order: WorkOrder) -> dict[str, Any]:
    """Parts with their quantities and materials."""
    return {
        part.code: (str(part.quantity), part.material.get("en", ""))
        for part in work_order.parts.all()
    }


# beginning


def test_it_begins_with_a_copy_in_the_wizard(client: Client, order: Order) -> None:
    assert url(order) in client.get(f"/o/{order.token}/").content.decode()
    assert "Change the design" in client.get(url(order)).content.decode()
    answer = client.post(url(order, "begin/"))
    change = OrderChange.objects.get()
    assert answer.headers["Location"] == f"/d/{change.design_id}/"
    assert change.design_id != order.lines.get().design_id
    page = client.get(f"/d/{change.design_id}/").content.decode()
    assert f"You are changing order {order.number}" in page
    order.refresh_from_db()
    assert (order.revision, order.state) == (1, "placed")


def test_there_is_one_open_change(client: Client, order: Order) -> None:
    places = {client.post(url(order, "begin/")).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    assert OrderChange.objects.count() == 1


def test_its_design_is_never_ordered_by_itself_nor_tells_the_order_to_a_stranger(
    client: Client, order: Order
) -> None:
    change = kit.begin(order, color="blue")
    for answer in (
        client.get(f"/d/{change.design_id}/review/"),
        client.post(f"/d/{change.design_id}/order/", {"name": "Somebody"}),
    ):
        page = answer.content.decode()
        assert answer.status_code == 200
        assert order.number in page
        assert order.token not in page
    assert Order.objects.count() == 1
    client.get(url(order))
    assert client.get(f"/d/{change.design_id}/review/").headers["Location"] == url(order)


# the review


def test_the_difference_is_shown_line_by_line_before_anything_is_changed(
    client: Client, order: Order
) -> None:
    kit.begin(order, color="blue", cushion=True)
    page = client.get(url(order)).content.decode()
    for told in ("Red", "Blue", "Cushion", "To be paid more", "€56.58", "Accept the change"):
        assert told in page  # (3 + 20) * 2 + 23 %
    order.refresh_from_db()
    assert order.revision == 1


def test_less_comes_back(client: Client, order: Order) -> None:
    kit.begin(order, wood="ash", feet=0)
    page = client.get(url(order)).content.decode()
    assert "Comes back to you" in page
    assert "€18.45" in page  # (6 + 1.50) * 2 + 23 %


def test_nothing_changed_is_nothing_to_accept(client: Client, order: Order) -> None:
    change = kit.begin(order)
    page = client.get(url(order)).content.decode()
    assert "Nothing is different" in page
    assert "Accept the change" not in page
    assert client.post(url(order, "accept/"), form(change)).status_code == 409


# accepting


def test_everything_follows_in_one_step(client: Client, work_order: WorkOrder) -> None:
    order = work_order.line.order
    before, total = work_order.specification_id, order.total
    change = kit.begin(order, color="blue", cushion=True)
    answer = client.post(url(order, "accept/"), form(change), follow=True)
    assert answer.redirect_chain == [(f"/o/{order.token}/", 302)]
    assert "We changed it as you asked" in answer.content.decode()
    order.refresh_from_db()
    work_order.refresh_from_db()
    line, change = order.lines.get(), kit.fresh(change)
    assert (order.revision, order.total - total) == (2, Decimal("56.58"))
    assert order.total == order.net + order.tax
    assert line.specification_id == work_order.specification_id != before
    assert line.net == order.net
    assert (work_order.revision, work_order.due_on) == (2, order.promised_on)
    assert change.state == "accepted"
    (event,) = order.events.filter(kind=OrderEvent.Kind.CHANGED)
    moved = {name: event.detail.pop(name, "") for name in ("day_before", "day")}
    assert moved["day"] in ("", order.promised_on.isoformat())
    assert moved["day_before"] == "" or "instead of" in answer.content.decode()
    assert event.detail == {
        "before": before,
        "after": line.specification_id,
        "difference": "56.58",
        "revision": "2",
    }
    assert states(work_order) == dict.fromkeys(["saw", "paint", "assemble", "upholster"], "waiting")
    assert facts(work_order)["cushion"] == ("2.000", "")
    assert facts(work_order)["paint"] == ("0.400", "Blue")
    (move,) = work_order.moves.filter(event="change")
    assert (move.before, move.after) == ("released", "released")
    revision = work_order.revisions.get()
    assert [(p["code"], p["bin"], p["quantity"]) for p in revision.returns] == [
        ("paint", "C-1", "0.400")
    ]
    assert [p["code"] for p in revision.pulls] == ["paint", "cushion"]
    assert [(o["kind"], o["code"]) for o in revision.operations] == [
        ("changed", "paint"),
        ("added", "upholster"),
    ]


def test_a_double_click_changes_it_once(client: Client, work_order: WorkOrder) -> None:
    order = work_order.line.order
    sent = form(kit.begin(order, color="blue"))
    for _click in range(2):
        answer = client.post(url(order, "accept/"), sent)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/o/{order.token}/")
    work_order.refresh_from_db()
    assert work_order.revision == 2
    assert order.events.filter(kind="changed").count() == 1


def test_before_its_release_the_work_order_is_made_of_the_changed_design(order: Order) -> None:
    kit.accept(kit.begin(order, cushion=True))
    (work_order,) = factory.release_work_orders(order_id=order.pk)
    assert "upholster" in states(work_order)
    assert work_order.specification_id == order.lines.get().specification_id


def test_the_mail_and_the_new_confirmation(client: Client, order: Order) -> None:
    confirmations.send_confirmation(Job.objects.get(kind="orders.send_confirmation").pk)
    Order.objects.update(language="pl")
    kit.accept(kit.begin(order, color="blue"))
    assert "confirmation.pdf" not in client.get(f"/o/{order.token}/").content.decode()
    confirmations.send_change(Job.objects.get(kind="orders.send_change").pk)
    assert "confirmation.pdf" in client.get(f"/o/{order.token}/").content.decode()
    sent = mail.outbox[-1]
    assert "Niebieski" in sent.body
    assert "7,38" in sent.body
    assert Paper.objects.filter(kind="confirmation").count() == 2


def test_it_stays_on_the_release_on_which_it_was_ordered(order: Order, tmp_path: Any) -> None:
    """A dearer catalog since then does not concern it."""
    dearer = kit.STOOL.read_text().replace("base_price: 50.00", "base_price: 99.00")
    dearer = dearer.replace("price: 3}", "price: 33}")
    path = tmp_path / "stool.yaml"
    path.write_text(dearer)
    import_product(file=path)
    change = kit.begin(order, color="blue")
    assert change.design.release_id == order.lines.get().specification.release_id
    assert changing.propose(change).difference == Decimal("7.38")


def test_rush_stays_rush_at_its_price(order: Order) -> None:
    """Ten percent of the changed price, where it was ten percent of the ordered one."""
    line = order.lines.get()
    rush = line.net / 10
    OrderLine.objects.update(rush_net=rush, net=line.net + rush)
    change = kit.begin(order, color="blue")
    assert changing.propose(change).difference == Decimal("8.12")  # (6 + 0.60) + 23 %
    kit.accept(change)
    line.refresh_from_db()
    assert line.rush_net == rush + Decimal("0.60")
    assert line.net == line.unit_net * 2 + line.rush_net
