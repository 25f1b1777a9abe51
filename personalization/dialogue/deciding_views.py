"""Answering ideas, and telling which talks a release has answered."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from configurator.catalog.models import Product, Release
from personalization.dialogue import answering, ideas, inbox, naming, pages
from personalization.dialogue.inbox_views import ANY, posted_texts, text_fields
from personalization.dialogue.models import Idea, Thread
from personalization.dialogue.roles import CHANGED
from personalization.people.marketers import marketer

MOST = 200
RECENT = 10


@require_safe
@marketer("dialogue.view_idea")
def ideas_listed(request: HttpRequest) -> HttpResponse:
    """What was proposed, the most wanted first."""
    show = request.GET.get("show", "new")
    rows = ideas.counted(inbox.ideas_to_answer(show)).order_by("-wanted", "proposed_at")[:MOST]
    context = {"at": "ideas", "show": show, "ideas": rows}
    return render(request, "personalization/dialogue/ideas_inbox.html", context)


@ANY
@marketer("dialogue.change_idea")
def idea(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """One idea, and what becomes of it."""
    found = get_object_or_404(Idea.objects.select_related("product", "release"), pk=idea_id)
    texts, wrong, status = dict(found.answer), {}, 200
    chosen, release = found.state, str(found.release_id or "")
    if request.method == "POST":
        texts = posted_texts(request)
        chosen, release = request.POST.get("state", ""), request.POST.get("release", "")
        try:
            answering.decide(
                idea=found, state=chosen, texts=texts, release=_release(found, release)
            )
        except ValidationError as error:
            wrong, status = error.message_dict, 422
        else:
            messages.success(request, _("They read it on the page of ideas."))
            return redirect("marketing_inbox:ideas")
    context = {
        "at": "ideas",
        "idea": found,
        "wanted": ideas.counted(Idea.objects.filter(pk=found.pk)).get().wanted,
        "about": naming.name_of(naming.live(found.product), found.option, get_language() or "en"),
        "states": [each for each in Idea.State.choices if each[0] != Idea.State.NEW],
        "state": chosen,
        "release": release,
        "releases": found.product.releases.order_by("-number")[:RECENT],
        "fields": text_fields(texts, wrong, found.language),
        "wrong": wrong,
    }
    return render(request, "personalization/dialogue/idea.html", context, status=status)


def _release(found: Idea, text: str) -> Release | None:
    ids = _uuids([text])
    return Release.objects.filter(pk__in=ids, product=found.product_id).first()


def _uuids(texts: Iterable[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@require_safe
@marketer(CHANGED)
def changed_products(request: HttpRequest) -> HttpResponse:
    """The latest releases, and how much was said about each product."""
    releases = Release.objects.filter(live=True).select_related("product")
    context = {"at": "changed", "releases": releases.order_by("-published_at")[:MOST]}
    return render(request, "personalization/dialogue/changed_products.html", context)


@ANY
@marketer(CHANGED)
def changed(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """You said, we changed: what this release answers."""
    release = get_object_or_404(Release.objects.select_related("product"), pk=release_id)
    texts: dict[str, str] = {}
    wrong: dict[str, list[str]] = {}
    status = 200
    picked = set(request.POST.getlist("thread")), set(request.POST.getlist("idea"))
    if request.method == "POST":
        texts = posted_texts(request)
        try:
            if not picked[0] and not picked[1]:
                raise ValidationError({"thread": _("Choose what it answers.")})
            talks, done = answering.changed(
                release=release,
                texts=texts,
                threads=_uuids(picked[0]),
                ideas=_uuids(picked[1]),
                by=request.user if isinstance(request.user, User) else None,
            )
        except ValidationError as error:
            wrong, status = error.message_dict, 422
        else:
            many = talks + done
            told = ngettext("%(n)d who said it is told.", "%(n)d who said it are told.", many)
            messages.success(request, told % {"n": many})
            return redirect("marketing_inbox:changed", release_id)
    context = {
        "at": "changed",
        "release": release,
        "fields": text_fields(texts, wrong, "en"),
        "wrong": wrong,
        "picked_threads": picked[0],
        "picked_ideas": picked[1],
        **_candidates(release.product),
    }
    return render(request, "personalization/dialogue/changed.html", context, status=status)


def _candidates(product: Product) -> dict[str, object]:
    """What was said about the product and is not closed by a release."""
    rows = Thread.objects.filter(product=product, release=None).order_by("option", "-asked_at")
    open_ideas = ideas.counted(Idea.objects.filter(product=product, state__in=Idea.VOTABLE))
    return {
        "talks": pages.talks(rows[:MOST], get_language() or "en"),
        "ideas": open_ideas.order_by("-wanted", "proposed_at")[:MOST],
    }
