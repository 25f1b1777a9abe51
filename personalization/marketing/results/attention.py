"""What needs somebody today: late answers, alarmed experiments, messages that are held back, …"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orders.promo.models import Promotion
from orders.voices.models import Voice
from personalization.dialogue.models import Idea, Thread
from personalization.experiments.models import Experiment
from personalization.experiments.results import alarmed, altered
from personalization.messages.models import Message, Verdict

URGENT, SOON = "urgent", "soon"
SOON_OVER = timedelta(days=3)
NEARLY = 0.9
"""Of a promotion's limit."""


@dataclass(frozen=True)
class Matter:
    """Something to look at: in words, where, and how urgent it is."""

    words: str
    url: str
    weight: str = SOON


def matters(user: User) -> list[Matter]:
    """The urgent ones first; only what this user may open."""
    found = [matter for permission, look in LOOKS if user.has_perm(permission) for matter in look()]
    return sorted(found, key=lambda matter: matter.weight != URGENT)


def _late() -> Iterator[Matter]:
    now = timezone.now()
    today = timezone.localtime(now).replace(hour=23, minute=59, second=59)
    waiting = Thread.objects.filter(state=Thread.State.OPEN)
    counted = waiting.aggregate(
        late=Count("pk", filter=Q(due_at__lt=now)),
        today=Count("pk", filter=Q(due_at__gte=now, due_at__lte=today)),
    )
    inbox = reverse("marketing_inbox:inbox")
    if count := counted["late"]:
        told = ngettext("%(count)d answer is late", "%(count)d answers are late", count)
        yield Matter(told % {"count": count}, f"{inbox}?show=late", URGENT)
    if count := counted["today"]:
        told = ngettext("%(count)d answer is due today", "%(count)d answers are due today", count)
        yield Matter(told % {"count": count}, f"{inbox}?show=open")


def _unseen() -> Iterator[Matter]:
    """What customers agreed to show, and nobody here has looked at."""
    new = Q(voice=None, public=True, shown=Thread.Shown.NEW)
    new |= Q(voice__public=True, voice__state=Voice.State.NEW)
    if count := Thread.objects.filter(new).count():
        told = ngettext(
            "%(count)d review or question may be shown once you have looked at it",
            "%(count)d reviews and questions may be shown once you have looked at them",
            count,
        )
        yield Matter(told % {"count": count}, reverse("marketing_inbox:inbox") + "?show=show")
    if count := Idea.objects.filter(state=Idea.State.NEW).count():
        told = ngettext(
            "%(count)d idea is to be looked at", "%(count)d ideas are to be looked at", count
        )
        yield Matter(told % {"count": count}, reverse("marketing_inbox:ideas"))


def _experiments() -> Iterator[Matter]:
    for each in Experiment.objects.filter(state=Experiment.State.RUNNING):
        url = reverse("experiments:experiment", args=[each.pk])
        if altered(each):
            told = _("The plan of “%(name)s” was changed after it started")
            yield Matter(told % {"name": each.name}, url, URGENT)
        elif alarmed(each):
            told = _("The arms of “%(name)s” don’t get people as they should")
            yield Matter(told % {"name": each.name}, url, URGENT)


def _held_back() -> Iterator[Matter]:
    """Messages that wait because their reader got enough lately."""
    last = Verdict.objects.filter(message=OuterRef("pk")).order_by("-pk").values("reason")[:1]
    waiting = Message.objects.filter(state=Message.State.WAITING).order_by()
    capped = waiting.annotate(why=Subquery(last)).filter(why=Verdict.Reason.CAP)
    if count := capped.count():
        told = ngettext(
            "%(count)d message is held back: its reader got enough lately",
            "%(count)d messages are held back: their readers got enough lately",
            count,
        )
        yield Matter(told % {"count": count}, reverse("messages_room:list") + "?state=waiting")


def _promotions() -> Iterator[Matter]:
    now = timezone.now()
    rows = Promotion.objects.filter(active=True).exclude(ends_at__lt=now).exclude(starts_at__gt=now)
    for each in rows.filter(limit__gt=0, used__gte=NEARLY * F("limit")):
        told = _("“%(name)s” is nearly used up: %(used)d of %(limit)d")
        if each.limit is not None and each.used >= each.limit:
            told = _("“%(name)s” is used up: %(used)d of %(limit)d")
        facts = {"name": each.name, "used": each.used, "limit": each.limit}
        yield Matter(told % facts, reverse("admin:promo_promotion_change", args=[each.pk]))
    for each in rows.filter(ends_at__lte=now + SOON_OVER):
        day = date_format(timezone.localtime(each.ends_at), "SHORT_DATE_FORMAT")
        told = _("“%(name)s” ends on %(day)s") % {"name": each.name, "day": day}
        yield Matter(told, reverse("admin:promo_promotion_change", args=[each.pk]))


LOOKS: tuple[tuple[str, Callable[[], Iterator[Matter]]], ...] = (
    ("dialogue.view_thread", _late),
    ("dialogue.view_thread", _unseen),
    ("experiments.view_experiment", _experiments),
    ("letters.view_message", _held_back),
    ("promo.view_promotion", _promotions),
)
