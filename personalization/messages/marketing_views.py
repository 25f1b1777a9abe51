"""Messages in the marketer's room: what was said and why, what was not, and the limits."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from personalization.messages import deciding, explaining, limiting, printing, searching
from personalization.messages.models import Cap, Copy, Message
from personalization.messages.roles import LIMIT, SEE
from personalization.people.allowing import among
from personalization.people.marketers import marketer
from personalization.people.purposes import Channel, Purpose

PER_PAGE = 50
PRINTED = 500  # letters in one file
HOURS = 24 * 366
ALONE = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'; sandbox"
)
"""What a mail may do while it is looked at: be drawn."""


class QuietForm(forms.Form):
    """When it is quiet."""

    starts = forms.TimeField(
        label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=gettext_lazy("Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class LimitForm(forms.Form):
    """One limit."""

    count = forms.IntegerField(label=gettext_lazy("At most"), min_value=0, max_value=1000)
    hours = forms.IntegerField(label=gettext_lazy("Within hours"), min_value=1, max_value=HOURS)
    purpose = forms.ChoiceField(
        label=gettext_lazy("What for"),
        required=False,
        choices=lambda: [("", "—"), *((p.value, p.label) for p in Purpose if p != Purpose.ORDERS)],
        help_text=gettext_lazy("Empty: whatever they are for, together."),
    )


@require_safe
@marketer(SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """All messages, latest first, and the limits."""
    return _page(request)


def _page(
    request: HttpRequest,
    quiet_form: QuietForm | None = None,
    limit_form: LimitForm | None = None,
) -> HttpResponse:
    asked = searching.Asked.of(request.GET)
    rows = asked.rows().select_related("person").prefetch_related("verdicts")
    starts, ends = deciding.quiet_hours()
    wrong = quiet_form is not None or limit_form is not None
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "letters": asked.channel == Channel.PRINT,
        "filters": asked.filters(),
        "caps": Cap.objects.all(),
        "quiet_form": quiet_form or QuietForm(initial={"starts": starts, "ends": ends}),
        "limit_form": limit_form or LimitForm(initial={"count": 1, "hours": 24}),
    }
    template = "personalization/messages/list.html"
    return render(request, template, context, status=422 if wrong else 200)


@require_safe
@marketer(SEE)
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: each decision about it, and what was carried as it looked."""
    found = get_object_or_404(Message.objects.select_related("person"), pk=pk)
    explained = explaining.explain(found.verdicts.all())
    keys = [each.first for each in explained if each.first]
    context = {
        "message": found,
        "copy": getattr(found, "copy", None),
        "looks": explaining.looks_like(found),
        "may_be_sent": bool(_allowed([found])),
        "explained": explained,
        "links": found.links.all(),
        "firsts": dict(Message.objects.filter(key__in=keys).values_list("key", "pk")),
    }
    return render(request, "personalization/messages/message.html", context)


@require_safe
@marketer(SEE)
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """The laid-out part of a mail, as its reader saw it: no script, nothing from elsewhere."""
    copy = get_object_or_404(Copy, message=pk, message__channel=Channel.MAIL)
    if not copy.html:
        raise Http404("words only")
    return HttpResponse(copy.html, headers={"Content-Security-Policy": ALONE})


@require_safe
@marketer(SEE)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as it is printed, if it may still be."""
    copy = get_object_or_404(_letters(), message=pk)
    if not _allowed([copy.message]):
        raise Http404("taken back")
    return _pdf(printing.letter([copy], copy.message.person.language), f"letter-{pk}.pdf")


@require_safe
@marketer(SEE)
def letters(request: HttpRequest) -> HttpResponse:
    """The letters that were looked for, in one file for the press: those that are allowed now."""
    found = searching.Asked.of(request.GET).rows().order_by("pk")
    copies = list(_letters().filter(message__in=found).order_by("message_id")[:PRINTED])
    allowed = _allowed([copy.message for copy in copies])
    kept = [copy for copy in copies if copy.message_id in allowed]
    if not kept:
        raise Http404("no letters")
    return _pdf(printing.letter(kept, get_language() or "en"), "letters.pdf")


def _allowed(messages: Sequence[Message]) -> set[int]:
    """Those of these messages (ids) that their readers allow on paper now."""
    whom = [each.person_id for each in messages]
    of = {
        purpose: among(whom, purpose, Channel.PRINT)
        for purpose in {each.purpose for each in messages}
    }
    return {each.pk for each in messages if each.person_id in of[each.purpose]}


def _letters() -> QuerySet[Copy]:
    rows = Copy.objects.select_related("message__person")
    return rows.filter(message__channel=Channel.PRINT, message__state=Message.State.SENT)


def _pdf(data: bytes, name: str) -> HttpResponse:
    head = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(data, content_type="application/pdf", headers=head)


@require_POST
@marketer(LIMIT)
def quiet(request: HttpRequest) -> HttpResponse:
    """Other quiet hours."""
    form = QuietForm(request.POST)
    if not form.is_valid():
        return _page(request, quiet_form=form)
    limiting.be_quiet(**form.cleaned_data)
    messages.success(request, _("That counts from now on."))
    return redirect("messages_room:list")


@require_POST
@marketer(LIMIT)
def limit(request: HttpRequest) -> HttpResponse:
    """One more limit, or another count for one."""
    form = LimitForm(request.POST)
    if not form.is_valid():
        return _page(request, limit_form=form)
    limiting.limit(**form.cleaned_data)
    messages.success(request, _("That counts from now on."))
    return redirect("messages_room:list")


@require_POST
@marketer(LIMIT)
def unlimit(request: HttpRequest, pk: int) -> HttpResponse:
    """One limit less."""
    limiting.unlimit(cap=pk)
    messages.success(request, _("That counts from now on."))
    return redirect("messages_room:list")
