"""Publishing as durable work: asked for, checked by a worker, passed through the gate, made live.

Until the last step the old release stays live; whatever dies on the way, the next worker begins
the check again and finds what was compiled already.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from configurator.catalog import work
from configurator.catalog.checks import problems
from configurator.catalog.content import Content, sha_of
from configurator.catalog.drafts import read_content
from configurator.catalog.gate import Outcome, Report, pass_through
from configurator.catalog.models import AffectedDesign, Product, Publication, Release
from configurator.catalog.problems import Problem
from configurator.catalog.publishing import (
    Prepared,
    PublishRefused,
    prepare,
    release,
    revive,
    tell,
)
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.spaces import open_space
from configurator.engine.words import kept

State, Stage = Publication.State, Publication.Stage
CHECK, GO_LIVE = "catalog.check_publication", "catalog.make_live"
STALE = timedelta(minutes=10)
"""So long after its last sign of life a check is taken for dead, and a new one may begin."""
TOLD_EVERY = 0.4  # seconds between signs of life within a stage
Alive = Callable[[], None]


class NotOpen(Exception):
    """The publication has ended, or is at another point than whoever decided saw."""


class InThePast(ValueError):
    """A publication was to be scheduled for a moment that is over."""


@dataclass(frozen=True)
class Checked:
    """What a check found. Without `prepared` it is refused, because of `problems`."""

    problems: list[dict[str, Any]] = field(default_factory=list)
    prepared: Prepared | None = None
    outcome: Outcome | None = None
    unchanged: Release | None = None


def begin(
    *, product: Product, by: str, notes: str = "", goes_live_at: datetime | None = None
) -> Publication:
    """Ask for the product's rows, as they are now, to be published.

    The publication that is being checked, where there is one. Raises PublishRefused at once for
    what can be seen without compiling, and InThePast.
    """
    _check_moment(goes_live_at)
    content = read_content(product)
    if found := problems(content):
        raise PublishRefused(found, content)
    return _asked(product, content, by=by, notes=notes, goes_live_at=goes_live_at)


def begin_again(*, release_id: UUID, by: str) -> Publication:
    """Ask for an earlier release to be made live again, as soon as it passes the checks."""
    earlier = Release.objects.select_related("product").get(pk=release_id)
    return _asked(earlier.product, earlier.content, by=by, notes=earlier.notes, revives=earlier)


@transaction.atomic
def _asked(product: Product, content: Content, **fields: Any) -> Publication:
    locked = Product.objects.select_for_update().get(pk=product.pk)
    now = timezone.now()
    checking = locked.publications.filter(state=State.CHECKING)
    running = checking.filter(stage_at__gte=now - STALE).first()
    if running is not None:
        return running
    replaced = locked.publications.filter(state__in=(State.CHECKING, State.ASKING))
    replaced.update(state=State.CANCELED, ended_at=now)
    made = Publication.objects.create(
        product=locked, content=content, sha=sha_of(content), **fields
    )
    work.ask_for(CHECK, publication=str(made.pk))
    return made


def check(publication_id: UUID, alive: Alive = lambda: None) -> Checked:
    """Compile, try out, sample and replay; writes nothing but the stage that it is at."""
    asked = Publication.objects.select_related("product").filter(pk=publication_id).first()
    if asked is None or asked.state != State.CHECKING:
        return Checked()
    watch = Watch(asked.pk, alive)
    try:
        prepared = _prepared(asked, watch)
    except PublishRefused as refused:
        return Checked(told_problems(refused.problems, refused.content))
    live = asked.product.releases.filter(live=True).first()
    if live is not None and _is_same(live, prepared, asked):
        return Checked(prepared=prepared, unchanged=live)
    return Checked([], prepared, replayed(asked.product_id, prepared, watch.report))


def replayed(product_id: int, prepared: Prepared, report: Report) -> Outcome:
    """What a prepared content would do to designs."""
    compiled, content = prepared.compiled, prepared.content
    space = open_space(compiled.sha, content, searched=compiled.designs is None)
    new = ReleasedProduct.load(uuid.uuid4(), 0, sha_of(content), content, space)
    return pass_through(product_id, new, report)


def _is_same(live: Release, prepared: Prepared, asked: Publication) -> bool:
    if asked.revives_id is not None:
        return live.pk == asked.revives_id
    same = (live.sha, live.space) == (asked.sha, prepared.compiled.sha)
    return same and bool(live.designs) == (prepared.compiled.designs is not None)


def _prepared(asked: Publication, watch: Watch) -> Prepared:
    stages = iter((Stage.COMPILING, Stage.TRYING))

    def report(_message: str) -> None:
        watch.report(next(stages, Stage.TRYING), 0, 0)

    return prepare(content=asked.content, report=report, cases=asked.product.cases.all())


@dataclass
class Watch:
    """Writes down how far a check is, for the page that waits for it."""

    pk: UUID
    alive: Alive
    _stage: str = ""
    _told: float = 0.0

    def report(self, stage: str, done: int, total: int, /) -> None:
        now = time.monotonic()
        if stage == self._stage and now - self._told < TOLD_EVERY and done < total:
            return
        self._stage, self._told = stage, now
        self.alive()
        mine = Publication.objects.filter(pk=self.pk, state=State.CHECKING)
        mine.update(stage=stage, done=done, total=total, stage_at=timezone.now())


def failed(error: Exception) -> Checked:
    """A check that came to no end; what was asked for is refused."""
    message = f"It could not be checked: {type(error).__name__}: {error}"
    return Checked([{"message": message[:500], "path": [], "causes": []}])


def told_problems(found: Iterable[Problem], content: Content) -> list[dict[str, Any]]:
    """Problems as a publication keeps them."""
    return [
        {
            "message": kept(tell(problem, content)),
            "path": list(problem.path),
            "causes": [list(path) for path in problem.also],
        }
        for problem in found
    ]


@transaction.atomic
def finish(publication_id: UUID, checked: Checked) -> None:
    """Write down what a check found; what asks for no answer goes live at once."""
    mine = Publication.objects.select_for_update(of=("self",))
    mine = mine.select_related("product", "revives")
    asked = mine.filter(pk=publication_id, state=State.CHECKING).first()
    if asked is None:
        return
    prepared, outcome = checked.prepared, checked.outcome
    if prepared is None:
        _end(asked, State.REFUSED, problems=checked.problems)
        return
    asked.designs = str(prepared.compiled.designs or "")[:400]
    asked.reason, asked.space = prepared.compiled.reason, prepared.compiled.sha
    asked.warnings = told_problems(prepared.warnings, prepared.content)
    if outcome is not None:
        asked.results = outcome.counts
        for row in outcome.affected:
            row.publication = asked
        AffectedDesign.objects.bulk_create(outcome.affected, batch_size=500)
    if checked.unchanged is not None:
        _end(asked, State.LIVE, release=checked.unchanged, results={"unchanged": True})
    elif asked.revives is None and outcome is not None and outcome.asks:
        _save(asked, state=State.ASKING)
    elif asked.goes_live_at is not None:
        _save(asked, state=State.SCHEDULED)
        _wait_for(asked, asked.goes_live_at)
    else:
        _go_live(asked, prepared)


@transaction.atomic
def confirm(*, publication_id: UUID, by: str, at: datetime | None = None) -> Publication:
    """Let a checked publication go live, now or at a moment; also moves one that is scheduled.

    Raises NotOpen and InThePast.
    """
    _check_moment(at)
    mine = Publication.objects.select_for_update()
    asked = mine.filter(pk=publication_id, state__in=(State.ASKING, State.SCHEDULED)).first()
    if asked is None:
        raise NotOpen
    moment = at or timezone.now()
    _save(asked, state=State.SCHEDULED, goes_live_at=moment, decided_by=by[:150])
    _wait_for(asked, moment)
    return asked


@transaction.atomic
def cancel(*, publication_id: UUID, by: str) -> None:
    """Give a publication up; NotOpen if it has ended."""
    states = (State.CHECKING, State.ASKING, State.SCHEDULED)
    mine = Publication.objects.filter(pk=publication_id, state__in=states)
    if not mine.update(state=State.CANCELED, ended_at=timezone.now(), decided_by=by[:150]):
        raise NotOpen


def check_again(publication_id: UUID, now: datetime | None = None) -> Checked:
    """Whether what was checked is still in order at its moment: test cases may be new since."""
    asked = _due(publication_id, now)
    if asked is None:
        return Checked()
    try:
        prepared = prepare(content=asked.content, cases=asked.product.cases.all())
    except PublishRefused as refused:
        return Checked(told_problems(refused.problems, refused.content))
    return Checked(prepared=prepared)


@transaction.atomic
def make_live(publication_id: UUID, checked: Checked, now: datetime | None = None) -> None:
    """Make a due publication live, once; refused, if it is not in order any more."""
    asked = _due(publication_id, now, lock=True)
    if asked is None:
        return
    if checked.prepared is None:
        _end(asked, State.REFUSED, problems=checked.problems)
    else:
        _go_live(asked, checked.prepared)


def _due(
    publication_id: UUID, now: datetime | None = None, *, lock: bool = False
) -> Publication | None:
    """The scheduled publication, if its moment has come: it may have been moved or canceled."""
    rows = Publication.objects.select_related("product", "revives")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    moment = now or timezone.now()
    return rows.filter(pk=publication_id, state=State.SCHEDULED, goes_live_at__lte=moment).first()


def _go_live(asked: Publication, prepared: Prepared) -> None:
    product = Product.objects.select_for_update().get(pk=asked.product_id)
    if asked.revives_id is not None:
        made = revive(release_id=asked.revives_id)
    else:
        made = release(product=product, prepared=prepared, by=asked.by, notes=asked.notes).release
    _end(asked, State.LIVE, release=made)
    work.ask_for(work.WARM, queue=work.RENDER, release=str(made.pk))


def _wait_for(asked: Publication, moment: datetime) -> None:
    work.ask_for(GO_LIVE, moment, publication=str(asked.pk))


def _check_moment(moment: datetime | None) -> None:
    if moment is not None and moment <= timezone.now():
        raise InThePast


def _end(asked: Publication, state: Publication.State, **fields: Any) -> None:
    _save(asked, state=state, ended_at=timezone.now(), **fields)


def _save(asked: Publication, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(asked, name, value)
    asked.save()
