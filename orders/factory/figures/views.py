"""The page of figures and its tables to download, for leads alone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from orders.factory.access import factory_lead
from orders.factory.figures import pages, period
from orders.factory.figures.period import BadPeriod, Period
from orders.tables import csv_response, xlsx_response

QUICK = (7, 30, 90, 365)


@require_safe
@factory_lead
def figures(request: HttpRequest) -> HttpResponse:
    """How the factory did in a period; a period that is none is told at its field."""
    context: dict[str, Any]
    try:
        chosen = period.asked(request.GET.dict())
    except BadPeriod as bad:
        fields = {name: request.GET.get(name, "")[:40] for name in ("from", "to")}
        context = {
            "fields": fields,
            "errors": bad.errors,
            "quick": _quick(None),
            "at_figures": True,
        }
        return _fresh(render(request, "factory/figures/page.html", context, status=422))
    context = {
        "fields": {"from": chosen.first.isoformat(), "to": chosen.last.isoformat()},
        "sections": pages.sections(pages.Facts(chosen)),
        "query": _query(chosen),
        "quick": _quick(chosen),
        "at_figures": True,
    }
    return _fresh(render(request, "factory/figures/page.html", context))


def _quick(chosen: Period | None) -> list[tuple[int, str, bool]]:
    """Periods up to today: days, the link's query, and whether it is shown."""
    found = [(days, period.latest(days)) for days in QUICK]
    return [(days, _query(each), each == chosen) for days, each in found]


def _query(chosen: Period) -> str:
    return urlencode({"from": chosen.first.isoformat(), "to": chosen.last.isoformat()})


@require_safe
@factory_lead
def download(request: HttpRequest, table: str, suffix: str) -> HttpResponse:
    """The numbers of one figure as a file."""
    if table not in pages.SECTIONS:
        raise Http404(_("There is no such table."))
    try:
        chosen = period.asked(request.GET.dict())
    except BadPeriod as bad:
        return HttpResponse(" ".join(bad.errors.values()), status=422, content_type="text/plain")
    found = pages.section(pages.Facts(chosen), table)
    name = f"{table}-{chosen.first}-{chosen.last}"
    if suffix == "xlsx":
        return xlsx_response(name, found.title, found.table.header, found.table.rows)
    return csv_response(name, found.table.header, found.table.rows)


def _fresh(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
