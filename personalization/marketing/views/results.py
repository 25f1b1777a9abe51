"""Where the marketer's room begins: what needs somebody today, and what all of it brings."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from configurator.catalog.models import Product
from orders.factory.figures import period
from orders.factory.figures.period import BadPeriod, Period
from orders.tables import csv_response, xlsx_response
from personalization.marketing.results import asking, pages
from personalization.marketing.results.attention import matters
from personalization.marketing.results.pages import Facts
from personalization.people.marketers import marketer

QUICK = (7, 30, 90, 365)


@require_safe
@marketer()
def results(request: HttpRequest) -> HttpResponse:
    """All figures of a period; one that is none is told at its field."""
    product = _product(request)
    context: dict[str, Any] = {
        "products": Product.objects.order_by("name"),
        "product": product,
        "matters": matters(request.user) if isinstance(request.user, User) else [],
        "quick": [],
    }
    try:
        chosen = period.asked(request.GET.dict())
    except BadPeriod as bad:
        fields = {name: request.GET.get(name, "")[:40] for name in ("from", "to")}
        context |= {"fields": fields, "errors": bad.errors, "quick": _quick(None, product)}
        return render(request, "marketing/results/page.html", context, status=422)
    context |= {
        "fields": {"from": chosen.first.isoformat(), "to": chosen.last.isoformat()},
        "figures": pages.figures(Facts(chosen, product)),
        "waiting": asking.waiting(product),
        "query": _query(chosen, product),
        "quick": _quick(chosen, product),
    }
    return render(request, "marketing/results/page.html", context)


@require_safe
@marketer()
def download(request: HttpRequest, result: str, suffix: str) -> HttpResponse:
    """The numbers of one figure as a file."""
    product = _product(request)
    try:
        chosen = period.asked(request.GET.dict())
        found = pages.figure(Facts(chosen, product), result)
    except BadPeriod as bad:
        return HttpResponse(" ".join(bad.errors.values()), status=422, content_type="text/plain")
    except KeyError:
        raise Http404(_("There is no such table.")) from None
    name = "-".join(filter(None, [result, product, str(chosen.first), str(chosen.last)]))
    if suffix == "xlsx":
        return xlsx_response(name, found.title, found.table.header, found.table.rows)
    return csv_response(name, found.table.header, found.table.rows)


def _product(request: HttpRequest) -> str:
    """The product that is asked for; "" for all of them. 404 for none that there is."""
    slug = request.GET.get("product", "")
    if slug and not Product.objects.filter(slug=slug[:60]).exists():
        raise Http404(_("There is no such product."))
    return slug


def _quick(chosen: Period | None, product: str) -> list[tuple[int, str, bool]]:
    """Periods up to today: days, the link's query, and whether it is shown."""
    found = [(days, period.latest(days)) for days in QUICK]
    return [(days, _query(each, product), each == chosen) for days, each in found]


def _query(chosen: Period, product: str) -> str:
    asked = {"from": chosen.first.isoformat(), "to": chosen.last.isoformat(), "product": product}
    return urlencode({name: value for name, value in asked.items() if value})
