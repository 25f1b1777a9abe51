"""The figures: what they count, for whom, how they are exported, and what bad periods are told."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from defusedxml import ElementTree
from django.test import Client

from configurator.capacity.models import Closure, DayLoad
from configurator.catalog.models import WorkCenter
from orders.factory import services
from orders.factory.figures import charts, pages
from orders.factory.figures.counting import rank
from orders.factory.figures.period import BadPeriod, Period, asked
from orders.factory.figures.writing import plain
from orders.factory.models import WorkOrder, WorkOrderMove, WorkOrderOperation
from orders.models import Order
from orders.tables import XLSX, xlsx_bytes
from tests.factory.conftest import signed_in
from tests.factory.kit import bring, event
from tests.orders import kit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)  # a Monday
TODAY = NOW.date()
MONTH = Period(TODAY - timedelta(days=29), TODAY)


@pytest.fixture(autouse=True)
def noon(papers_folder: None) -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def units(count: int) -> list[WorkOrder]:
    """So many work orders, ordered ten days ago."""
    kit.import_lamp()
    found = []
    for _number in range(count):
        placed = kit.order(kit.whole_design())
        Order.objects.filter(pk=placed.pk).update(placed_at=NOW - timedelta(days=10))
        found += services.release_work_orders(order_id=placed.pk)
    return found


def finish(work_order: WorkOrder, days_ago: int, due_ago: int) -> None:
    bring(work_order, "finished")
    when = NOW - timedelta(days=days_ago)
    WorkOrder.objects.filter(pk=work_order.pk).update(
        finished_at=when, due_on=TODAY - timedelta(days=due_ago)
    )
    WorkOrderOperation.objects.filter(work_order=work_order).update(done_at=when)


def table(name: str, period: Period = MONTH) -> list[list[Any]]:
    return [list(row) for row in pages.section(pages.Facts(period), name).table.rows]


def whole(name: str) -> list[Any]:
    return table(name)[-1][1:]


def test_a_rank_is_one_of_the_values() -> None:
    assert rank([], 90) is None
    assert rank([7], 90) == 7
    assert rank(range(1, 11), 90) == 9
    assert rank(range(1, 11), 50) == 5
    assert rank(range(1, 12), 90) == 10


def test_promises_are_decided_once_kept_or_broken() -> None:
    early, late, open_late, due_today, gone, old = units(6)
    finish(early, days_ago=5, due_ago=1)
    finish(late, days_ago=2, due_ago=5)  # 3 days late
    WorkOrder.objects.filter(pk=open_late.pk).update(due_on=TODAY - timedelta(days=4))
    WorkOrder.objects.filter(pk=due_today.pk).update(due_on=TODAY)  # not decided yet
    bring(gone, "canceled")
    WorkOrder.objects.filter(pk=gone.pk).update(due_on=TODAY - timedelta(days=4))
    finish(old, days_ago=40, due_ago=30)  # kept, but long ago
    assert whole("promises") == [3, 1, 33.3, 4]
    before = Period(MONTH.first - timedelta(days=30), MONTH.first - timedelta(days=1))
    assert table("promises", before)[-1][1:] == [1, 1, 100.0, 0]


def test_lead_time_counts_from_the_order() -> None:
    for work_order, days_ago in zip(units(3), (1, 4, 4), strict=True):
        finish(work_order, days_ago, due_ago=0)
    assert whole("lead-time") == [3, 6.0, 9.0]


def test_first_pass_yield_counts_rework_and_scrap() -> None:
    good, mended, scrapped = units(3)
    finish(good, days_ago=3, due_ago=0)
    event(bring(mended, "rework"), "start cut")
    event(event(event(mended, "done cut"), "start fit"), "done fit")
    bring(scrapped, "scrapped")
    assert whole("first-pass-yield") == [3, 1, 33.3]
    assert table("rework") == [["scratch or flaw in the surface", 1, 1, 2, 100.0]]


def test_set_ups_are_shared_by_what_is_alike_on_one_day() -> None:
    kit.import_lamp()
    choices = [kit.CHOICES, kit.CHOICES, {**kit.CHOICES, "height": 500}, kit.CHOICES]
    for number, chosen in enumerate(choices):
        placed = kit.order(kit.started(chosen, kit.TEXT))
        (work_order,) = services.release_work_orders(order_id=placed.pk)
        finish(work_order, days_ago=1 + (number == 3), due_ago=0)
    (saw, *_more) = [row for row in table("set-up") if row[1] and row[0] == "Saw"]
    setup = WorkOrderOperation.objects.filter(code="cut")[0].setup_minutes
    # Height is measured piece by piece: three of the four share a set-up, the fourth is alone.
    assert saw == ["Saw", 4, 2, float(4 * setup), float(2 * setup), 50.0]


def test_load_is_what_is_booked_of_what_the_calendar_has() -> None:
    kit.import_lamp()
    saw = WorkCenter.objects.get(code="saw")
    day = TODAY - timedelta(days=3)
    DayLoad.objects.create(work_center=saw, day=day, capacity=480, booked=240)
    Closure.objects.create(first_day=TODAY, last_day=TODAY)
    rows = {row[0]: row[1:4] for row in table("load", Period(day, TODAY))}
    assert rows["Saw"] == [480, 240, 50.0]  # Friday; a weekend; closed on Monday
    assert rows["Bench"] == [480, 0, 0.0]


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "America/New_York"])
def test_days_are_those_of_the_factory(zone: str, settings: Any) -> None:
    settings.TIME_ZONE = zone
    period = Period(date(2026, 10, 20), date(2026, 11, 20))  # clocks change in it
    (work_order,) = units(1)
    bring(work_order, "finished")
    for hour in range(0, 24 * 30, 11):
        at = period.start + timedelta(hours=hour, minutes=59)
        WorkOrderOperation.objects.update(done_at=at, setup_key=hour)
        WorkOrder.objects.update(finished_at=at)
        day = at.date()
        (row,) = [r for r in pages.Facts(Period(day, day)).setups if r.center == "saw"]
        assert row.operations == 1
        assert len(pages.Facts(Period(day, day)).leads[0].took) == 1


# The page


def test_the_page_tells_each_figure_and_its_numbers(lead: Client) -> None:
    first, second = units(2)
    finish(first, days_ago=2, due_ago=1)
    bring(second, "scrapped")
    page = lead.get("/factory/figures/").text
    for section in pages.sections(pages.Facts(MONTH)):
        assert section.definition in page
        assert f'id="{section.name}-title"' in page
        assert f"/factory/figures/{section.name}.xlsx?from=2026-11-01&amp;to=2026-11-30" in page
    assert 'style="' not in page
    assert page.count('role="img"') == 6


def test_an_empty_factory_has_no_figures_but_a_page(lead: Client) -> None:
    page = lead.get("/factory/figures/")
    assert (page.status_code, page.text.count("Nothing in this period.")) == (200, 6)


@pytest.mark.parametrize("role", ["", "factory operator", "catalog admin", "marketer"])
def test_figures_are_for_leads(role: str) -> None:
    client = signed_in(role)
    for path in ("", "load.csv", "load.xlsx"):
        assert client.get(f"/factory/figures/{path}").status_code == 403


def test_only_leads_are_led_there() -> None:
    assert "/factory/figures/" in signed_in("factory lead").get("/factory/").text
    assert "/factory/figures/" not in signed_in("factory operator").get("/factory/").text


@pytest.mark.parametrize(
    ("fields", "field", "told"),
    [
        ({"from": "soon"}, "from", "This is no day"),
        ({"to": "2026-02-30"}, "to", "This is no day"),
        ({"to": "\x00"}, "to", "This is no day"),
        ({"from": "2026-11-30", "to": "2026-11-01"}, "to", "before it begins"),
        ({"from": "2020-01-01", "to": "2026-11-01"}, "from", "more than two years"),
        ({"from": "0001-01-01"}, "from", "between the years"),
        ({"from": "9999-12-31"}, "from", "between the years"),
    ],
)
def test_a_bad_period_is_told_at_its_field(
    fields: dict[str, str], field: str, told: str, lead: Client
) -> None:
    with pytest.raises(BadPeriod) as bad:
        asked(fields)
    assert list(bad.value.errors) == [field]
    answer = lead.get("/factory/figures/", fields)
    assert answer.status_code == 422
    assert told in answer.text
    assert f'aria-describedby="{field}-error"' in answer.text
    assert lead.get("/factory/figures/load.csv", fields).status_code == 422


def test_plots_are_by_day_week_or_month() -> None:
    days = [Period(TODAY - timedelta(days=n - 1), TODAY) for n in (1, 7, 30, 365, 731)]
    assert [len(period.spans()) for period in days] == [1, 7, 6, 12, 25]
    for period in days:
        spans = period.spans()
        assert sum(span.days for span in spans) == period.days
        assert (spans[0].first, spans[-1].last) == (period.first, period.last)


# Files


def test_tables_are_exported(lead: Client) -> None:
    (work_order,) = units(1)
    finish(work_order, days_ago=2, due_ago=1)
    answer = lead.get("/factory/figures/promises.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Week", "Decided", "Kept", "Kept, %", "P90 of lateness, days"]
    assert rows[-1] == ["Whole period", "1", "1", "100.0", "0"]
    book = lead.get("/factory/figures/promises.xlsx")
    assert book.headers["Content-Type"] == XLSX
    assert "promises-2026-11-01-2026-11-30.xlsx" in book.headers["Content-Disposition"]
    assert lead.get("/factory/figures/nothing.csv").status_code == 404


def cells(book: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("evil", ["=1+1", "{=A1}", "@SUM(1)", "+1", "http://x.example", "-2"])
def test_no_text_becomes_a_formula(evil: str, lead: Client) -> None:
    sheet = cells(xlsx_bytes("T", [evil], [[evil, 1.5, date(2026, 11, 30)]]))
    root = ElementTree.fromstring(sheet)
    tags = {element.tag.split("}")[-1] for element in root.iter()}
    assert not tags & {"f", "hyperlinks"}
    kinds = [e.get("t") for e in root.iter() if e.tag.endswith("}c")]
    assert kinds == ["s", "s", None, None]  # texts are shared strings, the rest numbers
    (work_order,) = units(1)
    WorkOrderMove.objects.create(work_order=work_order, event="rework", after="x", cause=evil)
    rows = list(csv.reader(io.StringIO(lead.get("/factory/figures/rework.csv").text[1:])))
    assert rows[1][0].startswith("'") == evil.startswith(("=", "@", "+", "-"))


def test_a_sheet_takes_any_title() -> None:
    assert cells(xlsx_bytes("[a]:*?/\\'" + "x" * 60, ["h"], []))


def test_no_grid_is_so_fine_that_its_lines_read_alike() -> None:
    """A work order may take a few minutes, which are no day yet."""
    plot = charts.columns("x", "X", "", [charts.Point("May", 0.002)], plain)
    assert len({line.label for line in plot.lines}) == len(plot.lines)
    assert plot.columns[0].height < plot.height / 10
