"""Paying by card on the hosted page of a provider, which tells by signed messages what happened.

The protocol is JSON over HTTPS, with an idempotency key for whatever must happen only once:

    POST /sessions                 {amount, currency, title, return_url, expires_at} → session
    GET  /sessions/ID              → session {id, url, state: open | paid | expired, amount, …}
    POST /sessions/ID/expire       → session
    POST /sessions/ID/refunds      {amount} → {}

Amounts are in hundredths. Messages: {id, kind, session}, with the header
`Signature: t=SECONDS,v1=HMAC-SHA256(secret, "SECONDS." + body)`.
"""

import hashlib
import hmac
import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from orders.paying.models import Payment, Refund
from orders.paying.providers import Forged, ProviderError, Session, Standing, Told

PATIENCE = 10  # seconds that a provider may take
FRESH = 300  # seconds after which a signed message is too old
LONGEST = 100_000  # bytes of an answer or message


class Card:
    """The hosted page at CARD_URL; without, the pretended one if CARD_SANDBOX says so."""

    code = "card"
    name = _("Card")
    hint = _("You pay on the page of our card provider, and we begin at once.")
    first = True

    def offered(self, currency: str) -> bool:
        return bool(settings.CARD_URL or settings.CARD_SANDBOX)

    def expires_at(self, now: datetime) -> datetime | None:
        return now + timedelta(minutes=settings.CARD_MINUTES)

    def begin(self, payment: Payment, *, title: str, return_url: str) -> Session | None:
        found = _call(
            "POST",
            "/sessions",
            {
                "amount": _hundredths(payment.amount),
                "currency": payment.currency,
                "title": title,
                "return_url": return_url,
                "expires_at": payment.expires_at and payment.expires_at.timestamp(),
            },
            key=str(payment.pk),
        )
        return Session(_text(found, "id"), _text(found, "url"))

    def look(self, payment: Payment) -> Standing:
        return _standing(_call("GET", f"/sessions/{payment.reference}"))

    def close(self, payment: Payment) -> Standing:
        return _standing(_call("POST", f"/sessions/{payment.reference}/expire", {}))

    def refund(self, refund: Refund) -> None:
        path = f"/sessions/{refund.payment.reference}/refunds"
        _call("POST", path, {"amount": _hundredths(refund.amount)}, key=str(refund.pk))

    def read(self, headers: Mapping[str, str], body: bytes) -> Told:
        if len(body) > LONGEST or not _signed(headers.get("Signature", ""), body):
            raise Forged
        try:
            said = json.loads(body)
            session = said["session"]
            return Told(
                _text(said, "id"), _text(said, "kind"), _text(session, "id"), _standing(session)
            )
        except (ValueError, TypeError, KeyError, ProviderError) as error:
            raise Forged from error


def signature(body: bytes, at: int) -> str:
    """The header of a message sent at this second."""
    digest = hmac.new(settings.CARD_SECRET.encode(), b"%d." % at + body, hashlib.sha256)
    return f"t={at},v1={digest.hexdigest()}"


def _signed(header: str, body: bytes) -> bool:
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    at = parts.get("t", "")
    if not settings.CARD_SECRET or not at.isdecimal() or len(at) > 12:
        return False
    if abs(time.time() - int(at)) > FRESH:
        return False
    return hmac.compare_digest(signature(body, int(at)).encode(), header.strip().encode())


def _hundredths(amount: Decimal) -> int:
    return int(amount * 100)


def _standing(session: Mapping[str, Any]) -> Standing:
    amount = session.get("amount")
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise ProviderError("the provider's answer has no amount")
    return Standing(_text(session, "state"), Decimal(amount) / 100, _text(session, "currency"))


def _text(found: Mapping[str, Any], name: str) -> str:
    said = found.get(name)
    if not isinstance(said, str) or not 0 < len(said) <= 500:
        raise ProviderError(f"the provider's answer has no {name}")
    return said


def _call(method: str, path: str, said: object = None, key: str = "") -> dict[str, Any]:
    """What the provider answers; ProviderError."""
    if not settings.CARD_URL:
        from orders.paying.sandbox import service

        return service.answer(method, path, said, key)
    headers = {"authorization": f"Bearer {settings.CARD_KEY}", "content-type": "application/json"}
    if key:
        headers["idempotency-key"] = key
    request = urllib.request.Request(
        settings.CARD_URL.rstrip("/") + path,
        data=None if said is None else json.dumps(said).encode(),
        method=method,
        headers=headers,
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            found = json.loads(answer.read(LONGEST))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ProviderError(f"{type(error).__name__}: {error}"[:300]) from error
    if not isinstance(found, dict):
        raise ProviderError("the provider's answer is no object")
    return found
