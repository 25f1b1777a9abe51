"""What the bench, its papers and an ERP see of a change."""

import re

import pytest
from django.test import Client

from orders.erp import records
from orders.factory import change_sheets, sheets
from orders.factory.models import WorkOrder
from orders.models import Job
from tests.changes import kit
from tests.factory.conftest import person
from tests.factory.reading import text

pytestmark = pytest.mark.django_db


def test_the_bench_sees_it_and_old_paper_is_refused(client: Client, work_order: WorkOrder) -> None:
    old = f"WO:{work_order.number}:{work_order.specification_id[:12]}"
    kit.accept(kit.begin(work_order.line.order, color="blue"))
    client.force_login(person("factory lead"))
    assert "revision 2" in client.get("/factory/").content.decode()
    page = client.get(f"/factory/{work_order.number}/").content.decode()
    assert "revision 2" in page
    assert f"/factory/{work_order.number}/change.A4.pdf" in page
    stale = client.get("/factory/scan/", {"code": old})
    assert stale.status_code == 409
    assert "Blue" in stale.content.decode()


def test_no_picture_is_kept_from_before(client: Client, work_order: WorkOrder) -> None:
    """Browsers keep a picture for good, so a changed design has another address."""
    order = work_order.line.order
    client.force_login(person("factory lead"))
    before = marks(client, "/factory/")
    kit.accept(kit.begin(order, color="blue"))
    after = marks(client, "/factory/")
    assert before
    assert after
    assert not before & after
    for address in (f"/factory/{work_order.number}/picture.jpg", f"/o/{order.token}/picture/1.jpg"):
        for old in ("", *before):
            told = client.get(address, {"v": old} if old else {}).headers["Cache-Control"]
            assert "immutable" not in told


def marks(client: Client, page: str) -> set[str]:
    """The marks in the addresses of the pictures of a page, which are kept for good."""
    html = client.get(page).content.decode().replace("&amp;", "&")
    found = set(re.findall(r'src="([^"]*picture[^"]*\?[^"]*v=([0-9a-f]{12}))"', html))
    for address, _mark in found:
        assert "immutable" in client.get(address).headers["Cache-Control"]
    return {mark for _address, mark in found}


def test_an_erp_hears_of_it_with_the_parts_of_now(work_order: WorkOrder) -> None:
    kit.accept(kit.begin(work_order.line.order, cushion=True))
    move = work_order.moves.filter(event="change").select_related("work_order").get()
    told = records.event(move)
    assert told["type"] == "work_order.changed"
    assert "C-9" in [part["number"] for part in told["work_order"]["parts"]]


@pytest.mark.parametrize("size", ["A4", "letter"])
def test_the_change_sheet_says_what_is_different(
    client: Client, work_order: WorkOrder, size: str
) -> None:
    client.force_login(person("factory operator"))
    path = f"/factory/{work_order.number}/change.{size}.pdf"
    assert client.get(path).status_code == 404
    kit.accept(kit.begin(work_order.line.order, color="blue", cushion=True))
    assert client.get(path).status_code == 202
    change_sheets.render_job(Job.objects.get(kind="factory.render_change_sheet").pk)
    told = text(client.get(path).content)
    for word in (work_order.number, "Red", "Blue", "C-1", "D-4", "Upholster", "1 → 2", "NEW"):
        assert word in told


def test_the_new_sheet_waits_for_its_drawing(work_order: WorkOrder) -> None:
    sheets.render_job(Job.objects.get(kind="factory.render_build_sheet").pk)
    assert sheets.printed(work_order, "A4")
    kit.accept(kit.begin(work_order.line.order, color="blue"))
    work_order.refresh_from_db()
    assert sheets.printed(work_order, "A4") is None
