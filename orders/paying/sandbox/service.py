"""What the pretended provider answers, and the messages it sends."""

import json
import secrets
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from orders.paying.card import signature
from orders.paying.models import SandboxSession
from orders.paying.providers import ProviderError


def answer(method: str, path: str, said: Any, key: str) -> dict[str, Any]:
    """As POST or GET to the provider would; see card.py."""
    parts = path.strip("/").split("/")
    if method == "POST" and parts == ["sessions"]:
        return told(_begin(said, key))
    with transaction.atomic():
        found = SandboxSession.objects.select_for_update().filter(pk=parts[1]).first()
        if found is None:
            raise ProviderError("404")
        _pass_time(found)
        if parts[2:] == ["expire"] and found.state == "open":
            found.state = "expired"
        if parts[2:] == ["refunds"]:
            _refund(found, int(said["amount"]), key)
        found.save()
    return told(found)


def told(session: SandboxSession) -> dict[str, Any]:
    """The session as JSON."""
    return {
        "id": session.pk,
        "url": reverse("paying:sandbox", args=[session.pk]),
        "state": session.state,
        "amount": session.amount,
        "currency": session.currency,
    }


def pay(session_id: str) -> SandboxSession:
    """The customer pays; nothing if it is too late."""
    with transaction.atomic():
        found = SandboxSession.objects.select_for_update().get(pk=session_id)
        _pass_time(found)
        if found.state == "open":
            found.state = "paid"
        found.save()
    return found


def message(session: SandboxSession, kind: str) -> tuple[str, bytes]:
    """A signed message of this kind: the signature, and the body."""
    said = {"id": f"evt_{secrets.token_hex(8)}", "kind": kind, "session": told(session)}
    body = json.dumps(said).encode()
    return signature(body, int(time.time())), body


def _begin(said: dict[str, Any], key: str) -> SandboxSession:
    until = said.get("expires_at")
    session, _new = SandboxSession.objects.get_or_create(
        key=key,
        defaults={
            "id": f"cs_{secrets.token_hex(12)}",
            "amount": said["amount"],
            "currency": said["currency"],
            "title": said["title"],
            "return_url": said["return_url"],
            "expires_at": datetime.fromtimestamp(until, UTC)
            if until
            else timezone.now() + timedelta(days=365),
        },
    )
    return session


def _pass_time(session: SandboxSession) -> None:
    if session.state == "open" and session.expires_at <= timezone.now():
        session.state = "expired"


def _refund(session: SandboxSession, amount: int, key: str) -> None:
    if key in session.refunds:
        return
    if session.state != "paid" or sum(session.refunds.values()) + amount > session.amount:
        raise ProviderError("400: more than was paid")
    session.refunds[key] = amount
