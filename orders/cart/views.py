"""The cart and its checkout, without JavaScript too: every change is a form that leads back."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from configurator.shops import destination
from configurator.wizard.models import Design
from configurator.wizard.views.measuring import remember_country
from orders import known_addresses
from orders import services as orders
from orders.cart import checkout, destinations, services
from orders.cart.forms import ItemForm, SeenForm
from orders.cart.keys import COOKIE, cart_of, give, open_cart
from orders.cart.models import Cart, CartItem
from orders.cart.pages import CartPage, page_of
from orders.countries import countries
from orders.forms import MOST, AddressForm, OrderForm, told_at
from orders.forms import SeenForm as SeenDesign
from orders.owners import browser_of, claim_order
from orders.paying.ways import next_page
from orders.promo.showing import recalled, written
from orders.specifications import Incomplete, freeze


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What is in the cart, what it costs, when it is there."""
    return _page(request, page_of(cart_of(request)))


def _page(request: HttpRequest, found: CartPage, status: int = 200) -> HttpResponse:
    context = {"page": found, "countries": countries(get_language() or "en"), "most": MOST}
    response = render(request, "cart/cart.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
def add(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Put a reviewed design into the cart."""
    design = get_object_or_404(Design, pk=design_id)
    form = OrderForm(request.POST)
    if {"quantity", "rush"} & form.errors.keys():
        wrong = form.errors.get("quantity") or form.errors.get("rush") or [""]
        messages.error(request, str(wrong[0]))
        return redirect("orders:review", design.pk)
    cart, token = cart_of(request), request.COOKIES.get(COOKIE, "")
    if cart is None:
        cart, token = open_cart(request)
    try:
        new = services.add(
            cart=cart,
            design=design,
            quantity=form.cleaned_data["quantity"],
            rush=form.rushed(),
            agreed=_agreed(request, design),
        )
        services.bring_codes(cart=cart, codes=written(request).codes)
    except services.FullCart:
        messages.error(request, _told_full())
        response = redirect("cart:page")
    except (services.NotForCarts, Incomplete):
        response = redirect("orders:review", design.pk)
    else:
        told = _("It is in your cart.") if new else _("It was in your cart already.")
        messages.success(request, told, extra_tags=f"added {design.pk}" if new else "")
        response = redirect("cart:page")
    if token:
        give(response, token)  # from now on it lasts as long again
    return response


def _agreed(request: HttpRequest, design: Design) -> dict[str, str]:
    """What the review showed; if that is not of this revision, what there is now."""
    seen = SeenDesign(request.POST).seen()
    if seen is not None and seen.revision == design.revision:
        return {"specification": seen.specification, "ready_on": seen.ready_on.isoformat()}
    return {"specification": freeze(design).pk, "ready_on": ""}


def _item(request: HttpRequest, item_id: UUID) -> CartItem:
    cart = cart_of(request)
    rows = CartItem.objects.select_related("design", "cart")
    return get_object_or_404(rows, pk=item_id, cart=cart)


@require_POST
def change(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Another quantity, or speed."""
    item = _item(request, item_id)
    form = ItemForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        services.change(item=item, quantity=data["quantity"], rush=data["rush"])
    else:
        told = _("Choose a whole number from 1 to %(most)d.") % {"most": MOST}
        messages.error(request, told)
    return redirect("cart:page")


@require_POST
def move(request: HttpRequest, item_id: UUID, what: str) -> HttpResponse:
    """Take an item out, bring it back, let it wait, or double it."""
    steps: dict[str, Callable[[CartItem], object]] = {
        "remove": lambda item: services.remove(item=item),
        "restore": lambda item: services.restore(item=item),
        "later": lambda item: services.save_for_later(item=item, saved=True),
        "now": lambda item: services.save_for_later(item=item, saved=False),
        "duplicate": lambda item: services.duplicate(item=item),
    }
    item = _item(request, item_id)
    try:
        steps[what](item)
    except services.FullCart:
        messages.error(request, _told_full())
    return redirect("cart:page")


@require_POST
def deliver_to(request: HttpRequest) -> HttpResponse:
    """Show prices for a country, here and from now on elsewhere."""
    cart, country = cart_of(request), request.POST.get("country", "")
    response = redirect("cart:page")
    if cart is not None and country in dict(countries("en")):
        services.deliver_to(cart=cart, country=country)
        remember_country(response, country)
    return response


@require_POST
def agree(request: HttpRequest) -> HttpResponse:
    """Agree to what is shown now; if it has moved again meanwhile, it is shown again."""
    cart = cart_of(request)
    if cart is not None:
        shown = {
            line.item.pk: line.agreed
            for line in page_of(cart).lines
            if request.POST.get(f"s-{line.item.pk}") == line.agreed["specification"]
            and request.POST.get(f"d-{line.item.pk}") == line.agreed["ready_on"]
        }
        services.agree(cart=cart, agreed=shown)
    return redirect("cart:page")


@require_http_methods(["GET", "HEAD", "POST"])
def check_out(request: HttpRequest) -> HttpResponse:
    """Order all of the cart; or show again what is not right, with everything that was entered."""
    cart = cart_of(request)
    if request.method != "POST":
        known = known_addresses.initial_of(request)
        country = (cart.country if cart else "") or destination.current()
        chosen = {"country": country} if country else {}
        if cart and cart.codes:
            chosen["promo"] = cart.codes
        form = AddressForm(initial={**known, **chosen})
        return checkout_page(request, cart, form)
    destinations.note_typed(request, cart)
    form = AddressForm(request.POST)
    if key := request.POST.get("fill"):
        form = AddressForm(known_addresses.filled(request, request.POST.dict(), key))
    if key or "recalculate" in request.POST:
        form.keep_errors_of("vat_number")
        if cart is not None and (country := form.where().country):
            services.deliver_to(cart=cart, country=country)
        if cart is not None:
            services.note_codes(cart=cart, codes=written(request).codes)
        return checkout_page(request, cart, form)
    if not form.is_valid():
        return checkout_page(request, cart, form, status=422)
    return _order(request, cart, form)


def _order(request: HttpRequest, cart: Cart | None, form: AddressForm) -> HttpResponse:
    seen, codes = SeenForm(request.POST).seen(form.cleaned_data["shipping"]), written(request)
    try:
        if seen is None or not codes.settled:
            raise orders.Changed
        order = checkout.order(
            cart=cart,
            seen=replace(seen, codes=codes.seen),
            contact=form.contact(),
            language=get_language() or "en",
            browser=browser_of(request),
            paying=form.cleaned_data["paying"],
        )
    except (orders.Changed, Incomplete, Design.DoesNotExist, orders.OrderedByAnother):
        return checkout_page(request, cart, form, status=409, seen=seen)
    except (orders.Unreachable, orders.UnknownNumber) as refusal:
        form.add_error(*told_at(refusal))
        return checkout_page(request, cart, form, status=422)
    claim_order(request, order)
    return redirect(next_page(order))


def checkout_page(
    request: HttpRequest,
    cart: Cart | None,
    form: AddressForm,
    status: int = 200,
    seen: orders.SeenOrder | None = None,
) -> HttpResponse:
    browser = "" if request.method == "HEAD" else browser_of(request)
    asked = status == HTTPStatus.CONFLICT
    where = form.where() if form.is_bound or form.initial.get("country") else None
    email = form.email_said()
    codes = written(request) if form.is_bound else recalled(request, cart.codes if cart else "")
    found = (
        checkout.checkout_of(cart, browser, where, agreed=asked, codes=codes, email=email)
        if cart
        else None
    )
    if found is None:
        messages.info(request, _("Please look at your cart first."))
        return redirect("cart:page")
    context = {
        "page": found,
        "form": form,
        "known": known_addresses.known(request),
        "asked_again": asked,
        "differences": checkout.changes_since(seen, found) if asked else [],
    }
    response = render(request, "cart/checkout.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _told_full() -> str:
    return ngettext(
        "Your cart holds no more than %(most)d design. Order some, or take one out.",
        "Your cart holds no more than %(most)d designs. Order some, or take one out.",
        services.MOST,
    ) % {"most": services.MOST}
