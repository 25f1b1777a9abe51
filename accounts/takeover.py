"""What a guest did in this browser goes with them into their account; nothing is lost.

Designs that the browser began or opened, its cart, orders that it placed or opened, and orders that
were confirmed to the account's own, proven address.
"""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from configurator.wizard import owning
from configurator.wizard.models import OwnedDesign
from orders.cart import services as cart
from orders.cart.keys import browsers_cart
from orders.models import Order
from orders.owners import browser_of, known_tokens
from personalization.people import joining


@dataclass(frozen=True)
class Taken:
    """How many designs and orders are the account's that were not before."""

    designs: int
    orders: int


@transaction.atomic
def take_over(request: HttpRequest, user: User) -> Taken:
    """Give the account what this browser owns; once, however often it is done."""
    owned = OwnedDesign.objects.filter(user=user)
    before = owned.count()
    orders = _own(_orders(request, user), user)
    owning.keep(user, owning.remembered(request))
    cart.join(mine=browsers_cart(request), user=user)
    joining.sign_in(request, user)
    return Taken(owned.count() - before, orders)


def _own(orders: QuerySet[Order], user: User) -> int:
    """Make them the account's; how many. One that another account takes meanwhile stays theirs."""
    numbers = list(orders.values_list("pk", flat=True))
    return Order.objects.filter(pk__in=numbers, customer=None).update(customer=user)


def _orders(request: HttpRequest, user: User) -> QuerySet[Order]:
    """Orders of no account yet that this browser placed or opened, or that its address got."""
    mine = Q(token__in=known_tokens(request))
    if browser := browser_of(request):
        mine |= Q(browser=browser)
    for address in EmailAddress.objects.filter(user=user, verified=True):
        mine |= Q(email__iexact=address.email)
    return Order.objects.filter(mine, customer=None)
