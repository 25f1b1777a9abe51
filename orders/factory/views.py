"""The factory's pages: the queue, a work order, its paper and its picture, and the scan box."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from configurator.catalog import queries as catalog
from configurator.catalog.configuration import Configuration
from configurator.wizard.preview import render_picture
from orders.factory import codes, pages, queries, services, sheets, telling
from orders.factory.access import factory_staff
from orders.factory.models import WorkOrder
from orders.factory.queries import Asked
from orders.papers.pen import Size

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
    return _fresh(render(request, "factory/queue.html", {"page": pages.queue_page(found)}))


def _asked(request: HttpRequest) -> Asked:
    show = request.GET.get("show", "open")
    return Asked(
        show=show if show in queries.FILTERS else "open",
        search=request.GET.get("q", "").replace("\x00", "").strip()[: queries.LONGEST_SEARCH],
        page=request.GET.get("page", "1")[:9],
    )


def _fresh(response: HttpResponse) -> HttpResponse:
    """Never from a cache: going back shows the state as it is."""
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
@factory_staff
def work_order(request: HttpRequest, number: str) -> HttpResponse:
    """One work order; asked by htmx, only its state, and nothing if nothing changed."""
    page = pages.work_order_page(_work_order(number), timezone.localdate())
    if HtmxDetails(request):
        if request.GET.get("seen") == page.mark:
            return HttpResponse(status=204)
        return render(request, "factory/work_order.html#state", {"page": page})
    return _fresh(render(request, "factory/work_order.html", {"page": page}))


@require_POST
@factory_staff
def start(request: HttpRequest, number: str) -> HttpResponse:
    """Begin to build it."""
    return _move(request, number, services.start, _("%(number)s is started. Good work!"))


@require_POST
@factory_staff
def finish(request: HttpRequest, number: str) -> HttpResponse:
    """It is built."""
    return _move(request, number, services.finish, _("%(number)s is finished. Well done!"))


def _move(
    request: HttpRequest, number: str, move: Callable[..., WorkOrder], praise: str
) -> HttpResponse:
    found = _work_order(number)
    version = request.POST.get("version", "")
    seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None
    try:
        move(work_order_id=found.pk, by=request.user, version=seen)
    except services.NotPossible as refusal:
        return _conflict(request, found.number, telling.why_not(refusal))
    messages.success(request, praise % {"number": found.number})
    return redirect("factory:work_order", found.number)


def _conflict(request: HttpRequest, number: str, told: str) -> HttpResponse:
    """The work order as it truly is, and why nothing was done."""
    page = pages.work_order_page(_work_order(number), timezone.localdate())
    context = {"page": page, "refused": told}
    return _fresh(render(request, "factory/work_order.html", context, status=409))


@require_safe
@factory_staff
def scan(request: HttpRequest) -> HttpResponse:
    """From a scanned or typed code to its work order; what is wrong with it is said at the box."""
    code = request.GET.get("code", "")
    try:
        scanned = codes.read(code)
        found = queries.work_order(scanned.number)
    except codes.UnreadableCode:
        return _not_found(request, code, _("Only a part of a code was read. Please scan it again."))
    except WorkOrder.DoesNotExist:
        told = _("There is no work order %(number)s. Scan again, or type the number.")
        return _not_found(request, code, told % {"number": scanned.number[:40]})
    if scanned.revision and not found.specification_id.startswith(scanned.revision):
        told = _("This paper is of another revision. Print the sheet again.")
        return _conflict(request, found.number, told)
    return redirect("factory:work_order", found.number)


def _not_found(request: HttpRequest, code: str, told: str) -> HttpResponse:
    found = queries.queue(Asked())
    context = {"page": pages.queue_page(found), "code": code[:200], "unread": told}
    return _fresh(render(request, "factory/queue.html", context, status=422))


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
        return _fresh(render(request, "factory/waiting.html", context, status=202))
    response = HttpResponse(printed, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.number}-{paper_size}.pdf"'
    patch_cache_control(response, private=True, no_cache=True)
    return response


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
    patch_cache_control(response, private=True, immutable=True, max_age=31_536_000)
    return response
