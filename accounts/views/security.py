"""How I sign in: address, password, passkeys."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.views.access import page, signed_in


@require_safe
@signed_in
def security(request: HttpRequest) -> HttpResponse:
    """My ways in."""
    kind = Authenticator.Type.WEBAUTHN
    context = {
        "addresses": EmailAddress.objects.filter(user=request.user).order_by("-primary"),
        "passkeys": Authenticator.objects.filter(user=request.user, type=kind),
        "has_password": request.user.is_authenticated and request.user.has_usable_password(),
    }
    return page(request, "accounts/security.html", context)
