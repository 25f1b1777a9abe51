"""From the mailed link into the account."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import entering
from accounts.views.access import page


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Asks first: programs that look into mails follow links, too, and would use it up."""
    known = entering.user_of(key)
    if known is None:
        messages.warning(
            request, _("This link was used, or is too old. Let us mail you a new one.")
        )
        return redirect("account_request_login_code")
    user, email = known
    if request.method != "POST":
        return page(request, "account/enter.html", {"email": email})
    response: HttpResponse = perform_login(request, user, email=email)
    return response
