"""The customer's way from the review of a design to its order, and the order's page."""

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseStopPolling
from django_htmx.middleware import HtmxDetails

from configurator.catalog import queries as catalog
from configurator.catalog.configuration import Configuration
from configurator.shops import destination
from configurator.wizard.models import Design
from configurator.wizard.preview import render_picture
from configurator.wizard.renewing import renewal
from configurator.wizard.screen import Screen
from configurator.wizard.services import Edit
from configurator.wizard.services import finish as finish_design
from orders import known_addresses, pages, reviewing, services, terms
from orders.forms import MOST, OrderForm, SeenForm, told_at
from orders.models import Order, OrderChange
from orders.owners import browser_of, claim_order, has_order
from orders.papers import store
from orders.papers.serving import pdf_response
from orders.paying.ways import money_of, next_page
from orders.promo.showing import Written, written
from orders.specifications import Incomplete

PICTURE_WIDTH = 1200


def _design(design_id: UUID) -> Design:
    return get_object_or_404(Design, pk=design_id)


def _order(token: str) -> Order:
    return get_object_or_404(Order, token=token)


def _change_of(request: HttpRequest, design: Design) -> HttpResponse | None:
    """Where to go on with a design that changes an order; None for any other design.

    Its address may have come to somebody else, who must not learn that of the order.
    """
    change = OrderChange.objects.select_related("line__order").filter(design=design).first()
    if change is None:
        return None
    order = change.line.order
    if has_order(request, order.token):
        return redirect("changes:change", order.token, change.line.position)
    return render(request, "orders/is_change.html", {"number": order.number, "design": design})


