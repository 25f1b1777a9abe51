"""The inbox: what is to be answered, a talk, answers to have at hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from configurator.catalog.texts import languages
from configurator.shops.embedding import public
from personalization.dialogue import answering, fields, inbox, pages, seeing
from personalization.dialogue.models import SavedAnswer, Thread
from personalization.dialogue.roles import ANSWER, SEE
from personalization.people.marketers import marketer

PER_PAGE = 40
NAMES = {"en": "English", "es": "Español", "pl": "Polski"}
ANY = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@marketer(SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """What there is to answer, the most urgent first."""
    show = request.GET.get("show", "open")
    show = show if show in inbox.FILTERS else "open"
    search = request.GET.get("q", "").replace("\x00", "").strip()[: inbox.LONGEST_SEARCH]
    rows = inbox.found(request.user, show, search)
    page = Paginator(rows.values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    shown = {pk: place for place, pk in enumerate(page)}
    talks = pages.talks(
        Thread.objects.filter(pk__in=shown).select_related("assigned_to"), get_language() or "en"
    )
    context = {
        "at": "inbox",
        "chips": inbox.chips(request.user, show),
        "show": show,
        "search": search,
        "page": page,
        "talks": sorted(talks, key=lambda talk: shown[talk.thread.pk]),
    }
    return render(request, "personalization/dialogue/inbox.html", context)


def thread_or_404(thread_id: UUID) -> Thread:
    rows = Thread.objects.select_related(
        "product", "design", "line__order", "line__specification", "voice", "release", "assigned_to"
    )
    return get_object_or_404(rows.prefetch_related("messages__by"), pk=thread_id)


@ANY
@marketer(ANSWER)
def thread(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """A talk with all that is known of it; POST answers it."""
    found = thread_or_404(thread_id)
    if request.method != "POST":
        return _thread_page(request, found, _texts_at_hand(request, found), {})
    texts = posted_texts(request)
    try:
        answering.answer(
            thread=found,
            texts=texts,
            by=_user(request),
            seen=_seen(request),
            close=bool(request.POST.get("close")),
        )
    except ValidationError as error:
        return _thread_page(request, found, texts, error.message_dict, status=422)
    except answering.Outdated:
        return _thread_page(request, thread_or_404(thread_id), texts, {}, status=409)
    messages.success(request, _("Your answer stands where they asked."))
    return redirect("marketing_inbox:thread", thread_id)


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def posted_texts(request: HttpRequest) -> dict[str, str]:
    return {code: request.POST.get(f"text_{code}", "") for code in languages()}


def _texts_at_hand(request: HttpRequest, found: Thread) -> dict[str, str]:
    """The saved answer that was chosen, as it reads here."""
    chosen = request.GET.get("saved", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 10):
        return {}
    saved = SavedAnswer.objects.filter(pk=int(chosen)).first()
    link = public(reverse("dialogue:talk", args=[found.token]))
    return inbox.filled(saved, found, link) if saved else {}


def text_fields(
    texts: dict[str, str], wrong: dict[str, list[str]], needed: str
) -> list[dict[str, Any]]:
    """The boxes for a text, one a language, the reader's first."""
    codes = sorted(languages(), key=lambda code: code != needed)
    return [
        {
            "code": code,
            "name": NAMES.get(code, code),
            "text": texts.get(code, ""),
            "wrong": wrong.get(f"text_{code}", []),
            "needed": code == needed,
        }
        for code in codes
    ]


def _thread_page(
    request: HttpRequest,
    found: Thread,
    texts: dict[str, str],
    wrong: dict[str, list[str]],
    status: int = 200,
) -> HttpResponse:
    needed = found.language if found.language in languages() else "en"
    context = {
        "at": "inbox",
        "talk": pages.talk_of(found, get_language() or "en", inner=True),
        "thread": found,
        "fields": text_fields(texts, wrong, needed),
        "wrong": wrong,
        "outdated": status == 409,
        "saved": SavedAnswer.objects.all(),
        "people": inbox.people(),
        "place": _place_of(found),
        "pictured": seeing.pictured(found),
        "choices": seeing.choices_of(found, get_language() or "en"),
    }
    return render(request, "personalization/dialogue/thread.html", context, status=status)


def _place_of(found: Thread) -> str:
    """What it is about, as staff may see it: the page of the product, or the picture alone."""
    return reverse("wizard:product", args=[found.product.slug])


@require_safe
@marketer(SEE)
def picture(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """The design that it is about, as it was then."""
    data = seeing.picture_of(thread_or_404(thread_id))
    if data is None:
        raise Http404(_("There is no such picture."))
    return HttpResponse(data, content_type="image/webp")


@require_POST
@marketer(ANSWER)
def act(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """Take it, give it to somebody, show it, hide it, close it, or write a note."""
    found = thread_or_404(thread_id)
    try:
        told = _acted(request, found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except answering.Outdated:
        messages.error(request, _("Somebody else has done something with it. Look once more."))
    else:
        messages.success(request, told)
    return redirect("marketing_inbox:thread", thread_id)


def _acted(request: HttpRequest, found: Thread) -> str:
    do = request.POST.get("do", "")
    if do == "assign":
        name = request.POST.get("to", "")
        to = next((each for each in inbox.people() if each.get_username() == name), None)
        if name and to is None:
            raise ValidationError(_("Choose who answers."))
        answering.assign(thread=found, to=to)
        return _("Done.")
    if do == "note":
        answering.note(thread=found, text=request.POST.get("note", ""), by=_user(request))
        return _("Your note is there, for colleagues only.")
    if do in ("show", "hide"):
        answering.show(thread=found, shown=do == "show")
        return _("Everybody can read it now.") if do == "show" else _("It is not shown.")
    if do == "close":
        answering.close(thread=found, seen=_seen(request))
        return _("It is closed.")
    raise ValidationError(_("Choose what to do."))


@ANY
@marketer("dialogue.change_savedanswer")
def saved_answers(request: HttpRequest) -> HttpResponse:
    """The answers to have at hand, and a new one."""
    return _saved(request, SavedAnswer())


@ANY
@marketer("dialogue.change_savedanswer")
def saved_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, to change or to delete."""
    found = get_object_or_404(SavedAnswer, pk=pk)
    if request.method == "POST" and request.POST.get("delete"):
        found.delete()
        messages.success(request, _("It is deleted."))
        return redirect("marketing_inbox:saved")
    return _saved(request, found)


def _saved(request: HttpRequest, saved: SavedAnswer) -> HttpResponse:
    texts, wrong, status = dict(saved.texts), {}, 200
    if request.method == "POST":
        texts = posted_texts(request)
        saved.name = request.POST.get("name", "")
        try:
            answering.save_answer(saved=saved, texts=texts)
        except ValidationError as error:
            wrong, status = error.message_dict, 422
        else:
            messages.success(request, _("It is saved."))
            return redirect("marketing_inbox:saved")
    context = {
        "at": "saved",
        "rows": SavedAnswer.objects.all(),
        "saved": saved,
        "fields": text_fields(texts, wrong, "en"),
        "wrong": wrong,
        "names": [f"{{{name}}}" for name in fields.NAMES],
    }
    return render(request, "personalization/dialogue/saved.html", context, status=status)
