"""Tokens of the API: made, read, revoked."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from orders.erp import secrets
from orders.erp.models import ApiToken

USE_NOTED_EVERY = timedelta(minutes=1)


def make_token(
    *, name: str, scope: str, by: User | None = None, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token and its key, which nobody can ever read again."""
    key = secrets.new_key()
    token = ApiToken.objects.create(
        name=name,
        scope=scope,
        prefix=key[: secrets.SHOWN],
        sha=secrets.key_hash(key),
        created_by=by,
        expires_at=expires_at,
    )
    return token, key


def token_of(key: str) -> ApiToken | None:
    """The valid token with this key; notes that it was used."""
    token = ApiToken.objects.filter(sha=secrets.key_hash(key)).first()
    if token is None or not token.valid:
        return None
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
    ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    return token


def revoke(*, token: ApiToken) -> None:
    """From now on the key opens nothing."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
