"""Where the mails of a simulation go: a line each in a file, so that none can be sent and not be
counted, whoever dies."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

NAME = "sent-mails.jsonl"


def path() -> Path:
    return Path(settings.DATA_DIR) / NAME


class Backend(BaseEmailBackend):
    """Appends whole lines; what was written stays written."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        lines = "".join(
            json.dumps([each.extra_headers.get("Message-ID", ""), each.to]) + "\n"
            for each in email_messages
        )
        file = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
            os.write(file, lines.encode())
        finally:
            os.close(file)
        return len(email_messages)


def left() -> Counter[str]:
    """How often each Message-ID left."""
    if not path().exists():
        return Counter()
    return Counter(json.loads(line)[0] for line in path().read_text().splitlines())
