"""Runs: begun, paused, resumed, canceled; their files end. All writes but those of jobs."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from configurator.wizard.models import OwnedDesign
from orders import jobs
from orders.promo.batches import make_codes
from orders.promo.models import PromoCode, Promotion
from personalization.brochures import filing
from personalization.brochures.models import Brochure, Run
from personalization.brochures.press.sheets import SHEETS
from personalization.people.models import Person

PLAN, DRAW, LAY, EXPIRE = (
    *("brochures.plan", "brochures.draw"),
    *("brochures.lay", "brochures.expire"),
)
QUEUE = "render"
MOST = 20_000  # people in a run
CHUNK = 100  # brochures that one job draws
AT_ONCE = 500
State = Run.State


class NotPossible(Exception):
    """The run is in a state in which that can't be done."""


@transaction.atomic
def begin(
    *,
    key: UUID,
    by: User,
    title: str,
    people: Sequence[int],
    sheet: str = "SRA3",
    promotion: Promotion | None = None,
) -> Run:
    """Begin a run for these people (ids); the same `key` is one run, however often it comes.

    A person counts once, however often they are named or of how many parts they are.
    """
    found = Run.objects.filter(key=key).first()
    if found is not None:
        return found
    if sheet not in SHEETS:
        raise ValueError(f"there is no sheet {sheet!r}")
    chosen = _wholes(people)
    if not 0 < len(chosen) <= MOST:
        raise NotPossible
    run, new = Run.objects.get_or_create(
        key=key,
        defaults={
            "by": by,
            "by_name": by.get_username(),
            "title": title,
            "sheet": sheet,
            "promotion": promotion,
            "total": len(chosen),
            "expires_at": timezone.now() + timedelta(days=settings.BROCHURE_DAYS),
        },
    )
    if new:
        rows = (Brochure(run=run, number=n, person_id=pk) for n, pk in enumerate(chosen, 1))
        Brochure.objects.bulk_create(rows, batch_size=AT_ONCE)
        _enqueue(PLAN, run)
        jobs.enqueue(kind=EXPIRE, queue=QUEUE, payload={"run": run.pk}, due_at=run.expires_at)
    return run


def _wholes(people: Sequence[int]) -> list[int]:
    """The whole persons, each once, in their order; who is gone is left out."""
    wholes: dict[int, int] = {}
    for start in range(0, len(people), AT_ONCE):
        rows = Person.objects.filter(pk__in=people[start : start + AT_ONCE])
        wholes |= {pk: into or pk for pk, into in rows.values_list("pk", "into_id")}
    return list(dict.fromkeys(wholes[pk] for pk in people if pk in wholes))


def _enqueue(kind: str, run: Run, **more: list[int]) -> None:
    jobs.enqueue(kind=kind, queue=QUEUE, payload={"run": run.pk, **more})


def locked(run_id: int) -> Run:
    """The run, held until the transaction ends."""
    return Run.objects.select_for_update().get(pk=run_id)


def give_codes(run: Run) -> None:
    """Give everybody a code of their own; what was given before a crash stays given."""
    if run.promotion is None:
        return
    while True:
        with transaction.atomic():
            locked(run.pk)
            rows = list(run.brochures.filter(code=None).order_by("number")[:AT_ONCE])
            if not rows:
                return
            made = make_codes(promotion=run.promotion, count=len(rows))
            for row, code in zip(rows, made, strict=True):
                row.code = code
            Brochure.objects.bulk_update(rows, ["code"])


def enqueue_chunks(run: Run) -> None:
    """Jobs for all that waits; inside a transaction that holds the run."""
    numbers = _by_product(run.brochures.filter(state=Brochure.State.WAITING))
    for start in range(0, len(numbers), CHUNK):
        _enqueue(DRAW, run, numbers=numbers[start : start + CHUNK])
    finish_if_drawn(run)


