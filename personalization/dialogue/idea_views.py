"""Customers' page of ideas: proposing, voting, and what became of each."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from configurator.catalog.texts import say
from personalization.dialogue import ideas, limits, naming
from personalization.dialogue.models import Idea, Vote
from personalization.dialogue.pages import spoken
from personalization.dialogue.views import ASK, TOO_MANY, asker_of, private, product_or_404
from personalization.people import visitors, wholes

MOST = 100


@ASK
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The ideas for a product, the most wanted first; a new one."""
    product = product_or_404(slug)
    wrong: dict[str, list[str]] = {}
    status = 200
    if request.method == "POST":
        if limits.may_write(request):
            try:
                ideas.propose(
                    product=product,
                    option=request.POST.get("option", ""),
                    words=request.POST.get("words", ""),
                    asker=asker_of(request),
                )
            except ValidationError as error:
                wrong, status = error.message_dict, 422
            else:
                told = _("Thank you. Somebody here looks at it before others can vote for it.")
                messages.success(request, told)
                return redirect("dialogue:ideas", slug)
        else:
            told = _("That was a lot in a short time. Please wait an hour.")
            wrong, status = {"words": [told]}, TOO_MANY
    locale, live = get_language() or "en", naming.live(product)
    person = visitors.person_of(request)
    rows = list(ideas.shown(product).select_related("release")[:MOST])
    voted = _voted(rows, person.whole_id) if person else set()
    options = (
        [(code, say(info.name, locale)) for code, info in live.options.items()] if live else []
    )
    context = {
        "slug": slug,
        "product": say(live.name, locale) if live else product.name,
        "ideas": [
            {
                "idea": each,
                "about": naming.name_of(live, each.option, locale),
                "answer": spoken(each.answer, locale),
                "voted": each.pk in voted,
                "open": each.state in Idea.VOTABLE,
            }
            for each in rows
        ],
        "options": options,
        "wrong": wrong,
        "said": {name: request.POST.get(name, "") for name in ("option", "words", "email")},
    }
    return private(render(request, "personalization/dialogue/ideas.html", context, status=status))


def _voted(rows: list[Idea], whole: int) -> set[UUID]:
    votes = Vote.objects.filter(idea__in=rows)
    mine = votes.filter(wholes.of(whole))
    return set(mine.values_list("idea_id", flat=True))


@require_POST
def vote(request: HttpRequest, idea_id: UUID) -> HttpResponse:
    """Want it, too; or not any more."""
    rows = Idea.objects.filter(state__in=Idea.SHOWN).select_related("product")
    idea = get_object_or_404(rows, pk=idea_id)
    person = visitors.person_of(request, make=True)
    try:
        if person is not None:
            ideas.vote(idea=idea, person=person)
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
    return redirect(f"{_ideas_url(idea)}#idea-{idea.pk}")


def _ideas_url(idea: Idea) -> str:
    from django.urls import reverse

    return reverse("dialogue:ideas", args=[idea.product.slug])


@csrf_exempt
@ASK
def quiet(request: HttpRequest, token: str) -> HttpResponse:
    """No mail about the idea any more: the address is forgotten."""
    idea = get_object_or_404(Idea, token=token)
    if request.method == "POST":
        Idea.objects.filter(pk=idea.pk).update(email="")
    context = {"done": request.method == "POST", "quiet_url": request.path}
    return private(render(request, "personalization/dialogue/quiet.html", context))
