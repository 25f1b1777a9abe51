"""Ordering as the pages do it: into the cart, through the checkout, as it was shown."""

from __future__ import annotations

import hashlib

from configurator.wizard.models import Design
from orders.cart import checkout
from orders.cart import services as carts
from orders.cart.models import Cart
from orders.deals import Where
from orders.models import Order
from orders.paying.opening import USUAL
from orders.placing import Changed, Contact, Unreachable
from orders.promo.showing import Written
from orders.specifications import freeze
from personalization.simulating.crowd import Somebody


def order(who: Somebody, design: Design, codes: tuple[str, ...] = ()) -> Order | None:
    """Order one whole design; None if the workshop has no time, or something changed meanwhile."""
    browser = hashlib.sha256(who.key.bytes).hexdigest()
    cart, _new = Cart.objects.get_or_create(key=browser, defaults={"country": who.country})
    shown = {"specification": freeze(design).pk, "ready_on": ""}
    carts.add(cart=cart, design=design, quantity=1, rush=False, agreed=shown)
    where = Where(who.country)
    ready = checkout.checkout_of(
        cart, browser, where, agreed=True, codes=Written(codes), email=who.email
    )
    if ready is None or ready.no_time:
        return None
    try:
        return checkout.order(
            cart=cart,
            seen=ready.seen,
            contact=_contact(who),
            language=who.language,
            browser=browser,
            paying=USUAL,
        )
    except (Changed, Unreachable):
        return None


def _contact(who: Somebody) -> Contact:
    return Contact(
        name=f"Person {who.number}",
        email=who.email,
        street="Main Street 1",
        postal_code="00-001",
        city="Somewhere",
        country=who.country,
    )
