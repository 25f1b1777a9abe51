"""What cannot be printed is said at its field, and nothing chosen is lost."""

from typing import Any

import pytest
from django.test import Client

from orders.factory.models import PrintBatch, WorkOrder
from tests.factory.batches import URL, sent
from tests.factory.test_pages import copies

pytestmark = pytest.mark.django_db


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
