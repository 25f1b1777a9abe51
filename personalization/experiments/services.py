"""Planning, starting and stopping experiments; who is in which arm; who met it.

arm = experiments.exposed("welcome-banner", person)   # "" where the person is in no arm
if experiments.is_held_out(person, "journey-abandoned"): ...
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from configurator.catalog.models import Release
from configurator.catalog.queries import released
from orders.factory.figures.charts import nice
from personalization.experiments.drawing_lots import Slot, arm_by_weight
from personalization.experiments.metrics import metrics
from personalization.experiments.models import Arm, Experiment, Exposure
from personalization.experiments.registering import hashed, registered
from personalization.people import wholes
from personalization.people.models import Event, Person

GLOBAL = "holdout"
"""The code of the holdout for whom no marketing is done at all."""
HELD_OUT, REACHED = "held-out", "reached"
LEAST_CAP = Decimal(1000)
SOME = 3
MOST_ARMS, MOST_WEIGHT, MOST_DAYS, LONGEST = 10, 1000, 365, 2000


@dataclass(frozen=True)
class ArmPlan:
    """An arm that is planned."""

    code: str
    name: str
    weight: int = 1


def plan(*, experiment: Experiment, arms: Sequence[ArmPlan]) -> Experiment:
    """Write a draft with its arms, new or changed. ValidationError by field; a plan that runs
    or ran is never changed."""
    experiment.state = Experiment.State.DRAFT
    _check(experiment, arms)
    with transaction.atomic():
        if experiment.pk:
            _held_draft(experiment)
        experiment.save()
        experiment.arms.all().delete()
        Arm.objects.bulk_create(
            Arm(experiment=experiment, position=place, **vars(arm))
            for place, arm in enumerate(arms)
        )
    return experiment


def _check(experiment: Experiment, arms: Sequence[ArmPlan]) -> None:
    wrong = {**_wrong_numbers(experiment), **_wrong_arms(arms)}
    if experiment.metric not in {each.code for each in metrics()}:
        wrong["metric"] = _("Choose what counts.")
    if len(experiment.question) > LONGEST:
        wrong["question"] = _("Write at most %(most)d characters.") % {"most": LONGEST}
    try:
        experiment.full_clean(exclude=set(wrong) - {"arms"})
    except ValidationError as error:
        told = error.message_dict
        if taken := told.pop(NON_FIELD_ERRORS, None):
            told["code"] = taken
        raise ValidationError({**told, **wrong}) from None
    if wrong:
        raise ValidationError(wrong)


def _wrong_numbers(experiment: Experiment) -> dict[str, str]:
    wrong = {}
    if not 1 <= experiment.share <= 100:
        wrong["share"] = _("Write a share from 1 to 100 %.")
    if not 1 <= experiment.window_days <= MOST_DAYS:
        wrong["window_days"] = _("Write 1 to %(most)d days.") % {"most": MOST_DAYS}
    if experiment.most_revenue <= 0:
        wrong["most_revenue"] = _("Write a number above 0.")
    return wrong


def _wrong_arms(arms: Sequence[ArmPlan]) -> dict[str, str]:
    codes = [arm.code for arm in arms]
    if len(arms) < 2:
        told = _("There are two arms at least: what there is now, and what is new.")
    elif len(arms) > MOST_ARMS:
        told = _("There are at most %(most)d arms.") % {"most": MOST_ARMS}
    elif len(set(codes)) < len(codes):
        told = _("Every arm has a code of its own.")
    elif any(not 1 <= arm.weight <= MOST_WEIGHT for arm in arms):
        told = _("Weights are whole numbers from 1 to %(most)d.") % {"most": MOST_WEIGHT}
    else:
        return {}
    return {"arms": told}


def start(*, experiment: Experiment) -> Experiment:
    """From now on people are in it, by the plan as it is now. ValidationError: no room, or no
    draft any more."""
    with transaction.atomic():
        locked = _held_draft(experiment)
        locked.slot = _free_slot(locked)
        locked.registered = registered(locked)
        locked.registered_sha = hashed(locked.registered)
        locked.state, locked.started_at = Experiment.State.RUNNING, timezone.now()
        locked.save(update_fields=["slot", "registered", "registered_sha", "state", "started_at"])
    return locked


def _held_draft(experiment: Experiment) -> Experiment:
    """The draft, held until the transaction ends, with all of its group: of two that start at the
    same time each finds the other's part taken. ValidationError: it is none any more."""
    group = experiment.group
    wanted = Q(pk=experiment.pk) | (Q(group=group) if group else Q())
    held = Experiment.objects.select_for_update().filter(wanted).order_by("pk")
    found = next((each for each in held if each.pk == experiment.pk), None)
    if found is None or found.state != Experiment.State.DRAFT:
        raise ValidationError(_("It has started: its plan stands. Make a new one."))
    return found


