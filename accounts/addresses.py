"""The addresses of an account."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest

from accounts.models import Address
from orders.forms import AddressForm
from orders.known_addresses import FIELDS, Known
from orders.models import Order

MOST = 30
FROM_ORDERS = 5


class AddressBookForm(AddressForm):
    """An address, checked as that of an order is."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(FIELDS):
            del self.fields[name]
        self.order_fields(["country", "name", "company", "street", "postal_code", "city"])


def save(*, user: User, fields: dict[str, str], address: Address | None = None) -> Address:
    """Keep a new address, or change one; the first of an account is its standard."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if address is not None:
            Address.objects.filter(pk=address.pk, user=user).update(**fields)
            address.refresh_from_db()
            return address
        first = not Address.objects.filter(user=user).exists()
        return Address.objects.create(user=user, standard=first, **fields)


def make_standard(*, user: User, address: Address) -> None:
    """Orders begin with this one from now on."""
    with transaction.atomic():
        Address.objects.filter(user=user, standard=True).update(standard=False)
        Address.objects.filter(pk=address.pk, user=user).update(standard=True)


def remove(*, user: User, address: Address) -> None:
    """Forget an address; another one becomes the standard if this was."""
    with transaction.atomic():
        Address.objects.filter(pk=address.pk, user=user).delete()
        rest = Address.objects.filter(user=user)
        if (first := rest.first()) and not rest.filter(standard=True).exists():
            Address.objects.filter(pk=first.pk).update(standard=True)


def tell(request: HttpRequest) -> tuple[str, Sequence[Known]]:
    """The account's email and addresses, those of its last orders after the ones that it keeps."""
    user = request.user
    if not isinstance(user, User):
        return "", ()
    saved = [Known(f"a{each.pk}", _fields(each)) for each in Address.objects.filter(user=user)]
    seen = [each.fields for each in saved]
    for order in Order.objects.filter(customer=user).order_by("-placed_at")[:FROM_ORDERS]:
        fields = _fields(order)
        if fields not in seen and order.name:
            seen.append(fields)
            saved.append(Known(f"o{order.number}", fields))
    return user.email, saved


def _fields(row: Address | Order) -> dict[str, str]:
    return {name: str(getattr(row, name)) for name in FIELDS}
