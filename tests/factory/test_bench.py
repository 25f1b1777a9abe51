"""The bench: a station is chosen, a code scanned, an operation done, or else what to do instead."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from configurator.catalog.models import WorkCenter
from orders.factory.models import WorkOrder, WorkOrderMove
from orders.factory.services import release
from orders.models import Order, Specification
from orders.specifications import sha_of
from tests.factory import kit
from tests.factory.conftest import signed_in
from tests.factory.test_pages import HTMX, copies, poll_url

pytestmark = pytest.mark.django_db

BENCH = "/factory/bench/"
TAP = {"accept": "application/json"}


@pytest.fixture
def saw(operator: Client, order: Order) -> Client:
    """A tablet at the saw."""
    operator.post(f"{BENCH}station/", {"station": "saw"})
    return operator


def at(client: Client, station: str, **more: str) -> Client:
    client.post(f"{BENCH}station/", {"station": station, **more})
    return client


def scan(client: Client, code: str, **more: Any) -> Any:
    return client.post(f"{BENCH}scan/", {"code": code, **more})


def tap(client: Client, work_order: WorkOrder, what: str, **sent: Any) -> Any:
    event, code = what.split()
    url = f"{BENCH}{work_order.number}/{code}/{event}/"
    return client.post(url, sent, headers=TAP)


def code_of(work_order: WorkOrder) -> str:
    return f"WO:{work_order.number}:{work_order.specification_id[:12]}"


# The station


def test_the_station_is_chosen_once(operator: Client, work_order: WorkOrder) -> None:
    told = operator.get(BENCH).text
    assert "Where does this tablet stand?" in told
    assert "Saw" in told
    assert "1 ready" in told
    answer = operator.post(f"{BENCH}station/", {"station": "saw"})
    assert answer.headers["Location"] == BENCH
    assert operator.cookies["station"]["max-age"] > 1_000_000
    assert "Cut the pole" in operator.get(BENCH).text
    assert "Where does this tablet stand?" in operator.get(BENCH, {"choose": "1"}).text


@pytest.mark.parametrize("code", ["", "moon", "x" * 999, "\x00", "ż"])
def test_a_station_that_is_not_there(code: str, operator: Client, work_order: WorkOrder) -> None:
    assert operator.post(f"{BENCH}station/", {"station": code}).status_code == 404
    operator.cookies["station"] = code.replace("\x00", "").replace("ż", "z")
    assert operator.get(BENCH).status_code == 200


def test_a_scan_without_a_station_asks_for_it(operator: Client, work_order: WorkOrder) -> None:
    assert scan(operator, work_order.number).headers["Location"] == BENCH
    assert operator.get(f"{BENCH}{work_order.number}/").headers["Location"] == BENCH


# From scan to done


def test_from_scan_to_done(saw: Client, work_order: WorkOrder) -> None:
    work_order.operations.filter(code="cut").update(
        checks=[{"en": "Length"}, {"en": "No burr"}], tooling={"en": "Fine blade"}
    )
    answer = scan(saw, code_of(work_order))
    assert answer.headers["Location"] == f"{BENCH}{work_order.number}/"
    told = saw.get(answer.headers["Location"]).text
    for words in ("Cut the pole", "Cut to 450 mm.", "Fine blade", "No burr", "P-1", "2 ×"):
        assert words in told
    assert "Use Glass" not in told  # of another operation
    assert 'data-state="waiting"' in told
    assert tap(saw, work_order, "start cut", key="a").json()["url"].endswith(f"{work_order}/")
    unchecked = tap(saw, work_order, "done cut", key="b", check=["1"])
    assert (unchecked.status_code, unchecked.json()["told"]) == (
        422,
        "1 point is not checked yet.",
    )
    done = tap(saw, work_order, "done cut", key="c", check="all")
    told = done.json()
    assert told["told"] == "“Cut the pole” is done. Next comes “Fit the shade” (Bench)."
    assert told["url"] == BENCH
    assert kit.states(work_order) == {"cut": "done", "fit": "waiting"}


def test_without_scripts_plain_forms_do_the_same(saw: Client, work_order: WorkOrder) -> None:
    work_order.operations.filter(code="cut").update(checks=["Length", "Burr"])
    url, unit = f"{BENCH}{work_order.number}/cut/", f"{BENCH}{work_order.number}/"
    told = saw.get(unit).text
    key = told.split(f'action="{url}start/"')[1].split('name="key" value="')[1].split('"')[0]
    for _twice in range(2):
        answer = saw.post(f"{url}start/", {"key": key})
        assert answer.headers["Location"] == unit
    again = saw.post(f"{url}done/", {"key": "2", "check": ["2"], "lot-pole": "L-77"})
    assert again.status_code == 422
    assert "1 point is not checked yet." in again.text
    assert 'value="2" checked' in again.text
    assert 'value="L-77"' in again.text
    answer = saw.post(f"{url}done/", {"key": "3", "check": ["1", "2"], "lot-pole": "L-77"})
    assert answer.headers["Location"] == BENCH
    assert "is done. Next comes" in saw.get(BENCH).text
    assert work_order.moves.get(event="done").lots == {"pole": "L-77"}


def test_a_scan_may_start_at_once_and_counts_once(saw: Client, work_order: WorkOrder) -> None:
    at(saw, "saw", scan_starts="1")
    for _again in range(3):
        assert scan(saw, code_of(work_order), key="k").status_code == 302
    assert scan(saw, code_of(work_order), key="l").status_code == 302  # scanned once more: opened
    assert work_order.moves.filter(event="start").exclude(operation=None).count() == 1


def test_htmx_is_led_on_without_leaving_the_page(saw: Client, work_order: WorkOrder) -> None:
    answer = saw.post(f"{BENCH}scan/", {"code": work_order.number}, headers=HTMX)
    assert answer.status_code == 200
    assert answer.headers["HX-Push-Url"] == f"{BENCH}{work_order.number}/"
    assert 'id="unit"' in answer.text


def test_pause_and_go_on(saw: Client, work_order: WorkOrder) -> None:
    for event in ("start cut", "pause cut"):
        assert tap(saw, work_order, event).status_code == 200
    assert 'data-state="paused"' in saw.get(f"{BENCH}{work_order.number}/").text
    assert tap(saw, work_order, "resume cut").status_code == 200
    assert kit.states(work_order)["cut"] == "started"


def test_a_tap_repeated_late_and_out_of_order_counts_once(
    saw: Client, work_order: WorkOrder
) -> None:
    for event in ("start", "start", "done", "start", "done"):
        answer = tap(saw, work_order, f"{event} cut", key=f"one {event}", ago="30")
        assert answer.status_code == 200
    moves = WorkOrderMove.objects.filter(operation__code="cut")
    assert [move.event for move in moves] == ["start", "done"]


@pytest.mark.parametrize("ago", ["", "-5", "x", "nan", "inf", "1e999", "9" * 400])
def test_any_age_of_a_tap_is_answered(ago: str, saw: Client, work_order: WorkOrder) -> None:
    assert tap(saw, work_order, "start cut", ago=ago, key="\x00" + "k" * 999).status_code == 200


# What is refused, and what to do instead


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("", "Only a part"),
        ("WO:2026-00001-1:3f9a", "Only a part"),
        ("2026-77777-1", "There is no work order 2026-77777-1"),
        ("<script>alert(1)</script>", "There is no work order"),
        ("9" * 5000, "There is no work order"),
        ("\x00", "Only a part"),
    ],
)
def test_a_code_that_says_nothing(code: str, told: str, saw: Client, work_order: WorkOrder) -> None:
    answer = scan(saw, code)
    assert answer.status_code == 422
    assert told in answer.text
    assert "<script>alert" not in answer.text


def test_the_wrong_order_of_operations(saw: Client, work_order: WorkOrder) -> None:
    answer = scan(at(saw, "bench"), code_of(work_order))
    assert answer.status_code == 409
    assert "Not yet: first comes “Cut the pole” (Saw). Take it there." in answer.text
    assert 'name="station" value="saw"' in answer.text  # or this tablet goes there
    assert tap(saw, work_order, "start fit").status_code == 409
    assert kit.states(work_order)["fit"] == "waiting"


def test_the_wrong_station(saw: Client, work_order: WorkOrder) -> None:
    WorkCenter.objects.create(code="paint", name="Paint shop")
    told = scan(at(saw, "paint"), code_of(work_order)).text
    assert "has nothing to be done here. Next comes “Cut the pole” (Saw)" in told
    refused = tap(saw, work_order, "start cut")
    assert (refused.status_code, refused.json()["told"]) == (
        409,
        "“Cut the pole” is done at Saw. Take it there.",
    )


def test_what_is_done_here_goes_on_elsewhere(saw: Client, work_order: WorkOrder) -> None:
    kit.event(work_order, "start cut")
    kit.event(work_order, "done cut")
    assert "All is done here. Next comes “Fit the shade” (Bench)" in scan(saw, str(work_order)).text


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("finished", "was finished already"),
        ("shipped", "was shipped"),
        ("canceled", "Do not build it; put the sheet aside"),
        ("scrapped", "is built instead"),
        ("held", "A scratch on the pole – the lead must answer first"),
    ],
)
def test_what_is_not_to_be_worked_on(
    state: str, told: str, saw: Client, work_order: WorkOrder
) -> None:
    kit.bring(work_order, state)
    for answer in (scan(saw, code_of(work_order)), saw.get(f"{BENCH}{work_order.number}/")):
        assert answer.status_code == 409
        assert told in answer.text
    assert tap(saw, work_order, "start cut").status_code == 409


def test_an_old_paper_shows_what_has_changed(saw: Client, work_order: WorkOrder) -> None:
    old = code_of(work_order)
    changed(work_order)
    for answer in (scan(saw, old), saw.get("/factory/scan/", {"code": old})):
        assert answer.status_code == 409
        assert "another revision" in answer.text
        told = " ".join(answer.text.split())
        for what, before, now in (
            ("Shade", "Glass", "Linen"),
            ("Text", "Zażółć 1 Ñ", "Nowy &lt;b&gt;"),
            ("Pole", "450", "500"),
        ):
            row = told.split(f'<th scope="row">{what}</th>')[1].split("</tr>")[0]
            old_told, new_told = row.split("</del>")
            assert before in old_told
            assert now in new_told
        table = told.split('class="changes"')[1].split("</table>")[0]
        assert "Dimmer" not in table  # as it was
    assert kit.states(work_order)["cut"] == "waiting"


def test_a_made_up_revision_is_refused(saw: Client, work_order: WorkOrder) -> None:
    answer = scan(saw, f"WO:{work_order.number}:000000000000")
    assert answer.status_code == 409
    assert "Print the sheet again" in answer.text


def changed(work_order: WorkOrder) -> None:
    """The customer wants another one; this is what is built from now on."""
    before = work_order.specification
    content: dict[str, Any] = {**before.content}
    content["choices"] = [
        {**c, "value": "linen", "label": {"en": "Linen"}} if c["option"] == "shade" else c
        for c in content["choices"]
    ]
    content["texts"] = [{**content["texts"][0], "text": "Nowy <b>"}]
    content["parts"] = [
        {**p, "cut": ["500", None, None]} if p["code"] == "pole" else p for p in content["parts"]
    ]
    new = Specification.objects.create(sha=sha_of(content), release=before.release, content=content)
    work_order.specification = new
    work_order.revision += 1
    work_order.save(update_fields=["specification", "revision"])


def test_what_is_not_there_is_not_found(saw: Client, work_order: WorkOrder) -> None:
    assert tap(saw, work_order, "fly cut").status_code == 404
    assert saw.get(f"{BENCH}2020-1/").status_code == 404
    assert saw.post(f"{BENCH}2020-1/cut/start/").status_code == 404
    assert tap(saw, work_order, "start paint").status_code == 409
    assert saw.post(f"{BENCH}{work_order}/paint/done/").status_code == 409


def test_reading_changes_nothing(saw: Client, work_order: WorkOrder) -> None:
    for path in ("scan/", "station/", f"{work_order}/cut/start/"):
        assert saw.get(BENCH + path).status_code == 405


# Pictures


def test_an_operation_s_own_pictures(saw: Client, work_order: WorkOrder, settings: Any) -> None:
    folder = settings.MEDIA_ROOT / "catalog" / "zz"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "jig.png").write_bytes(b"a picture")
    places = ["catalog/zz/jig.png", "../db.sqlite3", "catalog/zz/gone.png"]
    work_order.operations.filter(code="cut").update(pictures=places)
    url = f"{BENCH}{work_order.number}/cut/"
    assert f"{url}1.jpg" in saw.get(f"{BENCH}{work_order.number}/").text
    answer = saw.get(f"{url}1.jpg")
    assert (answer["Content-Type"], answer.content) == ("image/png", b"a picture")
    for number in (0, 2, 3, 4):
        assert saw.get(f"{url}{number}.jpg").status_code == 404


# The live queue


def test_the_queue_knows_what_is_ready_coming_and_held(saw: Client, work_order: WorkOrder) -> None:
    bench = at(signed_in("factory lead"), "bench")

    def kinds(client: Client) -> set[str]:
        told = client.get(BENCH).text
        return {k for k in ("work", "ready", "coming", "held") if f"tasks__kind--{k}" in told}

    assert (kinds(saw), kinds(bench)) == ({"ready"}, {"ready", "coming"})
    assert "after “Cut the pole” (Saw)" in bench.get(BENCH).text
    kit.event(work_order, "start cut")
    assert kinds(saw) == {"work", "ready"}  # "ready" says that nothing else is
    kit.event(work_order, "hold")
    assert "A scratch on the pole – the lead must answer." in saw.get(BENCH).text
    assert kinds(bench) == {"ready", "held"}
    kit.event(work_order, "unhold")
    kit.event(work_order, "resume cut")
    kit.event(work_order, "done cut")
    assert "Fit the shade" in bench.get(BENCH).text
    assert "Cut the pole" not in saw.get(BENCH).text
    kit.event(work_order, "cancel")
    assert "Fit the shade" not in bench.get(BENCH).text


def test_the_queue_is_sent_only_when_it_changed(saw: Client, work_order: WorkOrder) -> None:
    poll = poll_url(saw.get(BENCH).text.split('id="tasks"')[1])
    assert saw.get(poll, headers=HTMX).status_code == 204
    kit.event(work_order, "start cut")
    fresh = saw.get(poll, headers=HTMX)
    assert fresh.status_code == 200
    assert fresh.text.lstrip().startswith('<div class="tasks"')
    assert saw.get(poll_url(fresh.text), headers=HTMX).status_code == 204


def test_a_unit_is_sent_again_only_when_it_changed(saw: Client, work_order: WorkOrder) -> None:
    poll = poll_url(saw.get(f"{BENCH}{work_order}/").text.split('id="unit"')[1])
    assert saw.get(poll, headers=HTMX).status_code == 204
    kit.event(work_order, "hold")
    held = saw.get(poll, headers=HTMX)
    assert held.status_code == 409
    assert "the lead must answer" in held.text


def test_few_questions_however_long_the_queue_is(saw: Client, work_order: WorkOrder) -> None:
    counted = []
    for more in (2, 60):
        for one in copies(work_order, more):
            release.explode(one, work_order.specification.content)
        with CaptureQueriesContext(connection) as asked:
            told = saw.get(BENCH).text
        counted.append(len(asked))
        assert told.count('class="task"') == min(more + 1, 12)
        WorkOrder.objects.exclude(pk=work_order.pk).delete()
        work_order.line.order.lines.exclude(pk=work_order.line_id).delete()
    assert counted[0] == counted[1] <= 13


def test_the_bench_speaks_the_reader_s_language(saw: Client, work_order: WorkOrder) -> None:
    told = saw.get(BENCH, headers={"accept-language": "pl"}).text
    assert "Gotowe do pracy" in told
    told = saw.get(BENCH, headers={"accept-language": "es"}).text
    assert "Listo para empezar" in told