def _free_slot(experiment: Experiment) -> int:
    """Where in its group the experiment finds room."""
    if not experiment.group:
        return 0
    others = Experiment.objects.filter(group=experiment.group, state=Experiment.State.RUNNING)
    at = 0
    for slot, share in others.order_by("slot").values_list("slot", "share"):
        if slot - at >= experiment.share:
            break
        at = max(at, slot + share)
    if at + experiment.share > 100:
        raise ValidationError(
            {
                "share": _(
                    "Those of the group “%(group)s” that run leave no such share of the people in"
                    " one piece. Stop one, or take a smaller share."
                )
                % {"group": experiment.group}
            }
        )
    return at


def stop(*, experiment: Experiment, conclusion: str = "") -> None:
    """Nobody comes into it any more; what those in it do still counts within their days."""
    Experiment.objects.filter(pk=experiment.pk, state=Experiment.State.RUNNING).update(
        state=Experiment.State.STOPPED, stopped_at=timezone.now(), conclusion=conclusion
    )


def arm_of(code: str, person: Person) -> str:
    """The code of the arm somebody is in, or would be; "" if it does not run or is not for them.

    Whoever met an arm stays in it, also when they turn out to be somebody known by another.
    """
    return _Lots.of([code], person).arm(code)


def exposed(code: str, person: Person) -> str:
    """The arm that somebody meets now; that they did is written down, once."""
    return exposed_to([code], person)[code]


def exposed_to(codes: Sequence[str], person: Person) -> dict[str, str]:
    """The same for several experiments at once, in two queries if nothing of it is new."""
    lots = _Lots.of(codes, person)
    return {code: lots.meet(code) for code in codes}


@dataclass(frozen=True)
class _Lots:
    """Which experiments run that matter here, and which arms of them the person has met."""

    person: Person
    running: dict[str, Experiment]
    met: dict[int, str]

    @classmethod
    def of(cls, codes: Sequence[str], person: Person) -> _Lots:
        rows = Experiment.objects.filter(code__in={*codes, GLOBAL}, state=Experiment.State.RUNNING)
        running = {each.code: each for each in rows}
        whole = wholes.of(person.whole_id)
        found = Exposure.objects.filter(whole, experiment__in=running.values())
        met: dict[int, str] = {}
        if running:
            for experiment_id, arm in found.order_by("at", "id").values_list("experiment", "arm"):
                met.setdefault(experiment_id, arm)
        return cls(person, running, met)

    def arm(self, code: str) -> str:
        experiment = self.running.get(code)
        if experiment is None:
            return ""
        return self.met.get(experiment.pk) or self._drawn(experiment)

    def meet(self, code: str) -> str:
        """The arm, written down if it is met for the first time."""
        experiment, arm = self.running.get(code), self.arm(code)
        if experiment is None or not arm or experiment.pk in self.met:
            return arm
        row, _new = Exposure.objects.get_or_create(
            experiment=experiment, person_id=self.person.whole_id, defaults={"arm": arm}
        )
        return row.arm

    def _drawn(self, experiment: Experiment) -> str:
        if experiment.kind == Experiment.Kind.TEST and self.arm(GLOBAL) == HELD_OUT:
            return ""
        return drawn(experiment, self.person)


def drawn(experiment: Experiment, person: Person) -> str:
    """The arm that the lot gives; "" for whoever is outside of the experiment's share."""
    key = str(person.key if person.into is None else person.into.key)
    plan = experiment.registered
    stop = (plan["slot"] + plan["share"]) / 100
    if not Slot(plan["group"] or plan["salt"], plan["slot"] / 100, stop).holds(key):
        return ""
    place = arm_by_weight(plan["salt"], key, [arm[2] for arm in plan["arms"]])
    return str(plan["arms"][place][0])


