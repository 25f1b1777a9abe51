"""For the customer: the page where the workshop shows photos and parcels, and what is shown."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orders.factory import photos, queries
from orders.factory.access import factory_lead, factory_staff
from orders.factory.models import SharedPhoto, WorkOrder
from orders.factory.people import is_lead
from orders.factory.responding import fresh
from orders.factory.services import BadEntry, showing
from orders.factory.telling import operation_name


@require_http_methods(["GET", "HEAD", "POST"])
@factory_staff
def customer_page(request: HttpRequest, number: str) -> HttpResponse:
    """What the customer sees of this work order; and one more photo."""
    found = _work_order(number)
    if request.method != "POST":
        return _page(request, found)
    try:
        showing.share_photo(
            work_order=found,
            photo=_photo(request, found),
            caption=request.POST.get("caption", ""),
            operation=request.POST.get("operation", ""),
            by=request.user if request.user.is_authenticated else None,
        )
    except BadEntry as error:
        return _page(request, found, error)
    messages.success(request, _("The customer sees the photo now."))
    return redirect("factory:customer", found.number)


def _photo(request: HttpRequest, found: WorkOrder) -> str:
    """The hash of the photo that was sent, or of one that was taken of this work order before."""
    taken = request.POST.get("taken", "")
    if taken and found.moves.filter(photo=taken).exists():
        return taken
    return photos.keep(request.FILES.get("photo"))


@require_POST
@factory_staff
def withdraw(request: HttpRequest, number: str, photo: int) -> HttpResponse:
    """The customer sees this photo no more."""
    found = _work_order(number)
    showing.withdraw_photo(work_order=found, photo=photo)
    messages.success(request, _("The photo is withdrawn."))
    return redirect("factory:customer", found.number)


@require_POST
@factory_lead
def parcel(request: HttpRequest, number: str) -> HttpResponse:
    """How the customer can follow the parcel."""
    found = _work_order(number)
    written = {name: request.POST.get(name, "") for name in ("carrier", "number", "link")}
    try:
        showing.follow_parcel(work_order=found, **written)
    except BadEntry as error:
        return _page(request, found, error, written)
    messages.success(request, _("The customer can follow the parcel."))
    return redirect("factory:customer", found.number)


def _page(
    request: HttpRequest,
    found: WorkOrder,
    error: BadEntry | None = None,
    written: dict[str, str] | None = None,
) -> HttpResponse:
    shown = found.shared_photos.filter(withdrawn_at=None)
    taken = found.moves.exclude(photo="").exclude(photo__in=shown.values("photo"))
    names = [(each.code, operation_name(each)) for each in found.operations.all()]
    known = getattr(found, "parcel", None)
    context: dict[str, Any] = {
        "work_order": found,
        "photos": shown,
        "taken": sorted(set(taken.values_list("photo", flat=True))),
        "operations": names,
        "asked": request.POST.get("operation") or request.GET.get("operation", ""),
        "caption": request.POST.get("caption", ""),
        "parcel": written or known,
        "lead": is_lead(request.user),
        "wrong": error.field if error else "",
        "error": str(error) if error else "",
    }
    status = 422 if error else 200
    return fresh(render(request, "factory/customer.html", context, status=status))


def _work_order(number: str) -> WorkOrder:
    try:
        return queries.work_order(number)
    except WorkOrder.DoesNotExist:
        raise Http404(_("There is no work order with this number.")) from None


@require_safe
def shown(request: HttpRequest, token: str, photo: int) -> HttpResponse:
    """A photo that the workshop shows, for whoever has the order's address."""
    rows = SharedPhoto.objects.filter(work_order__line__order__token=token, withdrawn_at=None)
    found = get_object_or_404(rows, pk=photo)
    try:
        data = photos.path_of(found.photo).read_bytes()
    except (OSError, ValueError):
        raise Http404(_("There is no such picture.")) from None
    response = HttpResponse(data, content_type="image/jpeg")
    patch_cache_control(response, private=True, max_age=3600)
    return response
