"""Many work orders printed at once: the batch, its files, one for every press."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from orders.factory import printing, tasks
from orders.factory.models import PrintBatch, PrintedPaper, WorkOrder
from orders.models import Job
from orders.papers import store
from tests.factory import reading
from tests.factory.batches import EVERY, HTMX, URL, content, draw, printed, sent

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("name", ["nothing.pdf", "papers.zpl", "papers", "..", "papers.exe"])
def test_unknown_files_are_not_found(name: str, lead: Client, two: list[WorkOrder]) -> None:
    batch = printed(lead, two, ["pick_list"])
    assert lead.get(f"{URL}{batch.key}/{name}").status_code == 404


def test_a_lost_file_is_not_found(lead: Client, two: list[WorkOrder]) -> None:
    batch = printed(lead, two, ["pick_list"])
    store.path(batch.files[0]["sha"]).unlink()
    assert lead.get(f"{URL}{batch.key}/papers.pdf").status_code == 404
