"""The jobs of a run: codes are given, brochures drawn in chunks, and laid on sheets.

Files are named by their content and written before the rows that name them, so that a job which is
killed anywhere is done again without a double. Consent is asked when a brochure is drawn, again as
its row is written, and again for the sheets.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from configurator.engine.whole import whole_file
from configurator.wizard.preview.stock import stock
from orders import jobs
from orders.models import Job
from personalization.brochures import filing, gathering, services, who
from personalization.brochures.card import drawing
from personalization.brochures.gathering import Asked, Gathered
from personalization.brochures.models import Brochure, Run
from personalization.brochures.press import intent, sheets
from personalization.brochures.press.intent import About, Condition

State, Why = Brochure.State, Brochure.Why
TOGETHER = 25  # people who are read at once
LAYERS = 256 * 1024 * 1024  # bytes, of a product's layers in the size in which they are printed
GOING = (Run.State.RUNNING, Run.State.PAUSED)
logger = logging.getLogger(__name__)


def meant() -> Condition:
    """The printing condition of the settings."""
    return intent.condition(settings.PRINT_CONDITION, settings.PRINT_PROFILE)


# Planning


def plan(job_id: str | UUID) -> bool:
    """Perform the job: everybody gets a code, and the chunks their jobs."""
    return jobs.perform_prepared(job_id, _give, _begin)


def _run_of(job: Job) -> Run:
    return Run.objects.select_related("promotion").get(pk=job.payload["run"])


def _give(job: Job) -> None:
    with jobs.holding(job):
        services.give_codes(_run_of(job))


def _begin(job: Job, _given: None) -> None:
    services.enqueue_chunks(services.locked(job.payload["run"]))


# Drawing


@dataclass(frozen=True)
class Drawn:
    """What came of one brochure: a file, or why there is none."""

    row: Brochure
    gathered: Gathered | None = None
    sha: str = ""
    size: int = 0
    why: str = ""


def draw(job_id: str | UUID) -> bool:
    """Perform the job: draw a chunk's brochures that wait."""
    return jobs.perform_prepared(job_id, _draw, _note)


def _draw(job: Job) -> Sequence[Drawn]:
    run = _run_of(job)
    if run.state != Run.State.RUNNING:
        return ()
    waiting = run.brochures.filter(state=State.WAITING, number__in=job.payload["numbers"])
    with_people = waiting.select_related("person__into__user", "person__user", "code")
    rows = list(with_people.order_by("number"))
    hold = _holder(job)
    said = []
    for start in range(0, len(rows), TOGETHER):
        said += _gathered(run, rows[start : start + TOGETHER])
        hold()
    found, condition = [], meant()
    with stock.roomy(LAYERS):
        for each in sorted(said, key=_product):
            found.append(_drawn(run, each, condition))
            hold()
    return found


def _holder(job: Job) -> Callable[[], None]:
    """Called after every brochure, it holds the job for as long as that goes on."""
    kept = time.monotonic()

    def hold() -> None:
        nonlocal kept
        if time.monotonic() - kept > jobs.lease().total_seconds() / 4:
            kept = time.monotonic()
            jobs.keep(job)

    return hold


def _product(drawn: Drawn) -> str:
    """The release on the front: those of one product share the layers that are in memory."""
    picture = drawn.gathered.content.hero.picture if drawn.gathered else None
    return picture.release if picture else ""


def _gathered(run: Run, rows: Sequence[Brochure]) -> list[Drawn]:
    """What some brochures say."""
    allowed = who.allowing(row.person_id for row in rows)
    asked = [row for row in rows if row.person_id in allowed]
    people = who.read([row.person for row in asked])
    known = {row.pk: somebody for row, somebody in zip(asked, people, strict=True)}
    return [
        _said(run, row, known[row.pk]) if row.pk in known else Drawn(row, why=Why.CONSENT)
        for row in rows
    ]


def _said(run: Run, row: Brochure, somebody: who.Somebody) -> Drawn:
    """What one brochure says. What is wrong with it hinders no other."""
    asked = Asked(str(row), row.token, row.code.code if row.code else "", run.promotion)
    try:
        return Drawn(row, gathering.gather(somebody, asked))
    except gathering.Unprintable:
        return Drawn(row, why=Why.ADDRESS)
    except (OSError, MemoryError, DatabaseError):
        raise
    except Exception:
        return _failed(row)


def _drawn(run: Run, said: Drawn, condition: Condition) -> Drawn:
    """The same with its file; a full disk stops all of them."""
    if said.gathered is None:
        return said
    try:
        data = drawing.pdf(said.gathered.content, condition)
    except (OSError, MemoryError, DatabaseError):
        raise
    except Exception:
        return _failed(said.row)
    return replace(said, sha=filing.keep(run.key, data), size=len(data))


