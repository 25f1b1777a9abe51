"""The bench's pages and taps. A tap is answered with a page, or with JSON to a tablet."""

import mimetypes
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from orders.factory import queries, services, telling
from orders.factory.access import factory_staff
from orders.factory.bench import pages
from orders.factory.bench import queries as stations
from orders.factory.bench.finding import Found, Refused, at_station, scanned
from orders.factory.forms import forms_of
from orders.factory.models import WorkOrder, WorkOrderOperation
from orders.factory.people import is_lead
from orders.factory.responding import answer, fresh, is_tap, told_of
from orders.papers.pictures import in_media

STATION, AT_ONCE = "station", "scan_starts"
A_YEAR = 31_536_000
Step = WorkOrderOperation.State
TAPS: dict[str, Callable[..., WorkOrder]] = {
    "start": services.start_operation,
    "pause": services.pause_operation,
    "resume": services.resume_operation,
    "done": services.finish_operation,
}


@require_safe
@factory_staff
def bench(request: HttpRequest) -> HttpResponse:
    """The station's queue; asked by htmx with what was seen, nothing if nothing changed."""
    station = _station(request)
    if station is None or "choose" in request.GET:
        context = {"stations": stations.stations(), "station": station, **_common(request)}
        return fresh(render(request, "factory/bench/stations.html", context))
    found = stations.station_queue(station)
    if HtmxDetails(request) and "seen" in request.GET:
        if request.GET["seen"] == found.mark:
            return HttpResponse(status=204)
        page = pages.station_page(found)
        return render(request, "factory/bench/queue.html#tasks", {"page": page})
    context = {"page": pages.station_page(found), "station": station, **_common(request)}
    return fresh(render(request, "factory/bench/queue.html", context))


def _station(request: HttpRequest) -> stations.Station | None:
    code = request.COOKIES.get(STATION, "")
    return stations.station(code[:60]) if code.isascii() and code else None


def _common(request: HttpRequest) -> dict[str, Any]:
    return {
        "at_bench": True,
        "scan_starts": request.COOKIES.get(AT_ONCE) == "1",
        "key": uuid.uuid4().hex,
        "lead": is_lead(request.user),
        "lots": {},
        "ticked": [],
    }


