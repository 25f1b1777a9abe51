"""The factory's pages: who may see them, what they show, how they answer what is wrong."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from orders.factory.models import WorkOrder
from orders.models import Job, OrderLine
from tests.factory.conftest import person, signed_in
from tests.factory.test_release import deliver

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def paths(number: str) -> list[tuple[str, str]]:
    base = f"/factory/{number}/"
    return [
        ("get", "/factory/"),
        ("get", "/factory/scan/?code=x"),
        ("get", base),
        ("get", f"{base}picture.jpg"),
        ("get", f"{base}sheet.A4.pdf"),
        ("post", f"{base}start/"),
        ("post", f"{base}finish/"),
    ]


def test_who_is_not_signed_in_is_asked_to(work_order: WorkOrder) -> None:
    for method, path in paths(work_order.number):
        answer = getattr(Client(), method)(path)
        assert answer.status_code == 302, path
        assert answer.headers["Location"].startswith("/login/?next=/factory/")


@pytest.mark.parametrize("role", ["", "catalog admin", "marketer"])
def test_other_people_are_refused(role: str, work_order: WorkOrder) -> None:
    client = signed_in(role)
    for method, path in paths(work_order.number):
        assert getattr(client, method)(path).status_code == 403, path
    work_order.refresh_from_db()
    assert work_order.state == WorkOrder.State.RELEASED


@pytest.mark.parametrize("role", ["factory operator", "factory lead", "superuser"])
def test_the_factory_s_people_build(role: str, work_order: WorkOrder) -> None:
    client = signed_in(role)
    url = f"/factory/{work_order.number}/"
    assert "Start building" in client.get(url).text
    answer = client.post(f"{url}start/", {"version": "0"}, follow=True)
    assert answer.redirect_chain == [(url, 302)]
    assert "It is finished" in answer.text
    client.post(f"{url}finish/", {"version": "1"})
    work_order.refresh_from_db()
    assert (work_order.state, work_order.version) == (WorkOrder.State.FINISHED, 2)


def test_reading_changes_nothing(operator: Client, work_order: WorkOrder) -> None:
    for event in ("start", "finish"):
        assert operator.get(f"/factory/{work_order.number}/{event}/").status_code == 405


def test_moves_need_their_token(work_order: WorkOrder) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("factory lead"))
    assert client.post(f"/factory/{work_order.number}/start/").status_code == 403


@pytest.mark.parametrize(
    ("event", "state", "told"),
    [
        ("start", "started", "was started already"),
        ("start", "finished", "was finished already"),
        ("finish", "released", "has not been started yet"),
        ("finish", "finished", "was finished already"),
        ("start", "canceled", "was canceled"),
        ("finish", "canceled", "was canceled"),
    ],
)
def test_an_illegal_move_is_answered_kindly(
    event: str, state: str, told: str, operator: Client, work_order: WorkOrder
) -> None:
    now = timezone.now()
    WorkOrder.objects.filter(pk=work_order.pk).update(
        state=state, started_at=now, finished_at=now if state == "finished" else None
    )
    answer = operator.post(f"/factory/{work_order.number}/{event}/", {"version": "0"})
    assert answer.status_code == 409
    assert told in answer.text
    assert WorkOrder.objects.get(pk=work_order.pk).state == state


def test_a_double_click_starts_once(operator: Client, work_order: WorkOrder) -> None:
    url = f"/factory/{work_order.number}/start/"
    assert operator.post(url, {"version": "0"}).status_code == 302
    again = operator.post(url, {"version": "0"})
    assert again.status_code == 409
    assert "It is finished" in again.text  # the button of the true state
    assert work_order.moves.filter(after="started").count() == 1


@pytest.mark.parametrize("version", ["", "-1", "x", "9" * 30, "١"])
def test_a_forged_version_is_no_error(
    version: str, operator: Client, work_order: WorkOrder
) -> None:
    answer = operator.post(f"/factory/{work_order.number}/start/", {"version": version})
    assert answer.status_code in (302, 409)


@pytest.mark.parametrize("number", ["2026-99999-1", "x", "%00", "a" * 300, "..", "<b>"])
def test_what_does_not_exist_is_not_found(number: str, operator: Client, db: None) -> None:
    for path in ("", "picture.jpg", "sheet.A4.pdf"):
        assert operator.get(f"/factory/{number}/{path}").status_code == 404
    assert operator.post(f"/factory/{number}/start/").status_code == 404


def test_a_work_order_shows_what_is_built(operator: Client, work_order: WorkOrder) -> None:
    told = operator.get(f"/factory/{work_order.number}/").text
    for words in ("Desk lamp", "2 ×", "Glass", "450 mm", "Zażółć 1 Ñ", "Cut the pole", "P-2"):
        assert words in told
    assert "setup 2 + run 8" in told
    for private in ("Zofia", "zofia@", "Kraków", work_order.line.order.token):
        assert private not in told


def test_the_page_speaks_the_reader_s_language(operator: Client, work_order: WorkOrder) -> None:
    told = operator.get(f"/factory/{work_order.number}/", headers={"accept-language": "pl"}).text
    assert "Szkło" in told


def test_the_sheet_is_waited_for_and_then_printed(operator: Client, work_order: WorkOrder) -> None:
    url = f"/factory/{work_order.number}/sheet.A4.pdf"
    waiting = operator.get(url)
    assert waiting.status_code == 202
    assert 'http-equiv="refresh"' in waiting.text
    deliver("factory.render_build_sheet")
    printed = operator.get(url)
    assert (printed.status_code, printed["Content-Type"]) == (200, "application/pdf")
    assert printed["Content-Disposition"].startswith("inline")
    assert printed.content.startswith(b"%PDF-")
    letter = operator.get(f"/factory/{work_order.number}/sheet.letter.pdf")
    assert letter.content != printed.content


def test_a_sheet_that_could_not_be_drawn_says_so(operator: Client, work_order: WorkOrder) -> None:
    Job.objects.filter(kind="factory.render_build_sheet").update(state=Job.State.PARKED)
    told = operator.get(f"/factory/{work_order.number}/sheet.A4.pdf").text
    assert "could not be drawn" in told
    assert 'http-equiv="refresh"' not in told


@pytest.mark.parametrize("size", ["A5", "a4.pdf", "x" * 100])
def test_unknown_sizes_are_not_found(size: str, operator: Client, work_order: WorkOrder) -> None:
    assert operator.get(f"/factory/{work_order.number}/sheet.{size}.pdf").status_code == 404


def test_the_picture_is_a_jpeg(operator: Client, work_order: WorkOrder) -> None:
    answer = operator.get(f"/factory/{work_order.number}/picture.jpg")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.content[:2] == b"\xff\xd8"


# The scan box


def test_scanning_opens_the_work_order(operator: Client, work_order: WorkOrder) -> None:
    number, sha = work_order.number, work_order.line.specification_id[:12]
    codes = [number, f"WO:{number}:{sha}", f"wo;{number.replace('-', '/')};{sha.upper()}"]
    for code in (*codes, f"  {number}  "):
        answer = operator.get("/factory/scan/", {"code": code})
        assert answer.headers.get("Location") == f"/factory/{number}/", code


def test_an_old_paper_is_refused(operator: Client, work_order: WorkOrder) -> None:
    code = f"WO:{work_order.number}:000000000000"
    answer = operator.get("/factory/scan/", {"code": code})
    assert answer.status_code == 409
    assert "another revision" in answer.text


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("", "Only a part"),
        ("WO:", "Only a part"),
        ("WO:2026-00001-1:3f9a1c", "Only a part"),
        ("WO:2026-00001-1", "Only a part"),
        ("2026-77777-1", "There is no work order 2026-77777-1"),
        ("<script>alert(1)</script>", "There is no work order"),
        ("\x00\x00", "Only a part"),
        ("9" * 5000, "There is no work order"),
    ],
)
def test_what_is_wrong_with_a_code_is_said_at_the_box(
    code: str, told: str, operator: Client, work_order: WorkOrder
) -> None:
    answer = operator.get("/factory/scan/", {"code": code})
    assert answer.status_code == 422
    assert told in answer.text
    assert "<script>alert" not in answer.text
    assert work_order.number in answer.text  # the queue is still there


# The queue


def test_the_queue_shows_the_soonest_first(operator: Client, work_order: WorkOrder) -> None:
    sooner = copies(work_order, 1, first_due=timedelta(days=-3))[0]
    told = operator.get("/factory/").text
    assert told.index(sooner.number) < told.index(f">{work_order.number}<")
    assert "3 days late" in told
    assert "Zofia" not in told


def test_filters_and_search(operator: Client, work_order: WorkOrder) -> None:
    other = copies(work_order, 1)[0]
    WorkOrder.objects.filter(pk=other.pk).update(state="finished", finished_at=timezone.now())

    def shown(**asked: str) -> list[str]:
        told = operator.get("/factory/", asked).text
        return [n for n in (work_order.number, other.number) if f'id="job-{n}"' in told]

    assert shown() == [work_order.number]
    assert shown(show="finished") == [other.number]
    assert shown(show="started") == []
    assert shown(q=work_order.number[2:]) == [work_order.number]
    assert shown(q="nothing") == []
    assert shown(show="nonsense", page="x") == [work_order.number]


@pytest.mark.parametrize("asked", ["\x00", "'; --", "%", "x" * 9999, "<b>"])
def test_any_search_is_answered(asked: str, operator: Client, work_order: WorkOrder) -> None:
    answer = operator.get("/factory/", {"q": asked, "page": "-1"})
    assert answer.status_code == 200
    assert "<b>”" not in answer.text
    assert escape("<b>") in answer.text or "<b>" not in asked


def test_the_live_list_is_sent_only_when_it_changed(
    operator: Client, work_order: WorkOrder
) -> None:
    page = operator.get("/factory/")
    poll = poll_url(page.text)
    assert operator.get(poll, headers=HTMX).status_code == 204
    operator.post(f"/factory/{work_order.number}/start/", {"version": "0"})
    fresh = operator.get(poll, headers=HTMX)
    assert fresh.status_code == 200
    assert fresh.text.lstrip().startswith("<section")
    assert "Started" in fresh.text
    assert operator.get(poll_url(fresh.text), headers=HTMX).status_code == 204


def test_the_state_is_sent_only_when_it_changed(operator: Client, work_order: WorkOrder) -> None:
    url = f"/factory/{work_order.number}/"
    poll = poll_url(operator.get(url).text)
    assert operator.get(poll, headers=HTMX).status_code == 204
    operator.post(f"{url}start/", {"version": "0"})
    fresh = operator.get(poll, headers=HTMX)
    assert fresh.text.lstrip().startswith('<div class="state"')
    assert "It is finished" in fresh.text


def poll_url(told: str) -> str:
    url = told.split('hx-get="', 1)[1].split('"', 1)[0]
    return url.replace("&amp;", "&")


def copies(
    work_order: WorkOrder, count: int, *, first_due: timedelta = timedelta(0)
) -> list[WorkOrder]:
    """More work orders of the same order, due one a day."""
    line = work_order.line
    lines = OrderLine.objects.bulk_create(
        OrderLine(
            order_id=line.order_id,
            position=position,
            design_id=line.design_id,
            design_revision=1000 + position,
            promised_on=line.promised_on,
            specification_id=line.specification_id,
            quantity=1,
            unit_net=line.unit_net,
            net=line.net,
            tax_rate=line.tax_rate,
        )
        for position in range(2, count + 2)
    )
    today = timezone.localdate() + first_due
    return WorkOrder.objects.bulk_create(
        WorkOrder(
            number=f"Z{position:05}",
            line=line,
            specification_id=line.specification_id,
            quantity=1,
            due_on=today + timedelta(days=position % 60),
        )
        for position, line in enumerate(lines)
    )


def test_the_queue_asks_few_questions_however_long_it_is(
    operator: Client, work_order: WorkOrder
) -> None:
    counted: list[int] = []
    for more in (1, 200):
        if more > 1:
            WorkOrder.objects.exclude(pk=work_order.pk).delete()
            OrderLine.objects.exclude(pk=work_order.line_id).delete()
        copies(work_order, more)
        operator.get("/factory/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            operator.get("/factory/")
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 7


def test_the_admin_shows_work_orders_and_changes_none(work_order: WorkOrder) -> None:
    client = signed_in("superuser")
    base = "/admin/factory/workorder/"
    assert work_order.number in client.get(base).text
    page = client.get(f"{base}{work_order.pk}/change/")
    assert page.status_code == 200
    assert 'name="_save"' not in page.text
    assert client.get(f"{base}add/").status_code == 403
    assert client.post(f"{base}{work_order.pk}/delete/", {"post": "yes"}).status_code == 403


def test_pages_work_without_a_picture_or_parts(operator: Client, work_order: WorkOrder) -> None:
    work_order.parts.all().delete()
    work_order.operations.all().delete()
    content: dict[str, Any] = work_order.line.specification.content
    content["texts"] = content["files"] = []
    work_order.line.specification.save(update_fields=["content"])
    assert operator.get(f"/factory/{work_order.number}/").status_code == 200
