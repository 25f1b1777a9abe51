"""The marketer's pages: look at one brochure, begin a run, watch it, pause, resume, cancel."""

from io import BytesIO
from uuid import UUID, uuid4

import pypdfium2
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from personalization.brochures import audiences, gathering, making, services, who
from personalization.brochures.card import drawing
from personalization.brochures.forms import RunForm, promotions
from personalization.brochures.models import Run
from personalization.brochures.pages import RunPage
from personalization.people.marketers import marketer
from personalization.people.models import Person

RECENT = 30
SAMPLES = 8
SCALE = 2.0  # pixels a point: 144 dpi
MOVES = {
    "pause": services.pause,
    "resume": services.resume,
    "lay": services.lay_again,
    "cancel": services.cancel,
}


@require_http_methods(["GET", "HEAD", "POST"])
@marketer("brochures.add_run")
def runs(request: HttpRequest) -> HttpResponse:
    """All runs, and the form that begins one."""
    form = RunForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)
        made = services.begin(
            key=_key(request),
            by=request.user,
            title=form.cleaned_data["title"],
            people=form.people,
            sheet=form.cleaned_data["sheet"],
            promotion=form.cleaned_data["promotion"],
        )
        return redirect("brochures:run", made.key)
    counted = [(each.name, len(audiences.who_allow(each))) for each in audiences.own()]
    context = {
        "form": form,
        "key": _key(request),
        "counted": counted,
        "runs": [RunPage(run) for run in Run.objects.all()[:RECENT]],
    }
    status = 422 if form.errors else 200
    return render(request, "brochures/runs.html", context, status=status)


def _key(request: HttpRequest) -> UUID:
    """The form's mark, by which sending it twice begins one run."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


@require_safe
@marketer("brochures.view_run")
def run(request: HttpRequest, run_key: UUID) -> HttpResponse:
    """How far a run is, and its files; asked by htmx, only that."""
    name = "brochures/run.html" + ("#progress" if HtmxDetails(request) else "")
    page = RunPage(get_object_or_404(Run, key=run_key))
    return render(request, name, {"page": page, "run": page.run})


@require_POST
@marketer("brochures.change_run")
def move_on(request: HttpRequest, run_key: UUID, move: str) -> HttpResponse:
    """Pause, resume, cancel, or lay on sheets again."""
    found = get_object_or_404(Run, key=run_key)
    if move not in MOVES:
        raise Http404("no such move")
    try:
        MOVES[move](found)
    except services.NotPossible:
        messages.error(request, _("That can’t be done any more: the run has moved on meanwhile."))
    return redirect("brochures:run", run_key)


# A brochure before the run


@require_safe
@marketer("brochures.view_brochure")
def look(request: HttpRequest) -> HttpResponse:
    """Brochures of some people as pictures, to be looked at before anything is begun."""
    audience = audiences.named(request.GET.get("audience", "")) or audiences.all_of()[0]
    ids = audiences.who_allow(audience)
    start = _number(request.GET.get("from", ""), len(ids))
    shown = Person.objects.in_bulk(ids[start : start + SAMPLES])
    context = {
        "people": [shown[pk] for pk in ids[start : start + SAMPLES] if pk in shown],
        "audience": audience,
        "audiences": audiences.all_of(),
        "promotions": promotions(),
        "promotion": request.GET.get("promotion", ""),
        "count": len(ids),
        "next": start + SAMPLES if start + SAMPLES < len(ids) else None,
    }
    return render(request, "brochures/look.html", context)


def _number(text: str, below: int) -> int:
    known = text.isascii() and text.isdigit() and len(text) < 8
    return min(int(text), max(below - 1, 0)) if known else 0


@require_safe
@marketer("brochures.view_brochure")
def picture(request: HttpRequest, person_key: UUID, side: int) -> HttpResponse:
    """One side of somebody's brochure as it would be printed today; a sample of a code on it."""
    somebody = get_object_or_404(
        Person.objects.select_related("into__user", "user"), key=person_key
    )
    if side not in (1, 2) or not who.allows(somebody):
        raise Http404("nobody may look at this")
    chosen = request.GET.get("promotion", "")
    promotion = promotions().filter(pk=chosen).first() if chosen.isdigit() else None
    asked = gathering.Asked("B-0/00000", "sample", "SAMPLE1234" if promotion else "", promotion)
    try:
        content = gathering.gather(who.read([somebody])[0], asked, trial=True).content
    except gathering.Unprintable:
        raise Http404("the address can't be printed") from None
    page = pypdfium2.PdfDocument(drawing.pdf(content, making.meant()))[side - 1]
    written = BytesIO()
    page.render(scale=SCALE).to_pil().convert("RGB").save(written, "PNG", compress_level=3)
    return HttpResponse(written.getvalue(), content_type="image/png")