@require_POST
@factory_staff
def choose_station(request: HttpRequest) -> HttpResponse:
    """This tablet stands at a work center from now on."""
    found = stations.station(request.POST.get("station", "")[:60])
    if found is None:
        raise Http404(_("There is no such work center."))
    response = redirect("factory:bench")
    at_once = "1" if request.POST.get("scan_starts") else "0"
    for name, value in ((STATION, found.code), (AT_ONCE, at_once)):
        response.set_cookie(
            name,
            value,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


@require_POST
@factory_staff
def scan(request: HttpRequest) -> HttpResponse:
    """From a code to what is to be done with it here; it may start at once."""
    station = _station(request)
    if station is None:
        return redirect("factory:bench")
    try:
        found = at_station(scanned(request.POST.get("code", "")), station.code)
        if request.COOKIES.get(AT_ONCE) == "1" and found.operation.state == Step.WAITING:
            _start(request, found, station.code)
    except Refused as refusal:
        return refused(request, refusal, station)
    except services.NotPossible as refusal:
        told = Refused(telling.why_not(refusal), refusal.work_order)
        return refused(request, told, station)
    url = pages.unit_url(found.work_order.number)
    if not HtmxDetails(request):
        return redirect(url)
    # In one answer: between two the network might be lost.
    response = _unit(
        request, at_station(_work_order(found.work_order.number), station.code), station
    )
    response["HX-Push-Url"] = url
    return response


def _start(request: HttpRequest, found: Found, station: str) -> None:
    services.start_operation(
        work_order_id=found.work_order.pk,
        code=found.operation.code,
        station=station,
        **told_of(request),
    )


def refused(
    request: HttpRequest, refusal: Refused, station: stations.Station | None
) -> HttpResponse:
    """Why nothing is to be done here with it, and what to do instead."""
    context = {
        "refusal": refusal,
        "station": station,
        "code": request.POST.get("code", "")[:200],
        **_common(request),
    }
    status = 422 if refusal.work_order is None else 409
    return fresh(render(request, "factory/bench/refused.html", context, status=status))


@require_safe
@factory_staff
def unit(request: HttpRequest, number: str) -> HttpResponse:
    """What is to be done with it here and now."""
    work_order, station = _work_order(number), _station(request)
    if station is None:
        return redirect("factory:bench")
    try:
        found = at_station(work_order, station.code)
    except Refused as refusal:
        return refused(request, refusal, station)
    return _unit(request, found, station)


def _unit(request: HttpRequest, found: Found, station: stations.Station) -> HttpResponse:
    page = pages.unit_page(found.work_order, found.operation, timezone.now())
    context = {"unit": page, "station": station, **_common(request), **_forms(request, found)}
    if HtmxDetails(request) and request.GET.get("seen") == page.mark:
        return HttpResponse(status=204)
    return fresh(render(request, "factory/bench/unit.html", context))


def _forms(request: HttpRequest, found: Found) -> dict[str, Any]:
    """What may be done here beside the work itself; to cancel one goes to the work order's page."""
    forms = forms_of(found.work_order, lead=is_lead(request.user))
    return {"forms": [form for form in forms if form.event != "cancel"]}


def _work_order(number: str) -> WorkOrder:
    try:
        return queries.work_order(number)
    except WorkOrder.DoesNotExist:
        raise Http404(_("There is no work order with this number.")) from None


@require_POST
@factory_staff
def tap(request: HttpRequest, number: str, code: str, event: str) -> HttpResponse:
    """Move an operation: started, paused, resumed, done."""
    work_order, station = _work_order(number), _station(request)
    if event not in TAPS:
        raise Http404(_("There is no such event."))
    try:
        moved = _move(request, work_order, code, event, station.code if station else "")
    except services.NotPossible as refusal:
        told = telling.why_not(refusal)
        if is_tap(request):
            return answer(told, status=409)
        return refused(request, Refused(told, refusal.work_order), station)
    except services.BadEntry as error:
        if is_tap(request):
            return answer(str(error), status=422)
        return _again(request, work_order, code, error)
    told = _praise(event, moved, code)
    if is_tap(request):
        poll = pages.poll_url(moved, moved.operations.get(code=code))
        return answer(told, url=_next_url(event, moved), poll=poll)
    messages.success(request, told)
    return redirect(_next_url(event, moved))


def _move(
    request: HttpRequest, work_order: WorkOrder, code: str, event: str, station: str
) -> WorkOrder:
    more: dict[str, Any] = {}
    if event == "done":
        _see_checks(request, work_order, code)
        more = {"lots": _lots(request), "note": request.POST.get("note", "")}
    station = request.POST.get("station", "")[:60] or station
    return TAPS[event](
        work_order_id=work_order.pk, code=code, station=station, **told_of(request), **more
    )


def _see_checks(request: HttpRequest, work_order: WorkOrder, code: str) -> None:
    """BadEntry unless every point of the check list is ticked."""
    operation = work_order.operations.filter(code=code).first()
    ticked = set(request.POST.getlist("check"))
    points = len(operation.checks) if operation else 0
    left = 0 if "all" in ticked else len({str(n) for n in range(1, points + 1)} - ticked)
    if left:
        told = ngettext(
            "%(n)d point is not checked yet.", "%(n)d points are not checked yet.", left
        )
        raise services.BadEntry("check", told % {"n": left})


def _lots(request: HttpRequest) -> dict[str, str]:
    lots = {name: text for name, text in request.POST.items() if name.startswith("lot-")}
    return {name.removeprefix("lot-"): str(text) for name, text in lots.items()}


def _again(
    request: HttpRequest, work_order: WorkOrder, code: str, error: services.BadEntry
) -> HttpResponse:
    """The operation once more, with what was entered and what is wrong with it."""
    operation = work_order.operations.filter(code=code).first()
    if operation is None:
        raise Http404(_("There is no such operation.")) from None
    context = {
        "unit": pages.unit_page(work_order, operation, timezone.now()),
        "station": _station(request),
        **_common(request),
        "error": str(error),
        "ticked": request.POST.getlist("check"),
        "lots": _lots(request),
    }
    return fresh(render(request, "factory/bench/unit.html", context, status=422))


def _praise(event: str, moved: WorkOrder, code: str) -> str:
    operation = moved.operations.get(code=code)
    facts = {"operation": telling.operation_name(operation), "number": moved.number}
    if event == "done" and moved.state == WorkOrder.State.FINISHED:
        return _("%(number)s is finished. Well done!") % facts
    if event == "done":
        after = [o for o in moved.operations.all() if o.ready and o.state == Step.WAITING]
        if after:
            facts["next"] = telling.steps_at(after)
            return _("“%(operation)s” is done. Next comes %(next)s.") % facts
    return {
        "start": _("“%(operation)s” is started. Good work!"),
        "pause": _("“%(operation)s” is paused."),
        "resume": _("“%(operation)s” goes on."),
        "done": _("“%(operation)s” is done."),
    }[event] % facts


def _next_url(event: str, moved: WorkOrder) -> str:
    """After a unit is done or paused, the station's queue; else on with it."""
    on = event in ("start", "resume")
    return pages.unit_url(moved.number) if on else reverse("factory:bench")


@require_safe
@factory_staff
def operation_picture(request: HttpRequest, number: str, code: str, n: int) -> HttpResponse:
    """One of the operation's own pictures."""
    operation = _work_order(number).operations.filter(code=code).first()
    places = operation.pictures if operation else []
    if not 1 <= n <= len(places):
        raise Http404(_("There is no such picture."))
    return picture_at(str(places[n - 1]))


def picture_at(place: str) -> HttpResponse:
    """A picture file under MEDIA_ROOT; whatever lies elsewhere is not found."""
    kind = mimetypes.guess_type(place)[0] or ""
    try:
        path = in_media(place)
    except ValueError:
        raise Http404(_("There is no such picture.")) from None
    if not kind.startswith("image/") or not path.is_file():
        raise Http404(_("There is no such picture."))
    response = HttpResponse(path.read_bytes(), content_type=kind)
    patch_cache_control(response, private=True, immutable=True, max_age=A_YEAR)
    return response
