"""The cookies of visitors in frames (docs/decisions: embedded pages carry their visit)."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from configurator.shops.models import Shop, Visit

KEPT = timedelta(days=60)
SWEPT = 50


def new_token() -> str:
    """What stands in the addresses of a new visit: 192 bits, which nobody can guess."""
    return secrets.token_urlsafe(24)


def cookies_of(shop: Shop, token: str) -> dict[str, str]:
    """What this visit's pages have set; nothing for one that has set nothing."""
    kept = Visit.objects.filter(sha=_sha(token), shop=shop).values_list("cookies", flat=True)
    return dict(kept.first() or {})


def keep_cookies(shop: Shop, token: str, cookies: dict[str, str]) -> None:
    """Keep what a page has set; and drop some visits that nobody has come back to."""
    Visit.objects.update_or_create(sha=_sha(token), shop=shop, defaults={"cookies": cookies})
    old = Visit.objects.filter(seen_at__lt=timezone.now() - KEPT).values_list("pk", flat=True)
    Visit.objects.filter(pk__in=list(old[:SWEPT])).delete()


def _sha(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
