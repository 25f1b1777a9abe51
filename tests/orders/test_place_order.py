"""Placing an order: all of it, once, and only as the customer saw it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from configurator.catalog import measures
from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from orders import services
from orders.models import Job, NumberCounter, Order, OrderEvent, Specification
from orders.specifications import Incomplete, freeze, sha_of
from tests.orders import kit


def test_an_order_holds_what_was_seen(design: Design) -> None:
    placed = kit.order(design, quantity=3)
    line = placed.lines.get()
    assert line.unit_net == Decimal("113.39")  # 80 + 12.55 + 9.99 + 5 + 5.85
    assert (placed.net, placed.tax, placed.total) == (
        Decimal("340.17"),
        Decimal("78.24"),  # 23 % of 340.17 is 78.2391
        Decimal("418.41"),
    )
    assert line.specification.sha == sha_of(line.specification.content)
    assert placed.promised_on == kit.seen_now(design).ready_on
    assert placed.terms_version == "2026-11"


def test_an_order_comes_with_its_jobs_and_first_event(design: Design) -> None:
    placed = kit.order(design)
    jobs = {job.kind: job for job in Job.objects.exclude(queue="examine")}
    assert set(jobs) == {"factory.release_work_orders", "orders.send_confirmation"}
    assert all(job.payload == {"order": str(placed.pk)} for job in jobs.values())
    assert [event.kind for event in placed.events.all()] == [OrderEvent.Kind.PLACED]


def test_the_specification_tells_everything(design: Design) -> None:
    content = freeze(design).content
    labels = {choice["option"]: choice["label"]["pl"] for choice in content["choices"]}
    assert labels["shade"] == "Szkło"
    assert content["texts"][0]["text"] == kit.TEXT
    assert sum(Decimal(line["amount"]) for line in content["prices"]) == Decimal(content["net"])
    assert [part["code"] for part in content["parts"]] == ["pole", "shade"]
    assert content["operations"][0]["instructions"]["en"] == "Cut to 450 mm."
    assert content["lead_days"] == 8


def test_the_factory_reads_millimeters_whatever_the_customer_measures_in(design: Design) -> None:
    with measures.using("in"):
        content = freeze(design).content
    assert content["operations"][0]["instructions"]["en"] == "Cut to 450 mm."
    assert freeze(design).content == content


def test_the_same_content_is_frozen_once(lamp: None) -> None:
    one, two = kit.whole_design(), kit.whole_design()
    assert freeze(one).sha == freeze(two).sha
    assert Specification.objects.count() == 1


def test_an_open_design_is_not_frozen(lamp: None) -> None:
    with pytest.raises(Incomplete, match="shade"):
        freeze(kit.started({"height": 450}))


def test_a_missing_text_is_not_frozen(lamp: None) -> None:
    with pytest.raises(Incomplete, match="engraving"):
        freeze(kit.started(kit.CHOICES))


def test_forced_options_need_no_decision(lamp: None) -> None:
    tall = kit.started({"height": 550, "dimmer": False, "engraved": False})
    shade = next(c for c in freeze(tall).content["choices"] if c["option"] == "shade")
    assert shade["value"] == "glass"


def test_the_same_revision_is_ordered_once(design: Design) -> None:
    seen = kit.seen_now(design)
    first = kit.order(design, seen)
    assert kit.order(design, seen) == first
    jobs = Job.objects.exclude(queue="examine")  # what is learned from it comes later
    assert (Order.objects.count(), jobs.count()) == (1, 2)


def test_a_retry_finds_its_order_after_the_design_went_on(design: Design) -> None:
    seen = kit.seen_now(design)
    first = kit.order(design, seen)
    edit = wizard.Edit(design.pk, design.revision)
    wizard.choose(edit=edit, option="shade", value="linen")
    assert kit.order(design, seen) == first


def test_a_later_revision_is_another_order(design: Design) -> None:
    first = kit.order(design)
    edit = wizard.Edit(design.pk, design.revision)
    changed = wizard.choose(edit=edit, option="shade", value="linen").design
    second = kit.order(changed)
    assert second != first
    assert first.number[:4] == second.number[:4]
    assert int(second.number[5:]) == int(first.number[5:]) + 1


def test_another_customer_never_lands_on_a_strangers_order(design: Design) -> None:
    seen = kit.seen_now(design)
    kit.order(design, seen)
    stranger = replace(kit.CONTACT, name="Eve", email="eve@example.com")
    with pytest.raises(services.OrderedByAnother):
        services.place_order(
            design_id=design.pk,
            seen=seen,
            quantity=1,
            contact=stranger,
            language="en",
            browser="another",
        )
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"total": Decimal("1.00")},
        {"specification": "0" * 64},
        {"terms": "1999-01"},
        {"revision": 0},
    ],
)
def test_nothing_is_ordered_that_was_not_seen(design: Design, change: dict[str, object]) -> None:
    seen = replace(kit.seen_now(design), **change)  # type: ignore[arg-type]
    with pytest.raises(services.Changed):
        kit.order(design, seen)
    assert not Order.objects.exists()
    assert not Job.objects.exists()


def test_a_later_day_is_asked_for(design: Design) -> None:
    seen = kit.seen_now(design)
    with pytest.raises(services.Changed):
        kit.order(design, replace(seen, ready_on=seen.ready_on - timedelta(days=1)))


def test_a_refused_order_takes_no_number(design: Design) -> None:
    with pytest.raises(services.Changed):
        kit.order(design, replace(kit.seen_now(design), total=Decimal(1)))
    assert not NumberCounter.objects.exists()
    assert kit.order(design).number.endswith("-00001")


def test_the_story_moves_the_order_along_once(design: Design) -> None:
    placed = kit.order(design)
    kinds = OrderEvent.Kind
    for kind in (kinds.RELEASED, kinds.STARTED, kinds.STARTED, kinds.FINISHED, kinds.STARTED):
        services.record(order_id=placed.pk, kind=kind, detail={"work_order": "1"})
    placed.refresh_from_db()
    assert placed.state == Order.State.FINISHED
    assert placed.version == 2
    assert placed.events.count() == 4
