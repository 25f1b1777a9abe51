"""Who prints papers with addresses, and that no other paper shows one."""

import pytest
from django.test import Client

from orders.factory.models import PrintBatch, WorkOrder
from orders.factory.papers.kinds import KINDS
from orders.models import Order
from tests.factory import reading
from tests.factory.batches import EVERY, OPEN, URL, content, printed, sent

pytestmark = pytest.mark.django_db
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
