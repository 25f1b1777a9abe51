"""Who asks, behind proxies of ours."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ProxiesMiddleware:
    """Behind `PROXIES` proxies, the address of whoever asked the first of them.

    Each proxy appends to X-Forwarded-For whom it was asked by; what stands before those was written
    by the visitor. An entry that is none, as where somebody came by fewer proxies, is not believed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._respond = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        count = int(settings.PROXIES)
        told = request.headers.get("X-Forwarded-For", "").split(",")
        if 0 < count <= len(told) and (address := _address(told[-count].strip())):
            request.META["REMOTE_ADDR"] = address
        return self._respond(request)


def _address(told: str) -> str:
    """An address in its usual form, without a port; "" for anything else."""
    bare = told[1:].partition("]")[0] if told.startswith("[") else told
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        return str(ip_address(bare))
    except ValueError:
        return ""
