"""What happens to a cart: every change is one small, repeatable step."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from configurator.catalog.configuration import Configuration
from configurator.catalog.happenings import CARTED, Happening, tell
from configurator.catalog.queries import released
from configurator.shops import currencies
from configurator.wizard import locking
from configurator.wizard.models import Design
from orders.cart.models import Cart, CartItem
from orders.models import OrderChange
from orders.offers import offer
from orders.promo.writing import codes_in
from orders.services import order_of

MOST = 20  # designs in a cart, those saved for later too
UNDO = timedelta(minutes=15)


class FullCart(Exception):
    """There is no room for another design."""


class NotForCarts(Exception):
    """This design changes an order, is ordered already, or is not complete."""


def present(cart: Cart) -> QuerySet[CartItem]:
    """What is in the cart, saved for later or not."""
    return cart.items.filter(removed_at=None).select_related("design")


def add(*, cart: Cart, design: Design, quantity: int, rush: bool, agreed: dict[str, Any]) -> bool:
    """Put a design into the cart; whether it was not in it before. It is never in it twice.

    Raises FullCart and NotForCarts.
    """
    if OrderChange.objects.filter(design=design).exists() or not offer(design).complete:
        raise NotForCarts(design.pk)
    if order_of(design.pk, design.revision):
        raise NotForCarts(design.pk)
    with transaction.atomic():
        Cart.objects.select_for_update().get(pk=cart.pk)
        Cart.objects.filter(pk=cart.pk).update(used_at=timezone.now())
        found = cart.items.filter(design=design).first()
        if found is None or found.removed_at is not None:
            _room(cart)
        _charge(cart, design)
        values = {"quantity": quantity, "rush": rush, "agreed": agreed}
        if found is None:
            CartItem.objects.create(cart=cart, design=design, **values)
            slug = released(design.release_id).slug
            tell(Happening(CARTED, product=slug, design=design.pk, number=quantity))
            return True
        CartItem.objects.filter(pk=found.pk).update(**values, saved=False, removed_at=None)
        return found.saved or found.removed_at is not None


def _charge(cart: Cart, design: Design) -> None:
    """From now on it is paid in the currency of what is in the cart already, if it can be; else in
    its customer's."""
    product = released(design.release_id)
    others = [each.design.charge for each in present(cart).exclude(design=design)]
    kept = next((said["currency"] for said in others if said), None)
    charge = currencies.charge_of(product.currency, kept)
    Design.objects.filter(pk=design.pk).update(charge=charge.to_json())


def charge_in(*, cart: Cart) -> None:
    """All of it is paid in the currency that its customer has chosen now, where it can be."""
    for item in present(cart):
        product = released(item.design.release_id)
        charge = currencies.charge_of(product.currency)
        Design.objects.filter(pk=item.design_id).update(charge=charge.to_json())


@transaction.atomic
def change(*, item: CartItem, quantity: int, rush: bool) -> None:
    """Another quantity, or speed. The days that this moves are shown, and need no second yes."""
    if (quantity, rush) == (item.quantity, item.rush):
        return
    CartItem.objects.filter(pk=item.pk).update(quantity=quantity, rush=rush)
    for moved in present(item.cart):
        agreed = {**moved.agreed, "ready_on": ""}
        CartItem.objects.filter(pk=moved.pk).update(agreed=agreed)


def remove(*, item: CartItem) -> None:
    """Take it out; for a while it can be brought back."""
    CartItem.objects.filter(pk=item.pk, removed_at=None).update(removed_at=timezone.now())


def restore(*, item: CartItem) -> None:
    """Bring it back as it was. Raises FullCart."""
    with transaction.atomic():
        Cart.objects.select_for_update().get(pk=item.cart_id)
        if CartItem.objects.filter(pk=item.pk, removed_at__isnull=False).exists():
            _room(item.cart)
            CartItem.objects.filter(pk=item.pk).update(removed_at=None)


def save_for_later(*, item: CartItem, saved: bool) -> None:
    """Let it wait, or order it with the others after all."""
    CartItem.objects.filter(pk=item.pk).update(saved=saved)


def duplicate(*, item: CartItem) -> CartItem:
    """The same design once more, to be changed on its own. Raises FullCart."""
    with transaction.atomic():
        Cart.objects.select_for_update().get(pk=item.cart_id)
        _room(item.cart)
        design = locking.begin_copy(
            release_id=item.design.release_id,
            language=get_language() or item.design.language,
            whole=Configuration.from_json(item.design.state),
            locked={},
            notice={},
            place={},
            charge=item.design.charge,
        )
        return CartItem.objects.create(
            cart=item.cart,
            design=design,
            quantity=item.quantity,
            rush=item.rush,
            agreed=item.agreed,
        )


def agree(*, cart: Cart, agreed: dict[UUID, dict[str, Any]]) -> None:
    """What was shown of these items is agreed to."""
    for pk, shown in agreed.items():
        CartItem.objects.filter(pk=pk, cart=cart).update(agreed=shown)


def deliver_to(*, cart: Cart, country: str) -> None:
    """Where it is to go: prices are shown for there."""
    Cart.objects.filter(pk=cart.pk).update(country=country)
    cart.country = country


def note_codes(*, cart: Cart, codes: Sequence[str]) -> None:
    """The promo codes that its checkout begins with."""
    cart.codes = " ".join(codes)
    Cart.objects.filter(pk=cart.pk).update(codes=cart.codes)


def bring_codes(*, cart: Cart, codes: Sequence[str]) -> None:
    """Codes from a review come to those that are there."""
    if codes:
        note_codes(cart=cart, codes=codes_in(f"{cart.codes} {' '.join(codes)}"))


def recently_removed(cart: Cart) -> QuerySet[CartItem]:
    """What can still be brought back."""
    since = timezone.now() - UNDO
    return cart.items.filter(removed_at__gte=since).select_related("design")


def empty(*, cart: Cart, designs: list[UUID]) -> None:
    """These are ordered, and the codes used."""
    cart.items.filter(design_id__in=designs).delete()
    note_codes(cart=cart, codes=())


def _room(cart: Cart) -> None:
    if cart.items.filter(removed_at=None).count() >= MOST:
        raise FullCart(cart.pk)
    old = cart.items.filter(removed_at__lt=timezone.now() - UNDO)
    old.delete()


@transaction.atomic
def join(*, mine: Cart | None, user: AbstractBaseUser) -> None:
    """A browser's cart becomes the account's, or its designs join those of the account's cart:
    each once, and those for which there is no room wait in the browser's cart for the next time."""
    theirs = Cart.objects.select_for_update().filter(user_id=user.pk).first()
    if mine is None:
        return
    if theirs is None:
        Cart.objects.filter(pk=mine.pk, user=None).update(user_id=user.pk)
        return
    bring_codes(cart=theirs, codes=codes_in(mine.codes))
    theirs.items.filter(removed_at__isnull=False, design__in=_designs(mine)).delete()
    known = set(_designs(theirs))
    room = MOST - present(theirs).count()
    for item in present(mine).order_by("added_at"):
        if item.design_id in known:
            item.delete()
        elif room > 0:
            CartItem.objects.filter(pk=item.pk).update(cart=theirs)
            room -= 1


def _designs(cart: Cart) -> list[UUID]:
    return list(present(cart).values_list("design_id", flat=True))
