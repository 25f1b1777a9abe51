"""My addresses."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import addresses
from accounts.addresses import MOST, AddressBookForm
from accounts.models import Address
from accounts.views.access import page, signed_in
from orders.countries import country_name
from orders.known_addresses import FIELDS


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@require_safe
@signed_in
def all_addresses(request: HttpRequest) -> HttpResponse:
    """All of them, the standard one first."""
    rows = list(Address.objects.filter(user=_user(request)))
    language = get_language() or "en"
    told = [(row, country_name(row.country, language)) for row in rows]
    return page(request, "accounts/addresses.html", {"addresses": told, "full": len(rows) >= MOST})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def add(request: HttpRequest) -> HttpResponse:
    """One more."""
    if Address.objects.filter(user=_user(request)).count() >= MOST:
        messages.warning(request, _("These are enough addresses. Remove one first."))
        return redirect("accounts:addresses")
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one."""
    return _form(request, get_object_or_404(Address, pk=pk, user=_user(request)))


def _form(request: HttpRequest, address: Address | None) -> HttpResponse:
    if request.method == "POST":
        form = AddressBookForm(request.POST)
    else:
        known = {name: getattr(address, name) for name in FIELDS} if address else None
        form = AddressBookForm(initial=known)
    if request.method == "POST" and form.is_valid():
        addresses.save(user=_user(request), fields=dict(form.cleaned_data), address=address)
        messages.success(request, _("The address is saved."))
        return redirect("accounts:addresses")
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/address.html", {"form": form, "address": address}, status=status)


@require_POST
@signed_in
def standard(request: HttpRequest, pk: int) -> HttpResponse:
    """Orders begin with this one."""
    user = _user(request)
    addresses.make_standard(user=user, address=get_object_or_404(Address, pk=pk, user=user))
    return redirect("accounts:addresses")


@require_POST
@signed_in
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one."""
    user = _user(request)
    addresses.remove(user=user, address=get_object_or_404(Address, pk=pk, user=user))
    messages.success(request, _("The address is removed."))
    return redirect("accounts:addresses")
