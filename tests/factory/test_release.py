"""From an order to its work orders and their sheets, by jobs that may come twice."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from orders.factory import sheets, tasks
from orders.factory.models import WorkOrder, WorkOrderMove, WorkOrderPart
from orders.factory.services import release_work_orders
from orders.models import Job, Order, OrderEvent, Paper
from orders.papers import store
from tests.factory import reading

pytestmark = pytest.mark.django_db


def job(kind: str) -> Job:
    return Job.objects.get(kind=kind)


def deliver(kind: str, times: int = 1) -> None:
    """Celery brings the job's id, maybe more than once."""
    task = {
        "factory.release_work_orders": tasks.release_work_orders,
        "factory.render_build_sheet": tasks.render_build_sheet,
    }[kind]
    for _time in range(times):
        task(str(job(kind).pk))


def test_a_work_order_has_everything_times_the_quantity(order: Order) -> None:
    (work_order,) = release_work_orders(order_id=order.pk)
    assert work_order.number == f"{order.number}-1"
    assert (work_order.quantity, work_order.due_on) == (2, order.promised_on)
    pole, shade = work_order.parts.all()
    assert (pole.quantity, pole.cut_length, pole.cut_width) == (Decimal(2), Decimal(450), None)
    assert (shade.material["en"], shade.cut_length) == ("Glass", None)
    cut, fit = work_order.operations.all()
    assert (cut.setup_minutes, cut.run_minutes) == (Decimal(2), Decimal(8))
    assert (fit.run_minutes, fit.instructions["en"]) == (Decimal(20), "Use Glass.")
    assert [move.after for move in work_order.moves.all()] == ["released"]


def test_jobs_delivered_thrice_make_one_work_order_and_one_paper_a_size(order: Order) -> None:
    deliver("factory.release_work_orders", 3)
    deliver("factory.render_build_sheet", 3)
    deliver("factory.release_work_orders", 1)
    assert WorkOrder.objects.count() == 1
    assert WorkOrderPart.objects.count() == 2
    assert WorkOrderMove.objects.count() == 1
    assert Job.objects.filter(kind="factory.render_build_sheet").count() == 1
    papers = Paper.objects.filter(kind="build_sheet").order_by("size")
    assert [paper.size for paper in papers] == ["A4", "letter"]
    assert OrderEvent.objects.filter(order=order, kind="released").count() == 1
    assert {j.state for j in Job.objects.filter(kind__startswith="factory.")} == {"done"}


def test_releasing_again_changes_nothing(order: Order) -> None:
    (first,) = release_work_orders(order_id=order.pk)
    assert release_work_orders(order_id=order.pk) == [first]
    assert Job.objects.filter(kind="factory.render_build_sheet").count() == 1


def test_a_canceled_order_is_not_built(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(state=Order.State.CANCELED)
    deliver("factory.release_work_orders")
    assert not WorkOrder.objects.exists()
    assert job("factory.release_work_orders").state == Job.State.DONE


def test_the_sheet_holds_the_order(work_order: WorkOrder) -> None:
    deliver("factory.render_build_sheet")
    pdf = sheets.printed(work_order, "A4")
    assert pdf is not None
    told = reading.text(pdf)
    sha = work_order.line.specification_id
    for words in (work_order.number, sha[:12], "Zażółć 1 Ñ", "Glass", "450", "P-1", "Use Glass."):
        assert words in told
    for private in ("Zofia", "zofia@example.com", "Kraków"):
        assert private not in told


def test_a_paper_is_the_same_bytes_whenever_it_is_drawn(work_order: WorkOrder) -> None:
    names = sheets.draw(work_order)
    first = {size: store.read(sha) for size, sha in names.items()}
    for sha in names.values():
        store.path(sha).unlink()
    fresh = WorkOrder.objects.get(pk=work_order.pk)
    assert sheets.draw(fresh) == names
    assert {size: store.read(sha) for size, sha in names.items()} == first


def test_a_lost_file_is_drawn_again(work_order: WorkOrder) -> None:
    deliver("factory.render_build_sheet")
    pdf = sheets.printed(work_order, "letter")
    paper = Paper.objects.get(size="letter", kind="build_sheet")
    store.path(paper.sha).unlink()
    assert sheets.printed(work_order, "letter") == pdf
    assert store.has(paper.sha)


def test_a_row_names_a_paper_only_once_it_is_there(
    work_order: WorkOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("orders.papers.store.os.fsync", full)
    deliver("factory.render_build_sheet")
    assert not Paper.objects.filter(kind="build_sheet").exists()
    assert not list(Path(settings.PAPERS_DIR).iterdir())
    assert "No space left" in job("factory.render_build_sheet").error
    monkeypatch.undo()
    deliver("factory.render_build_sheet")
    assert Paper.objects.filter(kind="build_sheet").count() == 2
