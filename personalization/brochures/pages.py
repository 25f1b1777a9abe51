"""What the marketer's pages show."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count

from orders.models import Job
from personalization.brochures import services, who
from personalization.brochures.models import Brochure, Run

LEFT_OUT = 50  # that are listed


@dataclass(frozen=True)
class RunPage:
    """How far a run is, and what there is of it."""

    run: Run

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        rows = self.run.brochures.values_list("state").annotate(n=Count("pk")).order_by()
        return dict(rows)

    @property
    def drawn(self) -> int:
        return self._counts.get(Brochure.State.DRAWN, 0)

    @property
    def left_out(self) -> int:
        return self._counts.get(Brochure.State.LEFT_OUT, 0)

    @property
    def done(self) -> int:
        return self.drawn + self.left_out

    @property
    def moving(self) -> bool:
        """Whether it goes on by itself."""
        return self.run.state in (Run.State.RUNNING, Run.State.LAYING) and not self.parked

    @cached_property
    def parked(self) -> bool:
        """Whether a job of it has failed too often."""
        kinds = (services.PLAN, services.DRAW, services.LAY)
        return Job.objects.filter(
            kind__in=kinds, state=Job.State.PARKED, payload__run=self.run.pk
        ).exists()

    @cached_property
    def withdrawn(self) -> int:
        """How many lie on the sheets who do not allow it any more, or were forgotten since."""
        return withdrawn_since(self.run)

    @cached_property
    def opened(self) -> int:
        return self.run.brochures.filter(opened__gt=0).count()

    @cached_property
    def examples(self) -> list[Brochure]:
        """The first ones that are drawn."""
        return list(self.run.brochures.filter(state=Brochure.State.DRAWN).order_by("number")[:12])

    @cached_property
    def missing(self) -> list[tuple[str, int]]:
        """Why some were left out, and how many."""
        rows = self.run.brochures.filter(state=Brochure.State.LEFT_OUT).values_list("why")
        names = dict(Brochure.Why.choices)
        return [(str(names.get(why, why)), n) for why, n in rows.annotate(n=Count("pk")).order_by()]


def withdrawn_since(run: Run) -> int:
    """How many of those on the sheets may not be handed over now."""
    if not run.sheets:
        return 0
    rows = run.brochures.filter(state=Brochure.State.DRAWN)
    persons = list(rows.values_list("person", flat=True))
    return int(run.sheets["count"]) - len(who.allowing(persons))
