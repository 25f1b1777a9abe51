"""Talks as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet

from configurator.catalog.models import Product
from configurator.catalog.texts import FALLBACK
from configurator.wizard.models import Design
from orders.models import Order
from orders.voices.models import Voice
from personalization.dialogue import naming
from personalization.dialogue.models import ChoiceStars, Message, Thread

SHOWN = 3
"""So many are on a product's page; the others on a page of their own."""
PER_PAGE = 20


@dataclass(frozen=True)
class Said:
    """One message, in the language that fits best."""

    ours: bool
    inner: bool
    text: str
    language: str
    at: datetime
    by: str  # whose of the firm


@dataclass(frozen=True)
class Talk:
    """A talk. `about` is the option and its value, in words."""

    thread: Thread
    product: str
    about: str
    stars: int
    said: list[Said]

    @property
    def first(self) -> Said | None:
        return self.said[0] if self.said else None

    @property
    def answered(self) -> bool:
        return any(each.ours for each in self.said)


def spoken(texts: Mapping[str, str], locale: str) -> tuple[str, str]:
    """The language and the text for a reader of `locale`."""
    for code in (locale, locale.split("-")[0], FALLBACK):
        if texts.get(code):
            return code, texts[code]
    return next(((code, text) for code, text in texts.items() if text), ("", ""))


def said_of(message: Message, locale: str) -> Said:
    language, text = spoken(message.texts, locale)
    by = message.by.get_username() if message.by else ""
    return Said(message.ours, message.inner, text, language, message.at, by)


def talk_of(thread: Thread, locale: str, *, inner: bool = False) -> Talk:
    """`inner`: with the notes for colleagues."""
    messages = [each for each in thread.messages.all() if inner or not each.inner]
    option, value = naming.option_name(thread, locale), naming.value_name(thread, locale)
    return Talk(
        thread=thread,
        product=naming.product_name(thread, locale),
        about=f"{option}: {value}" if value else option,
        stars=thread.voice.stars if thread.voice else 0,
        said=[said_of(each, locale) for each in messages],
    )


def _whole(rows: QuerySet[Thread]) -> QuerySet[Thread]:
    rows = rows.select_related("product", "design", "voice", "line__specification", "release")
    return rows.prefetch_related("messages__by")


def talks(rows: QuerySet[Thread], locale: str, *, inner: bool = False) -> list[Talk]:
    return [talk_of(each, locale, inner=inner) for each in _whole(rows)]


def of_design(design: Design, locale: str) -> list[Talk]:
    """What was asked at a design; what was asked at its order stands there."""
    return talks(Thread.objects.filter(design=design, line=None).order_by("-asked_at"), locale)


def of_order(order: Order, locale: str, position: int | None = None) -> list[Talk]:
    rows = Thread.objects.filter(line__order=order)
    if position is not None:
        rows = rows.filter(line__position=position)
    return talks(rows.order_by("-asked_at"), locale)


def public_of(product: Product) -> QuerySet[Thread]:
    """What everybody may read: approved, with their author's leave; questions once answered."""
    answers = Message.objects.filter(thread=OuterRef("pk"), ours=True, inner=False)
    questions = Q(voice=None, public=True, shown=Thread.Shown.APPROVED) & Q(Exists(answers))
    reviews = Q(voice__public=True, voice__state=Voice.State.APPROVED)
    return Thread.objects.filter(questions | reviews, product=product).order_by("-asked_at")


@dataclass(frozen=True)
class Liked:
    """How a product is liked: so many stars on average of so many."""

    count: int
    mean: float


def liked(product: Product) -> Liked | None:
    """By all that was not declined; None while nobody has said anything."""
    rows = Voice.objects.filter(specification__release__product=product)
    found = rows.exclude(state=Voice.State.DECLINED).aggregate(n=Count("pk"), mean=Avg("stars"))
    return Liked(found["n"], found["mean"]) if found["n"] else None


@dataclass(frozen=True)
class OptionRow:
    """A choice that somebody got, and the stars that they gave it."""

    code: str
    name: str
    value: str
    stars: int


def options_of(
    content: Mapping[str, object], given: Iterable[ChoiceStars], locale: str
) -> list[OptionRow]:
    """The choices of a specification that can be rated."""
    from orders.summary import summary_of

    stars = {each.option: each.stars for each in given}
    return [
        OptionRow(row.option, row.name, row.said, stars.get(row.option, 0))
        for group in summary_of(dict(content), locale).groups
        for row in group.rows
        if row.kind == "choice"
    ]
