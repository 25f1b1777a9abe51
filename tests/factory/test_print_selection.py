"""Which work orders are printed: ticked, or all that match."""

import re

import pytest
from django.test import Client

from orders.factory.models import WorkOrder
from tests.factory import reading
from tests.factory.batches import HTMX, URL, content, printed
from tests.factory.test_pages import copies

pytestmark = pytest.mark.django_db


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
