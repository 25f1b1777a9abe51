"""Where a printed card leads: to the design, and to the way out. Without an account."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from configurator.wizard.models import OwnedDesign
from personalization.brochures import services, who
from personalization.brochures.models import Brochure
from personalization.people import consent
from personalization.people.purposes import Channel, Purpose

LONGEST = 24


def _card_or_404(token: str) -> Brochure:
    rows = Brochure.objects.select_related("share", "person__into", "run")
    found = rows.filter(token=token).first() if len(token) <= LONGEST else None
    if found is None:
        raise Http404("no such card")
    return found


def _unlisted(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def open_card(request: HttpRequest, card: str) -> HttpResponse:
    """The design on the card: its owner's own, for everybody else to look at."""
    found = _card_or_404(card)
    if found.revoked_at is not None:
        return _unlisted(render(request, "brochures/ended.html", status=410))
    if request.method == "GET":
        services.note_opened(found)
    share = found.share
    if share is None:
        return _unlisted(redirect("wizard:home"))
    if request.user.is_authenticated and _owns(request.user.pk, share.design_id):
        return _unlisted(redirect("wizard:design", share.design_id))
    return _unlisted(redirect("sharing:shared", share.token))


def _owns(user: int, design: UUID) -> bool:
    return OwnedDesign.objects.filter(user=user, design=design).exists()


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, card: str) -> HttpResponse:
    """No more printed mail. Looking at the page changes nothing."""
    found = _card_or_404(card)
    if request.method == "POST" and who.allows(found.person):
        consent.withdraw(
            person=found.person,
            purpose=Purpose.BROCHURES,
            channel=Channel.PRINT,
            where=f"card {found}",
            how="card",
        )
    ended = not who.allows(found.person)
    return _unlisted(render(request, "brochures/stop.html", {"ended": ended}))
