"""Signing in by a mailed link, on whatever device it is opened; once, for a quarter of an hour."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.urls import reverse

from accounts import mails

SALT = "accounts.entering"


def link_for(email: str) -> str:
    """The link for whoever has this address, "" if nobody has shown that it is theirs."""
    found = EmailAddress.objects.select_related("user").filter(email__iexact=email, verified=True)
    known = found.first()
    if known is None or not known.user.is_active:
        return ""
    said = {"user": known.user_id, "since": _since(known.user.last_login), "email": known.email}
    key = signing.dumps(said, salt=SALT, compress=True)
    return mails.absolute(reverse("accounts:enter", args=[key]))


def user_of(key: str) -> tuple[User, str] | None:
    """Whose link it is, and their address; None if it is altered, old, or was used.

    Who has signed in since it was mailed, by the link or otherwise, needs a new one.
    """
    try:
        said = signing.loads(key, salt=SALT, max_age=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    except signing.BadSignature:
        return None
    owned = EmailAddress.objects.filter(
        user_id=said["user"], email=said["email"], verified=True, user__is_active=True
    )
    known = owned.select_related("user").first()
    if known is None or _since(known.user.last_login) != said["since"]:
        return None
    return known.user, known.email


def _since(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
