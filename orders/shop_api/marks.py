"""ETag and If-Match: a design's mark begins with its revision."""

import hashlib
import re
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils.translation import gettext as _

from orders.shop_api.problems import Refused

MARK = re.compile(r'(?:W/)?"?(\d{1,9})(?:\.[0-9a-f]{12})?"?\Z', re.ASCII)
ENCODER = DjangoJSONEncoder(sort_keys=True)


def etag_of(record: dict[str, Any]) -> str:
    """The revision, and a hash of all that is told: the day may move without a change."""
    told = {name: part for name, part in record.items() if name != "changes"}
    sha = hashlib.sha256(ENCODER.encode(told).encode()).hexdigest()
    return f'"{record["revision"]}.{sha[:12]}"'


def matches(request: HttpRequest, etag: str) -> bool:
    """Whether the caller has this answer already."""
    known = request.headers.get("If-None-Match", "")
    return etag in [each.strip().removeprefix("W/") for each in known.split(",")]


def revision_asked(request: HttpRequest, now: int) -> int:
    """The revision that a change is made on; `*` is whatever there is.

    Refused without (428), and with one that the design never had (412).
    """
    mark = request.headers.get("If-Match", "").strip()
    if not mark:
        detail = _("Say with If-Match which revision of the design you change; it is its ETag.")
        raise Refused(428, "revision_required", detail, "If-Match")
    if mark == "*":
        return now
    match = MARK.match(mark)
    if not match or int(match[1]) > now:
        detail = _("The design never had this revision.")
        raise Refused(412, "unknown_revision", detail, "If-Match", revision=now)
    return int(match[1])