def _failed(row: Brochure) -> Drawn:
    logger.exception("Brochure %s could not be drawn", row)
    return Drawn(row, why=Why.FAILED)


def _note(job: Job, found: Sequence[Drawn]) -> None:
    run = services.locked(job.payload["run"])
    if run.state not in GOING:
        filing.drop_all(run.key)
        return
    allowed = who.held([each.row.person for each in found])
    for each in found:
        _write(run, each, allowed=each.row.person_id in allowed)
    services.finish_if_drawn(run)


def _write(run: Run, drawn: Drawn, *, allowed: bool) -> None:
    """The row of a brochure, unless its person has taken their yes back meanwhile."""
    why = drawn.why or ("" if allowed else Why.CONSENT)
    rows = Brochure.objects.filter(pk=drawn.row.pk, state=State.WAITING)
    if why or drawn.gathered is None:
        rows.update(state=State.LEFT_OUT, why=why)
        filing.drop(run.key, drawn.sha)
        return
    rows.update(
        state=State.DRAWN,
        content=drawn.gathered.content.to_json(),
        share=drawn.gathered.share,
        sha=drawn.sha,
        size=drawn.size,
        drawn_at=timezone.now(),
    )


# Sheets


@dataclass(frozen=True)
class Laid:
    """What lies on the sheets, and the last decision about consent that was known then."""

    brochures: Sequence[int]
    left_out: Sequence[int]
    pages: int
    size: int
    decided: int


class Withdrawn(Exception):
    """Somebody took their yes back while the sheets were made; they are made again."""


def lay(job_id: str | UUID) -> bool:
    """Perform the job: lay the brochures of all who still allow it on sheets."""
    return jobs.perform_prepared(job_id, _lay, _hand_over)


def _lay(job: Job) -> Laid | None:
    run = _run_of(job)
    if run.state != Run.State.LAYING:
        return None
    decided = who.last_decision()
    rows = list(
        run.brochures.filter(state=State.DRAWN)
        .order_by("number")
        .values_list("pk", "person", "sha")
    )
    allowed = who.allowing(person for _pk, person, _sha in rows)
    kept = [(pk, sha) for pk, person, sha in rows if person in allowed]
    out = [pk for pk, person, _sha in rows if person not in allowed]
    filing.drop_sheets(run.key)
    if not kept:
        return Laid((), out, 0, 0, decided)
    about = About(f"{run}", settings.FIRM_NAME)
    with jobs.holding(job), whole_file(filing.sheets(run.key)) as file:
        pages = sheets.impose(
            file,
            len(kept),
            lambda n: filing.read(run.key, kept[n][1]),
            sheets.SHEETS[run.sheet],
            about,
            meant(),
        )
        size = file.tell()
    return Laid([pk for pk, _sha in kept], out, pages, size, decided)


def _hand_over(job: Job, laid: Laid | None) -> None:
    run = services.locked(job.payload["run"])
    if run.state == Run.State.CANCELED:
        filing.drop_all(run.key)
    if laid is None or run.state != Run.State.LAYING:
        return
    drawn_now = run.brochures.filter(state=State.DRAWN)
    if drawn_now.count() != len(laid.brochures) + len(laid.left_out):
        raise Withdrawn  # somebody is forgotten, with all that they decided
    if who.last_decision() != laid.decided:
        gone = set(laid.left_out)
        drawn = drawn_now.values_list("pk", "person")
        listed = [person for pk, person in drawn if pk not in gone]
        if len(who.allowing(listed)) != len(laid.brochures):
            raise Withdrawn
    for start in range(0, len(laid.left_out), services.AT_ONCE):
        _leave_out(run, laid.left_out[start : start + services.AT_ONCE])
    facts = {"pages": laid.pages, "count": len(laid.brochures), "bytes": laid.size}
    Run.objects.filter(pk=run.pk).update(
        state=Run.State.READY, sheets=facts, decided=laid.decided, ready_at=timezone.now()
    )


def _leave_out(run: Run, pks: Sequence[int]) -> None:
    rows = Brochure.objects.filter(pk__in=pks)
    for sha in rows.values_list("sha", flat=True):
        filing.drop(run.key, sha)
    rows.update(
        state=State.LEFT_OUT, why=Why.CONSENT, content={}, sha="", revoked_at=timezone.now()
    )


def expire(job_id: str | UUID) -> bool:
    """Perform the job: the files of a run end."""
    return jobs.perform(job_id, lambda job: services.expire(job.payload["run"]))
