"""The factory's pages: the queue, a work order, its paper and its picture, and the scan box."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from configurator.catalog import queries as catalog
from configurator.catalog.configuration import Configuration
from configurator.wizard.preview import render_picture
from orders.factory import change_sheets, codes, move_views, pages, queries, sheets
from orders.factory.access import factory_staff
from orders.factory.bench.finding import Refused, scanned
from orders.factory.models import WorkOrder
from orders.factory.people import is_lead
from orders.factory.queries import Asked
from orders.factory.responding import fresh
from orders.papers.pen import Size
from orders.papers.serving import pdf_response

PAPER_SIZES: dict[str, Size] = {"a4": "A4", "letter": "letter"}
PICTURE_WIDTHS = (240, 1200)


def _work_order(number: str) -> WorkOrder:
    try:
        return queries.work_order(number)
    except WorkOrder.DoesNotExist:
        raise Http404(_("There is no work order with this number.")) from None


@require_safe
@factory_staff
def queue(request: HttpRequest) -> HttpResponse:
    """The work orders; asked by htmx, only the list, and nothing if nothing changed."""
    found = queries.queue(_asked(request))
    if HtmxDetails(request):
        if request.GET.get("seen") == found.mark:
            return HttpResponse(status=204)
        page = pages.queue_page(found, set(request.GET.getlist("work_order")))
        return render(request, "factory/queue.html#list", {"page": page})
    return fresh(render(request, "factory/queue.html", {"page": pages.queue_page(found)}))


def _asked(request: HttpRequest) -> Asked:
    show = request.GET.get("show", "open")
    return Asked(
        show=show if show in queries.FILTERS else "open",
        search=request.GET.get("q", "").replace("\x00", "").strip()[: queries.LONGEST_SEARCH],
        page=request.GET.get("page", "1")[:9],
    )


@require_safe
@factory_staff
def work_order(request: HttpRequest, number: str) -> HttpResponse:
    """One work order; asked by htmx, only its state, and nothing if nothing changed."""
    found = _work_order(number)
    if not HtmxDetails(request):
        return move_views.show(request, found)
    page = pages.work_order_page(found, timezone.localdate(), lead=is_lead(request.user))
    if request.GET.get("seen") == page.mark:
        return HttpResponse(status=204)
    context = {"page": page, "key": uuid.uuid4().hex}
    return render(request, "factory/work_order.html#state", context)


@require_safe
@factory_staff
def scan(request: HttpRequest) -> HttpResponse:
    """From a scanned or typed code to its work order; what is wrong with it is said at the box."""
    code = request.GET.get("code", "")
    try:
        found = scanned(code)
    except Refused as refusal:
        if refusal.work_order is None:
            return _not_found(request, code, refusal.told)
        return move_views.show(
            request, refusal.work_order, refused=refusal.told, changes=refusal.stale, status=409
        )
    return redirect("factory:work_order", found.number)


def _not_found(request: HttpRequest, code: str, told: str) -> HttpResponse:
    found = queries.queue(Asked())
    context = {"page": pages.queue_page(found), "code": code[:200], "unread": told}
    return fresh(render(request, "factory/queue.html", context, status=422))


@require_safe
@factory_staff
def paper(request: HttpRequest, number: str, size: str) -> HttpResponse:
    """The build sheet to print, or a page that waits for it."""
    paper_size = PAPER_SIZES.get(size.lower())
    if paper_size is None:
        raise Http404(_("There is no such paper size."))
    found = _work_order(number)
    printed = sheets.printed(found, paper_size)
    if printed is None:
        context = {"work_order": found, "failed": sheets.failed_job(found)}
        return fresh(render(request, "factory/waiting.html", context, status=202))
    return pdf_response(printed, f"{found.number}-{paper_size}")


@require_safe
@factory_staff
def change_sheet(request: HttpRequest, number: str, size: str) -> HttpResponse:
    """What the last change of a work order is, to print; or a page that waits for it."""
    paper_size = PAPER_SIZES.get(size.lower())
    found = _work_order(number)
    revision = change_sheets.latest(found)
    if paper_size is None or revision is None:
        raise Http404(_("Nothing about it was changed."))
    printed = change_sheets.printed(revision, paper_size)
    if printed is None:
        failed = sheets.failed_job(found, "factory.render_change_sheet")
        context = {"work_order": found, "failed": failed}
        return fresh(render(request, "factory/waiting.html", context, status=202))
    return pdf_response(printed, f"{found.number}-change-{revision.revision}-{paper_size}")


@require_safe
@factory_staff
def picture(request: HttpRequest, number: str) -> HttpResponse:
    """The product as it was designed, small or large (`w`)."""
    specification = _work_order(number).specification
    product = catalog.released(specification.release_id)
    configuration = Configuration.from_json(specification.content["configuration"])
    width = PICTURE_WIDTHS[request.GET.get("w") == str(PICTURE_WIDTHS[1])]
    data = render_picture(product, configuration, width=width, format="jpeg")
    response = HttpResponse(data, content_type="image/jpeg")
    if request.GET.get("v") == codes.short_hash(specification.pk):
        patch_cache_control(response, private=True, immutable=True, max_age=31_536_000)
    else:  # the design may be changed
        patch_cache_control(response, private=True, no_cache=True)
    return response
