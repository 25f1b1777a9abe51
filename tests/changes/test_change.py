"""The customer changes what was ordered: begun, reviewed, accepted; each up to its cut-off."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from configurator.capacity.minutes import lock
from configurator.capacity.models import Booking, DayLoad, Reservation
from configurator.capacity.snapshot import current
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import WorkCenter
from configurator.engine import Value
from configurator.wizard.errors import Locked
from configurator.wizard.telling import day_words
from orders import confirmations
from orders.changes import changing
from orders.erp import records
from orders.factory import change_sheets, sheets
from orders.factory import services as factory
from orders.factory.models import WorkOrder
from orders.models import Job, Order, OrderChange, OrderEvent, OrderLine, Paper
from tests.changes import kit
from tests.factory.conftest import person
from tests.factory.reading import text

pytestmark = pytest.mark.django_db


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


def url(order: Order, verb: str = "", n: int = 1) -> str:
    return f"/o/{order.token}/{n}/change/{verb}"


def form(change: OrderChange) -> dict[str, Any]:
    """What the page's form sends."""
    seen = changing.propose(kit.fresh(change)).seen
    assert seen is not None
    return {
        "revision": seen.revision,
        "specification": seen.specification,
        "difference": str(seen.difference),
        "ready_on": seen.ready_on.isoformat(),
    }


def done(work_order: WorkOrder, *codes: str) -> None:
    for code in codes:
        factory.start_operation(work_order_id=work_order.pk, code=code, by=None)
        factory.finish_operation(work_order_id=work_order.pk, code=code, by=None)


def states(work_order: WorkOrder) -> dict[str, str]:
    return dict(work_order.operations.values_list("code", "state"))


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


# its place in the workshop


def held() -> list[str]:
    rows = Reservation.objects.filter(state="held", key__startswith="change:")
    return list(rows.values_list("key", flat=True))


def fill_the_bench() -> None:
    """Others take every minute that is left of the next two weeks."""
    bench, now = WorkCenter.objects.get(code="bench"), current()
    for step in range(14):
        day = now.today + timedelta(days=step)
        minutes = now.minutes("bench", day.toordinal())
        DayLoad.objects.update_or_create(
            work_center=bench, day=day, defaults={"capacity": minutes, "booked": minutes}
        )
    with transaction.atomic():
        lock()


def test_the_day_that_is_shown_is_kept_until_it_is_accepted(client: Client, order: Order) -> None:
    change = kit.begin(order, cushion=True)
    client.head(url(order))
    assert held() == []
    page = client.get(url(order)).content.decode()
    assert "We keep this place in the workshop for you until" in page
    (key,) = held()
    assert key == f"change:line:{order.number}-1"
    shown = form(change)
    fill_the_bench()
    assert form(change) == shown
    changing.let_go(order.lines.get())
    fill_the_bench()
    assert form(change)["ready_on"] > shown["ready_on"]  # the control
    assert client.post(url(order, "accept/"), shown).status_code == 409


def test_what_is_held_is_what_the_order_gets(client: Client, order: Order) -> None:
    change = kit.begin(order, cushion=True)
    client.get(url(order))
    shown = form(change)
    fill_the_bench()
    assert client.post(url(order, "accept/"), shown).status_code == 302
    order.refresh_from_db()
    assert (order.promised_on.isoformat(), held()) == (shown["ready_on"], [])


@pytest.mark.parametrize("verb", ["withdraw/", "cancel"])
def test_what_was_held_is_given_back(verb: str, client: Client, order: Order) -> None:
    kit.begin(order, cushion=True)
    client.get(url(order))
    assert len(held()) == 1
    assert Job.objects.filter(kind="orders.release_places").exists()
    client.post(f"/o/{order.token}/cancel/" if verb == "cancel" else url(order, verb))
    assert held() == []
    assert not Booking.objects.filter(reservation__key__startswith="change:").exists()


