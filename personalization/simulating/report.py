"""What a run shows: the truth beside each report of the shop, and every promise that was broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Avg, Count

from orders.voices.models import Voice
from personalization.messages.models import Message, Verdict
from personalization.people.models import Event
from personalization.simulating import forecasting, liking, truth
from personalization.simulating.advised import worth
from personalization.simulating.checking import Checks, checks
from personalization.simulating.forecasting import Part
from personalization.simulating.run import Outcome
from personalization.simulating.truth import Told
from personalization.simulating.world import TRIALS


@dataclass(frozen=True)
class Stars:
    """What a product's stars say, and how many it deserves."""

    product: str
    count: int
    mean: float
    deserved: float


@dataclass(frozen=True)
class Report:
    """Everything that is told, read while it is still the end of the run."""

    outcome: Outcome
    told: list[Told]
    stars: list[Stars]
    checks: Checks
    events: int
    messages: int
    forecast: dict[str, list[Part]]


def report(outcome: Outcome) -> Report:
    told = [
        line
        for trial in TRIALS
        for line in truth.told_of(trial, outcome.trials[trial.code], outcome.ledger, outcome.ends)
    ]
    counts = Event.objects.count(), Message.objects.count()
    return Report(outcome, told, _stars(), checks(outcome), *counts, _forecast(outcome))


def _forecast(outcome: Outcome) -> dict[str, list[Part]]:
    return {
        name: forecasting.parts(name, outcome.forecast, outcome.people, outcome.ledger)
        for name in forecasting.NAMES
    }


def _stars() -> list[Stars]:
    product = "specification__release__product__slug"
    rows = Voice.objects.order_by(product).values_list(product)
    return [
        Stars(slug, count, mean, liking.true_mean(slug))
        for slug, count, mean in rows.annotate(n=Count("pk"), mean=Avg("stars"))
    ]


def lines(told: Report) -> Iterator[str]:
    """As a table."""
    outcome = told.outcome
    asked = outcome.asked
    yield f"{asked.people} people, {asked.days} days, seed {asked.seed}"
    yield (
        f"  {told.events} events, {len(outcome.ledger.bought)} orders, {told.messages} messages "
        f"asked for, {told.checks.sent} sent, {outcome.jobs} jobs"
    )
    yield ""
    yield from _trials(told.told)
    yield ""
    yield from _liked(told.stars)
    yield ""
    yield from _advised(outcome)
    for name, parts in told.forecast.items():
        yield from _foretold(forecasting.NAMES[name], parts, asked.days)
    yield ""
    yield from _kept(told)
    yield ""
    yield from _time(outcome)


def _trials(told: list[Told]) -> Iterator[str]:
    yield (
        f"{'experiment':<18}{'counted':<9}{'people':>7}{'truth':>10}{'estimate':>10}"
        f"{'interval':>22}  truth in it"
    )
    for row in told:
        places = 1 if row.metric == "revenue" else 3
        between = f"{row.low:+.{places}f} … {row.high:+.{places}f}"
        found = ", an effect is found" if row.found else ""
        yield (
            f"{row.trial:<18}{row.metric:<9}{row.people:>7}{row.truth:>+10.{places}f}"
            f"{row.estimate:>+10.{places}f}{between:>22}  {'yes' if row.covered else 'NO'}{found}"
        )
    yield f"{sum(row.covered for row in told)} of {len(told)} intervals hold the truth"


def _liked(stars: list[Stars]) -> Iterator[str]:
    yield f"{'stars':<30}{'said':>6}{'mean':>7}{'deserved':>10}"
    for row in stars:
        yield f"{row.product:<30}{row.count:>6}{row.mean:>7.2f}{row.deserved:>10.2f}"


def _advised(outcome: Outcome) -> Iterator[str]:
    found = worth(outcome.advised.sayings)
    if found is None:
        yield "advice: too few have ordered alike to say anything"
        return
    yield f"advice: said {found.said} times to {found.people} people"
    yield f"  {found.right:.0%} is what somebody likes best"
    yield (
        f"  {found.usual:.0%} what most have ordered would be; the advice is better by "
        f"{100 * found.better:+.1f} ({100 * found.low:+.1f} … {100 * found.high:+.1f}) points"
    )
    yield f"  {found.best:.0%} who knows all tastes would find"


def _foretold(called: str, parts: list[Part], days: int) -> Iterator[str]:
    least = forecasting.LEAST_DAYS
    if not parts:
        short = days < least
        why = f"told in runs of {least} days or more" if short else "too few to learn from"
        yield f"{called}: {why}"
        return
    head = f"{'people':>7}{'told':>8}{'true':>8}{'came':>8}{'interval':>14}  told in it"
    yield f"{called:<32}{head}"
    for place, part in enumerate(parts, 1):
        shares = "".join(f"{share:>8.0%}" for share in (part.told, part.true, part.came))
        between = " … ".join(f"{share:.0%}" for share in part.between)
        said = f"{shares}{between:>14}  {'yes' if part.honest else 'NO'}"
        yield f"  fifth {place:<24}{part.people:>7}{said}"


def _kept(told: Report) -> Iterator[str]:
    for name, count in told.checks.broken.items():
        yield f"{name:<34}{count:>6}"
    yield f"{'yes taken back while it was written':<34}{told.checks.worst_moments:>6}"
    yield f"{'orders for which there was no time':<34}{told.outcome.turned_away:>6}"
    if told.outcome.kills:
        yield f"{'workers killed':<34}{told.outcome.kills:>6}"
        yield f"{'mails again under their Message-ID':<34}{told.checks.again:>6}"
    yield "what was decided:"
    outcomes, reasons = dict(Verdict.Outcome.choices), dict(Verdict.Reason.choices)
    for (outcome, reason), count in sorted(told.checks.verdicts.items()):
        yield f"  {outcomes[outcome]!s}, {reasons[reason]!s}: {count}"


def _time(outcome: Outcome) -> Iterator[str]:
    real, worked = (sum(column) for column in zip(*outcome.seconds, strict=True))
    most, days = max(each for each, _worked in outcome.seconds), len(outcome.seconds)
    yield (
        f"{real:.1f} s, {worked:.1f} s of them at work: {real / days:.2f} s a simulated day, "
        f"{most:.2f} s at most"
    )
