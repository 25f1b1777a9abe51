"""Where django-allauth does as this shop does: names, mails by jobs, what a sign-in takes over."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import entering, mails, takeover
from configurator.sharing import voters
from orders.fields import check_mail_goes_out

LONGEST_ADDRESS = 254


def display_name(user: User) -> str:
    """How an account is called: by its address."""
    return user.email or user.get_username()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in with a mailed code, a password or a passkey."""

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """A name that nobody reads and that tells nothing: people sign in with their address."""
        user.username = f"customer-{secrets.token_hex(10)}"

    def clean_email(self, email: str) -> str:
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError(_("Enter a shorter address."))
        check_mail_goes_out(email)
        return email

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Durably, and as quickly whether the address is known or not."""
        if template_prefix == "account/email/login_code" and not context.get("reauthentication"):
            context = {**context, "enter_url": entering.link_for(email)}
        context = {
            "request": self.request,
            "email": email,
            "firm": settings.FIRM_NAME,
            "sign_in_url": mails.absolute(reverse("account_login")),
            "sign_up_url": mails.absolute(reverse("account_signup")),
            **context,
        }
        mail = self.render_mail(template_prefix, email, context)
        mails.post(to=email, subject=str(mail.subject), body=str(mail.body))

    def send_account_already_exists_mail(self, email: str) -> None:
        self.send_mail("account/email/account_already_exists", email, {})

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:home")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:security")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """All that this browser owns is the account's from now on."""
        taken = takeover.take_over(request, user)
        voters.adopt(request)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if taken.designs:
            said = ngettext(
                "%(count)d design of this browser is in your account now.",
                "%(count)d designs of this browser are in your account now.",
                taken.designs,
            )
            self.add_message(request, 20, message=said % {"count": taken.designs})
        if taken.orders:
            said = ngettext(
                "%(count)d order is in your account now.",
                "%(count)d orders are in your account now.",
                taken.orders,
            )
            self.add_message(request, 20, message=said % {"count": taken.orders})
        return response


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """A passkey is one more way in, not a second lock: on another device a mailed code does."""

    def is_mfa_enabled(self, user: User, types: list[str] | None = None) -> bool:
        if types != [Authenticator.Type.WEBAUTHN]:
            return False
        return bool(super().is_mfa_enabled(user, types))

    def generate_authenticator_name(self, user: User, type: str) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1}

    def _get_site_name(self) -> str:
        return str(settings.FIRM_NAME)
