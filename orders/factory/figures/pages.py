"""The figures as they are shown and exported: sections with a definition, a plot and a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from orders.factory.figures import charts, counting, reading
from orders.factory.figures.charts import Kind, Point
from orders.factory.figures.counting import Cause, Leads, Loads, Promises, SetUps, Yields
from orders.factory.figures.period import Period
from orders.factory.figures.sections import Section, Table, by_span, shares
from orders.factory.figures.writing import (
    days,
    minutes,
    percent,
    plain,
    rounded,
    short_span,
    span_text,
    told,
)
from orders.factory.wording import cause_name
from orders.tables import Cell

MOST_BARS = 12


@dataclass(frozen=True)
class Facts:
    """All that the figures of a period are counted from; each is read when it is asked for, at most
    once. Seven queries for all of them, whatever the period."""

    period: Period

    @cached_property
    def spans(self) -> Sequence[Period]:
        return self.period.spans()

    @cached_property
    def _built(self) -> list[reading.Built]:
        return reading.built(self.period)

    @cached_property
    def _done(self) -> list[reading.Done]:
        return reading.done(self.period)

    @cached_property
    def promises(self) -> Sequence[Promises]:
        return counting.promises(self.spans, self._built, timezone.localdate())

    @cached_property
    def leads(self) -> Sequence[Leads]:
        return counting.leads(self.spans, self._built)

    @cached_property
    def yields(self) -> Sequence[Yields]:
        return counting.yields(self.spans, self._built, reading.scraps(self.period))

    @cached_property
    def causes(self) -> Sequence[Cause]:
        return counting.causes(reading.causes(self.period))

    @cached_property
    def setups(self) -> Sequence[SetUps]:
        return counting.setups(self._done)

    @cached_property
    def loads(self) -> Sequence[Loads]:
        return counting.loads(reading.loads(self.period), self._done)

    @cached_property
    def names(self) -> dict[str, str]:
        return reading.names()


def sections(found: Facts) -> list[Section]:
    return [make(found) for make in SECTIONS.values()]


def section(found: Facts, name: str) -> Section:
    """One of them; KeyError for a name that is none."""
    return SECTIONS[name](found)


def _promises(found: Facts) -> Section:
    whole = counting.whole_promises(found.period, found.promises)
    title = _("Promises kept")
    return Section(
        name="promises",
        title=title,
        definition=_(
            "Of the promises decided in the period the share that was kept: one is kept when its "
            "work order is finished by the promised day, and broken on the day after it; P90 is "
            "the number of days late that nine of ten promises stayed within."
        ),
        value=percent(whole.share),
        note=_("P90 of lateness: %(days)s; %(kept)s of %(all)s kept")
        % {
            "days": days(whole.p90),
            "kept": plain(whole.kept),
            "all": plain(whole.decided),
        },
        empty=not whole.decided,
        table=by_span(
            "promises",
            found.promises,
            whole,
            _promise_cells,
            (_("Decided"), _("Kept"), _("Kept, %"), _("P90 of lateness, days")),
        ),
        columns=shares("promises", title, found.promises),
    )


def _promise_cells(part: Promises) -> tuple[Cell, ...]:
    return part.decided, part.kept, rounded(part.share), part.p90


def _leads(found: Facts) -> Section:
    whole = counting.whole_leads(found.period, found.leads)
    title = _("Lead time")
    return Section(
        name="lead-time",
        title=title,
        definition=_(
            "Days from the order to the finished work order, for the work orders finished in the "
            "period: half of them took no longer than the median, nine of ten no longer than P90."
        ),
        value=days(whole.median),
        note=_("P90: %(days)s; %(all)s finished")
        % {"days": days(whole.p90), "all": plain(len(whole.took))},
        empty=not whole.took,
        table=by_span(
            "lead-time",
            found.leads,
            whole,
            _lead_cells,
            (_("Finished"), _("Median, days"), _("P90, days")),
        ),
        columns=charts.columns(
            "lead-time",
            title,
            told([(span_text(p.span), f"{plain(p.median)} / {plain(p.p90)}") for p in found.leads]),
            [Point(short_span(p.span), p.median, p.p90) for p in found.leads],
            plain,
            first=_("Median, days"),
            second=_("P90, days"),
        ),
    )


def _lead_cells(part: Leads) -> tuple[Cell, ...]:
    return len(part.took), rounded(part.median), rounded(part.p90)


def _yields(found: Facts) -> Section:
    whole = counting.whole_yields(found.period, found.yields)
    title = _("First-pass yield")
    return Section(
        name="first-pass-yield",
        title=title,
        definition=_(
            "Of the work orders finished or scrapped in the period the share that was finished "
            "without any rework."
        ),
        value=percent(whole.share),
        note=_("%(good)s of %(all)s at the first go")
        % {"good": plain(whole.straight), "all": plain(whole.ended)},
        empty=not whole.ended,
        table=by_span(
            "first-pass-yield",
            found.yields,
            whole,
            _yield_cells,
            (_("Finished or scrapped"), _("At the first go"), _("Yield, %")),
        ),
        columns=shares("first-pass-yield", title, found.yields),
    )


def _yield_cells(part: Yields) -> tuple[Cell, ...]:
    return part.ended, part.straight, rounded(part.share)


def _setups(found: Facts) -> Section:
    alone = sum(each.alone for each in found.setups)
    saved = sum(each.saved for each in found.setups)
    title = _("Set-up saved by batching")
    rows: list[Sequence[Cell]] = [
        (
            _center(found, each.center),
            *(
                each.operations,
                each.setups,
                rounded(each.alone),
                rounded(each.saved),
            ),
            rounded(each.share),
        )
        for each in found.setups
    ]
    return Section(
        name="set-up",
        title=title,
        definition=_(
            "Set-up minutes that were not needed: operations with the same set-up (operation, "
            "material, thickness, choices) done on one day at one work center need it once, "
            "against once each."
        ),
        value=minutes(saved),
        note=_("%(share)s of %(all)s")
        % {"share": percent(counting.share(saved, alone)), "all": minutes(alone)},
        empty=not found.setups,
        table=Table(
            "set-up",
            (
                *(_("Work center"), _("Operations"), _("Set-ups")),
                *(_("Each for itself, min"), _("Saved, min"), _("Saved, %")),
            ),
            rows,
        ),
        bars=charts.bars(
            "set-up",
            title,
            told([(_center(found, e.center), minutes(e.saved)) for e in found.setups]),
            [
                Kind(
                    _center(found, each.center),
                    each.saved,
                    each.alone - each.saved,
                    f"{minutes(each.saved)} · {percent(each.share)}",
                )
                for each in found.setups[:MOST_BARS]
            ],
            first=_("saved"),
            second=_("needed once"),
        ),
    )


def _causes(found: Facts) -> Section:
    total = sum(cause.count for cause in found.causes)
    title = _("Causes of rework")
    return Section(
        name="rework",
        title=title,
        definition=_(
            "How often work orders went back to an operation or were scrapped in the period, by "
            "the cause that was given."
        ),
        value=plain(total),
        note=cause_name(found.causes[0].code) if found.causes else "",
        empty=not found.causes,
        table=Table(
            "rework",
            (_("Cause"), _("Rework"), _("Scrapped"), _("Together"), _("Share, %")),
            [
                (
                    cause_name(cause.code),
                    *(cause.reworked, cause.scrapped, cause.count),
                    rounded(counting.share(cause.count, total)),
                )
                for cause in found.causes
            ],
        ),
        bars=charts.bars(
            "rework",
            title,
            told([(cause_name(cause.code), plain(cause.count)) for cause in found.causes]),
            [
                Kind(
                    cause_name(cause.code),
                    cause.reworked,
                    cause.scrapped,
                    plain(cause.count),
                )
                for cause in found.causes[:MOST_BARS]
            ],
            first=_("rework"),
            second=_("scrapped"),
        ),
    )


def _loads(found: Facts) -> Section:
    capacity = sum(each.capacity for each in found.loads)
    booked = sum(each.booked for each in found.loads)
    title = _("Load")
    return Section(
        name="load",
        title=title,
        definition=_(
            "Booked minutes as a share of the minutes that each work center had in the period, by "
            "its calendar, stations and efficiency; beside it what was planned for the operations "
            "done, and what was clocked on them."
        ),
        value=percent(counting.share(booked, capacity)),
        note=_("%(booked)s of %(all)s") % {"booked": minutes(booked), "all": minutes(capacity)},
        empty=not found.loads,
        table=Table(
            "load",
            (
                *(_("Work center"), _("Minutes"), _("Booked"), _("Load, %")),
                *(_("Operations done"), _("Planned, min"), _("Clocked, min")),
            ),
            [
                (
                    _center(found, each.center),
                    *(each.capacity, each.booked, rounded(each.share), each.operations),
                    *(rounded(each.planned), rounded(each.worked)),
                )
                for each in found.loads
            ],
        ),
        bars=charts.bars(
            "load",
            title,
            told([(_center(found, e.center), percent(e.share)) for e in found.loads]),
            [
                Kind(
                    _center(found, each.center),
                    each.share or 0,
                    max(0.0, 100 - (each.share or 0)) if each.capacity else 0.0,
                    percent(each.share),
                )
                for each in found.loads[:MOST_BARS]
            ],
            first=_("booked"),
            second=_("free"),
        ),
    )


SECTIONS: dict[str, Callable[[Facts], Section]] = {
    "promises": _promises,
    "lead-time": _leads,
    "first-pass-yield": _yields,
    "set-up": _setups,
    "rework": _causes,
    "load": _loads,
}


def _center(found: Facts, code: str) -> str:
    return found.names.get(code) or code
