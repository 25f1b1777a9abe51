"""Figures about people: what was said to them or not, what they allow, took, and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from orders.factory.figures import charts
from orders.factory.figures.charts import Kind
from orders.factory.figures.period import Period
from orders.factory.figures.writing import percent, plain, rounded
from orders.factory.figures.writing import told as spoken
from orders.tables import Cell
from orders.voices.models import Voice
from personalization.marketing.results import figures
from personalization.marketing.results.daily import (
    before,
    counted,
    how_many,
    shifted,
    told,
    within,
)
from personalization.marketing.results.figures import Figure, Table, change
from personalization.messages.models import Verdict
from personalization.people.models import Decision, Event
from personalization.people.purposes import Channel, Purpose

Outcome = Verdict.Outcome
SENT, WITHHELD, DELAYED = str(Outcome.SENT), str(Outcome.WITHHELD), str(Outcome.DELAYED)


class Said:
    """What was decided about messages: how often in each span, and why not in the period."""

    def __init__(self, period: Period) -> None:
        rows = Verdict.objects.all()
        kinds = {key: Q(outcome=key) for key in (SENT, WITHHELD, DELAYED)}
        self.outcomes = how_many(rows, "at", told(period), **kinds)
        held = within(rows, "at", period).exclude(outcome=SENT).order_by()
        found = held.values_list("outcome", "reason").annotate(count=Count("pk"))
        self.reasons = Counter({(outcome, reason): n for outcome, reason, n in found})


def messages(period: Period, spans: Sequence[Period], found: Said) -> Figure:
    title, outcomes = _("Messages"), found.outcomes
    now, then = outcomes.over(period, SENT), outcomes.over(before(period), SENT)

    def cells(span: Period) -> tuple[Cell, ...]:
        past = shifted(span, period.days)
        counted = [int(outcomes.over(span, key)) for key in (SENT, WITHHELD, DELAYED)]
        return (*counted, int(outcomes.over(past, SENT)))

    return Figure(
        name="messages",
        title=title,
        definition=_("Messages sent over all channels, beside those that were not sent after all."),
        value=plain(now),
        change=change(now, then),
        note=_("not sent: %(count)s") % {"count": plain(outcomes.over(period, WITHHELD))},
        empty=not any(outcomes.over(each) for each in (period, before(period))),
        table=figures.by_span(
            spans, period, (_("Sent"), _("Not sent"), _("Put off"), _("Sent before")), cells
        ),
        columns=figures.over_time(
            "messages",
            title,
            spans,
            period.days,
            lambda span: outcomes.over(span, SENT),
            second=lambda span: outcomes.over(span, WITHHELD),
            legend=(_("Sent"), _("Not sent")),
        ),
    )


def reasons(found: Said) -> Figure:
    """Why messages were not sent, or put off."""
    held = Counter[str]()
    for (_outcome, reason), count in found.reasons.items():
        held[reason] += count
    total = held.total()
    names = {reason: str(label).capitalize() for reason, label in Verdict.Reason.choices}
    ordered = [(reason, *_held(found, reason)) for reason, _count in held.most_common()]
    rows: list[Sequence[Cell]] = [
        (names.get(reason, reason), withheld, delayed, rounded(100 * held[reason] / total))
        for reason, withheld, delayed in ordered
    ]
    kinds = [
        Kind(names.get(reason, reason), withheld, delayed, plain(withheld + delayed))
        for reason, withheld, delayed in ordered
    ]
    title = _("Held back, and why")
    return Figure(
        name="held-back",
        title=title,
        definition=_("Decisions not to send a message, or not yet; one may be put off repeatedly."),
        value=plain(total),
        change="",
        note=kinds[0].label if kinds else "",
        empty=not total,
        table=Table((_("Reason"), _("Not sent"), _("Put off"), _("Share, %")), rows),
        bars=charts.bars(
            "held-back",
            title,
            spoken([(kind.label, kind.value) for kind in kinds]),
            kinds,
            first=_("Not sent"),
            second=_("Put off"),
        ),
    )


def _held(found: Said, reason: str) -> tuple[int, int]:
    return found.reasons[WITHHELD, reason], found.reasons[DELAYED, reason]


YES, NO = "yes", "no"


def consents(period: Period, spans: Sequence[Period]) -> Figure:
    kinds = {YES: Q(granted=True), NO: Q(granted=False)}
    decided = how_many(Decision.objects.all(), "at", told(period), **kinds)
    now, then = decided.over(period, YES), decided.over(before(period), YES)
    title = _("Consents")
    return Figure(
        name="consents",
        title=title,
        definition=_("What people allowed, and what they took back or declined."),
        value=plain(now),
        change=change(now, then),
        note=_("withdrawn or declined: %(count)s") % {"count": plain(decided.over(period, NO))},
        empty=not any(decided.over(each) for each in (period, before(period))),
        table=_purposes(period),
        columns=figures.over_time(
            "consents",
            title,
            spans,
            period.days,
            lambda span: decided.over(span, YES),
            second=lambda span: decided.over(span, NO),
            legend=(_("Allowed"), _("Withdrawn or declined")),
        ),
    )


def _purposes(period: Period) -> Table:
    """By purpose and channel, now and before."""
    cells: dict[tuple[str, str], list[int]] = {}
    for place, span in ((0, period), (2, before(period))):
        rows = within(Decision.objects.all(), "at", span).order_by()
        counted = rows.values_list("purpose", "channel").annotate(
            yes=Count("pk", filter=Q(granted=True)), no=Count("pk", filter=Q(granted=False))
        )
        for purpose, channel, yes, no in counted:
            cells.setdefault((purpose, channel), [0, 0, 0, 0])[place : place + 2] = [yes, no]
    purposes, channels = dict(Purpose.choices), dict(Channel.choices)
    rows_of: list[Sequence[Cell]] = [
        (str(purposes.get(purpose, purpose)), str(channels.get(channel, channel)), *counts)
        for (purpose, channel), counts in sorted(
            cells.items(), key=lambda each: (-each[1][0], each)
        )
    ]
    header = (
        *(_("What for"), _("Channel"), _("Allowed"), _("Withdrawn or declined")),
        *(_("Allowed before"), _("Withdrawn or declined before")),
    )
    return Table(header, rows_of, texts=2)


TOOK, CHOSE = str(Event.Kind.TOOK), str(Event.Kind.CHOSE)
VALUES, WHOLE = "values", "whole"


def recommendations(period: Period, spans: Sequence[Period], product: str) -> Figure:
    """How often what others chose was taken."""
    rows = Event.objects.filter(product=product) if product else Event.objects.all()
    kinds = {VALUES: ~Q(option=""), WHOLE: Q(option="")}
    took = how_many(rows.filter(kind=TOOK), "at", told(period), **kinds)
    changes = how_many(rows.filter(kind=CHOSE), "at", spans)
    now, then = took.over(period), took.over(before(period))
    title = _("Recommendations taken")

    def cells(span: Period) -> tuple[Cell, ...]:
        all_of_them, past = changes.over(span), shifted(span, period.days)
        share = rounded(100 * took.over(span) / all_of_them) if all_of_them else None
        parts = (took.over(span, VALUES), took.over(span, WHOLE), all_of_them)
        return (*(int(each) for each in parts), share, int(took.over(past)))

    chose = changes.over(period)
    return Figure(
        name="recommendations",
        title=title,
        definition=_(
            "How often customers took a value that others had chosen, or had a design finished as "
            "others did; of customers who don’t object to being counted."
        ),
        value=plain(now),
        change=change(now, then),
        note=_("%(share)s of all changes")
        % {"share": percent(100 * now / chose if chose else None)},
        empty=not (now or then),
        table=figures.by_span(
            spans,
            period,
            (_("Values"), _("Designs finished"), _("Changes in all"), _("Share, %"), _("Before")),
            cells,
        ),
        columns=figures.over_time(
            "recommendations",
            title,
            spans,
            period.days,
            took.over,
        ),
    )


COUNT, STARS, BAD = "count", "stars", "bad"


def reviews(period: Period, spans: Sequence[Period], product: str) -> Figure:
    """What customers said of what arrived."""
    rows = Voice.objects.exclude(state=Voice.State.DECLINED)
    if product:
        rows = rows.filter(specification__release__product__slug=product)
    sums = {
        COUNT: Count("stars"),
        STARS: Sum("stars"),
        BAD: Count("stars", filter=Q(stars__lte=2)),
    }
    found = counted(rows, "said_at", told(period), sums)
    now, then = found.over(period, COUNT), found.over(before(period), COUNT)

    def mean(span: Period) -> float | None:
        count = found.over(span, COUNT)
        return found.over(span, STARS) / count if count else None

    def cells(span: Period) -> tuple[Cell, ...]:
        past, stars_now = shifted(span, period.days), mean(span)
        average = None if stars_now is None else round(stars_now, 2)
        counts = (found.over(span, COUNT), found.over(span, BAD), found.over(past, COUNT))
        count, bad, then = (int(each) for each in counts)
        return count, average, bad, then

    title = _("Reviews")
    return Figure(
        name="reviews",
        title=title,
        definition=_("Stars that customers gave to what arrived; declined reviews don’t count."),
        value="–" if mean(period) is None else f"{plain(mean(period))} ★",
        change=change(now, then),
        note=_("%(count)s reviews, before: %(then)s") % {"count": plain(now), "then": plain(then)},
        empty=not (now or then),
        table=figures.by_span(
            spans,
            period,
            (_("Reviews"), _("Stars on average"), _("One or two stars"), _("Before")),
            cells,
        ),
        columns=figures.over_time(
            "reviews", title, spans, period.days, lambda span: found.over(span, COUNT)
        ),
    )
