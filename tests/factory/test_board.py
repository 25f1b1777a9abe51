"""The plan board: who may, what it shows, and that nothing is saved but what was shown."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from configurator.capacity.models import Booking, Closure, DayLoad, Reservation
from configurator.capacity.schedule import NoTime
from configurator.capacity.snapshot import Snapshot
from configurator.catalog.models import WorkCenter
from orders.factory.models import WorkOrder
from orders.factory.services import release_work_orders
from tests.factory.conftest import signed_in
from tests.factory.kit import bring, event
from tests.orders import kit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # a Monday
BOARD, CHANGE = "/factory/plan/", "/factory/plan/change/"
HISTORY = "/factory/plan/history/"


@pytest.fixture(autouse=True)
def monday(papers_folder: None, settings: Any) -> Any:
    settings.RUSH_SHARE = 0
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def placed(db: None) -> list[WorkOrder]:
    """Two lamps, each with its place in the plan."""
    kit.import_lamp()
    return [release_work_orders(order_id=kit.order(kit.whole_design()).pk)[0] for _n in range(2)]


def key(work_order: WorkOrder) -> str:
    return f"line:{work_order.number}"


def day_of(work_order: WorkOrder, operation: str = "fit") -> date:
    return Booking.objects.get(reservation__key=key(work_order), operation=operation).day


def later(day: date, days: int = 7) -> date:
    return day + timedelta(days=days)


def pin(work_order: WorkOrder, day: date) -> dict[str, str]:
    facts = {"what": "operation", "key": key(work_order), "operation": "fit"}
    return {**facts, "day": day.isoformat()}


def hidden(page: str) -> dict[str, str]:
    """The fields of the form that saves."""
    form = page.split('class="effect__save"')[1].split("</form>")[0]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def save(client: Client, page: str, **more: str) -> Any:
    return client.post(CHANGE, {**hidden(page), **more})


@pytest.mark.parametrize("road", [["start cut", "scrap"], ["start cut", "done cut", "rework"]])
def test_what_is_made_again_without_time_is_at_risk(
    road: list[str], lead: Client, placed: list[WorkOrder], monkeypatch: Any
) -> None:
    def no_time(*_args: Any, **_more: Any) -> Any:
        raise NoTime("saw")

    assert "no time was found" not in lead.get(BOARD).text
    monkeypatch.setattr(Snapshot, "plan", no_time)
    for what in road:
        event(placed[0], what)
    monkeypatch.undo()
    listed = lead.get(BOARD).text.partition('id="late"')[2].partition("</section>")[0]
    assert "no time was found" in listed
    assert f"<b>{placed[0].number}{'R1' if 'scrap' in road else ''}</b>" in listed


def test_the_day_shown_first_has_something_to_be_done(
    lead: Client, placed: list[WorkOrder]
) -> None:
    handle = 'data-drag="operation"'
    assert handle in lead.get(BOARD).text
    for one in placed:
        event(one, "start cut")
        event(one, "done cut")
    assert handle in lead.get(BOARD).text  # of fitting
    for one in placed:
        event(one, "finish")
    assert lead.get(BOARD).status_code == 200


def test_every_order_has_its_place_on_the_board(lead: Client, placed: list[WorkOrder]) -> None:
    first = day_of(placed[0])
    page = lead.get(BOARD, {"center": "bench", "day": first.isoformat()}).text
    assert placed[0].number in page
    assert "20 of 480 minutes booked, 460 free" in page
    assert page.count('data-drop="') == 2 * 20
    assert 'style="' not in page


def test_a_move_is_shown_before_it_is_saved(lead: Client, placed: list[WorkOrder]) -> None:
    before = day_of(placed[0])
    page = lead.get(CHANGE, pin(placed[0], later(before))).text
    assert "1 operation moves, 1 promise breaks." in page
    assert day_of(placed[0]) == before
    answer = save(lead, page)
    assert answer.status_code == 302
    assert day_of(placed[0]) == later(before)
    assert Booking.objects.get(reservation__key=key(placed[0]), operation="fit").pinned
    page = lead.get(BOARD).text
    assert f"<b>{placed[0].number}</b>" in page
    assert "days late" in page


def test_a_whole_order_moves_by_a_day(lead: Client, placed: list[WorkOrder]) -> None:
    cut = day_of(placed[0], "cut")
    page = lead.get(CHANGE, {"what": "order", "key": key(placed[0]), "step": "1", "day": ""}).text
    assert save(lead, page).status_code == 302
    assert day_of(placed[0], "cut") > cut
    page = lead.get(CHANGE, {"what": "automatic", "key": key(placed[0])}).text
    assert save(lead, page).status_code == 302
    assert day_of(placed[0], "cut") == cut


def test_of_two_leads_the_second_is_shown_the_difference(
    lead: Client, placed: list[WorkOrder]
) -> None:
    day = day_of(placed[0])
    mine = lead.get(CHANGE, pin(placed[0], later(day))).text
    theirs = lead.get(CHANGE, pin(placed[0], later(day, 8))).text
    assert save(lead, theirs).status_code == 302
    answer = save(lead, mine)
    assert answer.status_code == 409
    assert "nothing was saved" in answer.text
    assert day_of(placed[0]) == later(day, 8)
    assert '<span class="badge badge--accent">new</span>' in answer.text
    assert "Not so any more" in answer.text
    assert save(lead, answer.text).status_code == 302  # now they have seen it
    assert day_of(placed[0]) == later(day)


def test_an_order_that_comes_in_meanwhile_hinders_nobody(
    lead: Client, placed: list[WorkOrder]
) -> None:
    page = lead.get(CHANGE, pin(placed[0], later(day_of(placed[0])))).text
    kit.order(kit.whole_design())
    assert save(lead, page).status_code == 302


@pytest.mark.parametrize("change", [{"version": "x"}, {"version": "", "seen": "{", "mark": "?"}])
def test_a_form_that_was_meddled_with_saves_nothing(
    change: dict[str, str], lead: Client, placed: list[WorkOrder]
) -> None:
    before = day_of(placed[0])
    page = lead.get(CHANGE, pin(placed[0], later(before))).text
    answer = save(lead, page, **change)
    assert (answer.status_code, day_of(placed[0])) == (409, before)
    evil = json.dumps([["move", "<b>", "<i>", "never", "1"], [1], 7])
    answer = save(lead, page, version="", seen=evil)
    assert answer.status_code == 409
    assert "<i>" not in answer.text


def test_an_automatic_run_keeps_manual_dates(lead: Client, placed: list[WorkOrder]) -> None:
    day = day_of(placed[0])
    save(lead, lead.get(CHANGE, pin(placed[0], later(day))).text)
    page = lead.get(CHANGE, {"what": "all"}).text
    assert "Nothing moves" in page or "operation" in page
    assert save(lead, page).status_code == 302
    assert day_of(placed[0]) == later(day)
    assert day_of(placed[1]) == day


def test_the_plan_tells_who_moved_what_and_why(lead: Client, placed: list[WorkOrder]) -> None:
    day = day_of(placed[0])
    page = lead.get(CHANGE, pin(placed[0], later(day))).text
    assert save(lead, page, note="=The <glass> comes\x00 late").status_code == 302
    told = lead.get(BOARD).text
    assert "Move “Fit the shade” of " + placed[0].number in told
    assert "=The &lt;glass&gt; comes late" in told
    story = lead.get(f"/factory/{placed[0].number}/history/").text
    assert "Planned for another day" in story
    assert "Dec 3, 2026 → Dec 10, 2026; set by hand" in story
    assert "=The &lt;glass&gt; comes late" in story
    assert "another day" not in lead.get(f"/factory/{placed[1].number}/history/").text
    save(lead, lead.get(CHANGE, {"what": "automatic", "key": key(placed[0])}).text)
    story = lead.get(f"/factory/{placed[0].number}/history/").text
    assert "Dec 10, 2026 → Dec 3, 2026; Plan " in story


def test_what_is_set_by_hand_on_its_own_day_is_kept_in_the_history(
    lead: Client, placed: list[WorkOrder]
) -> None:
    save(lead, lead.get(CHANGE, pin(placed[0], day_of(placed[0]))).text)
    story = lead.get(f"/factory/{placed[0].number}/history/").text
    assert "Dec 3, 2026, as before; set by hand" in story


def test_a_reason_that_is_too_long_is_told_and_kept(lead: Client, placed: list[WorkOrder]) -> None:
    before = day_of(placed[0])
    page = lead.get(CHANGE, pin(placed[0], later(before))).text
    answer = save(lead, page, note="x" * 201)
    assert (answer.status_code, day_of(placed[0])) == (422, before)
    assert "At most 200 characters; these are 201." in answer.text
    assert 'aria-describedby="note-error"' in answer.text
    assert "x" * 201 in answer.text
    assert save(lead, answer.text, note="shorter").status_code == 302


def test_all_changes_of_the_plan_are_listed_by_pages(lead: Client, placed: list[WorkOrder]) -> None:
    assert "Nobody has changed the plan yet." in lead.get(HISTORY).text
    for _n in range(26):
        save(lead, lead.get(CHANGE, {"what": "all"}).text)
    assert lead.get(HISTORY).text.count("Plan everything anew</b>") == 25
    for number in ("2", "99999"):
        assert lead.get(HISTORY, {"page": number}).text.count("Plan everything anew</b>") == 1
    assert lead.get(HISTORY, {"page": "\x00"}).status_code == 200
    assert signed_in("factory operator").get(HISTORY).status_code == 403


def test_a_closure_is_made_and_taken_away(lead: Client, placed: list[WorkOrder]) -> None:
    day = day_of(placed[0])
    asked = {"what": "close", "center": "bench", "first": str(day), "last": str(day)}
    page = lead.get(CHANGE, {**asked, "reason": "=Inventory <b>"}).text
    assert "2 operations move" in page
    assert not Closure.objects.exists()
    assert save(lead, page).status_code == 302
    assert day_of(placed[0]) > day
    assert DayLoad.objects.get(work_center__code="bench", day=day).booked == 0
    board = lead.get(BOARD, {"center": "bench", "day": str(day)}).text
    assert "=Inventory &lt;b&gt;" in board
    assert "Closed" in board
    number = str(Closure.objects.get().pk)
    page = lead.get(CHANGE, {"what": "open", "closure": number}).text
    assert "Nothing moves" in page
    assert save(lead, page).status_code == 302
    assert not Closure.objects.exists()
    assert lead.get(CHANGE, {"what": "open", "closure": number}).status_code == 422


BAD: list[tuple[dict[str, str], str]] = [
    ({"what": "operation", "operation": "fit", "day": "soon"}, "This is no day"),
    ({"what": "operation", "operation": "fit", "day": ""}, "Choose a day"),
    ({"what": "operation", "operation": "fit", "day": "2026-11-01"}, "This day is over"),
    ({"what": "operation", "operation": "fit", "day": "9999-12-31"}, "within the next two years"),
    ({"what": "operation", "operation": "fit", "day": "2026-12-05"}, "minutes free"),
    ({"what": "operation", "operation": "fit", "day": "2026-11-30"}, "What comes before is done"),
    ({"what": "operation", "operation": "none", "day": "2026-12-08"}, "done already"),
    ({"what": "order", "key": "line:2020-00001-1"}, "not in the plan any more"),
    ({"what": "order", "key": "\x00"}, "not in the plan any more"),
    ({"what": "explode"}, "Choose what to change"),
    ({}, "Choose what to change"),
    ({"what": "close", "first": "2026-12-08", "last": "2026-12-01"}, "ends before it begins"),
    ({"what": "close", "first": "2026-12-01", "last": "2028-01-01"}, "no more than a year"),
    ({"what": "close", "first": "", "last": "x"}, "This is no day"),
    ({"what": "close", "first": "2026-12-01", "last": "2026-12-01", "center": "x"}, "no such work"),
    ({"what": "open", "closure": "9" * 30}, "gone already"),
]


@pytest.mark.parametrize(("fields", "told"), BAD)
def test_what_cannot_be_is_told_and_nothing_changes(
    fields: dict[str, str], told: str, lead: Client, placed: list[WorkOrder]
) -> None:
    before = list(Booking.objects.values_list("pk", "day", "pinned"))
    for method in (lead.get, lead.post):
        answer = method(CHANGE, {"key": key(placed[0]), **fields})
        assert answer.status_code == 422
        assert told in answer.text
    assert list(Booking.objects.values_list("pk", "day", "pinned")) == before
    assert not Closure.objects.exists()


def test_where_there_is_no_room_the_next_day_is_offered(
    lead: Client, placed: list[WorkOrder]
) -> None:
    answer = lead.get(CHANGE, pin(placed[0], date(2026, 12, 5)))
    assert "The next day with room is Dec 7, 2026." in answer.text
    assert 'value="2026-12-05" aria-invalid="true" aria-describedby="day-error"' in answer.text


def test_a_place_that_a_customer_holds_is_left_alone(lead: Client) -> None:
    from configurator.capacity import services
    from configurator.catalog.configuration import Configuration
    from configurator.catalog.queries import live_release

    kit.import_lamp()
    design = Configuration(dict(kit.CHOICES), {"engraving": kit.TEXT})
    services.hold(
        key="design:1", product=live_release("desk-lamp"), configuration=design, quantity=1
    )
    answer = lead.get(CHANGE, {"what": "order", "key": "design:1", "step": "1"})
    assert answer.status_code == 422
    assert "about to order" in answer.text
    assert "held at review" in lead.get(BOARD).text


def test_late_at_risk_and_overdue(lead: Client, placed: list[WorkOrder], monday: Any) -> None:
    assert "Everything is in time." in lead.get(BOARD).text
    Reservation.objects.filter(key=key(placed[0])).update(promised_on=day_of(placed[0]))
    page = lead.get(BOARD).text
    assert ("no day to spare" in page, "0 late" in page, "1 at risk" in page) == (True,) * 3
    monday.move_to(datetime.combine(later(day_of(placed[0])), NOW.timetz()))
    page = lead.get(BOARD).text
    assert "2 late" in page
    assert "not done since" in page


def test_a_late_work_order_without_a_plan_is_listed_too(
    lead: Client, placed: list[WorkOrder]
) -> None:
    Booking.objects.all().delete()
    WorkOrder.objects.update(due_on=date(2026, 11, 27))
    page = lead.get(BOARD).text
    assert page.count("not planned") == 2
    assert "2 late" in page


def test_what_is_done_again_is_on_the_board_of_its_work_order(
    lead: Client, placed: list[WorkOrder]
) -> None:
    bring(placed[0], "rework")
    again = Reservation.objects.get(key__startswith=f"{key(placed[0])}/")
    Reservation.objects.filter(pk=again.pk).update(promised_on=date(2026, 11, 27))
    page = lead.get(BOARD).text
    assert f"<b>{placed[0].number}</b>" in page
    assert f'data-drag="order" data-key="{again.key}"' in page
    shown = lead.get(CHANGE, {"what": "order", "key": again.key, "step": "1"}).text
    assert f"Move {placed[0].number}" in shown
    assert save(lead, shown).status_code == 302


@pytest.mark.parametrize("role", ["", "factory operator", "catalog admin", "marketer"])
def test_the_plan_is_for_leads(role: str, placed: list[WorkOrder]) -> None:
    client = signed_in(role)
    for method, path in (("get", BOARD), ("get", CHANGE), ("post", CHANGE)):
        assert getattr(client, method)(path, {"what": "all"}).status_code == 403


def test_what_is_not_released_yet_has_its_names_and_no_link(lead: Client) -> None:
    kit.import_lamp()
    number = f"{kit.order(kit.whole_design()).number}-1"
    page = lead.get(BOARD, {"center": "bench", "day": "2026-12-03"}).text
    assert "<b>Fit the shade</b>" in page
    assert (number in page, f"/factory/{number}/" in page) == (True, False)
    assert "not released yet" in page


def test_an_empty_board(lead: Client) -> None:
    assert lead.get(BOARD).status_code == 200
    assert lead.get(BOARD, {"center": "\x00", "day": "2026-02-30"}).status_code == 200
    assert lead.get(CHANGE, {"what": "all"}).status_code == 200
    WorkCenter.objects.create(code="idle", name="Idle", hours="")
    assert "no working day" in lead.get(BOARD).text
