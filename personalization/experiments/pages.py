"""Results in words and pictures."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from configurator.wizard.money import babel_locale
from orders.money import say_money
from personalization.experiments.metrics import ORDERED
from personalization.experiments.models import Experiment
from personalization.experiments.plotting import Plot, plot
from personalization.experiments.results import Comparison, MetricResult, Results

PEOPLE_ENOUGH = 10


@dataclass(frozen=True)
class ArmRow:
    """A line of the table."""

    name: str
    people: int
    counted: int
    total: str
    mean: str
    difference: str  # "" for the first
    interval: str
    relative: str
    p: str


@dataclass(frozen=True)
class MetricPage:
    """One metric: its table, its plots and what they say."""

    name: str | Promise
    told: str | Promise
    main: bool
    rows: list[ArmRow]
    plots: list[Plot]
    verdicts: list[str]
    uplifts: list[str]  # what it is for all in the arm together


class Words:
    """Numbers of one experiment, in one language."""

    def __init__(self, experiment: Experiment, locale: str) -> None:
        self.currency = experiment.registered["currency"]
        self.locale = babel_locale(locale)
        self.language = locale

    def count(self, value: float) -> str:
        return str(format_decimal(round(value), locale=self.locale))

    def share(self, value: float) -> str:
        return str(format_percent(value, format="#,##0.0 %", locale=self.locale))

    def amount(self, result: MetricResult, value: float) -> str:
        """A mean, or a difference of means, in the unit of its metric."""
        if result.metric.money:
            from decimal import Decimal

            return say_money(Decimal(str(round(value, 2))), self.currency, self.language)
        if result.metric.code == ORDERED:
            return self.share(value)
        return str(format_decimal(round(value, 4), format="#,##0.####", locale=self.locale))

    def signed(self, result: MetricResult, value: float) -> str:
        told = self.amount(result, abs(value))
        return f"+{told}" if value > 0 else f"−{told}" if value < 0 else told

    def total(self, result: MetricResult, value: float) -> str:
        if result.metric.money:
            return self.amount(result, value)
        return self.count(value)


def metric_pages(found: Results, locale: str) -> list[MetricPage]:
    words = Words(found.experiment, locale)
    return [_metric_page(found.experiment, each, words) for each in found.metrics]


def _metric_page(experiment: Experiment, result: MetricResult, words: Words) -> MetricPage:
    against = {each.arm.code: each for each in result.comparisons}
    rows = []
    for arm in result.arms:
        told = against.get(arm.code)
        found = told.interval if told is not None else None
        rows.append(
            ArmRow(
                name=arm.name,
                people=arm.people,
                counted=arm.counted,
                total=words.total(result, arm.total),
                mean="–" if arm.mean is None else words.amount(result, arm.mean),
                difference="" if found is None else words.signed(result, found.estimate),
                interval=_interval(result, told, words),
                relative=_relative(told, words),
                p="" if told is None or found is None else _p(told.p),
            )
        )
    plots = [_plot(result, each, words) for each in result.comparisons]
    return MetricPage(
        name=result.metric.name,
        told=result.metric.told,
        main=result.main,
        rows=rows,
        plots=[each for each in plots if each is not None],
        verdicts=[_verdict(experiment, result, each, words) for each in result.comparisons],
        uplifts=[_uplift(result, each, words) for each in result.comparisons if each.interval],
    )


def _p(value: float) -> str:
    return f"{value:.3f}" if value >= 0.001 else "< 0.001"


def _interval(result: MetricResult, told: Comparison | None, words: Words) -> str:
    if told is None or told.interval is None:
        return ""
    low, high = (words.signed(result, v) for v in (told.interval.low, told.interval.high))
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _relative(told: Comparison | None, words: Words) -> str:
    if told is None or told.relative is None:
        return ""
    sign = "+" if told.relative > 0 else "−" if told.relative < 0 else ""
    return sign + words.share(abs(told.relative))


def _uplift(result: MetricResult, told: Comparison, words: Words) -> str:
    """What everybody counted in the arm did more than they would have done without."""
    if told.interval is None:
        return ""
    found, many = told.interval, told.arm.counted
    estimate, low, high = (v * many for v in (found.estimate, found.low, found.high))

    def signed(value: float) -> str:
        return ("+" if value > 0 else "−" if value < 0 else "") + words.total(result, abs(value))

    return _("“%(arm)s”, all together: %(estimate)s (%(low)s to %(high)s).") % {
        "arm": told.arm.name,
        "estimate": signed(estimate),
        "low": signed(low),
        "high": signed(high),
    }


def _plot(result: MetricResult, told: Comparison, words: Words) -> Plot | None:
    if told.interval is None or told.arm.counted + told.base.counted < 2:
        return None
    facts = {
        "arm": told.arm.name,
        "base": told.base.name,
        "interval": _interval(result, told, words),
        "metric": result.metric.name,
    }
    return plot(
        f"{result.metric.code}-{told.arm.code}",
        _("%(metric)s: %(arm)s against %(base)s") % facts,
        _("The difference after everybody who was counted: %(interval)s.") % facts,
        told.way,
        lambda value: words.signed(result, value),
        words.count,
    )


def _verdict(experiment: Experiment, result: MetricResult, told: Comparison, words: Words) -> str:
    """What may be said by now, and no more."""
    facts = {"arm": told.arm.name, "base": told.base.name}
    if told.interval is None or min(told.arm.counted, told.base.counted) < PEOPLE_ENOUGH:
        return _("“%(arm)s”: too few people have had all their days.") % facts
    if told.decided_after is None:
        return _("“%(arm)s”: not decided. The difference may be none at all.") % facts
    facts["people"] = words.count(told.decided_after)
    if told.interval.estimate > 0:
        return _("“%(arm)s” brings more than “%(base)s”: decided after %(people)s people.") % facts
    return _("“%(arm)s” brings less than “%(base)s”: decided after %(people)s people.") % facts