@require_safe
def review(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """What would be ordered, all of it, and the form to order it."""
    if elsewhere := _change_of(request, _design(design_id)):
        return elsewhere
    known = known_addresses.initial_of(request)
    chosen = {"country": destination.current()} if destination.current() else {}
    return review_page(request, _design(design_id), OrderForm(initial={**known, **chosen}))


@require_POST
def finish(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Accept the cheapest completion of what is undecided."""
    design = _design(design_id)
    finish_design(edit=Edit(design.pk, design.revision))
    return redirect("orders:review", design.pk)


@require_POST
def place(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Order it; or show again what is not right, with everything that was entered."""
    design = _design(design_id)
    if elsewhere := _change_of(request, design):
        return elsewhere
    form = OrderForm(request.POST)
    if key := request.POST.get("fill"):
        form = OrderForm(known_addresses.filled(request, request.POST.dict(), key))
        form.keep_errors_of("quantity", "rush", "vat_number")
        return review_page(request, design, form)
    if "recalculate" in request.POST:
        form.keep_errors_of("quantity", "rush", "vat_number")
        return review_page(request, design, form)
    if not form.is_valid():
        return review_page(request, design, form, status=422)
    seen, codes = SeenForm(request.POST).seen(form.rushed()), written(request)
    try:
        if seen is None or not codes.settled:
            raise services.Changed
        order = services.place_order(
            design_id=design.pk,
            seen=replace(seen, codes=codes.seen),
            quantity=form.cleaned_data["quantity"],
            contact=form.contact(),
            language=get_language() or "en",
            browser=browser_of(request),
            shipping=form.cleaned_data["shipping"],
            paying=form.cleaned_data["paying"],
        )
    except services.Changed:
        return _changed(request, design, form, seen, codes)
    except Incomplete:
        return review_page(request, design, form, status=409)
    except services.OrderedByAnother:
        return review_page(request, design, form, status=409)
    except (services.Unreachable, services.UnknownNumber) as refusal:
        form.add_error(*told_at(refusal))
        return review_page(request, design, form, status=422)
    claim_order(request, order)
    return redirect(next_page(order))


def _changed(
    request: HttpRequest,
    design: Design,
    form: OrderForm,
    seen: services.Seen | None,
    codes: Written,
) -> HttpResponse:
    """Ask again, saying what is different now."""
    design.refresh_from_db()
    quantity, rush = form.cleaned_data["quantity"], form.rushed()
    page = reviewing.review_of(
        design, form, quantity, browser_of(request), rush=rush, where=form.where(), codes=codes
    )
    differences = reviewing.changes_since(seen, page)
    context = {"page": page, "asked_again": True, "differences": differences}
    return render(request, "orders/review.html", _with_owner(request, context), status=409)


def review_page(
    request: HttpRequest, design: Design, form: OrderForm, status: int = 200
) -> HttpResponse:
    browser = "" if request.method == "HEAD" else browser_of(request)
    rush = form.rushed() if form.is_bound else services.kept_rush(design, browser)
    page = reviewing.review_of(
        design,
        form,
        _quantity(form),
        browser,
        rush=rush,
        where=form.where(),
        codes=written(request),
    )
    response = render(
        request, "orders/review.html", _with_owner(request, {"page": page}), status=status
    )
    patch_cache_control(response, no_store=True)
    return response


def _quantity(form: OrderForm) -> int:
    """The quantity that was entered, 1 if that is none."""
    if form.is_bound and "quantity" not in form.errors:
        return int(form.cleaned_data.get("quantity") or 1)
    return 1


def _with_owner(request: HttpRequest, context: dict[str, object]) -> dict[str, object]:
    """Whether an order of this revision belongs to this browser: only then it is linked. And
    whether today's release would change the design."""
    page = context["page"]
    assert isinstance(page, reviewing.Review)
    browser = browser_of(request)
    mine = bool(page.order and browser and page.order.browser == browser)
    asked = None if page.order else renewal(page.design)
    outdated = asked is not None and bool(asked.replay.moves) and not asked.kept
    known = known_addresses.known(request)
    sooner = None if page.order or not page.seen else Screen(page.design).sooner
    more = {"known": known, "mine": mine, "most": MOST, "outdated": outdated, "sooner": sooner}
    return {**context, **more}


@require_safe
def order(request: HttpRequest, token: str) -> HttpResponse:
    """The story of an order; asked by htmx, only the story, and nothing if nothing changed."""
    found = _order(token)
    if HtmxDetails(request) and request.GET.get("seen") == pages.story_version(found):
        return HttpResponse(status=204)
    page = pages.order_page(found)
    if HtmxDetails(request):
        return _story(request, page)
    lines = pages.ordered_lines(found)
    context = {
        "page": page,
        "lines": lines,
        "slugs": [line.product for line in lines],
        "receipt": pages.ordered_sums(found),
        "address": pages.address_lines(found),
        "billing": pages.billing_lines(found),
        "when": pages.when(found),
        "money": money_of(found, pages.locale()),
    }
    response = render(request, "orders/order.html", context)
    patch_cache_control(response, no_store=True)
    return response


def _story(request: HttpRequest, page: pages.OrderPage) -> HttpResponse:
    response = render(request, "orders/order.html#story", {"page": page})
    if page.over:
        response.status_code = HttpResponseStopPolling.status_code
    return response


@require_safe
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """The confirmation as a PDF, once it is printed."""
    found = _order(token)
    paper = pages.order_page(found).paper
    printed = store.read(paper.sha) if paper else None
    if printed is None:
        raise Http404(_("The confirmation is not printed yet. Please try again in a moment."))
    return pdf_response(printed, found.number)


@require_safe
def picture(request: HttpRequest, token: str, n: int) -> HttpResponse:
    """The picture of an order line."""
    line = get_object_or_404(_order(token).lines.select_related("specification"), position=n)
    product = catalog.released(line.specification.release_id)
    configuration = Configuration.from_json(line.specification.content["configuration"])
    data = render_picture(product, configuration, width=PICTURE_WIDTH, format="jpeg")
    response = HttpResponse(data, content_type="image/jpeg")
    if request.GET.get("v") == line.specification_id[:12]:
        patch_cache_control(response, private=True, immutable=True, max_age=31_536_000)
    else:  # the design may be changed
        patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
def terms_page(request: HttpRequest) -> HttpResponse:
    """The terms of sale."""
    context = {"version": terms.VERSION, "firm": settings.FIRM_NAME}
    return render(request, "orders/terms.html", context)
