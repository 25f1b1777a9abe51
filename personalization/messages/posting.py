"""One POST to somebody else's server, as gateways and push services want it."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

from personalization.messages.providers import ProviderError

PATIENCE = 10  # seconds
READ = 20_000  # bytes of an answer


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """What is meant for one server goes to no other."""

    def redirect_request(self, *_request: object, **_more: object) -> None:
        return None


opener = urllib.request.build_opener(_NoRedirects)


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    text: str

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300


def post(url: str, data: bytes, headers: Mapping[str, str]) -> Answer:
    """Any answer that came; ProviderError if none did. No words of it name whom it was about."""
    request = urllib.request.Request(url, data=data, method="POST", headers=dict(headers))
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            return Answer(answer.status, answer.read(READ).decode(errors="replace"))
    except urllib.error.HTTPError as error:
        with error:
            text = error.read(READ).decode(errors="replace") if error.fp else ""
            return Answer(error.code, text)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ProviderError(type(error).__name__) from error
