"""The shapes of the API, as its OpenAPI document tells them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema
from pydantic import field_validator

Words = dict[str, str]  # a text by language


MOST = 200  # rows of a page
FIRST_YEAR, LAST_YEAR = 1970, 9998  # so that it is a moment in any zone


class WorkOrdersAsked(Schema):
    """Which work orders are asked for."""

    state: list[str] = Field(default_factory=list)
    due_until: date | None = None
    changed_since: datetime | None = None
    after: str = Field("", max_length=40)
    limit: int = Field(50, ge=1, le=MOST)

    @field_validator("changed_since")
    @classmethod
    def _in_a_year_that_databases_know(cls, moment: datetime | None) -> datetime | None:
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValueError(f"Choose a moment between the years {FIRST_YEAR} and {LAST_YEAR}.")
        return moment


class EventsAsked(Schema):
    """Which events are asked for: those with a higher id."""

    after: int = Field(0, ge=0, le=2**62)
    limit: int = Field(100, ge=1, le=MOST)


class Problem(Schema):
    """What is wrong with a request, and where."""

    code: str
    message: str
    field: str = ""


class WorkOrderHead(Schema):
    number: str
    order: str
    line: int
    attempt: int
    state: str
    version: int = Field(description="Rises with every move.")
    quantity: int
    due_on: date
    product: str
    product_name: Words
    specification: str = Field(description="SHA-256 of what is built.")
    revision: int
    released_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    shipped_at: datetime | None
    hold_reason: str


class ChoiceOut(Schema):
    option: str
    value: Any
    label: Words


class PartOut(Schema):
    number: str
    code: str
    name: Words
    material: Words
    quantity: str = Field(description="Exact, for the whole work order.")
    scrap: str = Field(description="On top of the quantity: lost on the way.")
    unit: str
    bin: str
    operation: str
    cut_mm: list[str | None]


class OperationOut(Schema):
    code: str
    name: Words
    work_center: str
    state: str
    setup_minutes: str
    run_minutes: str
    worked_minutes: str
    after: list[str]
    started_at: datetime | None
    done_at: datetime | None


class WorkOrderWhole(WorkOrderHead):
    choices: list[ChoiceOut]
    parts: list[PartOut]
    operations: list[OperationOut]


class WorkOrderPage(Schema):
    items: list[WorkOrderHead]
    next: str | None = Field(description="The `after` of the next page; null on the last.")


class EventOut(Schema):
    id: int
    type: str = Field(examples=["work_order.released"])
    at: datetime
    before: str
    after: str
    operation: str | None
    cause: str
    work_order: dict[str, Any]


class EventPage(Schema):
    items: list[EventOut]
    next: int = Field(description="The `after` with which to ask for what comes then.")


class DemandLine(Schema):
    number: str
    name: Words
    unit: str
    quantity: str
    scrap: str
    first_due_on: date


class EventIn(Schema):
    """A move that the ERP reports. The same `key` counts once, however often it is sent."""

    event: str = Field(examples=["start", "finish", "ship"])
    key: str = Field(min_length=8, max_length=64, pattern=r"^[!-~]+$")


class StockOut(Schema):
    number: str
    name: str
    on_hand: str
    reserved: str = Field(description="For orders that are placed or just being placed.")
    free: str


class StockIn(Schema):
    """How much there is now: counted, not added."""

    on_hand: Decimal = Field(ge=0, max_digits=14, decimal_places=3)