def _by_product(waiting: QuerySet[Brochure]) -> list[int]:
    """The numbers of brochures, those likely to show the same product together: their pictures are
    painted from layers that are in memory then."""
    rows = list(waiting.values_list("number", "person__user"))
    users = [user for _number, user in rows if user is not None]
    releases: dict[int, str] = {}
    for start in range(0, len(users), AT_ONCE):
        owned = OwnedDesign.objects.filter(user__in=users[start : start + AT_ONCE])
        latest = owned.order_by("design__updated_at").values_list("user", "design__release")
        releases |= {user: str(release) for user, release in latest}
    keyed = sorted((releases.get(user or 0, ""), number) for number, user in rows)
    return [number for _release, number in keyed]


def finish_if_drawn(run: Run) -> None:
    """Have the sheets laid once nothing waits any more; the run is held by the caller."""
    waits = run.brochures.filter(state=Brochure.State.WAITING).exists()
    if run.state == State.RUNNING and not waits:
        Run.objects.filter(pk=run.pk).update(state=State.LAYING)
        _enqueue(LAY, run)


@transaction.atomic
def pause(run: Run) -> None:
    """Draw no more until it is resumed. NotPossible."""
    _move(run, (State.RUNNING,), State.PAUSED)


@transaction.atomic
def resume(run: Run) -> None:
    """Go on with what was not drawn. NotPossible."""
    enqueue_chunks(_move(run, (State.PAUSED,), State.RUNNING))


@transaction.atomic
def lay_again(run: Run) -> None:
    """Make the sheets anew, without those who have withdrawn since. NotPossible."""
    _enqueue(LAY, _move(run, (State.READY,), State.LAYING))


@transaction.atomic
def cancel(run: Run) -> None:
    """End it: no file stays, its links and unused codes lead nowhere. NotPossible."""
    _move(run, (State.RUNNING, State.PAUSED, State.LAYING, State.READY), State.CANCELED)
    run.brochures.filter(revoked_at=None).update(revoked_at=timezone.now())
    codes = run.brochures.exclude(code=None).values("code")
    PromoCode.objects.filter(pk__in=codes, used=0, redemptions=None).delete()
    transaction.on_commit(lambda: filing.drop_all(run.key))


def _move(run: Run, states: Iterable[str], to: str) -> Run:
    now = locked(run.pk)
    if now.state not in states:
        raise NotPossible
    Run.objects.filter(pk=run.pk).update(state=to)
    now.state = to
    return now


# What is printed on cards


def note_opened(brochure: Brochure) -> None:
    """One more time somebody came by the card's code."""
    Brochure.objects.filter(pk=brochure.pk).update(opened=F("opened") + 1)


@transaction.atomic
def revoke(brochures: QuerySet[Brochure]) -> int:
    """The cards' links lead nowhere any more; of how many."""
    return brochures.filter(revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def forget(persons: Iterable[Person]) -> None:
    """What was made for these persons is gone, also from the sheets they are on."""
    theirs = Brochure.objects.filter(person__in=[*persons])
    # Held, so that sheets which are laid at this moment are handed over before, or made again.
    held = Run.objects.select_for_update().filter(pk__in=theirs.values("run")).order_by("pk")
    list(held.values_list("pk"))
    rows = list(theirs.select_related("run", "code"))
    for row in rows:
        filing.drop(row.run.key, row.sha)
    for run in {row.run for row in rows}:
        filing.drop_sheets(run.key)
        Run.objects.filter(pk=run.pk).update(sheets={})
    codes = [row.code_id for row in rows if row.code_id]
    Brochure.objects.filter(pk__in=[row.pk for row in rows]).delete()
    PromoCode.objects.filter(pk__in=codes, used=0, redemptions=None).delete()


def expire(run_id: int) -> None:
    """The files were kept long enough; what the cards say is forgotten with them."""
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        return
    filing.drop_all(run.key)
    Run.objects.filter(pk=run.pk).update(sheets={})
    run.brochures.update(content={}, sha="", size=0)
