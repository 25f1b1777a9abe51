"""What is printed again: counted, marked, told when it is out of date."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from orders.factory.models import PrintBatch, WorkOrder
from orders.factory.papers.drawing import Drawing
from tests.factory import reading
from tests.factory.batches import URL, content, draw, printed, sent
from tests.factory.conftest import person

pytestmark = pytest.mark.django_db


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


def test_a_person_who_left_stays_named(lead: Client, two: list[WorkOrder]) -> None:
    batch = printed(lead, two, ["pick_list"])
    User.objects.all().delete()
    batch.refresh_from_db()
    assert (batch.by, batch.by_name) == (None, "factory-lead")
    client = Client()
    client.force_login(person("superuser"))
    assert "factory-lead" in client.get(f"{URL}{batch.key}/").text
