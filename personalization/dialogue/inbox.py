"""What stands in the inbox, and how it is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from configurator.catalog.texts import languages
from orders.voices.models import Voice
from personalization.dialogue import fields
from personalization.dialogue.models import Idea, Message, SavedAnswer, Thread
from personalization.dialogue.writing import found_by

FILTERS: dict[str, str | Promise] = {
    "open": pgettext_lazy("inbox", "To answer"),
    "late": pgettext_lazy("inbox", "Late"),
    "mine": pgettext_lazy("inbox", "Mine"),
    "show": pgettext_lazy("inbox", "To look at"),
    "answered": pgettext_lazy("inbox", "Answered"),
    "closed": pgettext_lazy("inbox", "Closed"),
    "all": pgettext_lazy("inbox", "All"),
}
LONGEST_SEARCH = 60


def _where(show: str, user: Any) -> Q:
    is_open = Q(state=Thread.State.OPEN)
    return {
        "open": is_open,
        "late": is_open & Q(due_at__lt=timezone.now()),
        "mine": is_open & Q(assigned_to=user.pk),
        "show": Q(voice=None, public=True, shown=Thread.Shown.NEW)
        | Q(voice__public=True, voice__state=Voice.State.NEW),
        "answered": Q(state=Thread.State.ANSWERED),
        "closed": Q(state=Thread.State.CLOSED),
        "all": Q(),
    }[show]


@dataclass(frozen=True)
class Chip:
    """A filter with how many it finds."""

    code: str
    name: str | Promise
    count: int
    current: bool


def chips(user: Any, show: str) -> list[Chip]:
    states = Thread.objects.order_by().values_list("state").annotate(n=Count("pk"))
    counts = dict(states)  # in an index alone
    counts["all"] = sum(counts.values())
    for code in ("late", "mine", "show"):
        counts[code] = Thread.objects.filter(_where(code, user)).count()
    return [Chip(code, name, counts.get(code, 0), code == show) for code, name in FILTERS.items()]


def found(user: Any, show: str, search: str) -> QuerySet[Thread]:
    """The most urgent first, then the latest."""
    rows = Thread.objects.filter(_where(show, user))
    if search:
        talks = Message.objects.filter(found_by__contains=found_by(search)).values("thread")
        said = Q(pk__in=talks) | Q(author__icontains=search)
        about = Q(line__order__number__icontains=search) | Q(product__name__icontains=search)
        rows = rows.filter(said | about)
    return rows.order_by(F("due_at").asc(nulls_last=True), "-asked_at", "pk")


def people() -> list[User]:
    """Who may answer."""
    rows = User.objects.filter(is_active=True).filter(
        Q(is_superuser=True)
        | Q(groups__permissions__codename="change_thread")
        | Q(user_permissions__codename="change_thread")
    )
    return list(rows.distinct().order_by("username"))


def filled(saved: SavedAnswer, thread: Thread, link: str) -> dict[str, str]:
    """A saved answer as it reads in this talk, by language."""
    return {
        language: fields.filled(text, thread, language, link)
        for language, text in saved.texts.items()
        if language in languages()
    }


def ideas_to_answer(show: str) -> QuerySet[Idea]:
    rows = Idea.objects.select_related("product", "release")
    if show == "new":
        return rows.filter(state=Idea.State.NEW)
    if show == "open":
        return rows.filter(state__in=Idea.VOTABLE)
    return rows
