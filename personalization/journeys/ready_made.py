"""Journeys to begin with, written in every language; each is a draft until somebody lets it go."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orders.promo.models import Promotion
from personalization.journeys.made_texts import (
    BIRTHDAY_TEXT,
    CARE,
    CHANGED,
    LEFT_FIRST,
    LEFT_LAST,
    SOONER,
)
from personalization.journeys.models import Journey
from personalization.journeys.plan import (
    BIRTHDAY,
    CAPACITY,
    EVENT,
    EVERY,
    LEFT,
    MESSAGE,
    PRICE,
    WAIT,
    Plan,
    Step,
    Trigger,
)
from personalization.offering import services as offering
from personalization.offering.models import Offer
from personalization.people.exchanges import Exchange, Question
from personalization.people.purposes import Purpose

OWN, NEWS = Purpose.OWN_DESIGNS.value, Purpose.MARKETING.value


@dataclass(frozen=True)
class Made:
    """A journey that is there to begin with."""

    slug: str
    name: str | Promise
    told: str | Promise
    plan: Plan


def _left() -> Plan:
    return Plan(
        trigger=Trigger(kind=LEFT, number=4),
        steps=(
            Step(id="s1", kind=WAIT, how="until", clock="10:00"),
            Step(id="s2", kind=MESSAGE, purpose=OWN, texts=LEFT_FIRST, priority=5),
            Step(id="s3", kind=WAIT, amount=2, unit="days"),
            Step(id="s4", kind=MESSAGE, purpose=OWN, texts=LEFT_LAST, priority=5),
        ),
        goal="design",
        again_days=14,
    )


def _care() -> Plan:
    return Plan(
        trigger=Trigger(kind=EVENT, event="shipped"),
        steps=(
            Step(id="s1", kind=WAIT, how="for", amount=7, unit="days"),
            Step(id="s2", kind=MESSAGE, purpose=OWN, texts=CARE, lasts=10),
        ),
        again=EVERY,
    )


def _birthday() -> Plan:
    return Plan(
        trigger=Trigger(kind=BIRTHDAY),
        steps=(Step(id="s1", kind=MESSAGE, purpose=NEWS, texts=BIRTHDAY_TEXT, lasts=1),),
        again_days=300,
    )


def _sooner() -> Plan:
    return Plan(
        trigger=Trigger(kind=CAPACITY, number=3),
        steps=(Step(id="s1", kind=MESSAGE, purpose=OWN, texts=SOONER, lasts=1, priority=3),),
        goal="design",
        again_days=14,
    )


def _price() -> Plan:
    return Plan(
        trigger=Trigger(kind=PRICE, way=""),
        steps=(
            Step(id="s1", kind=WAIT, how="until", clock="10:00"),
            Step(id="s2", kind=MESSAGE, purpose=OWN, texts=CHANGED, priority=4),
        ),
        goal="design",
        again_days=7,
    )


MADE = (
    Made(
        "left-a-design",
        _("A design was left"),
        _("Its picture, price and day, asked as the mail goes out; later once more, with a code."),
        _left(),
    ),
    Made(
        "care-tips", _("Care tips"), _("A week after an order left: how to care for it."), _care()
    ),
    Made("birthday", _("Birthday"), _("For who told it: good wishes, and a code."), _birthday()),
    Made(
        "ready-sooner",
        _("Ready sooner"),
        _("When capacity opens: a kept design would be ready days earlier."),
        _sooner(),
    ),
    Made(
        "price-changed",
        _("Another price"),
        _("When a kept design costs more or less than before: said honestly, with the day."),
        _price(),
    ),
)


def with_code(plan: Plan, offer: Offer | None) -> Plan:
    """The plan with codes of an offer where its words speak of one."""
    if offer is None:
        return plan
    steps = tuple(
        Step(**{**vars(step), "offer": offer.pk}) if _speaks_of_code(step.texts) else step
        for step in plan.steps
    )
    return plan.with_steps(steps)


def _speaks_of_code(texts: Mapping[str, Mapping[str, str]]) -> bool:
    return any("{code}" in text.get("text", "") for text in texts.values())


def without_code(plan: Plan) -> Plan:
    """The plan without the paragraphs that speak of a code."""
    return plan.with_steps(tuple(_plain(step) for step in plan.steps))


def _plain(step: Step) -> Step:
    if step.offer is not None or not _speaks_of_code(step.texts):
        return step
    texts = {
        language: {
            **text,
            "text": "\n\n".join(p for p in text["text"].split("\n\n") if "{code}" not in p),
        }
        for language, text in step.texts.items()
    }
    return Step(**{**vars(step), "texts": texts})


def made(slug: str) -> Made | None:
    return next((each for each in MADE if each.slug == slug), None)


def begun(each: Made, offer: Offer | None) -> Plan:
    """The plan as it is begun with: with codes where there is an offer, else without."""
    return without_code(with_code(each.plan, offer))


def make_demo_journeys() -> None:
    """The ready-made journeys, as drafts, and the offer of which they give codes; what somebody has
    written is kept."""
    if Journey.objects.exists():
        return
    offer = _demo_offer()
    _ask_for_birthdays()
    for each in MADE:
        plan = begun(each, offer)
        Journey.objects.create(slug=each.slug, name=str(each.name), draft=plan.to_json())


def _demo_offer() -> Offer:
    promotion = Promotion(name="Thank you", kind=Promotion.Kind.PERCENT, percent=Decimal(5))
    promotion.once_per_person = True
    return offering.save(offer=Offer(shown=False, days=14), promotion=promotion)


def _ask_for_birthdays() -> None:
    """Who likes to be wished well tells month and day; the year is not kept."""
    about = {
        **{"name": "Your birthday", "name_es": "Tu cumpleaños", "name_pl": "Twoje urodziny"},
        "text": "So that we can wish you well. The year is not kept.",
        "text_es": "Para poder felicitarte. El año no se guarda.",
        "text_pl": "Abyśmy mogli złożyć życzenia. Rok nie jest zapisywany.",
    }
    made, new = Exchange.objects.get_or_create(code="birthday", defaults=about)
    if new:
        labels = {"label": "Birthday", "label_es": "Cumpleaños", "label_pl": "Urodziny"}
        Question.objects.create(exchange=made, code="birthday", kind=Question.Kind.DAY, **labels)
