"""Learning from orders: asked for by every order, done by a job some minutes later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from configurator.catalog import happenings
from configurator.catalog.happenings import Happening
from configurator.catalog.models import Product, Release
from configurator.catalog.queries import released
from orders import jobs
from orders.models import Job, OrderLine
from personalization.recommending.artifacts import Learned, store
from personalization.recommending.gathering import History, history_of
from personalization.recommending.models import Knowledge
from personalization.recommending.protocol import Report, evaluate
from personalization.recommending.voting import Votes
from personalization.recommending.weighing import learned

LEARN = "recommending.learn"
QUEUE = "examine"
PATIENCE = timedelta(minutes=15)
"""So long orders are gathered before they are learned from."""
FEWEST_TRIED = 40
"""With fewer customers none are held out to try it on."""
TRIED = 150
"""Customers of each half on whom it is tried, at most."""


def hear(happening: Happening) -> None:
    """Something was bought, or was not after all: learn from it, in a while. After a release what
    is known is learned anew at once, for what it has of options and values."""
    if happening.kind == happenings.PUBLISHED:
        known = Knowledge.objects.filter(product__slug=happening.product, customers__gt=0)
        for each in known.select_related("product"):
            ask(product=each.product)
        return
    if happening.kind not in (happenings.BOUGHT, happenings.CANCELED):
        return
    bought = Product.objects.filter(slug=happening.product)
    if happening.kind == happenings.CANCELED:
        lines = OrderLine.objects.filter(order=happening.order)
        bought = Product.objects.filter(pk__in=lines.values("specification__release__product"))
    for product in bought:
        ask(product=product, patience=PATIENCE)


def knowledge_of(product: Product) -> Knowledge:
    """What is known of a product; a row from now on."""
    return Knowledge.objects.get_or_create(product=product)[0]


def ask(*, product: Product, patience: timedelta = timedelta()) -> None:
    """Have it learned anew, once, however often it is asked meanwhile."""
    with transaction.atomic():
        knowledge = knowledge_of(product)
        if Knowledge.objects.filter(pk=knowledge.pk, waiting=False).update(waiting=True):
            payload = {"product": product.pk}
            due = timezone.now() + patience
            jobs.enqueue(kind=LEARN, queue=QUEUE, payload=payload, due_at=due)


def switch(*, product: Product, on: bool) -> None:
    """Recommend, or don't."""
    knowledge = knowledge_of(product)
    Knowledge.objects.filter(pk=knowledge.pk).update(on=on)


@dataclass(frozen=True)
class Lesson:
    """What came out of learning."""

    artifact: str
    customers: int
    success: dict[str, Any]


def perform(job_id: str) -> None:
    """Learn from all orders of the job's product."""
    jobs.perform_prepared(job_id, _learn, _keep)


def _learn(job: Job) -> Lesson | None:
    product_id = int(job.payload["product"])
    Knowledge.objects.filter(product_id=product_id).update(waiting=False)
    release = Release.objects.filter(product_id=product_id, live=True).first()
    if release is None:
        return None
    with jobs.holding(job):
        return lesson(product_id, release)


def lesson(product_id: int, release: Release) -> Lesson:
    """Learn, and try it on customers who were held out."""
    product = released(release.pk)
    history = history_of(product_id, product)
    if not len(history.codes) or not history.columns:
        return Lesson("", 0, {})
    weights = learned(history.codes, history.sizes)
    names = tuple(column.variable.name for column in history.columns)
    values = tuple(column.values for column in history.columns)
    votes = Votes.of(history.codes, history.sizes, weights)
    return Lesson(
        store(Learned(names, values, votes)),
        len(history.codes),
        _tried(product.space, history),
    )


def _tried(space: Any, history: History) -> dict[str, Any]:
    if len(history.codes) < FEWEST_TRIED:
        return {}
    return summary(evaluate(space, history.halves(), most=TRIED))


def summary(report: Report) -> dict[str, Any]:
    """What a trial found, as JSON: the rates by the number of choices known."""
    rates, popular, made = report.success.rates, report.popular.rates, report.success.made
    return {
        "tried": report.cars,
        "mean": round(report.success.mean, 4),
        "popular": round(report.popular.mean, 4),
        "steps": [
            [known, round(float(rates[known]), 4), round(float(popular[known]), 4)]
            for known in range(len(made))
            if made[known]
        ],
    }


def _keep(job: Job, found: Lesson | None) -> None:
    if found is not None:
        Knowledge.objects.filter(product_id=job.payload["product"]).update(
            artifact=found.artifact,
            customers=found.customers,
            success=found.success,
            learned_at=timezone.now(),
        )