def test_a_change_that_takes_no_more_is_held_as_well(client: Client, order: Order) -> None:
    """Its day too is one that somebody might take."""
    kit.begin(order, color="none_")
    page = client.get(url(order)).content.decode()
    assert "We keep this place" in page
    assert not Booking.objects.filter(reservation__key__startswith="change:").exists()


def test_the_wizard_says_the_day_of_the_change_not_of_a_new_order(
    client: Client, order: Order
) -> None:
    fill_the_bench()
    new = client.get(f"/d/{kit.stool().pk}/").content.decode()
    change = kit.begin(order)
    page = client.get(f"/d/{change.design_id}/").content.decode()
    assert ready(page) == day_words(order.promised_on, "en") != ready(new)
    kit.choose(change.design, "cushion", True)
    page = client.get(f"/d/{change.design_id}/").content.decode()
    day = changing.propose(kit.fresh(change)).ready_on
    assert day
    assert ready(page) == day_words(day, "en")


def ready(page: str) -> str:
    """The day that the wizard tells."""
    found = re.search(r'class="bar__ready".*?<strong>(.*?)</strong>', page, re.S)
    assert found, page
    return found[1]


# cut-offs


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


# bad input


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


# the bench


def test_the_bench_sees_it_and_old_paper_is_refused(client: Client, work_order: WorkOrder) -> None:
    old = f"WO:{work_order.number}:{work_order.specification_id[:12]}"
    kit.accept(kit.begin(work_order.line.order, color="blue"))
    client.force_login(person("factory lead"))
    assert "revision 2" in client.get("/factory/").content.decode()
    page = client.get(f"/factory/{work_order.number}/").content.decode()
    assert "revision 2" in page
    assert f"/factory/{work_order.number}/change.A4.pdf" in page
    stale = client.get("/factory/scan/", {"code": old})
    assert stale.status_code == 409
    assert "Blue" in stale.content.decode()


def test_no_picture_is_kept_from_before(client: Client, work_order: WorkOrder) -> None:
    """Browsers keep a picture for good, so a changed design has another address."""
    order = work_order.line.order
    client.force_login(person("factory lead"))
    before = marks(client, "/factory/")
    kit.accept(kit.begin(order, color="blue"))
    after = marks(client, "/factory/")
    assert before
    assert after
    assert not before & after
    for address in (f"/factory/{work_order.number}/picture.jpg", f"/o/{order.token}/picture/1.jpg"):
        for old in ("", *before):
            told = client.get(address, {"v": old} if old else {}).headers["Cache-Control"]
            assert "immutable" not in told


def marks(client: Client, page: str) -> set[str]:
    """The marks in the addresses of the pictures of a page, which are kept for good."""
    html = client.get(page).content.decode().replace("&amp;", "&")
    found = set(re.findall(r'src="([^"]*picture[^"]*\?[^"]*v=([0-9a-f]{12}))"', html))
    for address, _mark in found:
        assert "immutable" in client.get(address).headers["Cache-Control"]
    return {mark for _address, mark in found}


def test_an_erp_hears_of_it_with_the_parts_of_now(work_order: WorkOrder) -> None:
    kit.accept(kit.begin(work_order.line.order, cushion=True))
    move = work_order.moves.filter(event="change").select_related("work_order").get()
    told = records.event(move)
    assert told["type"] == "work_order.changed"
    assert "C-9" in [part["number"] for part in told["work_order"]["parts"]]


@pytest.mark.parametrize("size", ["A4", "letter"])
def test_the_change_sheet_says_what_is_different(
    client: Client, work_order: WorkOrder, size: str
) -> None:
    client.force_login(person("factory operator"))
    path = f"/factory/{work_order.number}/change.{size}.pdf"
    assert client.get(path).status_code == 404
    kit.accept(kit.begin(work_order.line.order, color="blue", cushion=True))
    assert client.get(path).status_code == 202
    change_sheets.render_job(Job.objects.get(kind="factory.render_change_sheet").pk)
    told = text(client.get(path).content)
    for word in (work_order.number, "Red", "Blue", "C-1", "D-4", "Upholster", "1 → 2", "NEW"):
        assert word in told


