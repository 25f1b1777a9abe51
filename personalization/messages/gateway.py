"""Text messages through a gateway that takes them by HTTP, as most do: what is posted is written
down in the settings, with {to}, {digits} (the number without +), {text}, {from}, {key} and, in
headers, {token} and {basic} (the token in base64) to be filled in.

`{key}` is the same whenever a text is repeated: a gateway that knows idempotency keys carries it
once, and 409 for one that it has carried counts as carried.
"""

import base64
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.checks import CheckMessage, Error

from personalization.messages import posting
from personalization.messages.providers import NotThere, ProviderError
from personalization.messages.sms import Sms

FORM, JSON = "form", "json"
KNOWN = 409
NAMES = re.compile(r"\{(to|digits|text|from|key|token|basic)\}")


class Gateway(Sms):
    """Carries texts; SMS_URL names the gateway."""

    name = "gateway"

    def deliver(self, address: str, text: str, key: str) -> None:
        """One POST. NotThere: the gateway knows that nothing gets there (SMS_GONE)."""
        about = {
            "to": address,
            "digits": address.removeprefix("+"),
            "text": text,
            "from": settings.SMS_FROM,
            "key": key,
        }
        fields = filled(settings.SMS_FIELDS, about)
        form = settings.SMS_FORMAT == FORM
        data = urlencode(fields, doseq=True) if form else json.dumps(fields, ensure_ascii=False)
        answer = posting.post(settings.SMS_URL, data.encode(), _headers(form, key))
        if answer.status in settings.SMS_GONE:
            raise NotThere
        refused = settings.SMS_REFUSED and re.search(settings.SMS_REFUSED, answer.text)
        if answer.status != KNOWN and (not answer.good or refused):
            raise ProviderError(f"the gateway answers {answer.status}")


def _headers(form: bool, key: str) -> dict[str, str]:
    token = settings.SMS_TOKEN
    about = {"token": token, "basic": base64.b64encode(token.encode()).decode(), "key": key}
    kind = "application/x-www-form-urlencoded" if form else "application/json"
    given: dict[str, str] = filled(settings.SMS_HEADERS, about)
    return {"content-type": kind, "accept": "application/json", **given}


def filled(template: Any, about: Mapping[str, str]) -> Any:
    """The template with its names filled in, wherever in it they stand; what is filled in is not
    read again."""
    if isinstance(template, str):
        return NAMES.sub(lambda found: about.get(found[1], found[0]), template)
    if isinstance(template, dict):
        return {name: filled(each, about) for name, each in template.items()}
    if isinstance(template, list):
        return [filled(each, about) for each in template]
    return template


def settings_are_whole(**_more: Any) -> list[CheckMessage]:
    """What is wrong with the gateway's settings, told before anything is sent."""
    if not settings.SMS_URL:
        return []
    names = set(NAMES.findall(json.dumps(settings.SMS_FIELDS)))
    wrong = {
        "letters.E001": settings.SMS_URL.startswith(("https://", "http://"))
        or "SMS_URL is the address of the gateway, with https://.",
        "letters.E002": settings.SMS_FORMAT in (FORM, JSON) or "SMS_FORMAT is json or form.",
        "letters.E003": ("text" in names and bool(names & {"to", "digits"}))
        or "SMS_FIELDS name {text}, and {to} or {digits}.",
        "letters.E004": _compiles(settings.SMS_REFUSED) or "SMS_REFUSED is no regular expression.",
    }
    return [Error(said, id=code) for code, said in wrong.items() if isinstance(said, str)]


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
