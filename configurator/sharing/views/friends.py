"""Inviting friends into a design, and being there together."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.catalog.queries import released
from configurator.catalog.texts import say
from configurator.sharing import friends
from configurator.sharing.friends import Visitor
from configurator.sharing.guests import guest_of
from configurator.sharing.models import Invitation
from configurator.sharing.naming import read_author
from configurator.sharing.views.shares import sharing_page
from configurator.wizard.errors import BadInput
from configurator.wizard.models import Design
from configurator.wizard.queries import design_or_404
from configurator.wizard.screen import Screen, is_pictured
from configurator.wizard.views.responding import Reply, answer, clean_tab, only


@only("POST")
def invite(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Make the link by which friends come into the design."""
    design = design_or_404(design_id)
    author = request.POST.get("author", "")
    try:
        made = friends.invite(
            design=design, may_edit=request.POST.get("may") != "look", host=author
        )
    except BadInput as bad:
        return sharing_page(request, design_id, bad, form="invite")
    if made.host:
        request.session["author"] = made.host
    return redirect(reverse("sharing:sharing", args=[design_id]) + "#friends")


@only("POST")
def disinvite(request: HttpRequest, design_id: UUID, invitation: UUID) -> HttpResponse:
    """End a friend's link."""
    if not friends.disinvite(design=design_or_404(design_id), key=invitation):
        raise Http404("no such invitation")
    messages.success(request, _("That link has ended. Nobody is in your design by it any more."))
    return redirect(reverse("sharing:sharing", args=[design_id]) + "#friends")


@only("GET", "POST")
def join(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """A friend is asked for a name, and goes in."""
    found = Invitation.objects.filter(pk=invitation).select_related("design").first()
    if found is None:
        raise Http404("no such invitation")
    if found.ended_at is not None:
        return redirect("wizard:design", design_id=invitation)  # which says that it has ended
    if request.method != "POST":
        return _joining(request, found)
    try:
        author = read_author(request.POST.get("author", ""))
    except BadInput as bad:
        return _joining(request, found, bad)
    if author:
        request.session["author"] = author
    return redirect("wizard:design", design_id=invitation)


def _joining(
    request: HttpRequest, invitation: Invitation, bad: BadInput | None = None
) -> HttpResponse:
    design, locale = invitation.design, get_language() or "en"
    product = released(design.release_id)
    picture = reverse("wizard:picture", args=[invitation.pk, design.revision, "webp"])
    context = {
        "invitation": invitation,
        "product_name": say(product.name, locale),
        "picture": f"{picture}?w=960" if is_pictured(product) else "",
        "author": request.POST.get("author", request.session.get("author", "")),
        "bad": bad,
    }
    response = render(request, "sharing/join.html", context, status=422 if bad else 200)
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


@only("GET")
def together(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """What is new at a design for the page that asks: 204 if nothing is."""
    design = design_or_404(design_id)
    tab = clean_tab(request.GET.get("tab", ""))
    known = request.GET.get("revision", "")
    if not tab or not (known.isascii() and known.isdigit() and len(known) < 10):
        return HttpResponse(status=204)
    here = friends.arrive(design, _me(request, tab))
    product, locale = released(design.release_id), get_language() or "en"
    said = friends.whereabouts(product, here, locale)
    news = _news(design, int(known), tab, locale)
    if news:
        screen = Screen(design, step=request.GET.get("step", ""))
        response = answer(request, screen, Reply(notices=news))
        response.write(_strip(request, said, swap=True))
        return response
    if request.GET.get("here", "") == friends.mark_of(said):
        return HttpResponse(status=204)
    response = HttpResponse(_strip(request, said))
    response["HX-Retarget"], response["HX-Reswap"] = "#together-here", "outerHTML"
    return response


def _news(design: Design, known: int, tab: str, locale: str) -> list[str]:
    if known >= design.revision:
        return []
    product = released(design.release_id)
    return friends.done_by_others(design, product, known, tab, locale)


def _me(request: HttpRequest, tab: str) -> Visitor:
    called = str(request.session.get("author", ""))
    step = request.GET.get("step", "")
    return Visitor(tab, called, guest_of(request) is not None, step)


def _strip(request: HttpRequest, said: list[str], *, swap: bool = False) -> str:
    context = {"said": said, "mark": friends.mark_of(said), "swap": swap}
    return render_to_string("sharing/_here.html", context, request)