def test_the_new_sheet_waits_for_its_drawing(work_order: WorkOrder) -> None:
    sheets.render_job(Job.objects.get(kind="factory.render_build_sheet").pk)
    assert sheets.printed(work_order, "A4")
    kit.accept(kit.begin(work_order.line.order, color="blue"))
    work_order.refresh_from_db()
    assert sheets.printed(work_order, "A4") is None


# several tabs, several changes


def test_changed_twice_the_second_is_counted_from_the_first(
    client: Client, work_order: WorkOrder
) -> None:
    order = work_order.line.order
    before = order.total
    kit.accept(kit.begin(order, cushion=True))
    second = kit.begin(order, cushion=False, wood="ash")
    shown = form(second)
    assert shown["difference"] == "-63.96"  # (20 + 6) * 2 + 23 %, back
    assert "Comes back to you" in client.get(url(order)).content.decode()
    assert client.post(url(order, "accept/"), shown).status_code == 302
    order.refresh_from_db()
    work_order.refresh_from_db()
    assert order.total == before - Decimal("14.76")  # the ash
    assert (order.revision, work_order.revision) == (3, 3)
    assert [part["code"] for part in work_order.revisions.get(revision=2).pulls] == ["cushion"]
    assert "upholster" not in states(work_order)


def test_what_another_tab_changed_meanwhile_is_asked_again(client: Client, order: Order) -> None:
    change = kit.begin(order, cushion=True)
    shown = form(change)
    kit.choose(change.design, "color", "blue")
    answer = client.post(url(order, "accept/"), shown)
    assert answer.status_code == 409
    assert "This is not what you saw a moment ago" in answer.content.decode()
    order.refresh_from_db()
    assert order.revision == 1


def test_canceled_in_another_tab_nothing_is_changed(client: Client, order: Order) -> None:
    change = kit.begin(order, cushion=True)
    client.get(url(order))
    shown = form(change)
    client.post(f"/o/{order.token}/cancel/")
    answer = client.post(url(order, "accept/"), shown)
    assert answer.status_code == 409
    order.refresh_from_db()
    assert (order.state, order.revision) == ("canceled", 1)
    assert not Booking.objects.exclude(reservation__state="released").exists()


def test_the_form_of_one_order_changes_no_other(client: Client, order: Order) -> None:
    """Nor does it tell anything of it."""
    mine = kit.begin(order, cushion=True)
    other = kit.ordered()
    answer = client.post(url(other, "accept/"), form(mine))
    assert answer.status_code == 409
    assert order.number not in answer.content.decode()
    kit.begin(other, color="blue")
    assert client.post(url(other, "accept/"), form(mine)).status_code == 409
    assert set(Order.objects.values_list("revision", flat=True)) == {1}


def test_a_remake_is_changed_in_its_own_place(client: Client, work_order: WorkOrder) -> None:
    done(work_order, "saw")
    factory.scrap(work_order_id=work_order.pk, by=None, cause="material", note="cracked")
    remake = WorkOrder.objects.get(attempt=2)
    order = work_order.line.order
    order.refresh_from_db()
    change = kit.begin(order, cushion=True, wood="ash")
    client.get(url(order))
    assert held() == [f"change:line:{remake.number}"]
    assert client.post(url(order, "accept/"), form(change)).status_code == 302
    remake.refresh_from_db()
    assert (remake.revision, "upholster" in states(remake)) == (2, True)
    mine = Booking.objects.filter(reservation__key=f"line:{remake.number}")
    assert "upholster" in mine.values_list("operation", flat=True)
    assert work_order.revision == 1
