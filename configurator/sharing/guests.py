"""Friends at a design: they come by an address of their own and never learn the design's.

Whoever knows a design's id may do everything with it, for ever. A friend's address has another id
(`Invitation.key`), which stands for the design while its owner likes; in what a friend gets, the
design's own id is always replaced by it.
"""

import secrets
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from configurator.catalog.queries import released
from configurator.sharing.models import ALIAS, Invitation

REWRITTEN = ("text/html", "application/json", "image/svg+xml", "text/plain")
OWNERS = frozenset({"wizard:record", "wizard:renew"})
"""Pages of the wizard that are their owner's alone."""
FRIENDS = frozenset({"sharing:together"})
"""Pages of other rooms that friends see."""
READING = ("GET", "HEAD")


def guest_of(request: HttpRequest) -> Invitation | None:
    """The invitation by which this request came; None if it came by the design's own id."""
    return getattr(request, "guest", None)


class GuestMiddleware:
    """Lets friends in where they may go, and keeps the design's id from them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        guest = guest_of(request)
        return response if guest is None else _rewritten(response, guest)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Put the design in the place of its alias."""
        key = kwargs.get("design_id")
        if not isinstance(key, UUID) or key.version != ALIAS:
            return None
        invitation = Invitation.objects.filter(pk=key).select_related("design").first()
        if invitation is None:
            return None  # and so there is no such design
        if invitation.ended_at is not None:
            return _ended(request, invitation)
        request.guest = invitation  # type: ignore[attr-defined]
        if request.method not in READING:
            request.acting = _friend(request)  # type: ignore[attr-defined]
        kwargs["design_id"] = invitation.design_id
        return _refused(request, invitation)


def _friend(request: HttpRequest) -> str:
    """A friend's name for the machine: the same for all that their browser changes."""
    return str(request.session.setdefault("friend", secrets.token_hex(6)))


def _rewritten(response: HttpResponse, guest: Invitation) -> HttpResponse:
    own, theirs = str(guest.design_id), str(guest.pk)
    if not response.streaming and response.get("Content-Type", "").startswith(REWRITTEN):
        response.content = response.content.replace(own.encode(), theirs.encode())
    for name, value in list(response.items()):
        if own in value:
            response[name] = value.replace(own, theirs)
    return response


def _refused(request: HttpRequest, guest: Invitation) -> HttpResponse | None:
    """What a friend is told who may not do this."""
    match = request.resolver_match
    name = match.view_name if match else ""
    of_wizard = name.startswith("wizard:") and name not in OWNERS
    if name not in FRIENDS and not of_wizard:
        return _told(request, guest, _("Only the owner of this design can do that."))
    if guest.may_edit or request.method in READING or name in FRIENDS:
        return None
    return _told(request, guest, _("You are looking on; only its owner changes this design."))


def _told(request: HttpRequest, guest: Invitation, said: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        response = render(request, "sharing/_toast.html", {"said": said}, status=422)
        response["HX-Retarget"], response["HX-Reswap"] = "#toast", "innerHTML"
        return response
    context: Mapping[str, object] = {"said": said, "key": guest.pk}
    return render(request, "sharing/not_yours.html", context, status=403)


def _ended(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    slug = released(invitation.design.release_id).slug
    return render(request, "sharing/ended.html", {"slug": slug, "friends": True}, status=410)