def hold_out(*, code: str, name: str, percent: int, days: int = 30) -> Experiment:
    """Keep a share of the people out of what `code` names (a journey, or `GLOBAL`: everything),
    from now on, and count what it brings; one that runs already is returned as it is."""
    found = Experiment.objects.filter(code=code, state=Experiment.State.RUNNING).first()
    if found is not None:
        return found
    if not 1 <= percent <= 50:
        raise ValidationError({"percent": _("Write a share from 1 to 50 %.")})
    held = Experiment(code=code, kind=Experiment.Kind.HOLDOUT, name=name, window_days=days)
    held.most_revenue = suggested_cap(held.currency)
    kept, others = _("held out"), _("reached")
    arms = [ArmPlan(HELD_OUT, kept, percent), ArmPlan(REACHED, others, 100 - percent)]
    return start(experiment=plan(experiment=held, arms=arms))


def is_held_out(person: Person, code: str = GLOBAL) -> bool:
    """Whether nothing is to be done for somebody: by this holdout, or by the global one."""
    lots = _Lots.of([code], person)
    return HELD_OUT in (lots.arm(GLOBAL), lots.arm(code))


def reach(person: Person, code: str) -> bool:
    """Whether to do for somebody what `code` names, written down as their exposure to it and to
    the global holdout; True where there is no holdout."""
    lots = _Lots.of([code], person)
    return lots.meet(GLOBAL) != HELD_OUT and lots.meet(code) != HELD_OUT


def held_of(people: Sequence[Person], code: str) -> set[int]:
    """Those of these whole persons for whom nothing is to be done; `reach` of all of them, in a few
    queries, in the caller's transaction."""
    rows = Experiment.objects.filter(code__in={code, GLOBAL}, state=Experiment.State.RUNNING)
    running = {each.code: each for each in rows}
    held: set[int] = set()
    if not running or not people:
        return held
    met, new = _met_by(people, running.values()), []
    for experiment in (running[each] for each in dict.fromkeys((GLOBAL, code)) if each in running):
        for person in people:
            if person.pk in held:
                continue
            key = experiment.pk, person.whole_id
            arm = met.get(key) or drawn(experiment, person)
            if arm and key not in met:
                new.append(Exposure(experiment=experiment, person_id=person.whole_id, arm=arm))
            if arm == HELD_OUT:
                held.add(person.pk)
    Exposure.objects.bulk_create(new, ignore_conflicts=True)
    return held


def _met_by(people: Sequence[Person], running: Iterable[Experiment]) -> dict[tuple[int, int], str]:
    """The first arm of each that they met, by the experiment and the whole person."""
    mine = wholes.of(person.whole_id for person in people)
    found = Exposure.objects.filter(mine, experiment__in=list(running)).order_by("-at", "-id")
    rows = found.values_list("experiment", "person", "person__into", "arm")
    return {(experiment, into or person): arm for experiment, person, into, arm in rows}


def suggested_cap(currency: str) -> Decimal:
    """A cap for revenue that cuts off nobody seen in the last year, with room above them; before
    anybody has ordered, some times what the dearest product costs as the shop shows it."""
    since = timezone.now() - timedelta(days=365)
    placed = Event.objects.filter(kind=Event.Kind.ORDERED, at__gte=since, currency=currency)
    sums = placed.order_by().values("person").annotate(spent=Sum("amount"))
    most = float(sums.aggregate(most=Max("spent"))["most"] or 0)
    found = most * 1.5 if most else SOME * _dearest(currency)
    return max(LEAST_CAP, Decimal(round(nice(found)))) if found else LEAST_CAP


def _dearest(currency: str) -> float:
    """What the dearest product on sale costs as the shop shows it, without tax."""
    shown = map(released, Release.objects.filter(live=True).values_list("pk", flat=True))
    prices = [
        float(sum(line.amount for line in product.price_lines(product.showcase)))
        for product in shown
        if product.currency == currency
    ]
    return max(prices, default=0.0)
