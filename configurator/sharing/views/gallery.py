"""The gallery, and what people do there."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.sharing import gallery, gallery_pages
from configurator.sharing.models import Entry
from configurator.sharing.views.shares import shared_page, sharing_page
from configurator.sharing.voters import voter_of
from configurator.wizard.errors import BadInput
from configurator.wizard.queries import design_or_404
from configurator.wizard.views.responding import is_fragment, only


@only("GET")
def show(request: HttpRequest) -> HttpResponse:
    """The gallery, narrowed and ordered as asked."""
    locale = get_language() or "en"
    context = gallery_pages.gallery_page(request.GET, voter_of(request), locale)
    status = 422 if context["wrong"] else 200
    return render(request, "sharing/gallery.html", context, status=status)


def _entry_or_404(link: str) -> Entry:
    found = Entry.objects.filter(share__token=link, state=Entry.State.SHOWN)
    entry = found.select_related("share").first()
    if entry is None:
        raise Http404("not in the gallery")
    return entry


@only("POST")
def like(request: HttpRequest, link: str) -> HttpResponse:
    """Like an entry, or (`back`) take that back."""
    entry, voter = _entry_or_404(link), voter_of(request, make=True)
    likes = not request.POST.get("back")
    act = gallery.like if likes else gallery.unlike
    act(entry=entry, voter=voter)
    if is_fragment(request):
        entry.refresh_from_db()
        context = {"entry": entry, "link": link, "liked": likes}
        return render(request, "sharing/_like.html", context)
    return redirect(_next(request, link))


def _next(request: HttpRequest, link: str) -> str:
    """Back to where the button stood."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return reverse("sharing:shared", args=[link])


@only("POST")
def report(request: HttpRequest, link: str) -> HttpResponse:
    """Tell the moderators that an entry should not be here."""
    entry = _entry_or_404(link)
    reason = request.POST.get("reason", "")
    try:
        gallery.report(entry=entry, voter=voter_of(request, make=True), reason=reason)
    except BadInput as bad:
        return shared_page(request, entry.share, bad)
    messages.success(request, _("Thank you. We will look at it."))
    return redirect("sharing:shared", link=link)


@only("POST")
def submit(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Offer the design for the gallery."""
    design = design_or_404(design_id)
    said = {field: request.POST.get(field, "") for field in ("title", "author", "email")}
    try:
        entry = gallery.submit(design=design, language=get_language() or "en", **said)
    except BadInput as bad:
        return sharing_page(request, design_id, bad, form="gallery")
    request.session["author"] = entry.author
    messages.success(request, _("Thank you! We look at it before everybody sees it."))
    return redirect(reverse("sharing:sharing", args=[design_id]) + "#gallery")


@only("POST")
def withdraw(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Take the design out of the gallery."""
    if not gallery.withdraw(design=design_or_404(design_id)):
        raise Http404("not in the gallery")
    messages.success(request, _("It is not in the gallery any more."))
    return redirect(reverse("sharing:sharing", args=[design_id]) + "#gallery")
