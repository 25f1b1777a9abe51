"""What a gateway tells of texts afterwards: signed, and each counts once however often it comes.

A gateway posts JSON (one notice or a list) or a form to `/hooks/sms/`. Our reference, or else the
number, says whom it is about; which of its words mean what is written down in the settings.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from personalization.messages import codes, notices
from personalization.messages.models import Copy, Message, PhoneCode
from personalization.people.purposes import Channel

LONGEST = 64 * 1024
MOST = 500  # notices at once
LATER = 30  # seconds after which a gateway asks again, if what it speaks of is not written yet


@csrf_exempt
@require_POST
def hook(request: HttpRequest) -> HttpResponse:
    """Hear a gateway. 404 without a secret, 403 for whoever does not know it."""
    if not settings.SMS_CALLBACK_SECRET:
        raise Http404("nobody is expected to tell anything")
    try:
        body = request.body
    except RequestDataTooBig:
        return HttpResponse(status=413)
    if len(body) > LONGEST:
        return HttpResponse(status=413)
    if not is_signed(request.headers.get(settings.SMS_CALLBACK_HEADER, ""), body):
        return HttpResponse(status=403)
    rows = _rows(body, request.content_type)
    if rows is None:
        return HttpResponse(status=400)
    early = [row for row in rows if not take(row)]
    if early:
        return HttpResponse(status=503, headers={"Retry-After": str(LATER)})
    return HttpResponse(status=204)


def signature(body: bytes) -> str:
    """What a gateway writes into the header: HMAC-SHA256 of the body, in hex."""
    return hmac.new(settings.SMS_CALLBACK_SECRET.encode(), body, hashlib.sha256).hexdigest()


def is_signed(header: str, body: bytes) -> bool:
    """Whether whoever wrote this knows the secret."""
    said = header.strip().lower().removeprefix("sha256=")
    return hmac.compare_digest(said.encode(), signature(body).encode())


def _rows(body: bytes, kind: str | None) -> list[dict[str, str]] | None:
    """The notices; None for what is none."""
    try:
        text = body.decode()
        said = dict(parse_qsl(text)) if "form" in (kind or "") else json.loads(text)
    except (ValueError, RecursionError):
        return None
    listed = said if isinstance(said, list) else [said]
    if len(listed) > MOST or not all(isinstance(each, dict) for each in listed):
        return None
    return [_row(each) for each in listed]


def _row(said: Mapping[str, Any]) -> dict[str, str]:
    """By our own names: reference, number, status. Dots lead into what is nested."""
    return {name: _found(said, path)[:200] for name, path in settings.SMS_CALLBACK_FIELDS.items()}


def _found(said: Any, path: str) -> str:
    for step in str(path).split("."):
        said = said.get(step) if isinstance(said, dict) else None
    return str(said) if isinstance(said, str | int) else ""


def take(row: Mapping[str, str]) -> bool:
    """Do what a notice asks for; False if what it speaks of is not written down yet."""
    reference, status = row.get("reference", ""), row.get("status", "").lower()
    if (pk := codes.read("phone", reference)) is not None:
        if status in settings.SMS_FAILED:
            PhoneCode.objects.filter(pk=pk).update(failed=True)
        return True
    number = row.get("number", "")
    if (pk := codes.read("sms", reference)) is not None:
        copy = _noted(pk, status)
        if copy is None:
            return not Message.objects.filter(pk=pk, state=Message.State.WAITING).exists()
        number = copy.address
    kind = _kind(status)
    if kind and number:
        plain = number if number.startswith("+") else f"+{number}"
        key = f"{reference or plain}:{status}:{row.get('id', '')}"
        notices.take(provider="gateway", key=key, kind=kind, address=plain, channel=Channel.SMS)
    return True


def _kind(status: str) -> str:
    if status in settings.SMS_FAILED:
        return "failed"
    return "unsubscribed" if status in settings.SMS_STOPPED else ""


@transaction.atomic
def _noted(pk: int, status: str) -> Copy | None:
    """The copy, with what is told of it, for marketers to read."""
    copy = Copy.objects.select_for_update().filter(message=pk, message__channel=Channel.SMS).first()
    heard = copy.details.get("heard", []) if copy is not None else []
    if copy is not None and status and status not in heard:  # what is repeated is no news
        copy.details |= {"told": status[:40], "heard": [*heard, status][-10:]}
        copy.save(update_fields=["details"])
    return copy
