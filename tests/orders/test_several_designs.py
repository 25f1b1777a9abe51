"""One order with several designs: together or not at all, once, and promised together."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from configurator.capacity.models import Reservation
from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from orders import services
from orders.changes import changing
from orders.deals import Where, Wish, deal_of, sums_of
from orders.factory.models import WorkOrder
from orders.factory.papers.drawing import address
from orders.factory.services import release_work_orders
from orders.models import Job, Order, OrderLine
from orders.offers import offer
from orders.papers import confirmation
from orders.selling.models import ShippingOption
from orders.services import Changed, SeenLine, SeenOrder
from orders.specifications import freeze
from tests.factory import reading
from tests.orders import kit

D = Decimal
LINEN = {**kit.CHOICES, "shade": "linen"}


@pytest.fixture
def designs(lamp: None, rates: None) -> list[Design]:
    return [kit.whole_design(), kit.started(LINEN, "two")]


def seen(designs: list[Design], *quantities: int, where: Where | None = None) -> SeenOrder:
    """What a customer sees at the checkout, where the places of all are held."""
    wishes = [Wish(offer(d), n) for d, n in zip(designs, quantities or (1, 2), strict=True)]
    deal = deal_of(wishes, where or Where("PL"))
    lines = []
    for wish in wishes:
        place = services.keep_place(
            offered=wish.offered, quantity=wish.quantity, browser="the browser", besides=2
        )
        assert place is not None
        design = wish.offered.design
        lines.append(
            SeenLine(
                *(design.pk, design.revision, freeze(design).pk, wish.quantity, place.ready_on)
            )
        )
    ready = max(line.ready_on for line in lines)
    return SeenOrder(
        tuple(lines),
        deal.sums.total,
        "2026-11",
        deal.way.code if deal.way else "",
        deal.way.arrives(ready) if deal.way else None,
    )


def place(shown: SeenOrder, browser: str = "the browser", **contact: Any) -> Order:
    return services.place_lines(
        seen=shown,
        contact=replace(kit.CONTACT, **contact),
        language="en",
        browser=browser,
    )


def test_each_design_is_a_line_with_its_work_order(designs: list[Design]) -> None:
    order = place(seen(designs))
    first, second = order.lines.all()
    assert (first.design, second.design) == (designs[0], designs[1])
    assert (first.net, second.net) == (D("113.39"), D("201.68"))
    assert (order.net, order.tax, order.total) == (D("315.07"), D("72.47"), D("387.54"))
    assert order.promised_on == max(first.promised_on, second.promised_on)
    made = release_work_orders(order_id=order.pk)
    assert [(w.number[-2:], w.quantity, w.due_on) for w in made] == [
        ("-1", 1, first.promised_on),
        ("-2", 2, second.promised_on),
    ]
    keys = {f"line:{order.number}-{n}" for n in (1, 2)}
    assert set(Reservation.objects.filter(state="firm").values_list("key", flat=True)) == keys


def test_sent_again_it_is_the_same_order(designs: list[Design]) -> None:
    shown = seen(designs)
    assert place(shown) == place(shown) == place(shown, browser="")
    assert (Order.objects.count(), OrderLine.objects.count()) == (1, 2)
    with pytest.raises(services.OrderedByAnother):
        place(shown, browser="another", email="eve@example.com")


def test_one_that_is_ordered_already_is_asked_about(designs: list[Design]) -> None:
    shown = seen(designs)
    kit.order(designs[0])
    jobs = Job.objects.count()
    with pytest.raises(Changed):
        place(shown)
    assert (Order.objects.count(), Job.objects.count()) == (1, jobs)


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": 3},
        {"ready_on": timedelta(days=-1)},
        {"specification": "0" * 64},
        {"revision": 1},
        {"rush": True},
    ],
)
def test_nothing_is_ordered_that_was_not_seen(designs: list[Design], change: Any) -> None:
    shown = seen(designs)
    if isinstance(change.get("ready_on"), timedelta):
        change = {"ready_on": shown.lines[1].ready_on + change["ready_on"]}
    lines = (shown.lines[0], replace(shown.lines[1], **change))
    with pytest.raises(Changed):
        place(replace(shown, lines=lines))
    assert not Order.objects.exists()


def test_a_design_twice_or_none_is_no_order(designs: list[Design]) -> None:
    shown = seen(designs)
    for lines in ((), (shown.lines[0], shown.lines[0])):
        with pytest.raises((Changed, ValueError)):
            place(replace(shown, lines=lines))
    assert not Order.objects.exists()


def test_an_edit_of_one_meanwhile_is_asked_about(designs: list[Design]) -> None:
    shown = seen(designs)
    edit = wizard.Edit(designs[1].pk, designs[1].revision)
    wizard.write_text(edit=edit, option="engraving", text="three")
    with pytest.raises(Changed):
        place(shown)


def test_a_parcel_has_a_price_a_tax_and_a_day(designs: list[Design]) -> None:
    ShippingOption.objects.create(name_en="Parcel", net=D(9), days=3, countries="DE, PL")
    free = ShippingOption.objects.create(name_en="Slow", net=D(4), free_above=D(300), days=9)
    order = place(seen(designs, where=Where("DE")), country="DE", postal_code="10115")
    assert order.shipping["name"] == {"en": "Parcel"}
    assert (order.net, order.tax, order.total) == (D("324.07"), D("61.57"), D("385.64"))
    assert order.arrives_on is not None
    assert order.arrives_on > order.promised_on
    assert {line.tax_rate for line in order.lines.all()} == {D(19)}
    assert sums_of(order).total == order.total
    wish = Wish(offer(designs[0]), 3)
    assert deal_of([wish], Where("US", shipping=str(free.pk))).sums.shipping == 0
    with pytest.raises(Changed):
        place(replace(seen([kit.whole_design()], 1), shipping="999"))


def test_the_box_says_how_it_goes_and_to_which_company(designs: list[Design]) -> None:
    ShippingOption.objects.create(name_en="Express", name_pl="Ekspres", net=D(9))
    order = place(seen(designs), company="Pracownia")
    to = address(order)
    assert (to.way, to.lines[0]) == ("Express", "Pracownia")
    assert address(order, "pl").way == "Ekspres"


def test_a_country_to_which_nothing_goes_is_refused(designs: list[Design]) -> None:
    ShippingOption.objects.create(name_en="Parcel", net=D(9), countries="PL")
    shown = replace(seen(designs, where=Where("FR")), total=D("378.08"))
    with pytest.raises(services.Unreachable):
        place(shown, country="FR", postal_code="75001")


def test_a_business_elsewhere_pays_no_tax_here_and_reads_why(designs: list[Design]) -> None:
    business = {"company": "Muster GmbH", "vat_number": "DE136695976"}
    shown = seen(designs, where=Where("DE", "DE136695976"))
    order = place(shown, country="DE", postal_code="10115", **business)
    assert (order.reverse_charge, order.tax, order.total) == (True, D(0), D("315.07"))
    assert order.vat_check["valid"] is True
    told = reading.text(confirmation.render(order))
    for said in ("Reverse charge", "DE136695976", "Muster GmbH", "€315.07"):
        assert said in told


def test_the_confirmation_tells_every_design(designs: list[Design]) -> None:
    told = reading.text(confirmation.render(place(seen(designs))))
    for said in (kit.TEXT, "two", "Glass", "Linen", "2 × Desk lamp", "€315.07", "€387.54"):
        assert said in told


def test_a_change_of_one_line_leaves_the_other(designs: list[Design]) -> None:
    order = place(seen(designs))
    change = changing.begin(order_id=order.pk, position=2)
    edit = wizard.Edit(change.design.pk, change.design.revision)
    wizard.choose(edit=edit, option="shade", value="glass")
    change.refresh_from_db()
    change.design.refresh_from_db()
    proposal = changing.keep_day(changing.propose(change))
    assert proposal.difference == D("30.87")  # 2 × €12.55 and the tax on them
    after = changing.accept(order_id=order.pk, position=2, seen=proposal.seen)
    first, second = after.lines.all()
    assert (first.net, second.net) == (D("113.39"), D("226.78"))
    assert (after.net, after.total) == (D("340.17"), D("418.41"))
    assert sums_of(after).total == after.total
    assert not WorkOrder.objects.exists()
