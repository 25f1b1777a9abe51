"""Moves of whole work orders by hand: paused, held, made again, given up, shipped."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from orders.factory import genealogy, pages, photos, queries, services, telling
from orders.factory.access import factory_lead, factory_staff
from orders.factory.board import history as history_of_plan
from orders.factory.forms import MoveForm, form_for, forms_of
from orders.factory.models import WorkOrder
from orders.factory.people import is_lead
from orders.factory.responding import answer, fresh, is_tap, told_of

MOVES: dict[str, Callable[..., WorkOrder]] = {
    "start": services.start,
    "finish": services.finish,
    "pause": services.pause,
    "resume": services.resume,
    "hold": services.hold,
    "unhold": services.unhold,
    "rework": services.rework,
    "scrap": services.scrap,
    "cancel": services.cancel,
    "ship": services.ship,
}
PRAISE = {
    "start": gettext_lazy("%(number)s is started. Good work!"),
    "finish": gettext_lazy("%(number)s is finished. Well done!"),
    "pause": gettext_lazy("%(number)s is paused."),
    "resume": gettext_lazy("%(number)s goes on."),
    "hold": gettext_lazy("%(number)s is on hold until somebody has answered."),
    "unhold": gettext_lazy("%(number)s goes on."),
    "rework": gettext_lazy("%(number)s goes back to be made better."),
    "scrap": gettext_lazy("%(number)s is scrapped; a new one is released in its place."),
    "cancel": gettext_lazy("%(number)s is canceled."),
    "ship": gettext_lazy("%(number)s is shipped."),
}


@require_POST
@factory_staff
def move(request: HttpRequest, number: str, event: str) -> HttpResponse:
    """What everybody in the factory may do with a work order."""
    return _move(request, number, event)


@require_POST
@factory_lead
def lead_move(request: HttpRequest, number: str, event: str) -> HttpResponse:
    """What only leads may do."""
    return _move(request, number, event)


def _move(request: HttpRequest, number: str, event: str) -> HttpResponse:
    found = _work_order(number)
    form = form_for(event, found, request.POST)
    told = {**told_of(request), "version": _version(request)}
    try:
        moved = MOVES[event](work_order_id=found.pk, **told, **_entered(request, form))
    except services.NotPossible as refusal:
        return _conflict(request, number, form, telling.why_not(refusal))
    except services.BadEntry as error:
        return _bad_entry(request, number, form, error)
    except services.NotAllowed:
        raise PermissionDenied from None
    praise = str(PRAISE[event]) % {"number": found.number}
    to_bench = request.POST.get("from") == "bench"
    url = pages.bench_url() if to_bench else pages.url_of(moved.number)
    if is_tap(request):
        return answer(praise, url=url)
    messages.success(request, praise)
    return redirect(url)


def _work_order(number: str) -> WorkOrder:
    try:
        return queries.work_order(number)
    except WorkOrder.DoesNotExist:
        raise Http404(_("There is no work order with this number.")) from None


def _version(request: HttpRequest) -> int | None:
    version = request.POST.get("version", "")
    valid = version.isascii() and version.isdigit() and len(version) < 10
    return int(version) if valid else None


def _entered(request: HttpRequest, form: MoveForm | None) -> dict[str, str]:
    if form is None:
        return {}
    entered = form.entered()
    if "photo" in form.fields:
        entered["photo"] = photos.keep(request.FILES.get("photo"))
    return entered


def _conflict(request: HttpRequest, number: str, form: MoveForm | None, told: str) -> HttpResponse:
    """The work order as it truly is, why nothing was done, and what was written."""
    if is_tap(request):
        return answer(told, status=409)
    if form is not None:
        _as_written(form)
    return show(request, _work_order(number), refused=told, form=form, status=409)


def _as_written(form: MoveForm) -> None:
    """Without errors of its own: only the services say what is wrong."""
    form.is_valid()
    form.errors.clear()


def _bad_entry(
    request: HttpRequest, number: str, form: MoveForm | None, error: services.BadEntry
) -> HttpResponse:
    """The form again, with all that was written and what is wrong with it."""
    if is_tap(request) or form is None:
        return answer(str(error), status=422)
    _as_written(form)
    form.add_error(error.field, str(error))
    return show(request, _work_order(number), form=form, status=422)


def show(
    request: HttpRequest,
    found: WorkOrder,
    *,
    refused: str = "",
    changes: object = (),
    form: MoveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The work order's page, with what went wrong if something did."""
    lead = is_lead(request.user)
    context = {
        "page": pages.work_order_page(found, timezone.localdate(), lead=lead),
        "forms": forms_of(found, lead=lead, sent=form),
        "refused": refused,
        "changes": changes,
        "key": uuid.uuid4().hex,
    }
    return fresh(render(request, "factory/work_order.html", context, status=status))


@require_safe
@factory_staff
def history(request: HttpRequest, number: str) -> HttpResponse:
    """Who did what, when, where and with which lots, also to what it was made anew from."""
    found = _work_order(number)
    planned = history_of_plan.entries_of(genealogy.numbers_of(found))
    context = {"page": genealogy.of(found, planned)}
    return fresh(render(request, "factory/history.html", context))


@require_safe
@factory_staff
def photo(request: HttpRequest, number: str, sha: str) -> HttpResponse:
    """A photo that was taken of this work order."""
    found = _work_order(number)
    shared = found.shared_photos.filter(photo=sha).exists()
    if not shared and not found.moves.filter(photo=sha).exists():
        raise Http404(_("There is no such picture."))
    try:
        data = photos.path_of(sha).read_bytes()
    except (OSError, ValueError):
        raise Http404(_("There is no such picture.")) from None
    response = HttpResponse(data, content_type="image/jpeg")
    patch_cache_control(response, private=True, immutable=True, max_age=31_536_000)
    return response
