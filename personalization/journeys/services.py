"""Writing journeys, letting them go live, and stopping them."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from personalization.experiments import services as experiments
from personalization.experiments.models import Experiment
from personalization.journeys import asking, listening, ticking
from personalization.journeys.checking import Problem, problems
from personalization.journeys.crowd import add
from personalization.journeys.models import Journey, Place, Version
from personalization.journeys.plan import Plan

State = Journey.State
GOING = ticking.GOING
NEW = "new"
"""The address at which a journey is begun; none is called so."""


class Changed(Exception):
    """Somebody else has changed it meanwhile; look again."""


class NotReady(Exception):
    """It can't go live as it is."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__("; ".join(problem.said for problem in found))
        self.problems = found


def begin(*, slug: str, name: str, plan: Plan) -> Journey:
    """A new one, as a draft. ValidationError by field."""
    if slug == NEW:
        raise ValidationError({"slug": _("Choose another code: this one is taken by a page.")})
    journey = Journey(slug=slug, name=name, draft=plan.to_json())
    journey.full_clean()
    journey.save()
    return journey


def write(*, journey: Journey, plan: Plan, edition: int | None = None) -> None:
    """Keep the draft. Changed: it is not as it was at `edition` any more."""
    rows = Journey.objects.filter(pk=journey.pk)
    if edition is not None:
        rows = rows.filter(edition=edition)
    if not rows.update(draft=plan.to_json(), edition=F("edition") + 1):
        raise Changed
    journey.refresh_from_db(fields=["draft", "edition"])


def rename(*, journey: Journey, name: str) -> None:
    """Call it something else. ValidationError by field."""
    journey.name = name
    journey.full_clean()
    journey.save(update_fields=["name"])


@transaction.atomic
def go_live(
    *, journey: Journey, by: str = "", move: bool = False, edition: int | None = None
) -> Version:
    """From now on people come into the draft as it is. Who is on the way stays on their version,
    unless they are to be moved. NotReady; Changed: it is not as it was at `edition` any more."""
    locked = Journey.objects.select_for_update().get(pk=journey.pk)
    if edition not in (None, locked.edition):
        raise Changed
    plan = Plan.from_json(locked.draft)
    if found := [each for each in problems(plan) if each.grave]:
        raise NotReady(found)
    version = locked.live
    if version is None or version.plan != plan.to_json():
        number = (locked.versions.values_list("number", flat=True).first() or 0) + 1
        version = Version.objects.create(
            journey=locked, number=number, plan=plan.to_json(), by=by[:150]
        )
    listening.start(afresh=not Journey.objects.filter(state__in=GOING).exists())
    Journey.objects.filter(pk=locked.pk).update(live=version, state=State.LIVE)
    journey.refresh_from_db()
    _hold_out(journey, plan)
    if move:
        move_all(journey)
    ticking.keep_ticking()
    return version


def _hold_out(journey: Journey, plan: Plan) -> None:
    code = asking.holdout_of(journey)
    running = Experiment.objects.filter(code=code, state="running")
    if plan.holdout:
        name = _("Without “%(name)s”") % {"name": journey.name}
        experiments.hold_out(code=code, name=name[:120], percent=plan.holdout)
    else:
        for each in running:
            experiments.stop(experiment=each)


@transaction.atomic
def move_all(journey: Journey) -> int:
    """Who is on the way goes on in the version that is live, at the same step; whose step is gone
    is through. How many were moved."""
    plan = Plan.from_json(journey.live.plan) if journey.live else Plan()
    rows = journey.places.select_for_update().filter(state=Place.State.WAITING)
    others = rows.exclude(version=journey.live)
    known = ["", *plan.places]
    others.exclude(step__in=known).update(
        state=Place.State.LEFT, why="gone", ended_at=timezone.now(), moves=F("moves") + 1
    )
    return others.filter(step__in=known).update(version=journey.live, moves=F("moves") + 1)


def pause(*, journey: Journey) -> None:
    """Nobody comes, and nobody goes on, until it is resumed. What was asked for is said."""
    _turn(journey, (State.LIVE,), State.PAUSED)


@transaction.atomic
def resume(*, journey: Journey) -> None:
    """On from where everybody is."""
    _turn(journey, (State.PAUSED,), State.LIVE)
    ticking.keep_ticking()


@transaction.atomic
def stop(*, journey: Journey, now: datetime | None = None) -> int:
    """Everybody on the way leaves, and nothing of it is said any more. Of how many it was."""
    _turn(journey, (State.LIVE, State.PAUSED), State.STOPPED)
    now, count = now or timezone.now(), 0
    for held in Experiment.objects.filter(code=asking.holdout_of(journey), state="running"):
        experiments.stop(experiment=held)
    rows = journey.places.select_for_update().filter(state=Place.State.WAITING)
    for version, on_it in _by_version(list(rows.values_list("version", "pk"))).items():
        for begin_at in range(0, len(on_it), 500):
            some = Place.objects.filter(pk__in=on_it[begin_at : begin_at + 500])
            count += some.update(
                state=Place.State.LEFT, why="stopped", ended_at=now, moves=F("moves") + 1
            )
        add({(version, "", "stopped"): len(on_it)})
    asking.call_off_all(journey)
    return count


def _by_version(rows: list[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for version, pk in rows:
        found.setdefault(version, []).append(pk)
    return found


def _turn(journey: Journey, before: tuple[str, ...], after: str) -> None:
    """One guarded update. ValidationError: it is not in such a state any more."""
    rows = Journey.objects.filter(pk=journey.pk, state__in=before)
    if not rows.update(state=after):
        raise ValidationError(_("That can’t be done as it is now; look again."))
    journey.refresh_from_db()


def remove(*, journey: Journey) -> None:
    """A draft that never went live is gone. ValidationError for any other."""
    if journey.versions.exists():
        raise ValidationError(_("It went live once: it can be stopped, and is kept."))
    journey.delete()
