"""The page of what customers do with a product, and its numbers as files."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from configurator.catalog.drafts import read_content
from configurator.catalog.models import Product
from orders.factory.figures import period
from orders.factory.figures.period import BadPeriod, Period
from orders.insight.liking import liking
from orders.insight.pages import MOST_LINES, MOST_OPTIONS, TABLES, Figures
from orders.tables import csv_response

VIEW = "catalog.view_product"
QUICK = (7, 30, 90, 365)


def _product_or_404(request: HttpRequest, product_id: int) -> Product:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    return get_object_or_404(Product, pk=product_id)


def insight(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """The figures of a period; `rule` narrows what was wanted to what this rule turned away."""
    product = _product_or_404(request, product_id)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    rule = request.GET.get("rule", "")[:80]
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Insight: %(product)s") % {"product": product.name},
        "opts": Product._meta,
        "product": product,
        "rule": rule,
    }
    try:
        chosen = period.asked(request.GET.dict())
    except BadPeriod as bad:
        fields = {name: request.GET.get(name, "")[:40] for name in ("from", "to")}
        context |= {"fields": fields, "errors": bad.errors, "quick": _quick(None)}
        return _answer(request, context, 422)
    context |= {
        "fields": {"from": chosen.first.isoformat(), "to": chosen.last.isoformat()},
        "query": _query(chosen),
        "quick": _quick(chosen),
        **_figures(Figures(product, read_content(product), chosen), rule),
    }
    return _answer(request, context, 200)


def _answer(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    response = TemplateResponse(request, "admin/catalog/insight/page.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _figures(figures: Figures, rule: str) -> dict[str, Any]:
    lines = figures.wanted(rule)
    options = figures.options()
    return {
        "figures": figures,
        "liking": liking(figures),
        "chosen": figures.chosen,
        "options": options[:MOST_OPTIONS],
        "more_options": len(options) - MOST_OPTIONS,
        "leaving": figures.leaving(),
        "leaving_bars": figures.leaving_bars() if figures.chosen.left else None,
        "lines": lines[:MOST_LINES],
        "more_lines": len(lines) - MOST_LINES,
        "asked": sum(line.demand.asked for line in lines),
        "turned_away": sum(line.demand.turned_away for line in lines),
        "rule_bars": figures.rule_bars() if figures.demand and not rule else None,
    }


def _quick(chosen: Period | None) -> list[tuple[int, str, bool]]:
    """Periods up to today: days, the link's query, and whether it is shown."""
    found = [(days, period.latest(days)) for days in QUICK]
    return [(days, _query(each), each == chosen) for days, each in found]


def _query(chosen: Period) -> str:
    return urlencode({"from": chosen.first.isoformat(), "to": chosen.last.isoformat()})


def download(site: AdminSite, request: HttpRequest, product_id: int, figure: str) -> HttpResponse:
    """The numbers of one figure as CSV."""
    product = _product_or_404(request, product_id)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if figure not in (*TABLES, "liking"):
        raise Http404(_("There is no such table."))
    try:
        chosen = period.asked(request.GET.dict())
    except BadPeriod as bad:
        return HttpResponse(" ".join(bad.errors.values()), status=422, content_type="text/plain")
    figures = Figures(product, read_content(product), chosen)
    found = liking(figures).table() if figure == "liking" else figures.table(figure)
    name = f"{product.slug}-{figure}-{chosen.first}-{chosen.last}"
    return csv_response(name, found.header, found.rows)
