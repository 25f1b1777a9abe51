"""Printing: choose papers over many work orders, watch them being drawn, open the files."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from orders.factory import print_pages, printing, queries
from orders.factory.access import factory_staff
from orders.factory.models import PrintBatch, WorkOrder
from orders.factory.papers.kinds import KINDS, addressed
from orders.factory.people import is_lead
from orders.factory.print_pages import Form
from orders.factory.printing import MOST, VOID, NotPrintable
from orders.factory.queries import Asked
from orders.papers import store
from orders.papers.pen import Size

SIZES: dict[str, Size] = {"a4": "A4", "letter": "letter"}
TYPES = {store.PDF: "application/pdf", store.ZPL: "application/zpl"}
LOOKED_UP = MOST * 5  # numbers that are looked at at all


@require_http_methods(["GET", "HEAD", "POST"])
@factory_staff
def print_papers(request: HttpRequest) -> HttpResponse:
    """Choose papers over the work orders that were selected; sent, a batch is drawn."""
    if request.method == "POST":
        return _print(request)
    if "all" in request.GET:
        show = request.GET.get("show", "open")
        asked = Asked(
            show if show in queries.FILTERS else "open",
            request.GET.get("q", "").replace("\x00", "").strip()[: queries.LONGEST_SEARCH],
        )
        found, more = queries.matching(asked, MOST)
    else:
        found, more = queries.numbered(_numbers(request.GET.getlist("work_order")), MOST), 0
    return _form(request, Form(), found, more=more)


def _numbers(sent: list[str]) -> list[str]:
    return list(dict.fromkeys(number[:40] for number in sent))[:LOOKED_UP]


def _form(
    request: HttpRequest, form: Form, found: list[WorkOrder], *, more: int = 0
) -> HttpResponse:
    page = print_pages.print_page(form, found, addresses=is_lead(request.user), more=more)
    status = 422 if form.errors else 200
    return _fresh(render(request, "factory/print.html", {"page": page}, status=status))


def _fresh(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response


def _print(request: HttpRequest) -> HttpResponse:
    """Begin the batch, or the form again with what is wrong at its fields."""
    numbers = _numbers(request.POST.getlist("work_order"))
    papers = [code for code in request.POST.getlist("paper") if code in KINDS]
    size = SIZES.get(request.POST.get("size", "").lower())
    found = queries.numbered(numbers, LOOKED_UP)
    errors = _errors(request, found, numbers, papers, size)
    key = _key(request)
    if not errors and size:
        try:
            batch = printing.ask(
                key=key,
                by=_user(request),
                numbers=[work_order.number for work_order in found],
                papers=papers,
                size=size,
            )
        except NotPrintable as refusal:  # canceled in this very moment
            found = queries.numbered(numbers, LOOKED_UP)
            errors["work_order"] = _void(refusal.void)
        else:
            opened = "?open=1" if "open" in request.GET else ""
            return redirect(reverse("factory:print_batch", args=[batch.key]) + opened)
    return _form(request, Form(key, papers, size or "", errors), found)


def _errors(
    request: HttpRequest,
    found: list[WorkOrder],
    numbers: list[str],
    papers: list[str],
    size: str | None,
) -> dict[str, str]:
    """What keeps this from being printed, by field."""
    errors: dict[str, str] = {}
    void = [work_order for work_order in found if work_order.state in VOID]
    if len(found) > MOST:
        told = _("%(count)s work orders are too many: %(most)s can be printed at once.")
        errors["work_order"] = told % {"count": len(found), "most": MOST}
    elif void:
        errors["work_order"] = _void(void)
    elif not found:
        errors["work_order"] = _("No work order is selected. Tick the ones to print.")
    elif len(found) < len(numbers):
        gone = sorted(set(numbers) - {work_order.number for work_order in found})
        told = _("There is no work order %(number)s. It was left out; print the others?")
        errors["work_order"] = told % {"number": ", ".join(gone)[:200]}
    if not papers:
        errors["paper"] = _("Choose at least one kind of paper.")
    elif addressed(papers) and not is_lead(request.user):
        errors["paper"] = _("Papers with an address are printed by the lead.")
    if size is None:
        errors["size"] = _("There is no such paper size. Choose A4 or Letter.")
    return errors


def _void(void: Sequence[WorkOrder]) -> str:
    """Which of the selection are not built any more."""
    numbers = [work_order.number for work_order in void]
    told = ngettext(
        "%(numbers)s is not built any more. It is not ticked now; print the others?",
        "%(numbers)s are not built any more. They are not ticked now; print the others?",
        len(numbers),
    )
    return told % {"numbers": ", ".join(numbers[:20])}


def _key(request: HttpRequest) -> UUID:
    """The form's mark, by which sending it twice prints once."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _user(request: HttpRequest) -> User:
    assert request.user.is_authenticated  # factory_staff has seen to it
    return request.user


def _batch(key: UUID) -> PrintBatch:
    try:
        return queries.batch(key)
    except PrintBatch.DoesNotExist:
        raise Http404(_("There are no such papers.")) from None


@require_safe
@factory_staff
def batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """How far a batch is, and its files; asked by htmx, only that."""
    row = _batch(batch)
    told = print_pages.batch(row, addresses=is_lead(request.user), whole=True)
    name = "factory/print_batch.html"
    asked = HtmxDetails(request)
    if "open" in request.GET and len(told.files) == 1:  # one paper, to be printed now
        _name, _pages, url = told.files[0]
        return _fresh(HttpResponseClientRedirect(url) if asked else redirect(url))
    if "open" in request.GET:
        told = replace(told, url=f"{told.url}?open=1")
    if asked:
        name += "#progress"
    return _fresh(render(request, name, {"batch": told}))


@require_POST
@factory_staff
def again(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The same papers of the same work orders, as they are now; void ones are left out."""
    row = _batch(batch)
    if addressed(row.papers) and not is_lead(request.user):
        raise PermissionDenied
    work_orders = {printed.work_order for printed in queries.printed(row)}
    numbers = [w.number for w in work_orders if w.state not in VOID]
    try:
        copy = printing.ask(
            key=_key(request), by=_user(request), numbers=numbers, papers=row.papers, size=row.size
        )
    except NotPrintable:
        messages.error(request, _("None of these work orders is built any more."))
        return redirect("factory:print_batch", row.key)
    return redirect("factory:print_batch", copy.key)


@require_safe
@factory_staff
def file_of(request: HttpRequest, batch: UUID, file: str) -> HttpResponse:
    """A finished file; while it is being drawn, the page that waits for it."""
    row = _batch(batch)
    if addressed(row.papers) and not is_lead(request.user):
        raise PermissionDenied
    if row.state != PrintBatch.State.READY:
        return redirect("factory:print_batch", row.key)
    found = next((known for known in row.files if known["name"] == file), None)
    suffix = f".{file.rpartition('.')[2]}"
    data = store.read(found["sha"], suffix) if found else None
    if data is None:
        raise Http404(_("This file is not here any more. Print the papers again."))
    response = HttpResponse(data, content_type=TYPES[suffix])
    how = "inline" if suffix == store.PDF else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{row}-{file}"'
    patch_cache_control(response, private=True, no_cache=True)
    return response
