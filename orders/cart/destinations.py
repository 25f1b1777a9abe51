"""Which country's taxes a cart is told with: what was chosen last, unless an address is typed; and
in which currency it is paid."""

from django.http import HttpRequest

from orders.cart import services
from orders.cart.keys import cart_of
from orders.cart.models import Cart

TYPED = "address_typed"
"""In the session: the cart for whose delivery an address was begun."""


def note_typed(request: HttpRequest, cart: Cart | None) -> None:
    """Remember that an address was begun at the checkout."""
    if cart is not None and any(request.POST.get(name, "").strip() for name in ("street", "city")):
        request.session[TYPED] = str(cart.pk)


def chosen_elsewhere(request: HttpRequest, country: str) -> None:
    """A country was chosen on another page: the cart is told for it, too."""
    cart = cart_of(request)
    if cart is not None and request.session.get(TYPED) != str(cart.pk):
        services.deliver_to(cart=cart, country=country)


def currency_chosen(request: HttpRequest) -> None:
    """A currency was chosen: all of the cart is paid in it, where it can be."""
    if (cart := cart_of(request)) is not None:
        services.charge_in(cart=cart)
