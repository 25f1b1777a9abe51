"""My designs, my orders: of this browser, and of the account where one is signed in."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import designs, summaries
from accounts.views.access import page
from configurator.wizard.models import Design
from configurator.wizard.owning import own_designs
from orders.owners import own_orders

FEW = 4
PER_PAGE = 24


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The latest of all that is mine, and where the rest is."""
    mine, ordered = own_designs(request), own_orders(request)
    context = {
        "designs": summaries.designs(mine[:FEW]),
        "more_designs": mine.count() > FEW,
        "orders": summaries.orders(ordered[:FEW]),
        "more_orders": ordered.count() > FEW,
    }
    return page(request, "accounts/home.html", context)


@require_safe
def all_designs(request: HttpRequest) -> HttpResponse:
    """All my designs, latest first."""
    pages = Paginator(own_designs(request), PER_PAGE).get_page(request.GET.get("page"))
    context = {"designs": summaries.designs(pages.object_list), "pages": pages}
    return page(request, "accounts/designs.html", context)


@require_safe
def all_orders(request: HttpRequest) -> HttpResponse:
    """All my orders, latest first."""
    pages = Paginator(own_orders(request), PER_PAGE).get_page(request.GET.get("page"))
    context = {"orders": summaries.orders(pages.object_list), "pages": pages}
    return page(request, "accounts/orders.html", context)


def own_design_or_404(request: HttpRequest, design_id: UUID) -> Design:
    """One of this visitor's designs; another's is answered like one that is not there."""
    found = own_designs(request).filter(pk=design_id).first()
    if found is None:
        raise Http404("no such design")
    return found


@require_POST
def rename(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Call a design as I like."""
    design = own_design_or_404(request, design_id)
    wanted = request.POST.get("name", "")
    try:
        designs.rename(design, wanted)
    except ValidationError as error:
        pages = Paginator(own_designs(request), PER_PAGE).get_page(None)
        rows = summaries.designs(pages.object_list)
        context = {
            "designs": rows,
            "pages": pages,
            "wrong": design.pk,
            "wanted": wanted[:200],
            "error": " ".join(error.messages),
        }
        return page(request, "accounts/designs.html", context, status=422)
    messages.success(request, _("The design has its name."))
    return redirect("accounts:designs")


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Let a design go, after a question."""
    design = own_design_or_404(request, design_id)
    if request.method != "POST":
        (row,) = summaries.designs([design])
        return page(request, "accounts/remove_design.html", {"design": row})
    designs.remove(request, design)
    messages.success(request, _("The design is removed."))
    return redirect("accounts:designs")
