"""Pages composed for whoever looks: an opening by lot, and thanks for who has ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import override

from configurator.catalog import places
from personalization.experiments import services as experiments
from personalization.people.models import Person
from personalization.simulating import effects
from personalization.simulating.crowd import Somebody
from personalization.simulating.world import NEW, NOW, WELCOME, told_arm
from personalization.slots.composing import Composition
from personalization.slots.explaining import reasons
from personalization.slots.models import Variant
from personalization.slots.visiting import Visitor

if TYPE_CHECKING:
    from personalization.simulating.run import Run


def make() -> None:
    """The variants of the home page."""
    for place, about in (
        (places.OPENING, {"name": "A warmer welcome", "experiment": WELCOME, "arm": NEW}),
        (places.HOME, {"name": "Thank you", "whom": "rule", "rule": "orders at least 1"}),
    ):
        Variant.objects.create(place=place, title={"en": about["name"]}, **about)


def look(run: Run, who: Somebody, person: Person) -> None:
    """Somebody sees the home page as it is for them."""
    page = Composition(Visitor(person))
    for place in (places.OPENING, places.HOME):
        chosen = page.choose(place)
        if chosen is not None:
            with override("en"):
                why = " ".join(reasons(chosen))
            who.note(run.clock.now, f"sees “{chosen.variant.name}”. {why}")
    if WELCOME not in who.met and not who.quiet:
        shown = page.choose(places.OPENING) is not None
        who.met[WELCOME] = NEW if shown else NOW
        if experiments.arm_of(WELCOME, person):
            who.note(run.clock.now, told_arm(WELCOME, who.met[WELCOME]))
        if shown:
            run.meets(who, effects.WELCOME)
