"""Printing many work orders at once: the selection, the batch, its files, reprints, bad input."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from orders import jobs
from orders.factory import printing, tasks
from orders.factory.models import PrintBatch, PrintedPaper, WorkOrder
from orders.factory.papers.drawing import Drawing
from orders.factory.papers.kinds import KINDS
from orders.factory.services import release_work_orders
from orders.models import Job, Order
from orders.papers import store
from tests.factory import reading
from tests.factory.conftest import person, signed_in
from tests.factory.test_pages import copies
from tests.orders import kit

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
URL = "/factory/print/"
EVERY = list(KINDS)
OPEN = [code for code, kind in KINDS.items() if not kind.addressed]


@pytest.fixture
def two(work_order: WorkOrder) -> list[WorkOrder]:
    """Two work orders of two customers."""
    other = kit.order(kit.started({**kit.CHOICES, "shade": "linen", "height": 300}, "Ana"))
    return [work_order, *release_work_orders(order_id=other.pk)]


@pytest.fixture
def lead(db: None) -> Client:
    return signed_in("factory lead")


def sent(two: list[WorkOrder], papers: list[str] = OPEN, **changes: Any) -> dict[str, Any]:
    """What the form sends."""
    numbers = [work_order.number for work_order in two]
    facts = {"key": str(uuid4()), "work_order": numbers, "paper": papers, "size": "A4"}
    return {**facts, **changes}


def draw() -> None:
    """Celery brings every batch that waits."""
    for job in Job.objects.filter(kind=printing.KIND, state=Job.State.DUE):
        tasks.print_batch(str(job.pk))


def printed(client: Client, two: list[WorkOrder], papers: list[str] = OPEN) -> PrintBatch:
    """A batch, asked for and drawn."""
    answer = client.post(URL, sent(two, papers))
    assert answer.status_code == 302, answer.text
    draw()
    return PrintBatch.objects.latest("pk")


def content(batch: PrintBatch, name: str) -> bytes:
    found = {file["name"]: file["sha"] for file in batch.files}
    data = store.read(found[name], f".{name.rpartition('.')[2]}")
    assert data is not None
    return data


# The whole way


def test_one_merged_pdf_is_drawn_in_the_background(lead: Client, two: list[WorkOrder]) -> None:
    answer = lead.post(URL, sent(two, EVERY))
    batch = PrintBatch.objects.get()
    page = f"{URL}{batch.key}/"
    assert answer.headers["Location"] == page
    waiting = lead.get(page).text
    assert f'max="{batch.total}"' in waiting
    assert 'hx-trigger="every 1s"' in waiting
    assert lead.get(f"{page}papers.pdf").headers["Location"] == page
    draw()
    told = lead.get(page, headers=HTMX).text
    assert told.lstrip().startswith("<div")
    assert "hx-trigger" not in told
    links = re.findall(r'href="([^"]+\.(?:pdf|zpl))"', told)
    assert [link.rpartition("/")[2] for link in links] == [
        "papers.pdf",
        *("labels-100x150.pdf", "labels-100x150.zpl", "labels-50x30.pdf", "labels-50x30.zpl"),
    ]
    for link in links:
        file = lead.get(link)
        assert file.status_code == 200
        pdf = link.endswith(".pdf")
        assert file["Content-Type"] == ("application/pdf" if pdf else "application/zpl")
        assert file.content.startswith(b"%PDF-" if pdf else b"^XA")
        assert file["Content-Disposition"].startswith("inline" if pdf else "attachment")


def test_every_paper_of_every_work_order_is_in_it(lead: Client, two: list[WorkOrder]) -> None:
    batch = printed(lead, two, EVERY)
    told = reading.text(content(batch, "papers.pdf"))
    for words in ("Pull sheet", "Pick list", "Cut list", "WORK ORDER", "Packing slip", "Scan the"):
        assert words in told
    for work_order in two:
        assert told.count(work_order.number) >= 6
        assert work_order.specification_id[:12] in told
    assert str(batch) in told
    assert "by factory-lead" in told
    labels = content(batch, "labels-100x150.zpl").decode()
    units = sum(work_order.quantity for work_order in two)
    assert labels.count("^XZ") == 2 * units
    assert batch.done == batch.total


def test_the_batch_is_a_row_that_says_who_when_and_what(lead: Client, two: list[WorkOrder]) -> None:
    batch = printed(lead, two, ["pull_sheet"])
    assert (batch.by_name, batch.papers, batch.size) == ("factory-lead", ["pull_sheet"], "A4")
    rows = PrintedPaper.objects.values_list("work_order__number", "paper", "copy", "sha")
    assert sorted(rows) == sorted((w.number, "pull_sheet", 1, w.specification_id) for w in two)
    told = lead.get(URL).text
    for words in (str(batch), "factory-lead", "Pull sheet", "2 work orders", "Ready"):
        assert words in told


def test_the_same_batch_is_the_same_bytes(lead: Client, two: list[WorkOrder]) -> None:
    batch = printed(lead, two, EVERY)
    first = {file["name"]: content(batch, file["name"]) for file in batch.files}
    for path in Path(settings.PAPERS_DIR).iterdir():
        path.unlink()
    Job.objects.filter(kind=printing.KIND).update(state=Job.State.DUE)
    draw()
    batch.refresh_from_db()
    assert {file["name"]: content(batch, file["name"]) for file in batch.files} == first


def test_letter_paper(lead: Client, two: list[WorkOrder]) -> None:
    lead.post(URL, sent(two, ["pick_list"], size="letter"))
    draw()
    assert b"/MediaBox [ 0 0 612 792 ]" in content(PrintBatch.objects.get(), "papers.pdf")


def test_two_languages(lead: Client, two: list[WorkOrder], settings: Any) -> None:
    settings.FACTORY_SECOND_LANGUAGE = "pl"
    batch = printed(lead, two, ["pick_list", "build_sheet"])
    told = reading.text(content(batch, "papers.pdf"))
    for words in ("Pick list / Lista pobrań", "Glass / Szkło", "Operations / Operacje"):
        assert words in told


def test_jobs_delivered_twice_draw_once(lead: Client, two: list[WorkOrder]) -> None:
    batch = printed(lead, two)
    job = Job.objects.get(kind=printing.KIND)
    tasks.print_batch(str(job.pk))
    again = PrintBatch.objects.get()
    assert (again.files, again.ready_at) == (batch.files, batch.ready_at)


def test_a_double_click_is_one_batch(lead: Client, two: list[WorkOrder]) -> None:
    form = sent(two)
    first, second = lead.post(URL, form), lead.post(URL, form)
    assert first.headers["Location"] == second.headers["Location"]
    assert PrintBatch.objects.count() == Job.objects.filter(kind=printing.KIND).count() == 1


# Reprints


def test_reprints_are_counted_and_marked(lead: Client, two: list[WorkOrder]) -> None:
    first = printed(lead, two, ["build_sheet", "unit_label"])
    assert "Reprint" not in reading.text(content(first, "papers.pdf"))
    printed(lead, two[:1], ["build_sheet"])
    third = printed(lead, two, ["build_sheet", "pick_list"])
    told = reading.pages(content(third, "papers.pdf"))
    marks = {
        work_order.number: {
            mark
            for page in told
            if work_order.number in page and "Page" in page and "Pick list" not in page
            for mark in re.findall(r"Reprint \d", page)
        }
        for work_order in two
    }
    assert marks == {two[0].number: {"Reprint 2"}, two[1].number: {"Reprint 1"}}
    assert "Reprint" not in " ".join(page for page in told if "Pick list" in page)


def test_printing_again_takes_the_work_orders_as_they_are_now(
    lead: Client, two: list[WorkOrder]
) -> None:
    batch = printed(lead, two, ["pick_list"])
    WorkOrder.objects.filter(pk=two[1].pk).update(state="canceled")
    url = f"{URL}{batch.key}/again/"
    key = str(uuid4())
    assert lead.post(url, {"key": key}).headers["Location"] == f"{URL}{key}/"
    draw()
    copy = PrintBatch.objects.latest("pk")
    told = reading.text(content(copy, "papers.pdf"))
    assert "Reprint 1" in told
    assert two[1].number not in told
    WorkOrder.objects.update(state="canceled")
    answer = lead.post(url, follow=True)
    assert "None of these work orders" in answer.text


def test_a_stale_batch_says_so(lead: Client, two: list[WorkOrder]) -> None:
    batch = printed(lead, two, ["build_sheet"])
    page = f"{URL}{batch.key}/"
    assert "Do not use" not in lead.get(page).text
    WorkOrder.objects.filter(pk=two[0].pk).update(revision=2)
    WorkOrder.objects.filter(pk=two[1].pk).update(state="canceled")
    told = lead.get(page).text
    assert re.search(rf"{two[0].number}</a>: revised since", told)
    assert re.search(rf"{two[1].number}</a>: canceled", told)


def test_what_is_revised_while_it_is_drawn_is_drawn_again(
    lead: Client, two: list[WorkOrder], monkeypatch: pytest.MonkeyPatch
) -> None:
    lead.post(URL, sent(two, ["build_sheet"]))
    true_files = Drawing.files

    def slow(drawing: Any) -> Any:
        WorkOrder.objects.filter(pk=two[0].pk).update(revision=2)
        return true_files(drawing)

    monkeypatch.setattr(Drawing, "files", slow)
    draw()
    assert PrintBatch.objects.get().state == PrintBatch.State.DRAWING
    monkeypatch.undo()
    draw()
    batch = PrintBatch.objects.get()
    assert batch.state == PrintBatch.State.READY
    assert batch.printed.get(work_order=two[0]).revision == 2
    assert "REVISION 2" in reading.text(content(batch, "papers.pdf"))


# Long work


def test_progress_is_told_and_the_job_held(
    lead: Client, two: list[WorkOrder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "TELL_EVERY", 0.0)
    monkeypatch.setattr(jobs, "lease", lambda: timedelta(0))
    seen: list[int] = []
    true_step = printing.Progress.step

    def step(progress: Any) -> None:
        true_step(progress)
        seen.append(PrintBatch.objects.get().done)

    monkeypatch.setattr(printing.Progress, "step", step)
    batch = printed(lead, two, ["pull_sheet", "build_sheet", "part_label"])
    assert seen == [1, 2, 3, 4, 5]
    assert batch.total == 5


def test_a_job_that_was_taken_over_gives_up(lead: Client, two: list[WorkOrder]) -> None:
    lead.post(URL, sent(two))
    job = Job.objects.get(kind=printing.KIND)
    mine = jobs._claim(job.pk)
    assert mine is not None
    jobs.keep(mine)
    Job.objects.filter(pk=job.pk).update(attempts=2)
    with pytest.raises(jobs.Lost):
        jobs.keep(mine)


def test_what_a_killed_worker_left_is_drawn_by_the_next(lead: Client, two: list[WorkOrder]) -> None:
    lead.post(URL, sent(two))
    job = Job.objects.get(kind=printing.KIND)
    assert jobs._claim(job.pk) is not None  # and then it is killed
    PrintBatch.objects.update(done=1)
    draw()
    assert PrintBatch.objects.get().state == PrintBatch.State.DRAWING
    Job.objects.filter(pk=job.pk).update(running_until=timezone.now() - timedelta(seconds=1))
    draw()
    batch = PrintBatch.objects.get()
    assert (batch.state, batch.done) == (PrintBatch.State.READY, batch.total)
    assert set(batch.printed.values_list("copy", flat=True)) == {1}


def test_papers_that_could_not_be_drawn_say_so(lead: Client, two: list[WorkOrder]) -> None:
    lead.post(URL, sent(two))
    Job.objects.filter(kind=printing.KIND).update(state=Job.State.PARKED)
    told = lead.get(f"{URL}{PrintBatch.objects.get().key}/").text
    assert "could not be drawn" in told
    assert "hx-trigger" not in told


# The selection


def test_the_queue_offers_to_print(operator: Client, two: list[WorkOrder]) -> None:
    told = operator.get("/factory/").text
    for work_order in two:
        assert f'name="work_order" value="{work_order.number}"' in told
    assert "Print all 2 that match" in told


def test_a_live_queue_keeps_what_is_ticked(operator: Client, two: list[WorkOrder]) -> None:
    asked = {"work_order": two[0].number, "seen": "old"}
    told = operator.get("/factory/", asked, headers=HTMX).text
    ticked = re.findall(r'value="([^"]+)" form="print-bar" autocomplete="off" checked', told)
    assert ticked == [two[0].number]


def test_the_form_shows_what_was_ticked(operator: Client, two: list[WorkOrder]) -> None:
    told = operator.get(URL, {"work_order": two[1].number}).text
    assert f'value="{two[1].number}" checked' in told
    assert two[0].number not in told


def test_all_that_match_a_filter(operator: Client, two: list[WorkOrder]) -> None:
    WorkOrder.objects.filter(pk=two[0].pk).update(state="started")
    told = operator.get(URL, {"all": "1", "show": "started", "q": ""}).text
    assert two[0].number in told
    assert two[1].number not in told
    assert "One work order" in told


def test_of_more_than_two_hundred_the_first_are_taken(
    operator: Client, work_order: WorkOrder
) -> None:
    copies(work_order, 230)
    told = operator.get(URL, {"all": "1", "show": "open"}).text
    assert told.count('name="work_order"') == 200
    assert "231 work orders match; 200 can be printed at once" in told


def test_two_hundred_work_orders_are_one_batch(lead: Client, work_order: WorkOrder) -> None:
    found = copies(work_order, 200)
    batch = printed(lead, found, ["pull_sheet", "pick_list", "packing_slip"])
    assert batch.printed.count() == 600
    assert "200 work orders" in reading.pages(content(batch, "papers.pdf"))[0]


# Bad input


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"work_order": []}, "No work order is selected"),
        ({"work_order": ["2020-1-1"]}, "No work order is selected"),
        ({"paper": []}, "Choose at least one kind of paper"),
        ({"paper": ["passport"]}, "Choose at least one kind of paper"),
        ({"size": "A5"}, "There is no such paper size"),
        ({"size": ""}, "There is no such paper size"),
        ({"work_order": ["\x00", "<b>", "x" * 9999]}, "No work order is selected"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    changes: dict[str, Any], told: str, lead: Client, two: list[WorkOrder]
) -> None:
    answer = lead.post(URL, sent(two, **changes))
    assert answer.status_code == 422
    assert told in answer.text
    assert not PrintBatch.objects.exists()


def test_what_was_chosen_is_kept(lead: Client, two: list[WorkOrder]) -> None:
    told = lead.post(URL, sent(two, ["cut_list"], size="A5")).text
    assert 'value="cut_list" checked' in told
    assert 'value="pull_sheet" checked' not in told
    assert f'value="{two[0].number}" checked' in told


def test_more_than_two_hundred_are_refused(lead: Client, work_order: WorkOrder) -> None:
    found = copies(work_order, 201)
    answer = lead.post(URL, sent(found))
    assert answer.status_code == 422
    assert "201 work orders are too many: 200 can be printed at once." in answer.text


@pytest.mark.parametrize("state", ["canceled", "scrapped"])
def test_what_is_not_built_any_more_is_named_and_left_out(
    state: str, lead: Client, two: list[WorkOrder]
) -> None:
    WorkOrder.objects.filter(pk=two[0].pk).update(state=state)
    answer = lead.post(URL, sent(two))
    assert answer.status_code == 422
    assert f"{two[0].number} is not built any more." in answer.text
    assert f'value="{two[0].number}" disabled' in answer.text
    assert f'value="{two[1].number}" checked' in answer.text


def test_a_number_that_is_not_there_is_named(lead: Client, two: list[WorkOrder]) -> None:
    answer = lead.post(URL, sent(two, work_order=[two[0].number, "2020-00001-1"]))
    assert answer.status_code == 422
    assert "There is no work order 2020-00001-1." in answer.text


@pytest.mark.parametrize("key", ["", "x", "0" * 99])
def test_a_forged_key_is_no_error(key: str, lead: Client, two: list[WorkOrder]) -> None:
    assert lead.post(URL, sent(two, key=key)).status_code == 302


@pytest.mark.parametrize("name", ["nothing.pdf", "papers.zpl", "papers", "..", "papers.exe"])
def test_unknown_files_are_not_found(name: str, lead: Client, two: list[WorkOrder]) -> None:
    batch = printed(lead, two, ["pick_list"])
    assert lead.get(f"{URL}{batch.key}/{name}").status_code == 404


def test_a_lost_file_is_not_found(lead: Client, two: list[WorkOrder]) -> None:
    batch = printed(lead, two, ["pick_list"])
    store.path(batch.files[0]["sha"]).unlink()
    assert lead.get(f"{URL}{batch.key}/papers.pdf").status_code == 404


# Who sees an address


SECRETS = ("Zofia", "zofia@example.com", "Kraków")
ADDRESSED = [code for code, kind in KINDS.items() if kind.addressed]


@pytest.mark.parametrize("paper", ADDRESSED)
def test_an_operator_gets_no_addresses(
    paper: str, operator: Client, lead: Client, two: list[WorkOrder]
) -> None:
    assert f'value="{paper}"' not in operator.get(URL, {"all": "1"}).text
    answer = operator.post(URL, sent(two, [paper, "pick_list"]))
    assert answer.status_code == 422
    assert "printed by the lead" in answer.text
    assert not PrintBatch.objects.exists()
    batch = printed(lead, two, [paper])
    page = f"{URL}{batch.key}/"
    assert "only the lead may open them" in operator.get(page).text
    for file in batch.files:
        assert operator.get(f"{page}{file['name']}").status_code == 403
        assert lead.get(f"{page}{file['name']}").status_code == 200
    assert operator.post(f"{page}again/").status_code == 403


def test_only_papers_for_the_box_show_addresses(lead: Client, two: list[WorkOrder]) -> None:
    batch = printed(lead, two, OPEN)
    told = reading.text(content(batch, "papers.pdf"))
    told += reading.text(content(batch, "labels-100x150.pdf"))
    told += content(batch, "labels-100x150.zpl").decode()
    assert not [secret for secret in SECRETS if secret in told]
    batch = printed(lead, two, ["packing_slip"])
    told = reading.text(content(batch, "papers.pdf"))
    assert "Zofia Núñez" in told
    assert "zofia@example.com" not in told
    assert str(Order.objects.first().token) not in told  # type: ignore[union-attr]


def test_no_page_of_printing_shows_an_address(lead: Client, two: list[WorkOrder]) -> None:
    batch = printed(lead, two, EVERY)
    for page in (URL, f"{URL}?all=1", f"{URL}{batch.key}/"):
        told = lead.get(page).text
        assert not [secret for secret in SECRETS if secret in told], page


def test_a_person_who_left_stays_named(lead: Client, two: list[WorkOrder]) -> None:
    batch = printed(lead, two, ["pick_list"])
    User.objects.all().delete()
    batch.refresh_from_db()
    assert (batch.by, batch.by_name) == (None, "factory-lead")
    client = Client()
    client.force_login(person("superuser"))
    assert "factory-lead" in client.get(f"{URL}{batch.key}/").text
