"""The build sheet printed from its work order's page: counted, and marked the next time."""

import re
from io import BytesIO

from django.test import Client
from pypdf import PdfReader

from orders.factory.models import PrintBatch, WorkOrder
from tests.factory.batches import draw

HTMX = {"HX-Request": "true"}


def form_of(client: Client, work_order: WorkOrder) -> dict[str, str]:
    """What the work order's page sends to print its sheet."""
    page = client.get(f"/factory/{work_order.number}/").text
    form = page[page.index('class="print__form"') :].partition("</form>")[0]
    found = dict(re.findall(r'name="(work_order|paper|key)" value="([^"]+)"', form))
    return {**found, "size": "A4"}


def asked(client: Client, work_order: WorkOrder) -> str:
    """Press Print on the page; where the answer is waited for."""
    answer = client.post("/factory/print/?open=1", form_of(client, work_order))
    assert answer.status_code == 302
    return str(answer["Location"])


def text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_it_is_a_counted_copy_that_opens_by_itself(operator: Client, work_order: WorkOrder) -> None:
    waiting = asked(operator, work_order)
    assert "hx-get" in operator.get(waiting).text
    assert operator.get(waiting, headers=HTMX).status_code == 200
    draw()
    file = operator.get(waiting, headers=HTMX)["HX-Redirect"]
    assert operator.get(waiting)["Location"] == file  # without scripts
    first = text(operator.get(file).content)
    assert "Reprint" not in first
    assert work_order.number in first
    page = operator.get(f"/factory/{work_order.number}/").text
    assert "Printed once" in page

    again = asked(operator, work_order)
    draw()
    second = text(operator.get(operator.get(again)["Location"]).content)
    assert "Reprint 1" in second
    assert "Printed 2 times" in operator.get(f"/factory/{work_order.number}/").text


def test_one_press_is_one_copy(operator: Client, work_order: WorkOrder) -> None:
    sent = form_of(operator, work_order)
    waiting = {operator.post("/factory/print/?open=1", sent)["Location"] for _press in range(2)}
    assert len(waiting) == PrintBatch.objects.count() == 1


def test_a_sheet_looked_at_after_that_says_that_it_was_printed(
    operator: Client, work_order: WorkOrder
) -> None:
    asked(operator, work_order)
    draw()
    shown = operator.get(f"/factory/{work_order.number}/sheet.A4.pdf")
    assert f"Printed before: {PrintBatch.objects.get()}" in text(shown.content)
