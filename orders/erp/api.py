"""The JSON API, version 1, under /api/v1/. Its OpenAPI document is at /api/v1/openapi.json."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from configurator.capacity import stock
from configurator.capacity.models import StockItem
from orders.api_documents import DocumentedOnce
from orders.api_problems import first_wrong
from orders.erp import queries, records, schemas, tokens
from orders.erp.models import ApiToken
from orders.factory import services
from orders.factory.models import WorkOrder
from orders.factory.telling import why_not


class Bearer(HttpBearer):
    """`Authorization: Bearer cz_…`"""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        return tokens.token_of(token[:200])


class Refused(Exception):
    """An answer that is no success: an HTTP status with a problem."""

    def __init__(self, status: int, code: str, message: str, field: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.problem = {"code": code, "message": message, "field": field}


api = DocumentedOnce(
    title="Customerize",
    version="1",
    description="Work orders, their moves, and the demand for parts. See docs/erp.md.",
    auth=Bearer(),
    docs_url=None,
    urls_namespace="api-v1",
)
EVENTS: dict[str, Callable[..., WorkOrder]] = {
    "start": services.start,
    "pause": services.pause,
    "resume": services.resume,
    "finish": services.finish,
    "ship": services.ship,
}
"""What an ERP may report; what needs a person to decide is left to the bench."""
Problems = {401: schemas.Problem, 404: schemas.Problem, 422: schemas.Problem}


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return api.create_response(request, error.problem, status=error.status)


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    message = "Send a valid token: Authorization: Bearer cz_…"
    answer = api.create_response(
        request, {"code": "unauthorized", "message": message, "field": ""}, status=401
    )
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(HttpError)
def _not_readable(request: HttpRequest, error: HttpError) -> HttpResponse:
    problem = {"code": "unreadable", "message": str(error), "field": ""}
    return api.create_response(request, problem, status=error.status_code)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The first thing that is wrong, with its field."""
    place, first = first_wrong(error)
    problem = {"code": "invalid", "message": str(first.get("msg", "Invalid")), "field": place}
    return api.create_response(request, problem, status=422)


def needs_write(request: HttpRequest) -> None:
    """Refused with 403 for a token that may only read."""
    token: Any = getattr(request, "auth", None)
    if token is None or token.scope != ApiToken.Scope.WRITE:
        raise Refused(403, "forbidden", "This token may only read.")


def found(number: str) -> WorkOrder:
    """A work order by its number. Refused with 404."""
    row = queries.work_order(number)
    if row is None:
        raise Refused(404, "not_found", f"There is no work order {number[:40]}.", "number")
    return row


def known_state(state: str) -> str:
    if state not in WorkOrder.State.values:
        allowed = ", ".join(WorkOrder.State.values)
        raise Refused(422, "invalid", f"No such state; there are {allowed}.", "state")
    return state


@api.get("/work-orders", response={200: schemas.WorkOrderPage, **Problems}, tags=["work orders"])
def list_work_orders(request: HttpRequest, asked: Query[schemas.WorkOrdersAsked]) -> Any:
    """Work orders by number; `after` is the last number of the page before."""
    states = [known_state(each) for each in asked.state]
    rows = queries.page(states, asked.due_until, asked.changed_since, asked.after, asked.limit)
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    return {
        "items": [records.work_order(row) for row in rows],
        "next": rows[-1].number if more else None,
    }


@api.get(
    "/work-orders/{number}",
    response={200: schemas.WorkOrderWhole, **Problems},
    tags=["work orders"],
)
def get_work_order(request: HttpRequest, number: str) -> Any:
    """One work order with its choices, parts and operations."""
    return records.whole_work_order(found(number))


@api.post(
    "/work-orders/{number}/events",
    response={200: schemas.WorkOrderHead, 403: schemas.Problem, 409: schemas.Problem, **Problems},
    tags=["work orders"],
)
def report_event(request: HttpRequest, number: str, told: schemas.EventIn) -> Any:
    """A move that was made elsewhere; 409 says why it can't be made and changes nothing."""
    needs_write(request)
    moved = EVENTS.get(told.event)
    if moved is None:
        raise Refused(422, "invalid", f"No such event; there are {', '.join(EVENTS)}.", "event")
    row = found(number)
    try:
        moved(work_order_id=row.pk, by=None, key=told.key, station="API")
    except services.NotPossible as refusal:
        raise Refused(409, "not_possible", why_not(refusal), "event") from None
    return records.work_order(found(number))


@api.get("/events", response={200: schemas.EventPage, **Problems}, tags=["events"])
def list_events(request: HttpRequest, asked: Query[schemas.EventsAsked]) -> Any:
    """Every move since one that you know: the same as the webhooks tell, for who likes to ask."""
    moves = queries.moves(asked.after, asked.limit)
    return {
        "items": [records.event(move) for move in moves],
        "next": moves[-1].pk if moves else asked.after,
    }


@api.get("/parts-demand", response={200: list[schemas.DemandLine], **Problems}, tags=["parts"])
def parts_demand(request: HttpRequest, due_until: date | None = None) -> Any:
    """What all open work orders need, by part number."""
    return records.demand(due_until)


@api.get("/stock", response={200: list[schemas.StockOut], **Problems}, tags=["parts"])
def list_stock(request: HttpRequest) -> Any:
    """Every part of which stock is kept."""
    return [records.stock_item(item) for item in queries.stock()]


@api.put(
    "/stock/{number}",
    response={200: schemas.StockOut, 403: schemas.Problem, 409: schemas.Problem, **Problems},
    tags=["parts"],
)
def count_stock(request: HttpRequest, number: str, told: schemas.StockIn) -> Any:
    """Say how much there is; who waits for it gets it. 409 if more than that is reserved."""
    needs_write(request)
    try:
        return records.stock_item(stock.count(number=number[:60], quantity=told.on_hand))
    except StockItem.DoesNotExist:
        message = f"No stock is kept of {number[:60]}; give the part an opening stock first."
        raise Refused(404, "not_found", message, "number") from None
    except stock.NotThatMany as refusal:
        message = f"{refusal.item.reserved} of it are reserved."
        raise Refused(409, "reserved", message, "on_hand") from None
