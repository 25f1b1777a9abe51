"""A shared design as others see it, and the page on which its owner shares it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, get_supported_language_variant, override
from django.utils.translation import gettext as _

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.sharing import pages, qr, services
from configurator.sharing.finding import liked_of
from configurator.sharing.models import Entry, Share
from configurator.sharing.queries import Shown, share_or_404
from configurator.sharing.voters import voter_of
from configurator.wizard.errors import BadInput
from configurator.wizard.owning import remember
from configurator.wizard.queries import design_or_404
from configurator.wizard.renewing import Outdated
from configurator.wizard.views.pictures import picture_response
from configurator.wizard.views.responding import only

A_DAY = "public, max-age=86400"


@only("GET")
def shared(request: HttpRequest, link: str) -> HttpResponse:
    """A shared design: what it is, what it costs today, and the way to one's own."""
    share = share_or_404(link)
    if share.revoked_at is not None:
        return _ended(request, share)
    return shared_page(request, share)


def shared_page(request: HttpRequest, share: Share, bad: BadInput | None = None) -> HttpResponse:
    """The page, with what is wrong in a report where something is."""
    context = pages.page_of(share, get_language() or "en")
    entry = Entry.objects.filter(share=share, state=Entry.State.SHOWN).first()
    context |= {"bad": bad, "public": entry is not None, "entry": entry, "link": share.token}
    if entry is not None:
        context["liked"] = bool(liked_of(voter_of(request), [entry]))
    response = render(request, "sharing/shared.html", context, status=422 if bad else 200)
    if entry is None:
        response["X-Robots-Tag"] = "noindex"
    return response


def _ended(request: HttpRequest, share: Share) -> HttpResponse:
    slug = released(share.release_id).slug
    response = render(request, "sharing/ended.html", {"slug": slug}, status=410)
    response["X-Robots-Tag"] = "noindex"
    return response


@only("GET")
def picture(request: HttpRequest, link: str, suffix: str) -> HttpResponse:
    """The picture of a shared design, `w` pixels wide."""
    share = _living_or_404(link)
    whole = Configuration.from_json(share.shown)
    return picture_response(request, released(share.release_id), whole, suffix, "private")


@only("GET")
def card(request: HttpRequest, link: str) -> HttpResponse:
    """What the link shows where people talk, in the language `l`."""
    share = _living_or_404(link)
    locale = _language(request.GET.get("l", ""), share)
    with override(locale):
        data = pages.card_of(Shown(share), locale).jpeg()
    response = HttpResponse(data, content_type="image/jpeg")
    response["Cache-Control"] = A_DAY
    return response


@only("GET")
def code(request: HttpRequest, link: str) -> HttpResponse:
    """The address of a shared design as a QR code."""
    drawn = qr.svg(pages.share_url(_living_or_404(link)))
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response["Cache-Control"] = A_DAY
    return response


def _living_or_404(link: str) -> Share:
    share = share_or_404(link)
    if share.revoked_at is not None:
        raise Http404("the link has ended")
    return share


def _language(asked: str, share: Share) -> str:
    try:
        return get_supported_language_variant(asked or share.design.language)
    except LookupError:
        return get_language() or "en"


@only("POST")
def remix(request: HttpRequest, link: str) -> HttpResponse:
    """Make a shared design one's own: a new one, on today's release."""
    share = share_or_404(link)
    try:
        made = services.remix(
            shared=share, mark=request.POST.get("mark", ""), language=get_language() or "en"
        )
    except services.Ended:
        return _ended(request, share)
    except Outdated:
        said = _("Something has changed since this was asked. Please look again.")
        messages.warning(request, said)
        return redirect("sharing:shared", link=link)
    except services.NotOnSale:
        messages.warning(request, _("This design can’t be made at present."))
        return redirect("sharing:shared", link=link)
    remember(request, made)
    messages.success(request, _("This one is yours now: change whatever you like."))
    return redirect("wizard:design", design_id=made.pk)


@only("GET")
def sharing(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Where the owner of a design shares it, and ends that."""
    return sharing_page(request, design_id)


def sharing_page(
    request: HttpRequest, design_id: UUID, bad: BadInput | None = None, form: str = "link"
) -> HttpResponse:
    """The page; `bad` stands at its field of a form ("link", "invite", "gallery")."""
    design = design_or_404(design_id)
    context = pages.sharing_of(design, get_language() or "en")
    called = request.session.get("author", "")
    context["called"] = request.POST.get("author", called) if form == "invite" else called
    context["entered"] = {
        "author": request.POST.get("author", called) if form == "link" else called,
        "title": request.POST.get("title", context["title"]),
    }
    context["offered"] = {
        "author": request.POST.get("author", called) if form == "gallery" else called,
        "title": request.POST.get("title", "") if form == "gallery" else context["title"],
    }
    known = getattr(request.user, "email", "")
    context["offered"]["email"] = request.POST.get("email", known) if form == "gallery" else known
    context[f"bad_{form}"] = bad
    status = 422 if bad else 200
    response = render(request, "sharing/sharing.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


@only("POST")
def share(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Make the link of the design's present revision, or name it otherwise."""
    design = design_or_404(design_id)
    title, author = (request.POST.get(field, "") for field in ("title", "author"))
    try:
        made = services.share(design=design, title=title, author=author)
    except BadInput as bad:
        return sharing_page(request, design_id, bad)
    if made.author:
        request.session["author"] = made.author
    return redirect("sharing:sharing", design_id=design_id)


@only("POST")
def end(request: HttpRequest, design_id: UUID, link: str) -> HttpResponse:
    """Take a link back."""
    if not services.end(design=design_or_404(design_id), token=link):
        raise Http404("no such link")
    messages.success(request, _("The link has ended. Whoever opens it now sees nothing of it."))
    return redirect("sharing:sharing", design_id=design_id)
