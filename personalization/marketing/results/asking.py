"""Figures about questions: answered in time, late, or still open; and the open ones by deadline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Min, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from orders.factory.figures.period import Period
from orders.factory.figures.writing import plain, rounded
from orders.tables import Cell
from personalization.dialogue.deadlines import deadline
from personalization.dialogue.models import Message, Thread
from personalization.marketing.results import figures
from personalization.marketing.results.daily import before, both, by_span, shifted, told, within
from personalization.marketing.results.figures import Figure, change

MOST_OPEN = 8
IN_TIME, LATE, WAITING, CLOSED = "in time", "late", "waiting", "closed"


def questions(period: Period, spans: Sequence[Period], product: str) -> Figure:
    """By the day on which they were asked."""
    rows = within(_talks(product), "asked_at", both(period))
    found = by_span(told(period), _judged(rows))
    now, then = found.over(period), found.over(before(period))

    def cells(span: Period) -> tuple[Cell, ...]:
        in_time, late = found.over(span, IN_TIME), found.over(span, LATE)
        share = rounded(100 * in_time / (in_time + late)) if in_time + late else None
        counts = (found.over(span), in_time, late, found.over(span, WAITING))
        past = found.over(shifted(span, period.days))
        return (*(int(each) for each in counts), share, int(past))

    title = _("Questions and reviews to answer")
    facts = {"late": plain(found.over(period, LATE)), "open": plain(found.over(period, WAITING))}
    return Figure(
        name="questions",
        title=title,
        definition=_(
            "By the day they came in: answered by the deadline, late (answered after it, or due by "
            "now), or waiting within it; others were closed without an answer."
        ),
        value=plain(now),
        change=change(now, then),
        note=_("late: %(late)s · waiting: %(open)s") % facts,
        empty=not (now or then),
        table=figures.by_span(
            spans,
            period,
            (
                *(_("Came in"), _("In time"), _("Late"), _("Waiting")),
                *(_("In time, %"), _("Before")),
            ),
            cells,
        ),
        columns=figures.over_time(
            "questions",
            title,
            spans,
            period.days,
            found.over,
            second=lambda span: found.over(span, LATE),
            legend=(_("Came in"), _("Late")),
        ),
    )


def _talks(product: str) -> QuerySet[Thread]:
    return Thread.objects.filter(product__slug=product) if product else Thread.objects.all()


def _judged(rows: QuerySet[Thread]) -> Iterator[tuple[datetime, str]]:
    """When each talk began, and what has become of it."""
    ours = Message.objects.filter(thread=OuterRef("pk"), ours=True, inner=False)
    first = Subquery(ours.order_by().values("thread").annotate(first=Min("at")).values("first"))
    values = rows.order_by().annotate(first=first)
    now = timezone.now()
    for asked, answered, state, due in values.values_list("asked_at", "first", "state", "due_at"):
        yield asked, _became(asked, answered, state, due, now)


def _became(
    asked: datetime, answered: datetime | None, state: str, due: datetime | None, now: datetime
) -> str:
    if answered is None and state != Thread.State.OPEN:
        return CLOSED
    if answered is None:
        return LATE if (due or deadline(asked)) < now else WAITING
    soon = answered - asked <= timedelta(hours=settings.REPLY_HOURS)
    return IN_TIME if soon or answered <= deadline(asked) else LATE


def waiting(product: str) -> list[Thread]:
    """The talks that are to be answered first."""
    rows = _talks(product).filter(state=Thread.State.OPEN).select_related("product", "assigned_to")
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "asked_at")[:MOST_OPEN])
